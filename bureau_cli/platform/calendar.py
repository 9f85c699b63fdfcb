"""Norwegian working days, and the months and pay days that follow from them.

A period is text, `YYYY-MM`. Public holidays: lov om helligdager og helligdagsfred § 2, with 1 and 17 May.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5
_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
_DAYS_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def easter(year: int) -> date:
    """Give Easter Sunday, by Gauss's rule with its two exceptions."""
    century, golden = year // 100, year % 19
    moon = (15 + century - century // 4 - (8 * century + 13) // 25 + 19 * golden) % 30
    if moon == 29 or (moon == 28 and golden > 10):  # noqa: PLR2004 - the two exceptions of the rule
        moon -= 1
    full_moon = date(year, 3, 21) + timedelta(days=moon)
    return full_moon + timedelta(days=6 - full_moon.weekday() or 7)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Give the year's public holidays, Sundays among them only where they have a name."""
    fixed = (date(year, month, day) for month, day in _FIXED_HOLIDAYS)
    movable = (easter(year) + timedelta(days=days) for days in _DAYS_FROM_EASTER)
    return frozenset((*fixed, *movable))


def is_working_day(day: date) -> bool:
    """Tell whether banks settle: no Saturday, Sunday or public holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def moved_back(day: date) -> date:
    """Give the day itself if it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def moved_forward(day: date) -> date:
    """Give the day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def working_days_from(day: date, count: int) -> date:
    """Give the working day so many working days after a day, or before it if negative; 0 only moves it forward."""
    if count == 0:
        return moved_forward(day)
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def period_of(day: date) -> str:
    """Give the period a day lies in."""
    return f"{day:%Y-%m}"


def shifted(period: str, months: int) -> str:
    """Give the period so many months later, or earlier if negative."""
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]) - 1 + months, 12)
    return f"{year:04}-{month + 1:02}"


def horizon(today: date) -> str:
    """Give the last period that payroll runs are written for: next month's."""
    return shifted(period_of(today), 1)


def first_day(period: str) -> date:
    """Give the first day of a period."""
    return date(int(period[:4]), int(period[5:]), 1)


def last_day(period: str) -> date:
    """Give the last day of a period."""
    first = first_day(period)
    return first.replace(day=monthrange(first.year, first.month)[1])


def agreed_day(period: str, payday: int) -> date:
    """Give the day pay is agreed to be paid: at most the month's last."""
    last = last_day(period)
    return last.replace(day=min(payday, last.day))


@cache
def pay_date(period: str, payday: int) -> date:
    """Give the day pay is paid: the agreed day, moved back to a working day."""
    return moved_back(agreed_day(period, payday))
