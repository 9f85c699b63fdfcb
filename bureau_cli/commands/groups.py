"""See, make, fill and empty groups of clients (grupper, kategorier)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bureau_cli.bulk.report import counted
from bureau_cli.bulk.saved import is_plan
from bureau_cli.commands._bulk import (
    OUTCOME_COLUMNS,
    OUTCOMES,
    Source,
    confirm_change,
    foretell,
    perform,
    recalled,
    show_before_asking,
)
from bureau_cli.commands._command import (
    ApplyingCommand,
    BulkCommand,
    ChangingCommand,
    Commands,
    ConfirmedCommand,
    PlanningCommand,
    RecallingCommand,
    session_of,
)
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.group_file import GroupFile, group_file
from bureau_cli.domain.groups import FiledGroup
from bureau_cli.errors import BadUsage, DocumentInvalid
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.read_toml import Written, read_toml
from bureau_cli.formatters.results import Column, Kind, Listing, Noted, Record
from bureau_cli.services.groups import SORTABLE

app = Commands()

Slug = Annotated[str, typer.Argument(metavar="GROUP", help="The group's name, like payday-20.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name, like payday-20.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What people read; default the name.")]
Rule = Annotated[
    str | None, typer.Option("--rule", metavar="EXPR", help='Who is in it, like --where: payday == 20 and zone == "1"')
]
NewRule = Annotated[
    str | None, typer.Argument(metavar="EXPR", help='Who is in it, like --where: payday == 20 and zone == "1"')
]
Manual = Annotated[bool | None, typer.Option("--manual", help="No rule; the clients it has now stay.")]
Explained = Annotated[
    str | None, typer.Option("--explain", metavar="CLIENT", help="Why this client is in it, or is not.")
]
Described = Annotated[
    Path, typer.Argument(metavar="FILE", help="A TOML file of groups, as `groups list -o toml` writes it; - stdin.")
]
Applied = Annotated[
    Path, typer.Argument(metavar="FILE", help="A TOML file of groups, or a plan that --plan-out saved; - stdin.")
]

GROUP_COLUMNS = (
    Column("slug", Kind.ID),
    Column("title"),
    Column("kind", Kind.STATE),
    Column("rule", main=False),
    Column("count", Kind.COUNT),
    Column("created_at", Kind.INSTANT, main=False),
    Column("updated_at", Kind.INSTANT, main=False),
)
GROUPS = Shape(name="groups.list", columns=GROUP_COLUMNS, ids="slug", sorts=SORTABLE, filed=True)
GROUP = Shape(name="groups.show", columns=GROUP_COLUMNS, ids="slug", one=True)


def _noted(group: FiledGroup) -> tuple[Noted, ...] | None:
    """A group's clients with their names for whoever reads the file; one with a rule has none of its own."""
    return None if group.rule is not None else tuple(Noted(one.number, one.name) for one in group.clients)


FILE_COLUMNS = (
    Column("slug", Kind.ID),
    Column("title"),
    Column("rule"),
    Column("clients", Kind.ID, _noted, many=True),
)

CHANGE_COLUMNS = (
    Column("group", Kind.ID, lambda outcome: outcome.target),
    Column("number", Kind.ID, lambda outcome: outcome.subject or None),
    *OUTCOME_COLUMNS[1:],
)
CHANGES = Shape(name="groups.changes", columns=CHANGE_COLUMNS, ids="number", whole=True)

REASON_COLUMNS = (
    Column("group", main=False),
    Column("number", Kind.ID),
    Column("name"),
    Column("member", Kind.FLAG),
    Column("part"),
    Column("values", many=True),
    Column("holds", Kind.FLAG),
    Column("decides", Kind.FLAG),
    Column("since", Kind.INSTANT, main=False),
    Column("added_by", main=False),
)
REASONS = Shape(name="groups.explain", columns=REASON_COLUMNS, ids="number")


@app.command("list", cls=RecallingCommand, answers=GROUPS)
async def list_(ctx: typer.Context) -> Listing:
    """List the groups and how many clients each holds.

    With -o toml it is the file that `groups plan` and `groups apply` take.
    """
    session = session_of(ctx)
    if session.view.asks(Format.TOML):
        rows = await session.app.group_changes.as_file()
        return Listing(schema="groups.file", columns=FILE_COLUMNS, rows=rows, filed=True)
    return GROUPS.listing(session.app.groups.all(sort=session.view.sort, most=session.view.limit))


@app.command("show", cls=RecallingCommand)
async def show(ctx: typer.Context, slug: Slug, explain: Explained = None) -> Record | Listing:
    """Show one group; its clients are `bureau clients list --group GROUP`."""
    session = session_of(ctx)
    if explain is None:
        return GROUP.record(await session.app.groups.show(slug))
    explanation = await session.app.groups.explain(slug, explain)
    session.output.say(explanation.told)
    return REASONS.listing(explanation.reasons())


@app.command("create", cls=ChangingCommand, answers=GROUP)
async def create(ctx: typer.Context, slug: Name, title: Title = None, rule: Rule = None) -> Record:
    """Make a group without clients, or one whose clients follow from a rule."""
    return GROUP.record(await session_of(ctx).app.groups.create(slug, title=title, rule=rule))


@app.command("rename", cls=ChangingCommand, answers=GROUP)
async def rename(
    ctx: typer.Context,
    slug: Slug,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="Its new name.")] = None,
    title: Title = None,
) -> Record:
    """Give a group another name, another title, or both."""
    return GROUP.record(await session_of(ctx).app.groups.rename(slug, to=to, title=title))


@app.command("set-rule", cls=ConfirmedCommand, answers=GROUP)
async def set_rule(ctx: typer.Context, slug: Slug, rule: NewRule = None, manual: Manual = None) -> Record:
    """Let a rule decide who is in a group, or with --manual no rule any more."""
    session = session_of(ctx)
    if (rule is None) is not bool(manual):
        raise BadUsage("say a rule, or --manual and no rule", fix="bureau groups set-rule --help")
    change = await session.app.groups.foresee_rule(slug, rule)
    if change.is_nothing:
        session.output.tell("nothing to do")
    else:
        show_before_asking(session, CHANGES.listing(change.effect.outcomes()))
        await confirm_change(session, change.headline)
    return GROUP.record(await session.app.groups.change_rule(change))


@app.command("delete", cls=ConfirmedCommand, answers=GROUP)
async def delete(ctx: typer.Context, slug: Slug) -> Record:
    """Delete a group; its clients stay as they are."""
    session = session_of(ctx)
    found = await session.app.groups.show(slug)
    await confirm_change(session, f"delete the group {found.slug} of {counted(found.count, 'client')}")
    return GROUP.record(await session.app.groups.delete(found))


@app.command("add", cls=BulkCommand, answers=OUTCOMES)
async def add(ctx: typer.Context, slug: Slug) -> Listing:
    """Put the chosen clients into a group."""
    session = session_of(ctx)
    changes = session.app.group_changes
    return await perform(session, await changes.plan_add(slug, session.selection), changes.carry_out)


@app.command("remove", cls=BulkCommand, answers=OUTCOMES)
async def remove(ctx: typer.Context, slug: Slug) -> Listing:
    """Take the chosen clients out of a group."""
    session = session_of(ctx)
    changes = session.app.group_changes
    return await perform(session, await changes.plan_remove(slug, session.selection), changes.carry_out)


@app.command("plan", cls=PlanningCommand, answers=CHANGES)
async def plan(ctx: typer.Context, file: Described) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Show what would have to change for the groups to be as a file has them."""
    session = session_of(ctx)
    written = session.document
    if is_plan(written.text):
        raise DocumentInvalid(f"{written.name} is a saved plan", fix=f"bureau groups apply {written.name} --plan")
    planned = await session.app.group_changes.plan_file(_wanted(written))
    return await foretell(session, planned, shape=CHANGES, source=Source(told=written.name))


@app.command("apply", cls=ApplyingCommand, answers=CHANGES)
async def apply(ctx: typer.Context, file: Applied) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Make the groups be as a TOML file has them, or do exactly what a saved plan says."""
    session = session_of(ctx)
    changes, written = session.app.group_changes, session.document
    if is_plan(written.text):
        planned = await recalled(session, written, "groups")
        await changes.require_unmoved(planned)
    else:
        planned = await changes.plan_file(_wanted(written))
    return await perform(session, planned, changes.carry_out, shape=CHANGES, source=Source(told=written.name))


def _wanted(written: Written) -> GroupFile:
    return group_file(written.name, read_toml(written))
