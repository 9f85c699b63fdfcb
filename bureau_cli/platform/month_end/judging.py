"""When a step is overdue, and what can be known of it."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from bureau_cli.platform.calendar import pay_date, period_of, shifted, working_days_from
from bureau_cli.platform.law.due import withholding_due

_CREATED, _APPROVED, _LOCKED = -5, -2, -1
"""Working days from the pay date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Judges what is not done, by days as the store writes them.

    A client's data are known until a day: what fell due on it or later cannot be known to be late. Of a month that
    nobody ever told of, `is_told` being false, nothing can.
    """

    today: str
    known_until: str
    is_told: bool

    def overdue(self, due: str) -> str:
        """Give the state of what is not done, as far as anybody can tell."""
        if due >= self.today:
            return "open"
        return "late" if self.is_told and due < self.known_until else "unknown"

    def overdue_untold(self, due: str) -> str:
        """Give the state of what nobody would have told of, were it done."""
        return "open" if due >= self.today else "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dues:
    """The last days on which the steps of a run are in time; payslips are due with the pay."""

    created: str
    approved: str
    locked: str
    paid: str
    withholding: str


@cache
def dues_of(pay_day: str) -> Dues:
    """Give what is due when, of a run paid on a day."""
    day = date.fromisoformat(pay_day)
    return Dues(
        created=working_days_from(day, _CREATED).isoformat(),
        approved=working_days_from(day, _APPROVED).isoformat(),
        locked=working_days_from(day, _LOCKED).isoformat(),
        paid=pay_day,
        withholding=withholding_due(day).isoformat(),
    )


@cache
def agreed_days(month: str, payday: int) -> tuple[tuple[str, str], ...]:
    """Give the periods paid in a month by an agreed day, each with its day: a 1st may move into the month before."""
    days = ((period, pay_date(period, payday)) for period in (month, shifted(month, 1)))
    return tuple((period, day.isoformat()) for period, day in days if period_of(day) == month)
