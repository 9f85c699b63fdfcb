"""Groups of clients (grupper, kategorier): see them, make them, put clients in and take them out."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from bureau_cli.bulk.report import counted
from bureau_cli.commands._bulk import OUTCOMES, confirm_change, perform
from bureau_cli.commands._command import BulkCommand, ChangingCommand, Commands, ConfirmedCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.results import Column, Kind, Listing, Record

app = Commands()

Slug = Annotated[str, typer.Argument(metavar="GROUP", help="The group's name, like payday-20.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What people read; default the name.")]

GROUP_COLUMNS = (
    Column("slug", Kind.ID),
    Column("title"),
    Column("kind", Kind.STATE),
    Column("rule", main=False),
    Column("count", Kind.COUNT),
    Column("created_at", Kind.INSTANT, main=False),
    Column("updated_at", Kind.INSTANT, main=False),
)
GROUPS = Shape(name="groups.list", columns=GROUP_COLUMNS, ids="slug")
GROUP = Shape(name="groups.show", columns=GROUP_COLUMNS, ids="slug", one=True)


@app.command("list", answers=GROUPS)
async def list_(ctx: typer.Context) -> Listing:
    """List the groups and how many clients each holds."""
    session = session_of(ctx)
    groups = session.app.groups.all(sort=session.view.sort, most=session.view.limit)
    return GROUPS.listing(groups)


@app.command("show", answers=GROUP)
async def show(ctx: typer.Context, slug: Slug) -> Record:
    """Show one group; its clients are `bureau clients list --group GROUP`."""
    return GROUP.record(await session_of(ctx).app.groups.show(slug))


@app.command("create", cls=ChangingCommand, answers=GROUP)
async def create(ctx: typer.Context, slug: Slug, title: Title = None) -> Record:
    """Make an empty group."""
    return GROUP.record(await session_of(ctx).app.groups.create(slug, title))


@app.command("rename", cls=ChangingCommand, answers=GROUP)
async def rename(
    ctx: typer.Context,
    slug: Slug,
    to: Annotated[str | None, typer.Option("--to", metavar="GROUP", help="Its new name.")] = None,
    title: Title = None,
) -> Record:
    """Give a group another name, another title, or both."""
    return GROUP.record(await session_of(ctx).app.groups.rename(slug, to=to, title=title))


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
    plan = await session.app.groups.plan_add(slug, session.selection)
    return await perform(session, plan, partial(session.app.groups.carry_out, slug))


@app.command("remove", cls=BulkCommand, answers=OUTCOMES)
async def remove(ctx: typer.Context, slug: Slug) -> Listing:
    """Take the chosen clients out of a group."""
    session = session_of(ctx)
    plan = await session.app.groups.plan_remove(slug, session.selection)
    return await perform(session, plan, partial(session.app.groups.carry_out, slug))
