"""See and change who owns each client (ansvarlig), and hand clients over."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bureau_cli.commands._access_columns import CHANGES
from bureau_cli.commands._bulk import Source, perform
from bureau_cli.commands._columns import inside
from bureau_cli.commands._command import BulkCommand, Commands, SelectingRecallingCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.access import InferredOwner
from bureau_cli.formatters.results import Column, Kind, Listing, Tone
from bureau_cli.services.access.owners import Handover

app = Commands()


class Verdict(StrEnum):
    """What is to be said of an owner, held against who ran the latest payroll."""

    SAME = "same"
    NO_OWNER = "no_owner"
    DIFFERS = "differs"
    DIFFERS_FROM_MANUAL = "differs_from_manual"
    RUNNER_LEFT = "runner_left"
    NO_RUN = "no_run"


User = Annotated[str, typer.Option("--user", metavar="USER", help="Who owns them from now on; me is you.")]
Giver = Annotated[str, typer.Option("--from-user", metavar="USER", help="Whose clients.")]
Takers = Annotated[
    list[str], typer.Option("--to-user", metavar="USER,…", help="Who gets them; several share them with --evenly.")
]
Evenly = Annotated[
    bool | None,
    typer.Option("--evenly", help="As many clients to each, one more or less, and then as many employees as can be."),
]
Verdicts = Annotated[list[Verdict] | None, typer.Option("--verdict", help="Only with this verdict; repeatable.")]
Override = Annotated[
    bool | None, typer.Option("--override-manual", help="Also where the owner was chosen by hand, or by the client.")
]

VERDICT_TONES = {
    Verdict.SAME: Tone.GOOD,
    Verdict.NO_OWNER: Tone.BAD,
    Verdict.DIFFERS: Tone.WAITING,
    Verdict.DIFFERS_FROM_MANUAL: Tone.WAITING,
    Verdict.RUNNER_LEFT: Tone.BAD,
    Verdict.NO_RUN: Tone.DULL,
}


def _basis(row: InferredOwner, field: str) -> object:
    return getattr(row.basis, field, None)


OWNER_COLUMNS = (
    Column("number", Kind.ID, lambda row: row.client.number),
    Column("name", value=lambda row: row.client.name),
    Column("orgnr", Kind.ID, lambda row: row.client.orgnr, main=False),
    Column("owner", Kind.ID, inside("owner", "login")),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("source", Kind.STATE),
    Column("verdict", Kind.STATE, tones={str(verdict): tone for verdict, tone in VERDICT_TONES.items()}),
    Column("ran_by", Kind.ID, inside("inferred", "login")),
    Column("ran_by_name", value=inside("inferred", "name"), main=False),
    Column("period", Kind.ID, lambda row: _basis(row, "period")),
    Column("pay_date", Kind.DATE, lambda row: _basis(row, "pay_date")),
    Column("payroll_run", Kind.ID, lambda row: _basis(row, "run"), main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
OWNERS = Shape(name="owners.list", columns=OWNER_COLUMNS, ids="number")


@app.command("list", cls=SelectingRecallingCommand, answers=OWNERS)
async def list_(ctx: typer.Context, verdict: Verdicts = None) -> Listing:
    """List who owns each client and who ran its payroll."""
    session = session_of(ctx)
    session.narrow("" if not verdict else f"verdict {' or '.join(verdict)}")
    found = await session.app.people.owners.search(
        session.selection, verdicts=tuple(verdict or ()), most=OWNERS.most(session.view)
    )
    return OWNERS.listing(found)


@app.command("set", cls=BulkCommand, answers=CHANGES)
async def set_(ctx: typer.Context, user: User) -> Listing:
    """Make one user the owner of the chosen clients.

    The owner before becomes a member.
    """
    session = session_of(ctx)
    owners = session.app.people.owners
    return await perform(session, await owners.plan_set(user, session.selection), owners.carry_out, shape=CHANGES)


@app.command("infer", cls=BulkCommand, answers=CHANGES)
async def infer(ctx: typer.Context, override_manual: Override = None) -> Listing:
    """Make whoever ran the latest payroll the owner.

    Where nobody owns a client, or nobody chose the owner there is; each with the run that speaks for it.
    """
    session = session_of(ctx)
    owners = session.app.people.owners
    plan = await owners.plan_infer(session.selection, override_manual=bool(override_manual))
    return await perform(session, plan, owners.carry_out, shape=CHANGES)


@app.command("move", cls=BulkCommand, answers=CHANGES)
async def move(ctx: typer.Context, from_user: Giver, to_user: Takers, evenly: Evenly = None) -> Listing:
    """Hand over what one user owns.

    All of it, or the chosen clients; they stay a member there.
    """
    session = session_of(ctx)
    takers = [login.strip() for word in to_user for login in word.split(",") if login.strip()]
    handover = Handover(giver=from_user, takers=takers, evenly=bool(evenly))
    owners = session.app.people.owners
    plan = await owners.plan_move(handover, session.selection)
    chosen = [] if session.selection.is_empty else [session.selection.described()]
    told = ", ".join([*chosen, f"owned by {from_user}"])
    return await perform(session, plan, owners.carry_out, shape=CHANGES, source=Source(told=told))
