"""Aligned text that is never cut, for mails, tickets and pipes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import tabulate

from bureau_cli.formatters.results import Column, Ending, Kind, Look
from bureau_cli.formatters.signs import marked
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import Cell, drawn, is_figure, on_screen, text_cell

tabulate.MIN_PADDING = 0  # else every title is two cells wider than it is, and a fitted table no longer fits

MISSING, MISSING_ASCII = "\N{EN DASH}", "-"
JOINT, BETWEEN_OBJECTS = ", ", "; "


def missing_on(look: Look) -> str:
    """What stands where there is no value."""
    return MISSING_ASCII if look.ascii_only else MISSING


def screen_cells(columns: Sequence[Column], look: Look) -> list[Cell[str]]:
    """Functions from a row to what a person reads, safe to show."""
    missing = missing_on(look)
    shows = dict(on_screen(titles(look.lang)))
    shows[Kind.TREND] = partial(drawn, ascii_only=look.ascii_only)

    def safe(column: Column) -> Cell[str]:
        joint = BETWEEN_OBJECTS if column.kind is Kind.OBJECT else JOINT
        read = marked(column, text_cell(column, shows, missing=missing, joint=joint), look)
        return lambda row: clean(read(row)) or missing

    return [safe(column) for column in columns]


def heads(columns: Sequence[Column], look: Look) -> list[str]:
    """The columns' titles in the language of the screen."""
    words = titles(look.lang).columns
    return [words[column.key] for column in columns]


def aligned(columns: Sequence[Column], titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """All rows under their titles; without titles only the rows."""
    if not rows and not titles:
        return ""
    text: str = tabulate.tabulate(
        rows,
        headers=titles,
        tablefmt="simple" if titles else "plain",
        disable_numparse=True,
        colalign=["right" if is_figure(column) else "left" for column in columns] if rows else None,
    )
    return text + "\n"


def listed(columns: Sequence[Column], row: Any, look: Look) -> str:
    """One thing, a field a line."""
    values = [cell(row) for cell in screen_cells(columns, look)]
    text: str = tabulate.tabulate(
        list(zip(heads(columns, look), values, strict=True)), tablefmt="plain", disable_numparse=True
    )
    return text


class PlainSink(Sink):
    """Keeps the cells' text until the end, since the widths are known only then."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        self._columns = columns
        self._cells = screen_cells(columns, self.look)
        self._rows: list[list[str]] = []

    def write(self, batch: Sequence[Any]) -> None:
        """Keep the rows' text."""
        self._rows.extend([cell(row) for cell in self._cells] for row in batch)

    def close(self, ending: Ending) -> None:  # noqa: ARG002 - plain text says nothing about the whole
        """Write the table."""
        titles = heads(self._columns, self.look) if self.look.header else []
        self.stream.write(aligned(self._columns, titles, self._rows))

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:  # noqa: ARG002 - as above
        """Write a field a line."""
        self.stream.write(listed(columns, row, self.look) + "\n")


WRITES = PlainSink
