"""The four reports, and what they are held against."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bureau_cli.api.reports import ReportsApi
from bureau_cli.services.reports.automatiseringsgrad import Automation
from bureau_cli.services.reports.forbrukslogg import Forbrukslogger
from bureau_cli.services.reports.invoices import Invoices
from bureau_cli.services.reports.mine_klienter import MineKlienter
from bureau_cli.services.reports.tariff import Tariffs
from bureau_cli.services.reports.term_totals import TermSummer
from bureau_cli.services.reports.terminoppgave import Terminoppgaver

if TYPE_CHECKING:
    from bureau_cli.app import App


class Reports:
    """Each part is built when it is first asked for."""

    def __init__(self, app: App) -> None:
        self._app = app

    @cached_property
    def mine_klienter(self) -> MineKlienter:
        """Clients and where they stand."""
        return MineKlienter(self._api, self._app.clients)

    @cached_property
    def terminoppgaver(self) -> Terminoppgaver:
        """What is to be paid of a term."""
        return Terminoppgaver(self._api, self._app.clients)

    @cached_property
    def term_summer(self) -> TermSummer:
        """The same, added up."""
        return TermSummer(self.terminoppgaver)

    @cached_property
    def usage(self) -> Forbrukslogger:
        """What was used."""
        return Forbrukslogger(self._api, self._app.clients)

    @cached_property
    def tariffs(self) -> Tariffs:
        """What that costs."""
        return Tariffs(self._app.clients)

    @cached_property
    def invoices(self) -> Invoices:
        """What was invoiced of it."""
        return Invoices(self.usage, self._app.clients)

    @cached_property
    def automation(self) -> Automation:
        """How much of ordinary pay nobody touched."""
        return Automation(self._api, self._app.clients)

    @cached_property
    def _api(self) -> ReportsApi:
        return ReportsApi(self._app.wire, page_size=self._app.settings.page_size)
