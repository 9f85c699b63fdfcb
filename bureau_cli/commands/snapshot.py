"""Keep a period's whole answer here (øyeblikksbilde), for --as-of and diff."""

from __future__ import annotations

from typing import Annotated

import typer

from bureau_cli.bulk.report import counted
from bureau_cli.commands._bulk import confirm
from bureau_cli.commands._command import Commands, ConfirmedCommand, session_of
from bureau_cli.commands._month_end_options import Period
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.snapshots import Snapshot
from bureau_cli.formatters.results import Column, Kind, Listing, Record
from bureau_cli.services.snapshots import parts

app = Commands()

KEPT_MONTHS = 24
"""How far back the periods go that are kept, unless somebody says otherwise."""


def _counted(key: str, part: str, *, main: bool = False) -> Column:
    return Column(key, Kind.COUNT, lambda snapshot: snapshot.counts.get(part, 0), main=main)


SNAPSHOT_COLUMNS = (
    Column("snapshot", Kind.ID, lambda snapshot: snapshot.name),
    Column("period", Kind.ID),
    Column("as_of", Kind.INSTANT),
    Column("saved_at", Kind.INSTANT),
    _counted("clients", parts.CLIENTS, main=True),
    Column("with_pay", Kind.COUNT, lambda snapshot: snapshot.coverage.clients),
    _counted("runs", parts.RUNS),
    _counted("messages", parts.MESSAGES),
    _counted("deadlines", parts.DEADLINES),
    _counted("users", parts.USERS),
    Column(
        "left_out",
        value=lambda snapshot: tuple(parts.called([name]) for name in snapshot.left_out),
        many=True,
        main=False,
    ),
    Column("bytes", Kind.COUNT),
    Column("login", Kind.ID, main=False),
    Column("profile", Kind.ID, main=False),
    Column("platform", Kind.ID, main=False),
    Column("bureau", Kind.ID, main=False),
    Column("version", Kind.ID, main=False),
)
SNAPSHOTS = Shape(name="snapshot.list", columns=SNAPSHOT_COLUMNS, ids="snapshot")
SNAPSHOT = Shape(name="snapshot.show", columns=SNAPSHOT_COLUMNS, ids="snapshot", one=True)

Called = Annotated[str | None, typer.Argument(metavar="NAME", help="What to call it; else its period and day.")]
Named = Annotated[str, typer.Argument(metavar="SNAPSHOT", help="Its name, or a period for the newest one of it.")]
Exactly = Annotated[str, typer.Argument(metavar="SNAPSHOT", help="Its name.")]
Keep = Annotated[int, typer.Option("--keep", metavar="N", min=1, help="Keep the periods of so many months back.")]


@app.command("save", answers=SNAPSHOT)
async def save(ctx: typer.Context, name: Called = None, period: Period = None) -> Record:
    """Keep everything the platform answers about a period, as you may see it.

    It is all there or it is not kept. Local copies outlive your access; `bureau auth logout --purge` removes them.
    """
    session = session_of(ctx)
    archive = session.app.archive
    snapshot = await archive.saving.save(await session.app.month_end.periods.read(period), name)
    archive.note()
    _tell(session, snapshot)
    return SNAPSHOT.record(snapshot, as_of=snapshot.as_of)


@app.command("list", answers=SNAPSHOTS)
async def list_(ctx: typer.Context) -> Listing:
    """List the snapshots kept here of the profile and its user, the newest first."""
    session = session_of(ctx)
    shelf = session.app.archive.shelf
    for path in shelf.unreadable():
        session.output.warn(f"{path} cannot be read as a snapshot")
    session.app.archive.note()
    return SNAPSHOTS.listing(shelf.all())


@app.command("show", answers=SNAPSHOT)
async def show(ctx: typer.Context, snapshot: Named) -> Record:
    """Show what a snapshot holds; its rows are the lists with --as-of."""
    found = session_of(ctx).app.archive.shelf.find(snapshot)
    return SNAPSHOT.record(found, as_of=found.as_of)


@app.command("delete", cls=ConfirmedCommand, answers=SNAPSHOTS)
async def delete(ctx: typer.Context, snapshot: Exactly) -> Listing:
    """Remove a snapshot from this machine."""
    session = session_of(ctx)
    shelf = session.app.archive.shelf
    removed = [one for one in shelf.all() if one.name == snapshot]
    shelf.require(snapshot)
    await confirm(session, f"remove the snapshot {snapshot}", agreed=session.bulk.yes)
    shelf.remove(snapshot)
    session.app.archive.note()
    return SNAPSHOTS.listing(removed)


@app.command("prune", cls=ConfirmedCommand, answers=SNAPSHOTS)
async def prune(ctx: typer.Context, keep: Keep = KEPT_MONTHS) -> Listing:
    """Remove the snapshots of periods that lie further back than --keep."""
    session = session_of(ctx)
    archive = session.app.archive
    old = archive.older_than(keep)
    if not old:
        session.output.say(f"nothing to do: no snapshot is of a period more than {counted(keep, 'month')} ago")
        return SNAPSHOTS.listing(())
    names = ", ".join(snapshot.name for snapshot in old)
    await confirm(session, f"remove {counted(len(old), 'snapshot')}: {names}", agreed=session.bulk.yes)
    for snapshot in old:
        archive.shelf.remove(snapshot.name)
    archive.note()
    return SNAPSHOTS.listing(old)


def _tell(session: Session, snapshot: Snapshot) -> None:
    say, coverage = session.output.say, snapshot.coverage
    say(f"kept {snapshot.told}; with pay for {coverage.clients} of {counted(coverage.of, 'client')}")
    if snapshot.left_out:
        say(f"without what you may not list: {parts.called(snapshot.left_out)}")
    old = session.app.archive.older_than(KEPT_MONTHS)
    if old:
        say(f"{counted(len(old), 'snapshot')} of periods more than {KEPT_MONTHS} months ago: bureau snapshot prune")
