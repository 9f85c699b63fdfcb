"""A trend as the geometry of a bar chart, in units of its own; whoever draws it scales it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bureau_cli.formatters.results import Measure, Point

WIDTH, HEIGHT = 360, 96
"""Of the whole field of bars, without what is written below it."""

_FILLED = Decimal("0.72")
"""How much of its place a bar fills."""

_THINNEST = Decimal("1.5")
"""A bar that can still be seen: what is nearly nothing is not nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month: its bar from the upper left corner on, and where its middle is."""

    point: Point
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal
    middle: Decimal


def bars(trend: Sequence[Point]) -> list[Bar]:
    """A bar a month that stands on nought, so that twice as high is twice as much; none where nothing is known."""
    values = {point.period: Decimal(point.measure.value) for point in trend if point.measure is not None}
    top, bottom = max([Decimal(0), *values.values()]), min([Decimal(0), *values.values()])
    unit = HEIGHT / (top - bottom) if top > bottom else Decimal(0)
    place = Decimal(WIDTH) / max(len(trend), 1)
    found = []
    for at, point in enumerate(trend):
        value = values.get(point.period)
        middle = place * at + place / 2
        height = Decimal(0) if not value else max(_THINNEST, abs(value) * unit)
        y = top * unit - (height if (value or 0) > 0 else 0)
        found.append(
            Bar(
                point=point,
                x=_rounded(middle - place * _FILLED / 2),
                y=_rounded(y),
                width=_rounded(place * _FILLED),
                height=_rounded(height),
                middle=_rounded(middle),
            )
        )
    return found


def extremes(trend: Sequence[Point]) -> Sequence[Measure]:
    """The lowest and the highest month; nothing where nothing is known."""
    known = [point.measure for point in trend if point.measure is not None]
    return (min(known), max(known)) if known else ()


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))
