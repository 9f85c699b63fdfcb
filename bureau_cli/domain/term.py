"""A term (termin) as people write it: two months, `YYYY-T1` to `YYYY-T6`."""

from __future__ import annotations

import re
from datetime import date

from bureau_cli.domain.period import LAST, THIS, WRITTEN, YEAR, month_of, shifted
from bureau_cli.errors import BadUsage

MONTHS, TERMS = 2, 6

_WRITTEN = re.compile(rf"{YEAR}-T[1-6]")
_NEARLY = re.compile(rf"(?P<year>{YEAR})[-./ ]?t?(?P<term>[0-9])", re.IGNORECASE)
_TURNED = re.compile(rf"t?(?P<term>[0-9])[-./ ]?(?P<year>{YEAR})", re.IGNORECASE)


def read_term(text: str, today: date) -> str:
    """The term that `text` says: this, last or YYYY-T1 to YYYY-T6.

    Raises:
        BadUsage: it says none; the fix says what was perhaps meant.
    """
    written = text.strip()
    if _WRITTEN.fullmatch(written):
        return written
    if written.lower() in {THIS, LAST}:
        month = shifted(month_of(today), -MONTHS if written.lower() == LAST else 0)
        return term_of(month)
    raise BadUsage(f"--term {text} is no term", fix=_meant(written))


def is_term(text: str) -> bool:
    """Whether it is written as a term is."""
    return _WRITTEN.fullmatch(text) is not None


def term_of(period: str) -> str:
    """The term a month lies in."""
    return f"{period[:4]}-T{(int(period[5:]) + 1) // MONTHS}"


def months_of(term: str) -> tuple[str, str]:
    """The two months of a term."""
    first = f"{term[:4]}-{int(term[6:]) * MONTHS - 1:02}"
    return first, shifted(first, 1)


def _meant(written: str) -> str:
    if WRITTEN.fullmatch(written):
        return f"{written} is a month; its term is --term {term_of(written)}"
    for pattern in (_NEARLY, _TURNED):
        nearly = pattern.fullmatch(written)
        if nearly and 1 <= int(nearly["term"]) <= TERMS:
            term = f"{nearly['year']}-T{nearly['term']}"
            return f"--term {term}, which is {' and '.join(months_of(term))}"
    return "write it like --term 2026-T5, --term this or --term last; a year has T1 to T6"
