"""What keeps a client's month from being done, in words."""

from __future__ import annotations

from collections.abc import Mapping

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


def worded(reason: PeriodReason) -> str:
    """`the run is open (pay day 2026-11-20, Månedslønn)`; a code that is new here is told as it came."""
    about = [f"pay day {reason.pay_date}" if reason.pay_date else "", reason.pay_group or ""]
    place = ", ".join(filter(None, about))
    return WORDS.get(reason.code, reason.code) + (f" ({place})" if place else "")
