"""How wide each column of a table may be on a screen of so many cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a column would like, and the least it can do with without cutting what must not be cut."""

    ideal: int
    least: int


def fitted(needs: Sequence[Need], room: int) -> list[int]:
    """The widths of as many columns, from the first on, as have room; the widest give way first.

    Always at least one column, however narrow the screen.
    """
    kept = len(needs)
    while kept > 1 and _together([need.least for need in needs[:kept]]) > room:
        kept -= 1
    cap = min(room, max((need.ideal for need in needs), default=0))
    widths = _capped(needs[:kept], cap)
    while cap > 0 and _together(widths) > room:
        cap -= 1
        widths = _capped(needs[:kept], cap)
    return widths


def _capped(needs: Sequence[Need], cap: int) -> list[int]:
    return [max(need.least, min(need.ideal, cap)) for need in needs]


def _together(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
