"""A period as people write it: a calendar month, `YYYY-MM`."""

from __future__ import annotations

import re
from datetime import date

from bureau_cli.errors import BadUsage

THIS, LAST = "this", "last"
"""The words for the month that is going on and for the one before."""

YEAR = "(?:19|20)[0-9]{2}"
WRITTEN = re.compile(rf"{YEAR}-(0[1-9]|1[0-2])")
TERM = re.compile(rf"({YEAR})[- ]?[Tt]([1-6])")
NEARLY = (
    re.compile(rf"(?P<year>{YEAR})[-./ ]?(?P<month>[0-9]{{1,2}})"),
    re.compile(rf"(?P<month>[0-9]{{1,2}})[-./ ]?(?P<year>{YEAR})"),
)


def read_period(text: str, today: date, option: str = "--period") -> str:
    """The month that `text` says after an option: this, last or YYYY-MM.

    Raises:
        BadUsage: it says none; the fix says what was perhaps meant.
    """
    written = text.strip().lower()
    if WRITTEN.fullmatch(written):
        return written
    if written in {THIS, LAST}:
        return shifted(month_of(today), -1 if written == LAST else 0)
    raise BadUsage(f"{option} {text} is no month", fix=_meant(written, option))


def month_of(day: date) -> str:
    """The month a day lies in."""
    return f"{day:%Y-%m}"


def shifted(period: str, months: int) -> str:
    """The month that lies so many months later, or earlier."""
    year, month = divmod(_number(period) + months, 12)
    return f"{year:04}-{month + 1:02}"


def first_day(period: str) -> date:
    """The first day of the month."""
    return date.fromisoformat(f"{period}-01")


def last_day(period: str) -> date:
    """The last day of the month."""
    return date.fromordinal(first_day(shifted(period, 1)).toordinal() - 1)


def _number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:]) - 1


def _meant(written: str, option: str) -> str:
    if term := TERM.fullmatch(written):
        first = f"{term[1]}-{int(term[2]) * 2 - 1:02}"
        return f"{term[1]}-T{term[2]} is a term of two months: {option} {first} or {option} {shifted(first, 1)}"
    for pattern in NEARLY:
        nearly = pattern.fullmatch(written)
        if nearly and 1 <= int(nearly["month"]) <= 12:  # noqa: PLR2004 - a year has twelve months
            return f"{option} {nearly['year']}-{int(nearly['month']):02}"
    return f"write it like {option} 2026-11, {option} this or {option} last"
