"""The eight key figures, from the JSON of `/v1/dashboard`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bureau_cli.api.reading import instant, many, money, optional, text, whole
from bureau_cli.domain.dashboard import Coverage, Dashboard, Figure, FigureMonth, FigureValue, Scope


def dashboard_from(item: Mapping[str, Any]) -> Dashboard:
    """A dashboard from its JSON."""
    return Dashboard(
        period=text(item["period"]),
        previous=text(item["previous"]),
        scopes=many(_scope_from, item["scopes"]),
        fetched_at=instant(item["fetched_at"]),
        as_of=instant(item["as_of"]),
    )


def _scope_from(item: Mapping[str, Any]) -> Scope:
    return Scope(
        kind=text(item["kind"]),
        id=optional(text, item["id"]),
        name=optional(text, item["name"]),
        figures=many(_figure_from, item["figures"]),
    )


def _figure_from(item: Mapping[str, Any]) -> Figure:
    coverage = item["coverage"]
    return Figure(
        name=text(item["name"]),
        unit=text(item["unit"]),
        value=_value(item["value"]),
        previous=_value(item["previous"]),
        change=_value(item["change"]),
        parts={text(name): whole(count) for name, count in item["parts"].items()},
        coverage=Coverage(clients=whole(coverage["clients"]), of=whole(coverage["of"])),
        trend=many(_month_from, item["trend"]),
    )


def _month_from(item: Mapping[str, Any]) -> FigureMonth:
    return FigureMonth(period=text(item["period"]), value=_value(item["value"]))


def _value(value: Any) -> FigureValue:
    """A count is a whole number, money and percent are text."""
    if value is None:
        return None
    return money(value) if isinstance(value, str) else whole(value)
