"""What a term comes to for each client, for the clients of each owner, or for all of the bureau's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.terminoppgave import BY_PAY_DATE, BY_TERM, LEVIES, TermLaw, TermReport
from bureau_cli.services.reports.asked import each_of
from bureau_cli.services.reports.scopes import By, Counted, Whose, in_order, whose
from bureau_cli.services.reports.terminoppgave import Terminoppgaver, Told, unknown_months


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTotal:
    """What a term comes to, of the clients whose figures may be seen; None where nothing is known at any of them.

    `due` is the day of what is paid by the term. `differ` is at how many clients the feedback differs from the runs.
    `incomplete` is at how many nothing is known of a month, so that the sums are those of the other.
    """

    whose: Whose
    term: str
    sums: dict[str, Decimal | None]
    by_term: Decimal | None
    by_pay_date: Decimal | None
    due: date | None
    differ: int | None
    incomplete: int | None
    coverage: Coverage
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTotals:
    """The totals in their order, and what is to be said of them."""

    totals: Sequence[TermTotal]
    told: Told
    coverage: Coverage
    law: TermLaw | None
    as_of: datetime | None


@dataclass(slots=True)
class _Sum:
    """What is added up for one of them."""

    fetched_at: datetime
    sums: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(LEVIES))
    parts: dict[int, Decimal | None] = field(default_factory=lambda: dict.fromkeys((BY_TERM, BY_PAY_DATE)))
    due: date | None = None
    differ: int = 0
    incomplete: int = 0
    is_compared: bool = False
    counted: Counted = field(default_factory=Counted)

    def add(self, report: TermReport) -> None:
        """Add a client's term."""
        self.counted.see(withheld=report.withheld is not None)
        self.fetched_at = min(self.fetched_at, report.fetched_at)
        self.differ += report.differs is True
        unknown = unknown_months(report)
        self.incomplete += bool(unknown)
        self.is_compared |= report.withheld is None and unknown < len(report.months or ())
        if report.sums is not None:
            for levy in LEVIES:
                self.sums[levy] = _added(self.sums[levy], report.sums.of(levy))
            # A part that has nothing to pay is nought where the sums are known, and unknown where they are not.
            if report.sums.aga is not None:
                self.parts = {part: amount or Decimal(0) for part, amount in self.parts.items()}
        for payment in report.payments or ():
            self.parts[payment.part] = _added(self.parts.get(payment.part), payment.amount)
            if payment.part == BY_TERM:
                self.due = payment.due

    def total(self, of: Whose, term: str) -> TermTotal:
        """It as it is told."""
        return TermTotal(
            whose=of,
            term=term,
            sums=self.sums,
            by_term=self.parts[BY_TERM],
            by_pay_date=self.parts[BY_PAY_DATE],
            due=self.due,
            differ=self.differ if self.is_compared else None,
            incomplete=self.incomplete if self.counted.clients else None,
            coverage=self.counted.coverage,
            fetched_at=self.fetched_at,
        )


class TermSummer:
    """Adds terms up."""

    def __init__(self, terms: Terminoppgaver) -> None:
        self._terms = terms

    async def add_up(self, selection: Selection, term: str, by: By) -> TermTotals:
        """The totals: clients by name, owners by login.

        Raises:
            LawUnknown: nobody knows the law of the term.
        """
        reports = await self._terms.asked(selection, {"term": term, "sort": "client"})
        sums: dict[Whose, _Sum] = {}
        told = Told()
        async for report in each_of(reports):
            told.see(report)
            of = whose(by, report.client, report.owner)
            sums.setdefault(of, _Sum(fetched_at=report.fetched_at)).add(report)
        return TermTotals(
            totals=[sums[of].total(of, term) for of in in_order(by, sums)],
            told=told,
            coverage=reports.coverage,
            law=reports.law,
            as_of=reports.as_of,
        )


def _added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """A sum of what is known."""
    if one is None or other is None:
        return other if one is None else one
    return one + other
