"""What the services of the reports need from the outside; `app` hands them the real things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.reports import AutomationReport, ClientReport, UsageReport
from bureau_cli.domain.terminoppgave import TermLaw, TermReport
from bureau_cli.services.ports import Stream

T_co = TypeVar("T_co", covariant=True)


class ReportStream(Stream[T_co], Protocol[T_co]):
    """A row a client, and what the report tells of all of them."""

    @property
    def coverage(self) -> Coverage:
        """Of how many of the clients meant it has figures; of none before the first batch."""

    @property
    def definition(self) -> str | None:
        """How its figure is worked out, None where it needs no telling."""

    @property
    def law(self) -> TermLaw | None:
        """The rules of law it was worked out by, None before the first batch, and where it was by none."""


class ReportsPort(Protocol):
    """The four reports."""

    def terminoppgave(self, query: Mapping[str, Any]) -> ReportStream[TermReport]:
        """What each client is to pay of a term."""

    def mine_klienter(self, query: Mapping[str, Any]) -> ReportStream[ClientReport]:
        """Each client with who follows it up and where it stands."""

    def forbrukslogg(self, query: Mapping[str, Any]) -> ReportStream[UsageReport]:
        """What each client used."""

    def automatiseringsgrad(self, query: Mapping[str, Any]) -> ReportStream[AutomationReport]:
        """How much of each client's ordinary pay nobody touched."""
