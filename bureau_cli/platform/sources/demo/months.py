"""Months as numbers, which are counted and compared faster than text; January of year 0 is 0."""

from datetime import date
from functools import cache

from bureau_cli.platform.calendar import moved_forward, working_days_from
from bureau_cli.platform.clock import start_of_day

MONTHS_A_YEAR = 12
MAY, JUNE, DECEMBER = 4, 5, 11
"""Months of a year, counted from 0."""


def number_of(period: str) -> int:
    """Give the number of a period."""
    return int(period[:4]) * MONTHS_A_YEAR + int(period[5:]) - 1


def number_on(day: date) -> int:
    """Give the number of the month a day lies in."""
    return day.year * MONTHS_A_YEAR + day.month - 1


@cache
def period_at(number: int) -> str:
    """Give the period with a number."""
    year, month = divmod(number, MONTHS_A_YEAR)
    return f"{year:04}-{month + 1:02}"


@cache
def day_in(number: int, day: int = 1) -> date:
    """Give a day of a month."""
    year, month = divmod(number, MONTHS_A_YEAR)
    return date(year, month + 1, day)


@cache
def working_day_in(number: int, day: int) -> date:
    """Give a day of a month, or the first working day after it."""
    return moved_forward(day_in(number, day))


def instant(day: date, minute: int) -> int:
    """Give an instant of a day, so many minutes after it began."""
    return start_of_day(day) + 60 * minute


def working_instant(day: date, working_days: int, minute: int) -> int:
    """Give an instant so many working days after a day, or before it if negative."""
    return instant(working_days_from(day, working_days), minute)
