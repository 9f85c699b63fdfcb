"""Where a client stands in a month: its steps, and whether it is closed and reported."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bureau_cli.platform.month_end.a_meldinger import report_of
from bureau_cli.platform.month_end.judging import Judge, agreed_days
from bureau_cli.platform.month_end.months import Told, told_of
from bureau_cli.platform.month_end.reporting import facts_of_report
from bureau_cli.platform.month_end.steps import STEPS, About, Fact, Row, facts_of_missing, facts_of_run
from bureau_cli.platform.store import setting

_SETTLED = frozenset({"done", "not_applicable"})
_BADNESS = {"not_applicable": 0, "done": 1, "open": 2, "unknown": 3, "late": 4, "problem": 5}
_PLACES = {step: place for place, step in enumerate(STEPS)}
_REPORTED = frozenset({"received", "received_guideline", None})
_REASONS = {
    ("created", "run_missing"): ("closed", "run_missing"),
    ("a_melding", "message_not_sent"): ("reported", "a_melding_not_sent"),
    ("a_melding", "run_in_no_message"): ("reported", "a_melding_not_sent"),
    ("a_melding", "no_message"): ("reported", "a_melding_not_sent"),
    ("a_melding", "message_rejected"): ("reported", "a_melding_rejected"),
    ("feedback", "message_immediate"): ("reported", "a_melding_immediate"),
    ("feedback", "message_sent"): ("reported", "no_feedback"),
}
"""Which gate a fact that is not settled stands in the way of, and as what."""
_OVERDUE = frozenset({"late", "problem"})
_CLOSING = ("created", "locked")
_LASTING = frozenset({"done", "problem"})
_WITHHOLDING = {"late": "withholding_unpaid", "unknown": "withholding_unknown"}


class Step(NamedTuple):
    """One step over all its facts."""

    state: str
    due: str | None
    since: int | None


class Reason(NamedTuple):
    """What stands in the way of a gate, and the fact behind it."""

    gate: str
    code: str
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where a client stands in a month; `facts` are by their step, and the rest follows from them when it is asked."""

    outside: str | None = None
    pay_dates: Sequence[str] = ()
    facts: Mapping[str, Sequence[Fact]]
    a_melding: str | None = None

    @property
    def steps(self) -> dict[str, Step]:
        """Give every step over its facts."""
        return {step: _folded(facts) for step, facts in self.facts.items()}

    @property
    def is_overdue(self) -> bool:
        """Tell whether something is late or a problem."""
        return any(fact.state in _OVERDUE for facts in self.facts.values() for fact in facts)

    @property
    def closed(self) -> bool | None:
        """Tell whether every run there is to be is locked; None where nothing of the month applies."""
        return None if self.outside else all(f.state in _SETTLED for step in _CLOSING for f in self.facts[step])

    @property
    def done(self) -> bool | None:
        """Tell whether it is closed and reported; None where nothing of the month applies."""
        return None if self.closed is None else self.closed and self.reported

    @property
    def reported(self) -> bool | None:
        """Tell whether all there is to report is received; None where nothing of the month applies."""
        return None if self.outside else self.a_melding in _REPORTED

    @property
    def reasons(self) -> Iterator[Reason]:
        """Give what stands in the way of a gate, in the order of the steps."""
        for step, facts in self.facts.items():
            if step == "locked":
                yield from _reasons_of_locks(self.facts)
            for fact in facts:
                if fact.state in _SETTLED:
                    continue
                if step == "withholding" and fact.state in _WITHHOLDING:
                    yield Reason("withholding", _WITHHOLDING[fact.state], fact)
                elif (step, fact.fact) in _REASONS:
                    yield Reason(*_REASONS[step, fact.fact], fact)


def next_of(steps: Mapping[str, Step]) -> tuple[str, Step] | None:
    """Give what is to be done next: the overdue first, then what is due first."""
    left = [(name, step) for name, step in steps.items() if step.state not in _SETTLED]
    return min(left, key=lambda one: (one[1].state == "open", one[1].due, _PLACES[one[0]]), default=None)


def statuses_of(
    db: sqlite3.Connection, month: str, client_ids: Sequence[str], *, now: int, today: str
) -> dict[str, Status]:
    """Judge these clients' month by what can be seen at an instant of a day, by client."""
    is_told = month >= setting(db, "first_period")
    statuses = {}
    for told in told_of(db, month, client_ids, now):
        known_until = min(today, told.client["feed_stopped_on"] or today)
        judge = Judge(today=today, known_until=known_until, is_told=is_told)
        statuses[told.client["id"]] = _status(told, month, judge)
    return statuses


def _status(told: Told, month: str, judge: Judge) -> Status:
    outside = _outside(told, month)
    if outside:
        return Status(outside=outside, facts=_by_step(()))
    return _within(told, month, judge)


def _within(told: Told, month: str, judge: Judge) -> Status:
    agreed = _agreed(told, month)
    runs = [run for run in told.runs if _is_paid_in(run, month) or _meets(run) in agreed]
    met = {_meets(run) for run in runs}
    missing = [about for key, about in agreed.items() if key not in met and key not in told.no_pay]
    paid = [run for run in runs if _is_paid_in(run, month)]
    report = report_of(told.messages, (run["seq"] for run in paid), reports_anyway=bool(told.client["reports_anyway"]))
    facts = [fact for run in runs for fact in facts_of_run(run, told.client, judge)]
    facts += (fact for about in missing for fact in facts_of_missing(about, told.client, judge))
    facts += _facts_of_no_pay(told, {key: about for key, about in agreed.items() if key not in met})
    facts += facts_of_report(month, told.messages, report, {run["seq"]: About.of(run) for run in paid}, judge)
    return Status(
        pay_dates=sorted({*(run["pay_date"] for run in paid), *(about.pay_date for about in missing)}),
        facts=_by_step(facts),
        a_melding=report.state,
    )


def _outside(told: Told, month: str) -> str | None:
    if told.messages or any(_is_paid_in(run, month) for run in told.runs):
        return None
    if told.client["active_from"][:7] > month:
        return "onboarding"
    return "left" if (told.client["left_on"] or month)[:7] < month else None


def _agreed(told: Told, month: str) -> dict[tuple[str, str], About]:
    """Give the agreed pay days in a month while the client is there, by pay group and period."""
    starts, ends = told.client["active_from"], told.client["left_on"] or "9999"
    return {
        (group["id"], period): About(group["name"], day)
        for group in told.pay_groups
        for period, day in agreed_days(month, group["payday"])
        if starts <= day <= ends
    }


def _meets(run: Row) -> tuple[str, str] | None:
    """Give the pay group and period for which a run is the ordinary one."""
    return (run["pay_group_id"], run["period"]) if run["type"] == "ordinary" else None


def _is_paid_in(run: Row, month: str) -> bool:
    return bool(run["pay_date"][:7] == month)


def _facts_of_no_pay(told: Told, unmet: Mapping[tuple[str, str], About]) -> Iterator[Fact]:
    for key, about in unmet.items():
        if key in told.no_pay:
            yield Fact("created", "not_applicable", "no_pay_recorded", None, told.no_pay[key], *about)


def _by_step(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    by_step: dict[str, list[Fact]] = {step: [] for step in STEPS}
    for fact in facts:
        by_step[fact.step].append(fact)
    return by_step


def _folded(facts: Sequence[Fact]) -> Step:
    """Give the worst state, the earliest due day of what is not done else the latest, and since when it is so."""
    if len(facts) == 1:
        return _of_one(facts[0])
    state = max((fact.state for fact in facts), key=_BADNESS.__getitem__, default="not_applicable")
    if state == "not_applicable":
        return Step(state, None, None)
    since = [fact.at for fact in facts if fact.state == state and fact.at is not None]
    if state == "done":
        return Step(state, max(fact.due for fact in facts if fact.due is not None), max(since, default=None))
    due = min(fact.due for fact in facts if fact.due is not None and fact.state not in _SETTLED)
    return Step(state, due, min(since, default=None) if state == "problem" else None)


def _of_one(fact: Fact) -> Step:
    return Step(fact.state, fact.due, fact.at if fact.state in _LASTING else None)


def _reasons_of_locks(by_step: Mapping[str, Sequence[Fact]]) -> Iterator[Reason]:
    """Give why runs are not locked: one that awaits approval keeps its client from being closed by that."""
    pairs = list(zip(by_step["approved"], by_step["locked"], strict=True))
    unlocked = [(approval, lock) for approval, lock in pairs if lock.run and lock.state not in _SETTLED]
    for approval, _ in unlocked:
        if approval.fact == "awaiting_approval":
            yield Reason("closed", "run_awaiting_approval", approval)
    for approval, lock in unlocked:
        if approval.fact != "awaiting_approval":
            yield Reason("closed", "run_not_locked" if approval.fact == "approved" else "run_open", lock)
