"""Runs of many on this machine: see them, do what is left of one, take one back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.bulk.runs import Run, RunState
from bureau_cli.commands._bulk import OUTCOME_COLUMNS, PARTY_COLUMN, Source, perform
from bureau_cli.commands._command import Commands, PlannedCommand, session_of
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.results import Column, Kind, Listing, Tone

app = Commands()

Named = Annotated[str, typer.Argument(metavar="RUN|last", help="Its id, or last for the newest one of the profile.")]

TONES = {
    RunState.RUNNING: Tone.WAITING,
    RunState.FINISHED: Tone.GOOD,
    RunState.STOPPED: Tone.BAD,
    RunState.UNFINISHED: Tone.BAD,
}


def _counted(state: State, *, main: bool = False) -> Column:
    return Column(str(state), Kind.COUNT, lambda run: run.counts.get(state, 0), main=main)


RUN_COLUMNS = (
    Column("run", Kind.ID, lambda run: run.opening.id),
    Column("began_at", Kind.INSTANT, lambda run: run.opening.began_at),
    Column("command", value=lambda run: run.opening.command),
    Column("profile", Kind.ID, lambda run: run.opening.planner.profile),
    Column("login", Kind.ID, lambda run: run.opening.planner.user, main=False),
    Column("state", Kind.STATE, lambda run: str(run.state), tones={str(k): v for k, v in TONES.items()}),
    Column("items", Kind.COUNT, lambda run: sum(run.counts.values())),
    _counted(State.DONE, main=True),
    _counted(State.UNCHANGED),
    _counted(State.REFUSED),
    _counted(State.FAILED),
    _counted(State.PENDING),
    _counted(State.UNKNOWN),
    _counted(State.NOT_ATTEMPTED),
    Column("exit_code", Kind.COUNT, lambda run: None if run.end is None else run.end.exit_code),
    Column("retries", Kind.ID, lambda run: run.opening.retries, main=False),
    Column("undoes", Kind.ID, lambda run: run.opening.undoes, main=False),
)
RUNS = Shape(name="history.list", columns=RUN_COLUMNS, ids="run")


AGAIN_COLUMNS = (
    Column("target", Kind.ID, lambda outcome: outcome.target or None),
    Column("number", Kind.ID, lambda outcome: outcome.subject or None),
    PARTY_COLUMN,
    *OUTCOME_COLUMNS[1:],
)
AGAIN = Shape(name="history.report", columns=AGAIN_COLUMNS, ids="number", whole=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a run: how it ended, and where nobody knows that, whether it is so now."""

    outcome: Outcome
    so_now: bool | None


def _of_outcome(column: Column) -> Column:
    return replace(column, value=lambda item: column.read(item.outcome))


ITEM_COLUMNS = (*map(_of_outcome, AGAIN_COLUMNS), Column("so_now", Kind.FLAG))
ITEMS = Shape(name="history.show", columns=ITEM_COLUMNS, ids="number")


@app.command("list", answers=RUNS)
async def list_(ctx: typer.Context) -> Listing:
    """List the runs of many that this machine has a journal of, the newest first."""
    session = session_of(ctx)
    runs = session.app.past.runs.all()
    for path in session.app.past.runs.unreadable():
        session.output.warn(f"the journal {path} is damaged")
    profile = session.app.settings.profile
    mine = {run.opening.id: run.opening.command for run in runs if run.opening.planner.profile == profile}
    session.app.past.note(mine, whole=True)
    return RUNS.listing(runs)


@app.command("show", answers=ITEMS)
async def show(ctx: typer.Context, run: Named) -> Listing:
    """Show each item of a run and how it ended; what is unknown is looked up."""
    session = session_of(ctx)
    found = _found(session, run)
    session.output.say(_told(found))
    so_now = await _so_now(session, found)
    outcomes = [(so_now.get(step.key), found.outcome_of(step)) for step in found.plan.steps]
    items = [Item(outcome=outcome, so_now=known) for known, outcome in outcomes]
    items += [Item(outcome=outcome, so_now=None) for outcome in found.plan.settled]
    return ITEMS.listing(sorted(items, key=lambda item: item.outcome.place()))


@app.command("retry", cls=PlannedCommand, answers=AGAIN)
async def retry(ctx: typer.Context, run: Named) -> Listing:
    """Do what is left of a run, and nothing twice."""
    session = session_of(ctx)
    found = _found(session, run)
    changes = session.app.past.changes(found.plan.noun)
    plan = await session.app.past.history(changes).plan_retry(found, await session.app.planner())
    source = Source(told=f"left of the run {found.opening.id}", retries=found.opening.id)
    return await perform(session, plan, changes.carry_out, shape=AGAIN, source=source)


@app.command("undo", cls=PlannedCommand, answers=AGAIN)
async def undo(ctx: typer.Context, run: Named) -> Listing:
    """Take back what a run has done, unless it is not so any more."""
    session = session_of(ctx)
    found = _found(session, run)
    changes = session.app.past.changes(found.plan.noun)
    plan = await session.app.past.history(changes).plan_undo(found, await session.app.planner())
    source = Source(told=f"done by the run {found.opening.id}", undoes=found.opening.id)
    return await perform(session, plan, changes.carry_out, shape=AGAIN, source=source)


def _found(session: Session, word: str) -> Run:
    return session.app.past.runs.find(word, session.app.settings.profile)


def _told(run: Run) -> str:
    opening = run.opening
    about = counted(sum(run.counts.values()), run.plan.unit)
    who = f"profile {opening.planner.profile}, {opening.planner.user}"
    return f"{opening.id} · {opening.began_at:%Y-%m-%d %H:%M} UTC · {opening.command} · {about} · {run.state} · {who}"


async def _so_now(session: Session, run: Run) -> Mapping[str, bool]:
    """By key, whether what nobody knows of is so now; nobody else than whose run it was is told."""
    if run.counts.get(State.UNKNOWN, 0) + run.counts.get(State.PENDING, 0) == 0:
        return {}
    if run.opening.planner.differences(await session.app.planner()):
        session.output.say("it was another's run, so the platform was not asked what is so now")
        return {}
    return await session.app.past.history(session.app.past.changes(run.plan.noun)).in_place(run)
