"""The days of a window of time: what the calendar and the law put on them, as tables that SQL can join."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from bureau_cli.platform.calendar import first_day, last_day, pay_date, period_of, shifted
from bureau_cli.platform.law import due

_LONGEST_GAP = timedelta(days=14)
"""No working day is farther from the one before; Easter and the New Year are far shorter."""
_PAYDAYS = range(1, 32)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From one day to another, empty if that lies before; `begins` is the first month anything is known of."""

    first: date
    last: date
    begins: str

    def narrowed(self, first: str, last: str) -> Self:
        """Give the part of it from one day to another."""
        return replace(self, first=date.fromisoformat(first), last=date.fromisoformat(last))

    @property
    def tables(self) -> dict[str, str]:
        """Give each table of `deadlines.TABLES` as JSON."""
        return {
            "agreed": json.dumps(list(self._agreed())),
            "banked": json.dumps(list(self._banked())),
            "months": json.dumps(list(self._months())),
            "terms": json.dumps(list(self._terms())),
            "years": json.dumps(list(self._years())),
        }

    def _agreed(self) -> Iterator[tuple[object, ...]]:
        """Give the pay days agreed: period, agreed day, pay date, when withholding is due but by the term."""
        for period in self._periods(-1, 1):
            for payday in _PAYDAYS:
                paid = pay_date(period, payday)
                follows = due.withholding_due(paid)
                if self._holds(paid) or self._holds(follows):
                    is_by_term = paid < due.WITHHOLDING_FOLLOWS_PAY_FROM
                    yield period, payday, paid.isoformat(), None if is_by_term else follows.isoformat()

    def _banked(self) -> Iterator[tuple[str, str]]:
        """Give the days after which withholding is due of itself, and when."""
        day = max(self.first - _LONGEST_GAP, due.WITHHOLDING_FOLLOWS_PAY_FROM)
        while day < self.last:
            if self._holds(follows := due.withholding_due(day)):
                yield day.isoformat(), follows.isoformat()
            day += _DAY

    def _months(self) -> Iterator[tuple[str, ...]]:
        """Give the months to report: when that is due, first day, last day."""
        for month in self._periods(-2, 0):
            if self._holds(reported := due.a_melding_due(month)):
                yield month, reported.isoformat(), *_ends(month, month)

    def _terms(self) -> Iterator[tuple[object, ...]]:
        """Give the terms: when they are due, first day, last day, whether withholding is part of them."""
        for month in self._periods(-4, 0):
            first, second = due.term_months(month)
            if month == second and self._holds(paid := due.term_due(month)):
                has_withholding = last_day(second) < due.WITHHOLDING_FOLLOWS_PAY_FROM
                yield term_name(month), paid.isoformat(), *_ends(first, second), int(has_withholding)

    def _years(self) -> Iterator[tuple[str, str]]:
        """Give the years whose tax cards can be ordered from a day on, and that day."""
        for year in range(self.first.year, self.last.year + 2):
            if self._holds(day := due.tax_cards_from(year)):
                yield str(year), day.isoformat()

    def _periods(self, before: int, after: int) -> Iterator[str]:
        if self.last < self.first:
            return
        period, end = shifted(period_of(self.first), before), shifted(period_of(self.last), after)
        period = max(period, self.begins)
        while period <= end:
            yield period
            period = shifted(period, 1)

    def _holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def term_name(month: str) -> str:
    """Name the term a month belongs to."""
    return f"{month[:4]}-T{due.term_number(month)}"


def term_of(name: str) -> tuple[str, str]:
    """Give the two months of a term by its name."""
    year, _, number = name.partition("-T")
    return due.term_months(f"{year}-{2 * int(number):02}")


def _ends(first: str, last: str) -> tuple[str, str]:
    return first_day(first).isoformat(), last_day(last).isoformat()
