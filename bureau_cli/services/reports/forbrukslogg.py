"""What clients used, ready to be billed on: a line a client, month and kind, with its price where a list says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.prices import KINDS, UsageKind
from bureau_cli.domain.reports import UsageReport
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports_reports import ReportsPort
from bureau_cli.services.reports.asked import Asked, Lines, asked, each_of
from bureau_cli.services.reports.scopes import By, Counted, Whose, in_order, whose
from bureau_cli.services.reports.tariff import Tariff

BILLED = (UsageKind.PAYSLIP, UsageKind.TRAVEL, UsageKind.EXPENSE)
"""What is usually billed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of usage: from the first month to the last, of which kinds, and by which prices, if any."""

    first: str
    last: str
    kinds: Collection[str] = BILLED
    tariff: Tariff | None = None

    def price(self, client: ClientReference, kind: str) -> Decimal | None:
        """What one of a kind costs a client, None where nothing says it."""
        return None if self.tariff is None else self.tariff.price(client, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow:
    """How many of a kind a client used in a month, and what that comes to. None is not known, or withheld."""

    client: ClientReference
    owner: Person | None
    withheld: str | None
    fetched_at: datetime
    month: str | None = None
    kind: str | None = None
    count: int | None = None
    price: Decimal | None = None

    @property
    def amount(self) -> Decimal | None:
        """What it comes to, None where nothing says a price."""
        return None if self.price is None or self.count is None else self.price * self.count


@dataclass(slots=True)
class UsageTold:
    """What is to be said of usage once all of it has been seen."""

    unpriced: dict[str, int] = field(default_factory=dict)
    """How many lines of each kind lack a price."""
    unknown: Counter[str] = field(default_factory=Counter)
    """At how many clients nothing is known of a month."""

    def see(self, rows: Sequence[UsageRow], *, priced: bool) -> None:
        """Look at a client's lines."""
        for row in rows:
            if row.kind is not None and priced and row.price is None:
                self.unpriced[row.kind] = self.unpriced.get(row.kind, 0) + 1
            if row.month is not None and row.count is None:
                self.unknown[row.month] += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageTotal:
    """How many of a kind there were, of the clients that may be looked into, and what that comes to.

    `incomplete` is at how many of them nothing is known of a month, so that the count is that of the others.
    """

    whose: Whose
    first: str
    last: str
    kind: str
    count: int | None
    amount: Decimal | None
    incomplete: int | None
    coverage: Coverage
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageTotals:
    """The totals in their order, and what is to be said of them."""

    totals: Sequence[UsageTotal]
    told: UsageTold
    coverage: Coverage
    as_of: datetime | None


class Forbrukslogger:
    """What clients used."""

    def __init__(self, reports: ReportsPort, clients: Clients) -> None:
        self._reports = reports
        self._clients = clients

    async def asked(self, selection: Selection, wanted: Wanted) -> Asked[UsageReport]:
        """What each client used, by name."""
        query = {"from": wanted.first, "to": wanted.last}
        return await asked(self._clients, selection, lambda chosen: self._reports.forbrukslogg({**query, **chosen}))

    async def lines(
        self, selection: Selection, wanted: Wanted, told: Callable[[UsageTold, Coverage], None]
    ) -> Lines[UsageReport, UsageRow]:
        """A line a client, month and kind of which there was any; `told` hears of all when the last has come."""
        reports = await self.asked(selection, wanted)
        seen = UsageTold()

        def of(report: UsageReport) -> Sequence[UsageRow]:
            rows = list(rows_of(report, wanted))
            seen.see(rows, priced=wanted.tariff is not None)
            return rows

        return Lines(reports, of, ended=partial(told, seen))

    async def totals(self, selection: Selection, wanted: Wanted, by: By) -> UsageTotals:
        """How many of each kind and what that comes to: clients by name, owners by login."""
        reports = await self.asked(selection, wanted)
        sums: dict[Whose, _Sum] = {}
        told = UsageTold()
        async for report in each_of(reports):
            rows = list(rows_of(report, wanted))
            told.see(rows, priced=wanted.tariff is not None)
            of = whose(by, report.client, report.owner)
            sums.setdefault(of, _Sum(fetched_at=report.fetched_at)).add(report, rows)
        totals = [total for of in in_order(by, sums) for total in sums[of].totals(of, wanted)]
        return UsageTotals(totals=totals, told=told, coverage=reports.coverage, as_of=reports.as_of)


def rows_of(report: UsageReport, wanted: Wanted) -> Iterator[UsageRow]:
    """A client's lines: of what there was none there is none; what is withheld or not known has one that says so."""
    plain = UsageRow(client=report.client, owner=report.owner, withheld=report.withheld, fetched_at=report.fetched_at)
    if report.months is None:
        yield plain
    for month in report.months or ():
        known = {kind: month.counts[kind] for kind in KINDS if kind in wanted.kinds}
        if None in known.values():
            yield replace(plain, month=month.month)
        for kind, count in known.items():
            if count:
                price = wanted.price(report.client, kind)
                yield replace(plain, month=month.month, kind=kind, count=count, price=price)


@dataclass(slots=True)
class _Sum:
    """What is added up for one of them; where no month of any client is known, nothing is."""

    fetched_at: datetime
    counts: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    counted: Counted = field(default_factory=Counted)
    is_known: bool = False
    incomplete: int = 0

    def add(self, report: UsageReport, rows: Sequence[UsageRow]) -> None:
        """Add a client's lines."""
        self.counted.see(withheld=report.withheld is not None)
        self.fetched_at = min(self.fetched_at, report.fetched_at)
        known = [None not in month.counts.values() for month in report.months or ()]
        self.is_known |= any(known)
        self.incomplete += not all(known)
        for row in rows:
            if row.kind is not None and row.count is not None:
                self.counts[row.kind] = self.counts.get(row.kind, 0) + row.count
                before = self.amounts.get(row.kind, Decimal(0))
                self.amounts[row.kind] = None if before is None or row.amount is None else before + row.amount

    def totals(self, of: Whose, wanted: Wanted) -> Iterator[UsageTotal]:
        """It as it is told, a kind each; of what there was none the amount is nought, if there are prices."""
        none = None if wanted.tariff is None else Decimal(0)
        for kind in (kind for kind in KINDS if kind in wanted.kinds):
            yield UsageTotal(
                whose=of,
                first=wanted.first,
                last=wanted.last,
                kind=kind,
                count=self.counts.get(kind, 0) if self.is_known else None,
                amount=self.amounts.get(kind, none) if self.is_known else None,
                incomplete=self.incomplete if self.counted.clients else None,
                coverage=self.counted.coverage,
                fetched_at=self.fetched_at,
            )
