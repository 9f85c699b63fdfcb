"""See and change where the bureau's own Altinn settings are used, and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from bureau_cli.bulk.saved import is_plan
from bureau_cli.commands._bulk import OUTCOME_COLUMNS, PARTY_COLUMN, Source, perform, recalled
from bureau_cli.commands._columns import DELEGATION_TONES
from bureau_cli.commands._command import ApplyingCommand, BulkCommand, Commands, SelectingRecallingCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import DocumentInvalid
from bureau_cli.formatters.results import Column, Kind, Listing
from bureau_cli.services.altinn import AltinnFilter
from bureau_cli.services.altinn_rules import TAG, UNTAG

app = Commands()

Used = Annotated[
    Literal["yes", "no"] | None, typer.Option("--used", help="Where the bureau's settings are used, or are not.")
]
Delegation = Annotated[
    list[str] | None,
    typer.Option("--delegation", metavar="DELEGATION", help="granted, pending or missing; repeat for several."),
]
Tagged = Annotated[
    list[str] | None, typer.Option("--user", metavar="USER", help="Where this user is tagged; repeat for several.")
]
Only = Annotated[
    list[str] | None,
    typer.Option("--user", metavar="USER", help="Tag only this user, if they have access; repeat for several."),
]
Whom = Annotated[list[str], typer.Option("--user", metavar="USER", help="Whom; repeat for several.")]
Saved = Annotated[Path, typer.Argument(metavar="FILE", help="A plan that --plan-out saved; - stdin.")]

ALTINN_COLUMNS = (
    Column("number", Kind.ID, lambda settings: settings.client.number),
    Column("name", value=lambda settings: settings.client.name),
    Column("orgnr", Kind.ID, lambda settings: settings.client.orgnr, main=False),
    Column("partner_settings", Kind.FLAG),
    Column("delegation", Kind.STATE, tones=DELEGATION_TONES),
    Column("package", main=False),
    Column("tagged", value=lambda settings: tuple(person.login for person in settings.tagged), many=True),
    Column("tagged_names", value=lambda settings: tuple(one.name for one in settings.tagged), many=True, main=False),
    Column("since", Kind.INSTANT, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
ALTINN = Shape(name="altinn.list", columns=ALTINN_COLUMNS, ids="number")

CHANGE_COLUMNS = (*OUTCOME_COLUMNS[:2], PARTY_COLUMN, *OUTCOME_COLUMNS[2:])
CHANGES = Shape(name="altinn.changes", columns=CHANGE_COLUMNS, ids="number", whole=True)


@app.command("list", cls=SelectingRecallingCommand, answers=ALTINN)
async def list_(ctx: typer.Context, used: Used = None, delegation: Delegation = None, user: Tagged = None) -> Listing:
    """List where the settings are used, by whom, and each client's delegation."""
    session = session_of(ctx)
    narrowed = AltinnFilter(
        used=None if used is None else used == "yes", delegation=tuple(delegation or ()), users=tuple(user or ())
    )
    session.narrow(narrowed.described())
    altinn = session.app.people.altinn
    return ALTINN.listing(await altinn.search(session.selection, narrowed, most=ALTINN.most(session.view)))


@app.command("enable", cls=BulkCommand, answers=CHANGES)
async def enable(ctx: typer.Context, user: Only = None) -> Listing:
    """Use the bureau's Altinn settings for the chosen clients.

    Everybody with access to a client is tagged there, or with --user only these. A missing delegation does not
    forbid it; the plan says where there is none.
    """
    session = session_of(ctx)
    altinn = session.app.people.altinn
    return await perform(
        session, await altinn.plan_enable(session.selection, user or ()), altinn.carry_out, shape=CHANGES
    )


@app.command("disable", cls=BulkCommand, answers=CHANGES)
async def disable(ctx: typer.Context) -> Listing:
    """Use the bureau's Altinn settings no longer for the chosen clients.

    Nobody is tagged there afterwards.
    """
    session = session_of(ctx)
    altinn = session.app.people.altinn
    return await perform(session, await altinn.plan_disable(session.selection), altinn.carry_out, shape=CHANGES)


@app.command("tag", cls=BulkCommand, answers=CHANGES)
async def tag(ctx: typer.Context, user: Whom) -> Listing:
    """Let users use the bureau's Altinn settings for the chosen clients."""
    session = session_of(ctx)
    altinn = session.app.people.altinn
    return await perform(session, await altinn.plan_tags(session.selection, TAG, user), altinn.carry_out, shape=CHANGES)


@app.command("untag", cls=BulkCommand, answers=CHANGES)
async def untag(ctx: typer.Context, user: Whom) -> Listing:
    """Let users no longer use the bureau's Altinn settings for the chosen clients."""
    session = session_of(ctx)
    altinn = session.app.people.altinn
    return await perform(
        session, await altinn.plan_tags(session.selection, UNTAG, user), altinn.carry_out, shape=CHANGES
    )


@app.command("apply", cls=ApplyingCommand, answers=CHANGES)
async def apply(ctx: typer.Context, file: Saved) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Do exactly what a saved plan of changes to Altinn settings says."""
    session = session_of(ctx)
    altinn, written = session.app.people.altinn, session.document
    if not is_plan(written.text):
        raise DocumentInvalid(f"{written.name} is no saved plan", fix="bureau altinn enable --plan-out FILE saves one")
    plan = await recalled(session, written, "altinn")
    await altinn.require_unmoved(plan)
    return await perform(session, plan, altinn.carry_out, shape=CHANGES, source=Source(told=written.name))
