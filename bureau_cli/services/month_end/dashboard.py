"""The bureau's eight key figures: of all its clients, and of each owner's or group's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bureau_cli.domain.dashboard import Coverage, Dashboard, Figure, FigureValue, Scope
from bureau_cli.domain.period import shifted
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import SnapshotLacks
from bureau_cli.services.clients import Clients, in_the_users_words
from bureau_cli.services.month_end.periods import Periods
from bureau_cli.services.ports_month_end import MonthEndPort


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedFigure:
    """One figure of a scope; `last_year` is that of the same month a year before, None if it was not asked for."""

    period: str
    scope: Scope
    figure: Figure
    last_year: FigureValue
    fetched_at: datetime

    @property
    def change_in_a_year(self) -> FigureValue:
        """The value less last year's; None where either is."""
        if self.figure.value is None or self.last_year is None:
            return None
        return self.figure.value - self.last_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of a period, scope by scope, those of all clients first."""

    scopes: Sequence[Scope] = ()
    figures: Sequence[ScopedFigure] = ()
    as_of: datetime | None = None

    def coverage(self, name: str) -> Coverage:
        """Of how many clients a figure speaks that is of all scopes together."""
        found = (one.figure.coverage for one in self.figures if one.figure.name == name)
        return next(found, Coverage(clients=0, of=0))


class Dashboards:
    """Asks for the figures."""

    def __init__(self, month_end: MonthEndPort, clients: Clients, periods: Periods) -> None:
        self._month_end = month_end
        self._clients = clients
        self._periods = periods

    async def show(
        self, selection: Selection, *, period: str | None, by: str | None = None, compare: bool = False
    ) -> Overview:
        """The figures of a selection of clients; `compare` also asks for the same month of the year before.

        Raises:
            BadUsage: the period is no month.
            SnapshotLacks: a snapshot is asked, which does not have that month, or the year before.
        """
        if selection.names_nobody:
            return Overview()
        month = await self._periods.read(period)
        query = {"by": by, **await self._clients.chosen(selection)}
        async with in_the_users_words(selection):
            now = await self._month_end.dashboard({**query, "period": month})
            before = await self._a_year_before(query, month) if compare else None
        return Overview(scopes=now.scopes, figures=list(_scoped(now, _values(before))), as_of=now.as_of)

    async def _a_year_before(self, query: Mapping[str, Any], month: str) -> Dashboard:
        try:
            return await self._month_end.dashboard({**query, "period": shifted(month, -12)})
        except SnapshotLacks as lacking:
            fix = "leave out --compare; or --as-of, to ask the platform"
            raise SnapshotLacks("a snapshot does not have the year before", fix=fix) from lacking


_Values = Mapping[tuple[str, str | None, str], FigureValue]
"""The values of figures, by the kind and id of their scope and their name."""


def _values(dashboard: Dashboard | None) -> _Values:
    scopes = () if dashboard is None else dashboard.scopes
    return {(scope.kind, scope.id, figure.name): figure.value for scope in scopes for figure in scope.figures}


def _scoped(now: Dashboard, last_year: _Values) -> Iterator[ScopedFigure]:
    for scope in now.scopes:
        for figure in scope.figures:
            yield ScopedFigure(
                period=now.period,
                scope=scope,
                figure=figure,
                last_year=last_year.get((scope.kind, scope.id, figure.name)),
                fetched_at=now.fetched_at,
            )
