"""One id a line: what the noun's own selection takes back with `--clients -` and the like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bureau_cli.formatters.results import Column
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.values import MACHINE


class IdsSink(Sink):
    """The first column and nothing else, each id once. A row may have several, or none."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the id's column; there is no header."""
        self._column = columns[0]
        self._written: set[str] = set()

    def write(self, batch: Sequence[Any]) -> None:
        """Write a line an id that was not written before."""
        show, read = MACHINE[self._column.kind], self._column.read
        for row in batch:
            ids = read(row) if self._column.many else (read(row),)
            texts = dict.fromkeys(clean(text) for one in ids if one is not None and (text := show(one)))
            new = [text for text in texts if text not in self._written]
            self._written.update(new)
            self.stream.writelines(f"{text}\n" for text in new)


WRITES = IdsSink
