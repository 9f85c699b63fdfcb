"""A row of numbers as a line of bars, a character each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_BARS, _BARS_ASCII = "▁▂▃▄▅▆▇█", "_.:-=+*#"
_MISSING, _MISSING_ASCII = "·", " "


def sparkline(values: Sequence[int | Decimal | None], *, ascii_only: bool = False) -> str:
    """Bars from the lowest of the numbers to the highest; numbers that are all the same stand halfway up."""
    bars, missing = (_BARS_ASCII, _MISSING_ASCII) if ascii_only else (_BARS, _MISSING)
    known = [Decimal(value) for value in values if value is not None]
    lowest, span = min(known, default=Decimal(0)), max(known, default=Decimal(0)) - min(known, default=Decimal(0))

    def bar(value: int | Decimal) -> str:
        height = (value - lowest) / span if span else Decimal("0.5")
        return bars[int(height * (len(bars) - 1) + Decimal("0.5"))]

    return "".join(missing if value is None else bar(value) for value in values)
