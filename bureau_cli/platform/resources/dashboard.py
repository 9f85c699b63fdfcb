"""The dashboard: eight figures of a period, of the bureau and of every owner or group, with a trend."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from bureau_cli.platform.calendar import period_of, shifted
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of, fetched_at, newest_fetch
from bureau_cli.platform.month_end.portfolio import Portfolio, Scope, Sort, portfolio_of
from bureau_cli.platform.month_end.tallies import MONTHS, Tally, tallies_of
from bureau_cli.platform.shown import money, percent, share
from bureau_cli.platform.store import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A figure: the tallies it is made of, by the names of its parts; of the period, or of so many months before.

    `covers` tells which clients are in it: as those whose rows are in the lists behind it.
    """

    name: str
    unit: str = "count"
    parts: Mapping[str, str]
    lag: int = 0
    covers: Callable[[Sort], bool] = attrgetter("is_listed")


def _everybody(_: Sort) -> bool:
    return True


_FIGURES = (
    _Figure(name="clients", parts={"clients": "clients"}, covers=_everybody),
    _Figure(name="employees", parts={"employees": "employees"}, covers=_everybody),
    _Figure(name="payslips", parts={"payslips": "payslips"}),
    _Figure(name="claims", parts={"travel": "travel", "expense": "expense"}),
    _Figure(name="absences", parts={"absences": "absences"}),
    _Figure(name="net_paid", unit="money", parts={"net": "net"}, covers=attrgetter("is_open")),
    _Figure(name="a_meldinger_failed", parts={"failed": "failed", "not_sent": "not_sent"}, lag=1),
    _Figure(name="automation", unit="percent", parts={"untouched": "untouched", "payslips": "ordinary_payslips"}),
)
_SHOWN: Mapping[str, Callable[[int | None], int | str | None]] = {
    "count": lambda count: count,
    "money": money,
    "percent": percent,
}


def get_dashboard(call: Call) -> Answer:
    """Show the figures of a period."""
    period = call.arguments.query.get("period", period_of(call.today))
    portfolio = portfolio_of(call)
    dashboard = _Dashboard(call, portfolio, period)
    body = {
        "period": period,
        "previous": shifted(period, -1),
        "scopes": [dashboard.scope(scope) for scope in portfolio.scopes],
        "fetched_at": fetched_at(portfolio.first_feed_stopped_on, newest_fetch(call)),
        "as_of": as_of(call),
    }
    return Answer(body=body)


class _Dashboard:
    """The figures of a portfolio in the twelve months up to a period."""

    def __init__(self, call: Call, portfolio: Portfolio, period: str) -> None:
        self._portfolio = portfolio
        self._months = [shifted(period, place + 1 - MONTHS) for place in range(MONTHS)]
        self._tallies = tallies_of(call, portfolio, self._months)
        first, last = setting(call.db, "first_period"), period_of(call.today)
        self._told = {lag: [first <= shifted(month, -lag) <= last for month in self._months] for lag in (0, 1)}
        self._places: dict[Scope, list[int]] = defaultdict(list)
        for place, sort in enumerate(portfolio.sorts):
            for scope in sort.scopes:
                self._places[scope].append(place)

    def scope(self, scope: Scope) -> dict[str, Any]:
        """Show the figures of a scope."""
        return {**scope._asdict(), "figures": [self._figure(figure, self._places[scope]) for figure in _FIGURES]}

    def _figure(self, figure: _Figure, places: Sequence[int]) -> dict[str, Any]:
        """Show a figure of these sorts of clients."""
        sorts, clients = self._portfolio.sorts, self._portfolio.clients
        seen = [one for one in places if figure.covers(sorts[one])]
        parts = {part: _total(self._tallies[name], seen) for part, name in figure.parts.items()}
        values = [self._value(figure, parts, place) if seen else None for place in range(MONTHS)]
        *_, before, now = values
        shown = _SHOWN[figure.unit]
        return {
            "name": figure.name,
            "unit": figure.unit,
            "value": shown(now),
            "previous": shown(before),
            "change": shown(None if now is None or before is None else now - before),
            "parts": {part: total[-1] for part, total in parts.items()} if len(parts) > 1 else {},
            "trend": [
                {"period": month, "value": shown(value)} for month, value in zip(self._months, values, strict=True)
            ],
            "coverage": {
                "clients": sum(len(clients[one]) for one in seen),
                "of": sum(len(clients[one]) for one in places),
            },
        }

    def _value(self, figure: _Figure, parts: Mapping[str, Sequence[int]], place: int) -> int | None:
        """Give a figure of one month in whole numbers; None of a month that nobody tells of."""
        if not self._told[figure.lag][place]:
            return None
        numbers = [total[place] for total in parts.values()]
        return share(*numbers) if figure.unit == "percent" else sum(numbers)


def _total(tally: Tally, places: Sequence[int]) -> list[int]:
    return [sum(tally[one][month] for one in places) for month in range(MONTHS)]
