"""The signs that stand for how far a step of work has come, where there is no room for words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.formatters.results import Column, Look
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import Cell

SIGNS: Mapping[str, str] = {
    "done": "✓",
    "open": "·",
    "late": "!",
    "problem": "✗",
    "unknown": "?",
    "not_applicable": "\N{EN DASH}",
    "stale": "~",
}
SIGNS_ASCII: Mapping[str, str] = {
    "done": "+",
    "open": ".",
    "late": "!",
    "problem": "X",
    "unknown": "?",
    "not_applicable": "-",
    "stale": "~",
}
WITHHELD = " "
"""Where there is no state to show."""


def signs_of(look: Look) -> Mapping[str, str]:
    """The signs that the screen can show; no two of them look alike, in colour or without."""
    return SIGNS_ASCII if look.ascii_only else SIGNS


def marked(column: Column, read: Cell[str], look: Look) -> Cell[str]:
    """The column's text, with the sign of what marks a row before it."""
    mark, signs = column.mark, signs_of(look)
    if mark is None:
        return read

    def cell(row: Any) -> str:
        state = mark(row)
        return read(row) if state is None else f"{signs[state]} {read(row)}"

    return cell


def legend(columns: Sequence[Column], look: Look) -> str:
    """What the signs and the short titles of these columns mean, in words."""
    words = titles(look.lang)
    states = [f"{sign} {words.state(state)}" for state, sign in signs_of(look).items()]
    steps = [f"{words.short[column.key]} {words.columns[column.key]}" for column in columns]
    return "\n".join(["  ".join(states), "  ".join(steps)])
