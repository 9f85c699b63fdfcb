"""The life of every command that changes many: show the plan, ask, run, report."""

from __future__ import annotations

from bureau_cli.bulk.engine import Pace, Send, run
from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.report import State
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import Declined, NeedsYes
from bureau_cli.formatters.results import Column, Kind, Listing, Tone

TONES = {
    State.DONE: Tone.GOOD,
    State.PLANNED: Tone.WAITING,
    State.UNCHANGED: Tone.DULL,
    State.REFUSED: Tone.BAD,
    State.FAILED: Tone.BAD,
    State.UNKNOWN: Tone.BAD,
    State.NOT_ATTEMPTED: Tone.WAITING,
}

OUTCOME_COLUMNS = (
    Column("number", Kind.ID, lambda outcome: outcome.subject),
    Column("name"),
    Column("action"),
    Column("outcome", Kind.STATE, lambda outcome: str(outcome.state), tones={str(k): v for k, v in TONES.items()}),
    Column("code"),
    Column("reason"),
)
OUTCOMES = Shape(name="bulk.report", columns=OUTCOME_COLUMNS, ids="number")


async def perform(session: Session, plan: Plan, send: Send) -> Listing:
    """Take a plan through its life; what is returned lists every client and how it ended.

    Raises:
        NeedsYes: nobody can be asked and `--yes` was not said.
        Declined: the answer was no.
    """
    if session.bulk.plan:
        session.output.say(f"plan: {plan.headline} · profile {session.app.settings.profile}")
        return OUTCOMES.listing(plan.preview())
    await confirm_change(session, plan.headline, nothing_to_do=not plan.steps)
    with session.output.progress(len(plan.steps), plan.headline) as advance:
        report = await run(plan, send, Pace(jobs=session.app.settings.jobs, progress=advance))
    session.output.tell(report.summary())
    return OUTCOMES.listing(list(report.outcomes), exit_code=int(report.exit_code))


async def confirm_change(session: Session, headline: str, *, nothing_to_do: bool = False) -> None:
    """Say what is about to happen and get a yes, from the line, the profile or the person."""
    settings = session.app.settings
    session.output.say(f"{headline} · profile {settings.profile}")
    if nothing_to_do:
        session.output.tell("nothing to do")
        return
    session.refuse_denied_changes()
    if session.bulk.yes or settings.writes == "allow":
        return
    if not session.output.can_ask:
        raise NeedsYes(f"{headline}: nobody is here to say yes")
    if not await session.output.confirm(f"{headline}?"):
        raise Declined("nothing was changed")
