"""Norwegian working days and due dates, worked out apart from the product: by counting days, not by formula."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
SUNDAY = 7


def easter(year: int) -> date:
    """The Sunday after the paschal full moon, which is found by the age of the moon (Clavius' epact)."""
    golden, century = year % 19 + 1, year // 100 + 1
    leap_days_left_out, moon_correction = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon_correction - leap_days_left_out) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    in_march = 44 - epact if epact <= 23 else 74 - epact
    sunday = date(year, 3, 1) + in_march * DAY
    while sunday.isoweekday() != SUNDAY:
        sunday += DAY
    return sunday


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, Sundays among them where they have a name."""
    sunday = easter(year)
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))}
    return frozenset(fixed | {sunday + days * DAY for days in (-3, -2, 0, 1, 39, 49, 50)})


def is_working(day: date) -> bool:
    return day.isoweekday() < 6 and day not in holidays(day.year)


def on_or_before(day: date) -> date:
    while not is_working(day):
        day -= DAY
    return day


def on_or_after(day: date) -> date:
    while not is_working(day):
        day += DAY
    return day


def pay_day(period: str, agreed: int) -> date:
    """When an agreed day of a period is paid; a day the month has not is its last."""
    last = first_of(shifted(period, 1)) - DAY
    return on_or_before(last.replace(day=min(agreed, last.day)))


def a_melding_due(month: str) -> date:
    return on_or_after(first_of(shifted(month, 1)).replace(day=5))


def term_due(month: str) -> date:
    """When the two-month term that a month is in is to be paid."""
    in_term = 2 - int(month[5:]) % 2
    return on_or_after(first_of(shifted(month, 3 - in_term)).replace(day=15))


def withholding_due(paid: date) -> date:
    """From 2026 on the first working day after the pay date, before that with the term."""
    if paid.year < 2026:
        return term_due(paid.isoformat()[:7])
    return on_or_after(paid + DAY)


def first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def shifted(month: str, by: int) -> str:
    year, zero_based = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04}-{zero_based + 1:02}"
