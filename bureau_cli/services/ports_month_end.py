"""What the services of month-end need from the outside; `app` hands them the real things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bureau_cli.domain.a_meldinger import AMelding
from bureau_cli.domain.dashboard import Dashboard
from bureau_cli.domain.deadlines import Deadline
from bureau_cli.domain.month_end import PeriodStatus, PeriodStatusFacts
from bureau_cli.domain.runs import PayrollRun
from bureau_cli.services.ports import Stream


class RunsPort(Protocol):
    """Payroll runs."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[PayrollRun]:
        """Runs that fit the query, `most` of them."""

    async def get(self, run_id: str) -> PayrollRun:
        """One run."""


class AMeldingerPort(Protocol):
    """A-meldinger, replaced ones too."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[AMelding]:
        """Messages that fit the query, `most` of them."""

    async def get(self, message_id: str) -> AMelding:
        """One message."""


class StatusStream(Stream[PeriodStatus], Protocol):
    """Where clients stand, by the clock of the platform."""

    @property
    def now(self) -> datetime | None:
        """That clock as it stood, None where it was not told."""


class MonthEndPort(Protocol):
    """Where clients stand, what is due, and the figures."""

    def statuses(self, query: Mapping[str, Any], *, most: int | None = None) -> StatusStream:
        """A row a client; with `overdue`, a row a client and earlier month that is overdue."""

    async def status(self, client_id: str, period: str | None = None) -> PeriodStatusFacts:
        """One client's month and why; without `period` this month."""

    def deadlines(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[Deadline]:
        """Deadlines that fit the query, `most` of them."""

    async def dashboard(self, query: Mapping[str, Any]) -> Dashboard:
        """The eight figures."""
