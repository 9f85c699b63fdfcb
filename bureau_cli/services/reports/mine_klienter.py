"""Mine klienter: each client with who follows it up, and where it stands in a month."""

from __future__ import annotations

from collections.abc import Callable

from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.reports import ClientReport
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.reports.asked import Lines, asked
from bureau_cli.services.reports.ports import ReportsPort


class MineKlienter:
    """Where clients stand."""

    def __init__(self, reports: ReportsPort, clients: Clients) -> None:
        self._reports = reports
        self._clients = clients

    async def lines(
        self, selection: Selection, period: str, ended: Callable[[Coverage], None]
    ) -> Lines[ClientReport, ClientReport]:
        """A line a client, by name; `ended` hears how many may be looked into, when the last has come."""
        reports = await asked(
            self._clients, selection, lambda chosen: self._reports.mine_klienter({"period": period, **chosen})
        )
        return Lines(reports, lambda report: (report,), ended=ended)
