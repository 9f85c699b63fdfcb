"""One JSON object a line and nothing else, for `jq` and for streams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bureau_cli.formatters.as_json import dumps, fields
from bureau_cli.formatters.results import Column
from bureau_cli.formatters.sink import Sink


class NdjsonSink(Sink):
    """Rows only: what is known about the whole is told on stderr."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns; there is no header."""
        self._fields = fields(columns)

    def write(self, batch: Sequence[Any]) -> None:
        """Write an object a row."""
        self.stream.writelines(dumps({key: cell(row) for key, cell in self._fields}) + "\n" for row in batch)


WRITES = NdjsonSink
