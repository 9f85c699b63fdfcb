"""`/v1/reports`: what the bureau tells of many clients at once, a row a client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bureau_cli.api.clients import pairs, person_from, reference_from, withheld_from
from bureau_cli.api.month_end import next_step_from
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, flag, instant, many, optional, read_as, text, whole
from bureau_cli.api.terminoppgave import term_law_from, term_report_from
from bureau_cli.api.wire import Wire
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.prices import KINDS
from bureau_cli.domain.reports import (
    AutomationMonth,
    AutomationReport,
    ClientReport,
    ManualRun,
    NextDeadline,
    ReportedRun,
    UsageMonth,
    UsageReport,
)
from bureau_cli.domain.terminoppgave import TermLaw, TermReport

T = TypeVar("T")


class ReportPages(Pages[T]):
    """A report's rows, and what it tells of all of them, known from the first batch on."""

    @property
    def coverage(self) -> Coverage:
        """Of how many of the clients meant it has figures; of none before the first batch."""
        return read_as("a report", _coverage_from, self.head["coverage"]) if self.head else Coverage(clients=0, of=0)

    @property
    def definition(self) -> str | None:
        """How its figure is worked out, None where it needs no telling."""
        return read_as("a report", lambda head: optional(text, head.get("definition")), self.head)

    @property
    def law(self) -> TermLaw | None:
        """The rules of law it was worked out by, None before the first batch, and where it was by none."""
        return read_as("a report", lambda head: optional(term_law_from, head.get("law")), self.head)


class ReportsApi:
    """Reads the reports. `page_size` is how many clients one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def terminoppgave(self, query: Mapping[str, Any]) -> ReportPages[TermReport]:
        """What each client is to pay of a term."""
        return self._pages("terminoppgave", query, term_report_from)

    def mine_klienter(self, query: Mapping[str, Any]) -> ReportPages[ClientReport]:
        """Each client with who follows it up and where it stands."""
        return self._pages("mine-klienter", query, _client_report_from)

    def forbrukslogg(self, query: Mapping[str, Any]) -> ReportPages[UsageReport]:
        """What each client used."""
        return self._pages("forbrukslogg", query, _usage_report_from)

    def automatiseringsgrad(self, query: Mapping[str, Any]) -> ReportPages[AutomationReport]:
        """How much of each client's ordinary pay nobody touched; with `manual` also which runs somebody did."""
        return self._pages("automatiseringsgrad", query, _automation_report_from)

    def _pages(self, name: str, query: Mapping[str, Any], read: Callable[[dict[str, Any]], T]) -> ReportPages[T]:
        path, asked = f"/v1/reports/{name}", list(pairs(query))
        return ReportPages(self._wire, path, asked, read, size=self._page_size, identity=("client",))


def _coverage_from(item: Mapping[str, Any]) -> Coverage:
    return Coverage(clients=whole(item["clients"]), of=whole(item["of"]))


def _client_report_from(item: Mapping[str, Any]) -> ClientReport:
    return ClientReport(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        members=many(person_from, item["members"]),
        groups=many(text, item["groups"]),
        paydays=many(whole, item["paydays"]),
        status=text(item["status"]),
        active_employees=whole(item["active_employees"]),
        access=optional(text, item["access"]),
        last_run=optional(_run_from, item["last_run"]),
        period=text(item["period"]),
        closed=optional(flag, item["closed"]),
        reported=optional(flag, item["reported"]),
        done=optional(flag, item["done"]),
        outside=optional(text, item["outside"]),
        a_melding=optional(text, item["a_melding"]),
        next=optional(next_step_from, item["next"]),
        next_deadline=optional(_deadline_from, item["next_deadline"]),
        tax_cards_missing=optional(whole, item["tax_cards_missing"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _run_from(item: Mapping[str, Any]) -> ReportedRun:
    return ReportedRun(
        id=text(item["id"]),
        period=text(item["period"]),
        type=text(item["type"]),
        pay_date=day(item["pay_date"]),
        payslips=whole(item["payslips"]),
    )


def _deadline_from(item: Mapping[str, Any]) -> NextDeadline:
    return NextDeadline(
        kind=text(item["kind"]),
        due=day(item["due"]),
        met=optional(flag, item["met"]),
        period=optional(text, item["period"]),
        term=optional(text, item["term"]),
    )


def _usage_report_from(item: Mapping[str, Any]) -> UsageReport:
    return UsageReport(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        months=optional(lambda months: many(_usage_month_from, months), item["months"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _usage_month_from(item: Mapping[str, Any]) -> UsageMonth:
    return UsageMonth(month=text(item["month"]), counts={kind: optional(whole, item[kind]) for kind in KINDS})


def _automation_report_from(item: Mapping[str, Any]) -> AutomationReport:
    return AutomationReport(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        months=optional(lambda months: many(_automation_month_from, months), item["months"]),
        runs=optional(lambda runs: many(_manual_run_from, runs), item["runs"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _automation_month_from(item: Mapping[str, Any]) -> AutomationMonth:
    return AutomationMonth(
        month=text(item["month"]),
        payslips=optional(whole, item["payslips"]),
        untouched=optional(whole, item["untouched"]),
    )


def _manual_run_from(item: Mapping[str, Any]) -> ManualRun:
    return ManualRun(
        month=text(item["month"]),
        run=_run_from(item["run"]),
        employees=many(lambda employee: text(employee["name"]), item["employees"]),
    )
