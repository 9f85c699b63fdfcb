"""The life of every command that changes many: show the plan, ask, run, report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from shlex import join, quote

from bureau_cli.bulk.brake import Brake
from bureau_cli.bulk.engine import Pace, Send, run
from bureau_cli.bulk.journal import Journal, Opening
from bureau_cli.bulk.meter import Meter
from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.report import Report, State, counted
from bureau_cli.bulk.saved import SavedPlan, read_plan
from bureau_cli.commands._session import Session, UnderWay
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import Declined, ExitCode, NeedsYes
from bureau_cli.formatters.read_toml import Written
from bureau_cli.formatters.results import Column, Kind, Listing, Tone

TONES = {
    State.DONE: Tone.GOOD,
    State.PLANNED: Tone.WAITING,
    State.FOLLOWS: Tone.DULL,
    State.UNCHANGED: Tone.DULL,
    State.REFUSED: Tone.BAD,
    State.FAILED: Tone.BAD,
    State.PENDING: Tone.WAITING,
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
PARTY_COLUMN = Column("user", Kind.ID, lambda outcome: outcome.party or None)
"""Beside the others where a change is about one of the bureau's people too."""
SHOWN_BEFORE_ASKING = 20
WORTH_TELLING_S = 2
"""A run that took less felt like none."""

OUTCOMES = Shape(name="bulk.report", columns=OUTCOME_COLUMNS, ids="number", whole=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a plan comes from, where that is not a selection: said for a person, and the run it goes back to."""

    told: str
    retries: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """How the steps of a plan are sent, what counts those that have ended, and what is told before the counts."""

    send: Send
    meter: Meter = field(default_factory=Meter)
    beside: Callable[[Report], Iterable[str]] = lambda _report: ()


async def perform(
    session: Session, plan: Plan, send: Send, *, shape: Shape = OUTCOMES, source: Source | None = None
) -> Listing:
    """Take a plan through its life; what is returned lists every step and how it ended.

    A plan without steps needs no yes: there is nothing to do, or nothing that can be done.

    Raises:
        JournalUnwritable: it could not be taken up again if it were cut short, so nothing was sent.
    """
    if session.bulk.ends_with_the_plan:
        return await foretell(session, plan, shape=shape, source=source)
    report = await carry_through(session, plan, Carrier(send=send), shape.listing(plan.preview()), source=source)
    return shape.listing(list(report.outcomes), exit_code=int(report.exit_code))


async def carry_through(
    session: Session, plan: Plan, carrier: Carrier, preview: Listing, *, source: Source | None = None
) -> Report:
    """Ask about a plan, showing the preview, and do what it says, for those who answer with more than a row a step.

    Raises:
        JournalUnwritable: as of `perform`.
    """
    announce(session, plan, source)
    if not plan.steps:
        return _settled(session, plan, carrier)
    show_before_asking(session, preview)
    await confirm_change(session, plan.told)
    opening = Opening(
        id=session.app.run,
        began_at=session.app.now(),
        command=join(["bureau", *session.line]),
        planner=await session.app.planner(),
        retries=source.retries if source else None,
        undoes=source.undoes if source else None,
    )
    with _journalled(session, opening, plan) as journal:
        return await _carried_out(session, plan, carrier, journal)


def _settled(session: Session, plan: Plan, carrier: Carrier) -> Report:
    """Tell what became of a plan of which nothing is to be sent; what it had to leave is no success."""
    report = Report(outcomes=plan.preview(), unit=plan.unit)
    told = report.summary() if report.exit_code else "nothing to do"
    for line in carrier.beside(report):
        session.output.tell(line)
    session.output.report(told, news=bool(report.exit_code) or not plan.settled)
    return report


async def _carried_out(session: Session, plan: Plan, carrier: Carrier, journal: Journal) -> Report:
    """Run it beside the signals, and tell how it ended, however it did."""
    with session.output.progress(len(plan.steps), plan.headline) as advance, _stoppable(session, journal) as brake:
        carrier.meter.show = advance
        pace = Pace(
            jobs=session.app.settings.jobs,
            most_failures=session.bulk.most_failures,
            record=journal,
            brake=brake,
            progress=carrier.meter.ended,
            cut_short=lambda report: _end(session, journal, _ended_by_time(session, report)),
        )
        report = await run(plan, carrier.send, pace)
    for line in carrier.beside(report):
        session.output.tell(line)
    _end(session, journal, report)
    return report


@contextmanager
def _journalled(session: Session, opening: Opening, plan: Plan) -> Iterator[Journal]:
    journal = session.app.past.journal(opening, plan)
    try:
        yield journal
    finally:
        journal.close()


@contextmanager
def _stoppable(session: Session, journal: Journal) -> Iterator[Brake]:
    """While the run goes on, a signal lets it end what is under way."""
    brake = Brake()
    session.under_way = UnderWay(brake=brake, way_on=_way_on(session, journal.id))
    try:
        yield brake
    finally:
        session.under_way = None


def _end(session: Session, journal: Journal, report: Report) -> None:
    """Write it down, and tell it in one line, which ends with what to do about what is left."""
    journal.end(report)
    if journal.fault is not None:
        session.output.warn(f"{journal.fault.message}; what was sent after that is unknown to it")
    told = report.summary()
    if journal.seconds >= WORTH_TELLING_S:
        told += f" in {journal.seconds:.0f} s"
    if report.left:
        by_signal = report.stopped in {ExitCode.INTERRUPTED, ExitCode.TERMINATED}
        session.way_on = _way_on(session, "last" if journal.is_newest and not by_signal else journal.id)
        told += f" → {session.way_on}"
    session.changed = bool(report.counts[State.DONE])
    session.output.report(told, news=session.changed or bool(report.exit_code))


def _way_on(session: Session, run_named: str) -> str:
    profile = f" --profile {quote(session.said_profile)}" if session.said_profile else ""
    return f"bureau history retry {run_named}{profile}"


def _ended_by_time(session: Session, report: Report) -> Report:
    """What is cut short by no signal is by its deadline; a job that was accepted goes on without us."""
    code = ExitCode.TRY_AGAIN if session.app.accepted_job is None else ExitCode.PENDING
    return replace(report, stopped=report.stopped or code)


async def foretell(session: Session, plan: Plan, *, shape: Shape, source: Source | None = None) -> Listing:
    """List what would be done, and save it where that was asked for; nothing to do is said even under quiet.

    Raises:
        FileExists, PlaceInvalid, OutputFailed: the plan could not be saved.
    """
    return await foretold(session, plan, shape.listing(plan.preview()), source=source)


async def foretold(session: Session, plan: Plan, preview: Listing, *, source: Source | None = None) -> Listing:
    """The same with a preview of its own.

    Raises:
        FileExists, PlaceInvalid, OutputFailed: the same.
    """
    announce(session, plan, source)
    path = session.bulk.plan_out
    if path is not None:
        saved = SavedPlan(plan=plan, planner=await session.app.planner(), made_at=session.app.now())
        saved.write(path, overwrite=session.view.force, shown=session.output.redactor.prose)
    session.output.tell(f"plan: {plan.told}" if plan.steps else plan.told)
    if path is not None:
        session.output.say(f"saved; to do it: bureau {plan.noun} apply {quote(str(path))}")
    # A plan is no report yet: where nobody looks it is the answer that was asked for.
    return replace(preview, whole=False)


def show_before_asking(session: Session, listing: Listing) -> None:
    """Show the first rows of what a change does to somebody who is about to be asked."""
    if session.will_ask and listing.rows:
        session.output.preview(listing, most=SHOWN_BEFORE_ASKING, lang=session.view.lang)


def announce(session: Session, plan: Plan, source: Source | None) -> None:
    """Say how much a plan is about, what was chosen, and where it would be done."""
    about = counted(plan.size, plan.unit)
    profile = session.app.settings.profile
    told = source.told if source else session.selection.described()
    session.output.say(f"{about} ({told}) · profile {profile}")


async def recalled(session: Session, written: Written, noun: str) -> Plan:
    """The plan that was saved in a file, which belongs to whoever the run is.

    Raises:
        DocumentInvalid: it is none.
        PlanForeign: it belongs to another.
    """
    saved = read_plan(written.name, written.text, noun=noun)
    saved.require_planner(await session.app.planner())
    session.output.say(f"planned {saved.made_at:%Y-%m-%d %H:%M} UTC by {saved.planner.user}")
    return saved.plan


async def confirm_change(session: Session, headline: str) -> None:
    """Say what is about to happen and get a yes: from the line, the profile or the person.

    Raises:
        WritesDenied: the profile does not change anything, whatever is said.
        NeedsYes: nobody can be asked and `--yes` was not said.
        Declined: the answer was no.
    """
    session.refuse_denied_changes()
    await confirm(session, headline, agreed=session.is_agreed)


async def confirm(session: Session, headline: str, *, agreed: bool) -> None:
    """Get a yes to something of this machine alone, unless it was given.

    Raises:
        NeedsYes: nobody can be asked.
        Declined: the answer was no.
    """
    if agreed:
        session.output.say(headline)
    elif not session.output.questions.can_ask:
        raise NeedsYes(f"{headline}: there is no terminal to ask on")
    elif not await session.output.questions.confirm(f"{headline}?"):
        raise Declined("nothing was changed")
