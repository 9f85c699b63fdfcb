"""What keeps a client's month from being done, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bureau_cli.domain.month_end import PeriodReason

WORDS: Mapping[str, str] = {
    "run_missing": "there is no run",
    "run_open": "the run is open",
    "run_awaiting_approval": "the run awaits the client's approval",
    "run_not_locked": "the run is approved, but not locked",
    "a_melding_not_sent": "the a-melding is not sent",
    "a_melding_rejected": "the a-melding was rejected",
    "a_melding_immediate": "the a-melding came back with deviations to mend at once",
    "no_feedback": "the a-melding is sent, but not answered",
    "withholding_unpaid": "what was withheld is not paid",
    "withholding_unknown": "nobody can tell whether what was withheld is paid",
}

A_MELDING = frozenset({"a_melding", "feedback"})
"""The steps of a month that are about its a-melding."""


def worded(alike: Sequence[PeriodReason]) -> str:
    """`the run is open (pay day 2026-11-20, Månedslønn)`; a code that is new here is told as it came."""
    code = alike[0].code
    places = "; ".join(filter(None, map(_place, alike)))
    return WORDS.get(code, code) + (f" ({places})" if places else "")


def together(reasons: Iterable[PeriodReason]) -> Sequence[Sequence[PeriodReason]]:
    """What is one thing to do: a run is one each, and an a-melding one for all the runs that it is to have."""
    things: dict[tuple[object, ...], list[PeriodReason]] = defaultdict(list)
    for reason in reasons:
        run = None if reason.step in A_MELDING else (reason.run, reason.pay_group, reason.pay_date)
        things[reason.code, reason.state, reason.due, reason.message, run].append(reason)
    return list(things.values())


def _place(reason: PeriodReason) -> str:
    day = "" if reason.pay_date is None else f"pay day {reason.pay_date}"
    return ", ".join(filter(None, (day, reason.pay_group)))
