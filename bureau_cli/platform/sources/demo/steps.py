"""When the steps of the demo's runs are taken: mostly in time, and as each story has it otherwise.

In time a run is made five working days before it is paid, approved two before and locked one before. Payslips go out
as it is paid, what was withheld is paid when it is due, and the run is booked soon after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bureau_cli.platform.law.due import withholding_due
from bureau_cli.platform.sources.demo.chance import Dice
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import instant, working_instant

_HOUR = 60
_PAID_AT = 6 * _HOUR
_MADE_IN_HASTE = frozenset({"created_late", "extra", "vacation", "until_now", "correction"})
_AFTER_APPROVAL = ("locked", "payslips_sent", "paid", "withheld_paid", "booked")
_NEVER_TAKEN: Mapping[str, Sequence[str]] = {
    "never_submitted": ("submitted", "approved", *_AFTER_APPROVAL),
    "never_approved": ("approved", *_AFTER_APPROVAL),
    "approved_only": _AFTER_APPROVAL,
    "not_approved": ("approved",),
    "never_locked": ("locked",),
    "payslips_never": ("payslips_sent",),
    "never_paid": ("paid", "withheld_paid", "booked"),
    "withholding_never": ("withheld_paid",),
}
"""The steps that are never taken in a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The instants of a run's steps; None for one that is not taken, or of which nobody knows."""

    created: int
    submitted: int | None = None
    approved: int | None = None
    locked: int | None = None
    payslips_sent: int | None = None
    paid: int | None = None
    withheld_paid: int | None = None
    booked: int | None = None


def steps_of(firm: Firm, day: date, story: str, dice: Dice) -> Steps:
    """Give the steps of a run paid on a day, were every client to take all of them and tell of them."""
    steps = _in_haste(firm, day) if story in _MADE_IN_HASTE else _in_time(firm, day, dice)
    return _as_told(steps, story, day, 1 + dice.below(3))


def _in_time(firm: Firm, day: date, dice: Dice) -> Steps:
    minute = firm.minute
    return Steps(
        created=working_instant(day, -6 - dice.below(4), 8 * _HOUR + minute),
        submitted=working_instant(day, -4, 12 * _HOUR + minute),
        approved=working_instant(day, -2 - dice.below(2), 9 * _HOUR + minute),
        locked=working_instant(day, -1, 10 * _HOUR + minute + dice.below(120)),
        payslips_sent=instant(day, 7 * _HOUR + minute),
        paid=instant(day, _PAID_AT + minute),
        withheld_paid=instant(withholding_due(day), 9 * _HOUR + minute),
        booked=working_instant(day, 1 + dice.below(4), 11 * _HOUR + minute),
    )


def _in_haste(firm: Firm, day: date) -> Steps:
    minute = firm.minute // 2
    return Steps(
        created=working_instant(day, -1, 8 * _HOUR + minute),
        submitted=working_instant(day, -1, 10 * _HOUR + minute),
        approved=working_instant(day, -1, 11 * _HOUR + minute),
        locked=working_instant(day, -1, 14 * _HOUR + minute),
        payslips_sent=instant(day, 7 * _HOUR + minute),
        paid=instant(day, _PAID_AT + minute),
        withheld_paid=instant(withholding_due(day), 9 * _HOUR + minute),
        booked=working_instant(day, 1, 11 * _HOUR + minute),
    )


def _as_told(steps: Steps, story: str, day: date, days_late: int) -> Steps:
    late = working_instant(day, days_late, 10 * _HOUR)
    match story:
        case "locked_late":
            return replace(steps, locked=late)
        case "payslips_late":
            return replace(steps, payslips_sent=late)
        case "withholding_late":
            return replace(steps, withheld_paid=working_instant(withholding_due(day), days_late, 10 * _HOUR))
    untaken: dict[str, Any] = dict.fromkeys(_NEVER_TAKEN.get(story, ()))
    return replace(steps, **untaken)
