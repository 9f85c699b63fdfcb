"""Tab-separated text for `cut`, `awk` and `sort`: one line a row, column keys as header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bureau_cli.formatters.results import Column
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.values import MACHINE, Cell, text_cell


class TsvSink(Sink):
    r"""No quoting: a tab or line end inside a value is written `\t` or `\n`, so a line is always a row."""

    def open(self, columns: Sequence[Column]) -> None:
        """Write the header."""
        self._cells: list[Cell[str]] = [text_cell(column, MACHINE) for column in columns]
        if self.look.header:
            self.stream.write("\t".join(column.key for column in columns) + "\n")

    def write(self, batch: Sequence[Any]) -> None:
        """Write a line a row."""
        self.stream.writelines("\t".join([clean(cell(row)) for cell in self._cells]) + "\n" for row in batch)


WRITES = TsvSink
