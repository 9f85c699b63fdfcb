"""The terminoppgave line by line: a client's differences, then what is paid by the term, then after each pay date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
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
    """One line. `levy` is what is paid, `kind` what of it the line is; what does not apply, or is withheld, is None."""

    client: ClientReference
    owner: Person | None
    term: str
    part: Part
    withheld: str | None
    fetched_at: datetime
    month: str | None = None
    basis: str | None = None
    levy: str | None = None
    kind: str | None = None
    site: str | None = None
    zone: str | None = None
    sector: str | None = None
    base: Decimal | None = None
    rate: Decimal | None = None
    lawful: bool | None = None
    amount: Decimal | None = None
    pay_date: date | None = None
    due: date | None = None
    account: str | None = None
    kid: str | None = None
    kid_valid: bool | None = None
    paid: bool | None = None
    reported: Decimal | None = None
    expected: Decimal | None = None
    difference: Decimal | None = None
    reasons: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    fribelop: Fribelop | None = None


@dataclass(slots=True)
class Told:
    """What is to be said of a terminoppgave once all of it has been seen."""

    clients: int = 0
    withheld: int = 0
    differ: int = 0
    unknown: int = 0
    unlawful: dict[str, None] = field(default_factory=dict)
    """The numbers of clients with a rate that the law does not have."""
    bad_kids: dict[str, None] = field(default_factory=dict)
    """The numbers of clients with a KID whose check digit does not hold."""

    def see(self, report: TermReport) -> None:
        """Look at a client's term."""
        self.clients += 1
        self.withheld += report.withheld is not None
        self.differ += report.differs is True
        self.unknown += any(month.basis == UNKNOWN for month in report.months or ())
        if any(line.lawful is False for line in report.lines or ()):
            self.unlawful[report.client.number] = None
        if any(payment.kid_valid is False for payment in report.payments or ()):
            self.bad_kids[report.client.number] = None

    def summed_up(self, term: str) -> str:
        """It in a line: `2026-T5 · 104 of 112 clients: 6 differ from their feedback, 2 with an unknown month`."""
        if not self.clients:
            return "no client fits the selection"
        parts = [f"{self.differ} differ{'s' if self.differ == 1 else ''} from their feedback"]
        if self.unknown:
            parts.append(f"{self.unknown} with an unknown month")
        seen = f"{self.clients - self.withheld} of " if self.withheld else ""
        return f"{term} · {seen}{counted(self.clients, 'client')}: {', '.join(parts)}"


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


def rows_of(report: TermReport) -> Iterator[TermRow]:
    """A client's lines; one whose figures are withheld has a line that says so."""
    plain = TermRow(
        client=report.client,
        owner=report.owner,
        term=report.term,
        part=Part.BY_TERM,
        withheld=report.withheld,
        fetched_at=report.fetched_at,
    )
    if report.withheld is not None:
        yield plain
        return
    yield from (_differing(plain, difference) for difference in report.differences or ())
    yield from _by_term(plain, report)
    for payment in report.payments or ():
        if payment.part != BY_TERM:
            yield _paid(replace(plain, part=Part.BY_PAY_DATE), payment)


def _differing(plain: TermRow, difference: TermDifference) -> TermRow:
    reasons = difference.reasons
    return replace(
        plain,
        part=Part.DIFFERENCES,
        month=difference.month,
        levy=difference.kind,
        reported=difference.reported,
        expected=difference.expected,
        difference=difference.difference,
        reasons=tuple(dict.fromkeys(one.reason for one in reasons)),
        messages=tuple(dict.fromkeys(one.message for one in reasons if one.message is not None)),
        runs=tuple(dict.fromkeys(one.run for one in reasons if one.run is not None)),
    )


def _by_term(plain: TermRow, report: TermReport) -> Iterator[TermRow]:
    """What the amounts of part 1 are made of, levy by levy, and months of which there is nothing or nothing known."""
    payments = {payment.kind: payment for payment in report.payments or () if payment.part == BY_TERM}
    basis = {month.month: month.basis for month in report.months or ()}
    lines = report.lines or ()
    for levy in LEVIES:
        payment = payments.get(levy)
        of_levy = [line for line in lines if line.levy == levy]
        for line in of_levy:
            yield _made_of(replace(plain, basis=basis.get(line.month)), line, payment, report.fribelop)
        if payment is not None and not of_levy:
            yield _paid(plain, payment)
        if levy == "aga":
            yield from _months_without_lines(plain, report)


def _months_without_lines(plain: TermRow, report: TermReport) -> Iterator[TermRow]:
    there = {line.month for line in report.lines or ()}
    for month in report.months or ():
        if month.month not in there:
            yield replace(plain, month=month.month, basis=month.basis, levy="aga", amount=month.sums.aga)


def _made_of(plain: TermRow, line: TermLine, payment: TermPayment | None, fribelop: Fribelop | None) -> TermRow:
    row = replace(
        plain,
        month=line.month,
        levy=line.levy,
        kind=line.kind,
        site=line.site,
        zone=line.zone,
        sector=line.sector,
        base=line.base,
        rate=line.rate,
        lawful=line.lawful,
        amount=line.amount,
        fribelop=fribelop if line.zone == ZONE_1A else None,
    )
    if payment is None:
        return row
    return replace(row, due=payment.due, account=payment.account, kid=payment.kid, kid_valid=payment.kid_valid)


def _paid(plain: TermRow, payment: TermPayment) -> TermRow:
    return replace(
        plain,
        levy=payment.kind,
        amount=payment.amount,
        pay_date=payment.pay_date,
        due=payment.due,
        account=payment.account,
        kid=payment.kid,
        kid_valid=payment.kid_valid,
        paid=payment.paid,
        reported=payment.reported,
    )
