"""Comma-separated values (RFC 4180), or the dialect a Norwegian Excel opens with a double click."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from bureau_cli.formatters.results import Column
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.values import MACHINE, NORWEGIAN_EXCEL, Cell, is_figure, text_cell

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvSink(Sink):
    """With `look.excel`: a BOM, semicolons, CRLF, decimal commas and Norwegian dates.

    Text that a spreadsheet would run as a formula gets a leading `'`; numbers never do, or -1 would turn into text.
    """

    def open(self, columns: Sequence[Column]) -> None:
        """Write the header."""
        excel = self.look.excel
        if excel:
            self.stream.write("\ufeff")
        self._writer = csv.writer(
            self.stream, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
        )
        self._cells = [_cell(column, excel=excel) for column in columns]
        if self.look.header:
            self._writer.writerow([column.key for column in columns])

    def write(self, batch: Sequence[Any]) -> None:
        """Write a record a row."""
        self._writer.writerows([cell(row) for cell in self._cells] for row in batch)


def _cell(column: Column, *, excel: bool) -> Cell[str]:
    # With a comma between them, two pay days would be one decimal number to a Norwegian Excel.
    read = text_cell(column, NORWEGIAN_EXCEL, joint=" + ") if excel else text_cell(column, MACHINE)
    if is_figure(column):
        return read
    return lambda row: _defused(read(row))


def _defused(text: str) -> str:
    return ("'" if text.startswith(_STARTS_FORMULA) else "") + clean(text)


WRITES = CsvSink
