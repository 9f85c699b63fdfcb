"""Where what is reported of clients' months is not what their runs come to, and why, as far as it can be told."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bureau_cli.platform.calendar import first_day
from bureau_cli.platform.calls import Call
from bureau_cli.platform.law import aga as law
from bureau_cli.platform.law.aga import KRONE, charge
from bureau_cli.platform.month_end.a_meldinger import Message, standings_of
from bureau_cli.platform.month_end.charges import (
    AGA,
    FINANSSKATT,
    KINDS,
    RUNS,
    WANTED,
    Charges,
    ClientMonth,
    asked_for,
)
from bureau_cli.platform.month_end.months import messages_about
from bureau_cli.platform.shown import money

_RUNS = f"""
{WANTED}
SELECT wanted.client_id, wanted.month, pay_run.seq, pay_run.id, aga, withholding AS forskuddstrekk,
    attachment AS utleggstrekk, (
        SELECT sum(base) FROM pay_run_aga WHERE run = pay_run.seq AND sector = 'finance' AND kind <> 'extra'
    ) AS taxed
{RUNS}
ORDER BY wanted.client_id, pay_run.pay_date, pay_run.seq
"""  # noqa: S608 - conditions of ours
_HALF = KRONE // 2
_NOT_TOLD = {"lost": "rejected", "under_way": "awaiting_feedback", "unsent": "not_sent"}
"""Why a run is not reported, by the standing of a message that has it, the worst first."""


class Difference(NamedTuple):
    """A sum reported that is not that of the runs, and what the messages themselves have."""

    kind: str
    reported: int
    expected: int
    told: int

    @property
    def is_of_payments(self) -> bool:
        """Tell whether what is asked for is not what the messages have."""
        return self.reported != self.told


def differences_of(charges: Charges, asked: Mapping[str, int] | None) -> Iterator[Difference]:
    """Compare what is reported of a month, and asked for by its feedback, with the runs.

    A message has whole kroner, so that each may be half a krone off.
    """
    told, made = charges.reported or {}, charges.made or {}
    for kind in KINDS:
        sum_told, expected = told.get(kind) or 0, made.get(kind, 0)
        reported = sum_told if asked is None else asked.get(kind, 0)
        if expected is not None and abs(reported - _exact(charges, kind, expected)) > _slack(charges):
            yield Difference(kind=kind, reported=reported, expected=expected, told=sum_told)


class Explanations:
    """Why clients' months differ."""

    def __init__(self, call: Call, wanted: Collection[ClientMonth]) -> None:
        self._runs: dict[ClientMonth, list[Any]] = defaultdict(list)
        if wanted:
            for run in call.db.execute(_RUNS, asked_for(call, wanted)):
                self._runs[run["client_id"], run["month"]].append(run)
        self._messages = messages_about(call.db, wanted, call.seconds)

    def show(self, key: ClientMonth, difference: Difference, charges: Charges) -> dict[str, Any]:
        """Show a difference of a client's month, with the reasons."""
        return {
            "month": key[1],
            "kind": difference.kind,
            "reported": money(difference.reported),
            "expected": money(difference.expected),
            "difference": money(difference.reported - difference.expected),
            "reasons": self._reasons(key, difference, charges),
        }

    def _reasons(self, key: ClientMonth, difference: Difference, charges: Charges) -> list[dict[str, Any]]:
        messages = self._messages.get(key, ())
        missing = list(_missing(self._runs[key], messages, difference.kind, key[1]))
        found = [_reason(*why, run["id"]) for run, why in missing]
        if difference.is_of_payments:
            found.append(_reason("payment_differs"))
        told = difference.told + sum(_part(run, difference.kind, key[1]) for run, _ in missing)
        if not found or abs(told - difference.expected) > _slack(charges) + _HALF * (len(missing) + 1):
            found += _of_messages(messages)
        return found


def _slack(charges: Charges) -> int:
    """Give what a month's sums may be off by rounding."""
    return _HALF * max(charges.messages, 1)


def _part(run: Any, kind: str, month: str) -> int:
    """Give what a run adds to a month's sum of a kind."""
    if kind == FINANSSKATT:
        return charge(run["taxed"] or 0, law.FINANSSKATT.on(first_day(month)), unit=KRONE)
    return int(run[kind])


def _exact(charges: Charges, kind: str, expected: int) -> int:
    return charges.aga if kind == AGA else expected


def _missing(
    runs: Sequence[Any], messages: Sequence[Message], kind: str, month: str
) -> Iterator[tuple[Any, tuple[str, str | None]]]:
    """Give the runs that add to a kind and are in no message that counts, each with the reason and the message."""
    standings = standings_of(messages)
    counting = [one for one in messages if standings[one.id] == "counts"]
    told = frozenset().union(*(one.runs for one in counting))
    for run in runs:
        if run["seq"] not in told and _part(run, kind, month):
            yield run, _why(run["seq"], messages, standings, has_report=bool(counting))


def _why(
    run: int, messages: Sequence[Message], standings: Mapping[str, str], *, has_report: bool
) -> tuple[str, str | None]:
    for standing, reason in _NOT_TOLD.items():
        for one in messages:
            if standings[one.id] == standing and run in one.runs:
                return reason, one.id
    return "run_in_no_message" if has_report else "not_sent", None


def _of_messages(messages: Sequence[Message]) -> Iterator[dict[str, Any]]:
    """Tell of messages that have something else than their runs: those that replaced others, or nobody knows."""
    standings = standings_of(messages)
    replacing = [one.id for one in messages if standings[one.id] == "counts" and one.replaces]
    yield from (_reason("replaced", one) for one in replacing)
    if not replacing:
        yield _reason("unknown")


def _reason(reason: str, message: str | None = None, run: str | None = None) -> dict[str, Any]:
    return {"reason": reason, "message": message, "run": run}
