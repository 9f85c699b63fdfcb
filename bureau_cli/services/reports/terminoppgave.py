"""The terminoppgave line by line: a client's differences, then what is paid by the term, then after each pay date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

from bureau_cli.bulk.report import counted
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.terminoppgave import (
    BY_TERM,
    LEVIES,
    Fribelop,
    TermDifference,
    TermLine,
    TermMonth,
    TermPayment,
    TermReport,
)
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports_reports import ReportsPort
from bureau_cli.services.reports.asked import Asked, Lines, asked

ZONE_1A = "1a"
UNKNOWN = "unknown"


class Part(StrEnum):
    """What a line belongs to, in the order it is told."""

    DIFFERENCES = "differences"
    BY_TERM = "by_term"
    BY_PAY_DATE = "by_pay_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """One line of a client's term: what differs, what an amount is made of, what is paid, or what a month comes to.

    A line that is paid with others has their `payment` too. One without any of them says that all is withheld.
    """

    report: TermReport
    part: Part
    difference: TermDifference | None = None
    line: TermLine | None = None
    payment: TermPayment | None = None
    month: TermMonth | None = None

    @property
    def client(self) -> ClientReference:
        """Whose it is."""
        return self.report.client

    @property
    def owner(self) -> Person | None:
        """Who owns the client."""
        return self.report.owner

    @property
    def levy(self) -> str | None:
        """What is paid, None where that is withheld."""
        for about in (self.difference, self.payment):
            if about is not None:
                return about.kind
        if self.line is not None:
            return self.line.levy
        return None if self.month is None else "aga"

    @property
    def period(self) -> str | None:
        """The month it is about, None of what is paid after a pay date."""
        about = self.difference or self.line or self.month
        return None if about is None else about.month

    @property
    def amount(self) -> Decimal | None:
        """What it comes to, None where nothing is known or withheld, and of what differs."""
        about = self.line or self.payment
        if about is not None:
            return about.amount
        return None if self.month is None else self.month.sums.aga

    @property
    def fribelop(self) -> Fribelop | None:
        """How much of it the client has used, at a line that counts in it."""
        return self.report.fribelop if self.line is not None and self.line.zone == ZONE_1A else None


@dataclass(slots=True)
class Told:
    """What is to be said of a terminoppgave once all of it has been seen."""

    clients: int = 0
    withheld: int = 0
    differ: int = 0
    unknown: int = 0
    """How many have a month that nothing is known of."""
    untold: int = 0
    """How many have no other."""
    unlawful: dict[str, None] = field(default_factory=dict)
    """The numbers of clients with a rate that the law does not have."""
    bad_kids: dict[str, None] = field(default_factory=dict)
    """The numbers of clients with a KID whose check digit does not hold."""

    def see(self, report: TermReport) -> None:
        """Look at a client's term."""
        self.clients += 1
        self.withheld += report.withheld is not None
        self.differ += report.differs is True
        unknown = unknown_months(report)
        self.unknown += bool(unknown)
        self.untold += report.withheld is None and unknown == len(report.months or ())
        if any(line.lawful is False for line in report.lines or ()):
            self.unlawful[report.client.number] = None
        if any(payment.kid_valid is False for payment in report.payments or ()):
            self.bad_kids[report.client.number] = None

    def summed_up(self, term: str) -> str:
        """It in a line: `2026-T5 · 104 of 112 clients: 6 differ from their feedback, 2 with an unknown month`."""
        if not self.clients:
            return "no client fits the selection"
        known = self.clients - self.withheld
        seen = f"{known} of " if self.withheld else ""
        whose = f"{term} · {seen}{counted(self.clients, 'client')}"
        if known == self.untold:
            return f"{whose}: nothing is known" if known else f"{whose}: nothing can be told"
        parts = [f"{self.differ} differ{'s' if self.differ == 1 else ''} from their feedback"]
        if self.unknown:
            parts.append(f"{self.unknown} with an unknown month")
        return f"{whose}: {', '.join(parts)}"


class Terminoppgaver:
    """What clients are to pay of a term."""

    def __init__(self, reports: ReportsPort, clients: Clients) -> None:
        self._reports = reports
        self._clients = clients

    async def asked(self, selection: Selection, query: Mapping[str, Any]) -> Asked[TermReport]:
        """Each client's term.

        Raises:
            LawUnknown: nobody knows the law of the term; raised while it is walked.
        """
        return await asked(self._clients, selection, lambda chosen: self._reports.terminoppgave({**query, **chosen}))

    async def lines(
        self, selection: Selection, term: str, parts: Collection[Part], told: Callable[[Told, Coverage], None]
    ) -> Lines[TermReport, TermRow]:
        """The lines of these parts, clients where something differs first; `told` hears of all when the last has come.

        Raises:
            LawUnknown: nobody knows the law of the term; raised while they are walked.
        """
        reports = await self.asked(selection, {"term": term})
        seen = Told()

        def of(report: TermReport) -> Iterator[TermRow]:
            seen.see(report)
            return (row for row in rows_of(report) if row.part in parts)

        return Lines(reports, of, ended=partial(told, seen))


def unknown_months(report: TermReport) -> int:
    """Of how many months of the term nothing is known."""
    return sum(month.basis == UNKNOWN for month in report.months or ())


def rows_of(report: TermReport) -> Iterator[TermRow]:
    """A client's lines; one whose figures are withheld has a line that says so."""
    if report.withheld is not None:
        yield TermRow(report=report, part=Part.BY_TERM)
        return
    for difference in report.differences or ():
        yield TermRow(report=report, part=Part.DIFFERENCES, difference=difference)
    yield from _by_term(report)
    for payment in report.payments or ():
        if payment.part != BY_TERM:
            yield TermRow(report=report, part=Part.BY_PAY_DATE, payment=payment)


def _by_term(report: TermReport) -> Iterator[TermRow]:
    """What the amounts of part 1 are made of, levy by levy, and months of which there is nothing or nothing known."""
    payments = {payment.kind: payment for payment in report.payments or () if payment.part == BY_TERM}
    months = {month.month: month for month in report.months or ()}
    lines = report.lines or ()
    for levy in LEVIES:
        payment = payments.get(levy)
        of_levy = [line for line in lines if line.levy == levy]
        for line in of_levy:
            month = months.get(line.month)
            yield TermRow(report=report, part=Part.BY_TERM, line=line, payment=payment, month=month)
        if payment is not None and not of_levy:
            yield TermRow(report=report, part=Part.BY_TERM, payment=payment)
        if levy == "aga":
            there = {line.month for line in lines}
            bare = (month for month in months.values() if month.month not in there)
            yield from (TermRow(report=report, part=Part.BY_TERM, month=month) for month in bare)
