"""Month-end: the parts of a run that are about where clients stand in a month."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bureau_cli.api.a_meldinger import AMeldingerApi
from bureau_cli.api.meta import MetaApi
from bureau_cli.api.month_end import MonthEndApi
from bureau_cli.api.runs import RunsApi
from bureau_cli.domain.period import THIS
from bureau_cli.services.month_end.a_meldinger import AMeldinger
from bureau_cli.services.month_end.board import Boards
from bureau_cli.services.month_end.dashboard import Dashboards
from bureau_cli.services.month_end.deadlines import Deadlines
from bureau_cli.services.month_end.gates import Gates
from bureau_cli.services.month_end.periods import Periods
from bureau_cli.services.month_end.runs import Runs
from bureau_cli.services.month_end.triage import Triages

if TYPE_CHECKING:
    from bureau_cli.app import App


class MonthEnd:
    """Each part is built when it is first asked for."""

    def __init__(self, app: App) -> None:
        self._app = app

    @cached_property
    def periods(self) -> Periods:
        """Which month is meant: where nothing is said this one, or the one of the snapshot that is asked."""
        recalled = self._app.recalled
        return Periods(MetaApi(self._app.wire).today, unsaid=THIS if recalled is None else recalled.period)

    @cached_property
    def runs(self) -> Runs:
        """Payroll runs."""
        return Runs(RunsApi(self._app.wire, page_size=self._page_size), self._app.clients)

    @cached_property
    def a_meldinger(self) -> AMeldinger:
        """Messages about a month."""
        return AMeldinger(self._a_meldinger_api, self._app.clients)

    @cached_property
    def triages(self) -> Triages:
        """What is wrong with them, by cause."""
        return Triages(self._a_meldinger_api, self.month_end_api, self._app.clients)

    @cached_property
    def dashboard(self) -> Dashboards:
        """The key figures."""
        return Dashboards(self.month_end_api, self._app.clients, self.periods)

    @cached_property
    def gates(self) -> Gates:
        """Whether a month is closed, reported and done."""
        return Gates(self.month_end_api, self._app.clients, self.periods, MetaApi(self._app.wire).now)

    @cached_property
    def deadlines(self) -> Deadlines:
        """What is due when."""
        return Deadlines(self.month_end_api, self._app.clients)

    @cached_property
    def month_end_api(self) -> MonthEndApi:
        """Where clients stand, what is due and the figures, as the platform has them."""
        return MonthEndApi(self._app.wire, page_size=self._page_size)

    @cached_property
    def _a_meldinger_api(self) -> AMeldingerApi:
        return AMeldingerApi(self._app.wire, page_size=self._page_size)

    @cached_property
    def boards(self) -> Boards:
        """Where clients stand."""
        return Boards(self.month_end_api, self._app.clients, self.periods, MetaApi(self._app.wire).now)

    @property
    def _page_size(self) -> int:
        return self._app.settings.page_size
