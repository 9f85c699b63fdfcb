"""A list turned about: a line for each thing, a column for each value of one of the list's columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from bureau_cli.formatters.results import Pivot
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.values import on_screen, text_cell
from bureau_cli.formatters.workbook import Frame
from bureau_cli.formatters.xlsx_cells import Cells, Style
from bureau_cli.formatters.xlsx_list import fitted


class Matrix:
    """Takes rows as the list gets them, and keeps of each what stands at its crossing."""

    def __init__(self, pivot: Pivot, titles: Titles) -> None:
        shows = on_screen(titles)
        self._parts = pivot.parts
        self._titles = [titles.columns[column.key] for column in pivot.rows]
        self._line, self._across, self._cell = (
            [text_cell(column, shows, joint=", ") for column in columns]
            for columns in (pivot.rows, (pivot.across,), (pivot.cell,))
        )
        self._crossings: dict[tuple[str, ...], dict[str, str]] = {}
        self._columns: set[str] = set()

    def add(self, batch: Sequence[Any]) -> None:
        """Take some rows."""
        (across,), (cell,) = self._across, self._cell
        for part in chain.from_iterable(map(self._parts, batch)):
            line = self._crossings.setdefault(tuple(read(part) for read in self._line), {})
            column, text = across(part), cell(part)
            self._columns.add(column)
            line[column] = f"{line[column]}; {text}" if column in line else text

    @property
    def names(self) -> int:
        """How many columns say what a line is about."""
        return len(self._titles)

    @property
    def heads(self) -> list[str]:
        """The titles."""
        return [*self._titles, *sorted(self._columns)]

    @property
    def frame(self) -> Frame:
        """What its sheet is to look like."""
        last_row = len(self._crossings) + 1  # below the titles
        return Frame(title="matrix", widths=fitted(self.heads, self._widths()), last_row=last_row, still=self.names)

    def _widths(self) -> list[int]:
        """The longest text of each column."""
        named = [max((len(line[at]) for line in self._crossings), default=0) for at in range(self.names)]
        return [*named, *(self._longest(column) for column in sorted(self._columns))]

    def _longest(self, column: str) -> int:
        return max(len(cells.get(column, "")) for cells in self._crossings.values())

    def rows(self, make: Cells) -> list[list[str]]:
        """The lines as cells, in order."""
        columns = sorted(self._columns)
        return [
            [make.text(text, Style.ID) for text in line] + [make.text(cells.get(column, "")) for column in columns]
            for line, cells in sorted(self._crossings.items())
        ]
