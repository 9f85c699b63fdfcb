"""How much of ordinary pay nobody touched: a line a client or owner with its trend, and one of all at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial

from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.period import shifted
from bureau_cli.domain.reports import AutomationReport, ManualRun, degree
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports_reports import ReportsPort
from bureau_cli.services.reports.asked import NOBODY, Asked, Lines, asked, each_of
from bureau_cli.services.reports.scopes import By, Counted, Whose, in_order, whose

Unknown = Counter[str]
"""At how many clients nothing is known of a month, of the months that are asked for."""

Ended = Callable[[Unknown, Coverage], None]
"""Hears of what nothing is known, and of how many clients there are figures, when the last line has come."""

TREND = 12
"""How many months a trend has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """The degree of a month, None where there was nothing to work it out of."""

    month: str
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationRow:
    """Ordinary payslips of a client, an owner's clients or all of them; None where nothing is known, or withheld.

    `change` is that of the last month against the one before, in percentage points; `client` is None in a sum.
    """

    whose: Whose
    client: ClientReference | None
    owner: Person | None
    first: str
    last: str
    payslips: int | None
    untouched: int | None
    change: Decimal | None
    trend: tuple[Degree, ...]
    coverage: Coverage
    definition: str | None
    withheld: str | None
    fetched_at: datetime

    @property
    def manual(self) -> int | None:
        """How many somebody entered or changed by hand."""
        return None if self.payslips is None or self.untouched is None else self.payslips - self.untouched

    @property
    def degree(self) -> Decimal | None:
        """The untouched of the payslips in percent."""
        return None if self.payslips is None or self.untouched is None else degree(self.untouched, self.payslips)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualRow:
    """A run with payslips that somebody touched; `run` is None where it is withheld."""

    client: ClientReference
    owner: Person | None
    run: ManualRun | None
    withheld: str | None
    fetched_at: datetime


class Automation:
    """How automatic ordinary pay is, from one month to another."""

    def __init__(self, reports: ReportsPort, clients: Clients) -> None:
        self._reports = reports
        self._clients = clients

    async def lines(
        self, selection: Selection, first: str, last: str, ended: Ended
    ) -> Lines[AutomationReport, AutomationRow]:
        """A line a client by name, and at the end one of all of them."""
        reports = await self._with_trend(selection, first, last)
        whole = _Sum()
        unknown: Unknown = Counter()

        def of(report: AutomationReport) -> Iterator[AutomationRow]:
            whole.add(report)
            unknown.update(_unknown(report, first, last))
            alone = _Sum()
            alone.add(report)
            yield alone.row(whose(By.CLIENT, report.client, None), (first, last), reports.definition, report)

        def whole_line() -> Iterator[AutomationRow]:
            if whole.counted.of:
                yield whole.row(Whose(kind=By.BUREAU), (first, last), reports.definition)

        return Lines(reports, of, last=whole_line, ended=partial(ended, unknown))

    async def totals(self, selection: Selection, first: str, last: str, by: By) -> Totals:
        """A line an owner by login, unless only the bureau's is asked for, and at the end one of all of them."""
        reports = await self._with_trend(selection, first, last)
        sums: dict[Whose, _Sum] = {}
        whole = _Sum()
        unknown: Unknown = Counter()
        async for report in each_of(reports):
            whole.add(report)
            unknown.update(_unknown(report, first, last))
            if by is not By.BUREAU:
                sums.setdefault(whose(by, report.client, report.owner), _Sum()).add(report)
        rows = [sums[of].row(of, (first, last), reports.definition) for of in in_order(by, sums)]
        if whole.counted.of:
            rows.append(whole.row(Whose(kind=By.BUREAU), (first, last), reports.definition))
        return Totals(
            rows=rows,
            unknown=unknown,
            coverage=reports.coverage,
            definition=reports.definition,
            as_of=reports.as_of,
        )

    async def manual(
        self, selection: Selection, first: str, last: str, ended: Ended
    ) -> Lines[AutomationReport, ManualRow]:
        """A line a run that somebody touched, with whose payslips those were."""
        reports = await self._asked(selection, first, last, manual=True)
        unknown: Unknown = Counter()

        def of(report: AutomationReport) -> Iterator[ManualRow]:
            unknown.update(_unknown(report, first, last))
            for run in report.runs or ((None,) if report.withheld is not None else ()):
                yield ManualRow(
                    client=report.client,
                    owner=report.owner,
                    run=run,
                    withheld=report.withheld,
                    fetched_at=report.fetched_at,
                )

        return Lines(reports, of, ended=partial(ended, unknown))

    async def _with_trend(self, selection: Selection, first: str, last: str) -> Asked[AutomationReport]:
        return await self._asked(selection, min(first, shifted(last, 1 - TREND)), last)

    async def _asked(
        self, selection: Selection, first: str, last: str, *, manual: bool = False
    ) -> Asked[AutomationReport]:
        query = {"from": first, "to": last, "manual": "true" if manual else None}
        return await asked(
            self._clients, selection, lambda chosen: self._reports.automatiseringsgrad({**query, **chosen})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The lines in their order, and what is told of all of them."""

    rows: Sequence[AutomationRow]
    unknown: Unknown
    coverage: Coverage = NOBODY
    definition: str | None
    as_of: datetime | None


def _unknown(report: AutomationReport, first: str, last: str) -> Iterator[str]:
    """The months asked for of which nothing is known at a client."""
    return (one.month for one in report.months or () if first <= one.month <= last and one.payslips is None)


@dataclass(slots=True)
class _Sum:
    """Payslips and those untouched, month by month."""

    months: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    counted: Counted = field(default_factory=Counted)
    fetched_at: datetime | None = None

    def add(self, report: AutomationReport) -> None:
        """Add a client's months."""
        self.counted.see(withheld=report.withheld is not None)
        self.fetched_at = min(self.fetched_at or report.fetched_at, report.fetched_at)
        for month in report.months or ():
            before = self.months.setdefault(month.month, None)
            if month.payslips is not None and month.untouched is not None:
                payslips, untouched = before or (0, 0)
                self.months[month.month] = payslips + month.payslips, untouched + month.untouched

    def row(
        self, of: Whose, months: tuple[str, str], definition: str | None, report: AutomationReport | None = None
    ) -> AutomationRow:
        """It as it is told; `report` where it is that of one client."""
        first, last = months
        known = [counts for month, counts in self.months.items() if first <= month <= last and counts is not None]
        degrees = {
            month: None if counts is None else degree(counts[1], counts[0]) for month, counts in self.months.items()
        }
        now, before = degrees.get(last), degrees.get(shifted(last, -1))
        assert self.fetched_at is not None  # noqa: S101 - there is somebody in it
        return AutomationRow(
            whose=of,
            client=None if report is None else report.client,
            owner=None if report is None else report.owner,
            first=first,
            last=last,
            payslips=sum(payslips for payslips, _ in known) if known else None,
            untouched=sum(untouched for _, untouched in known) if known else None,
            change=None if now is None or before is None else now - before,
            trend=tuple(Degree(month=month, value=degrees[month]) for month in sorted(degrees)),
            coverage=self.counted.coverage,
            definition=definition,
            withheld=None if report is None else report.withheld,
            fetched_at=self.fetched_at,
        )
