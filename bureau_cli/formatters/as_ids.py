"""One id a line: what the noun's own selection takes back with `--clients -` and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bureau_cli.formatters.results import Column
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.values import MACHINE, text_cell


class IdsSink(Sink):
    """The first column and nothing else; a row without an id has nothing to give back."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the id's column; there is no header."""
        self._cell = text_cell(columns[0], MACHINE)

    def write(self, batch: Sequence[Any]) -> None:
        """Write a line a row."""
        self.stream.writelines(clean(text) + "\n" for row in batch if (text := self._cell(row)))


WRITES = IdsSink
