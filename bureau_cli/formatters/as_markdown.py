"""A Markdown table (GitHub's dialect) for issues, wikis and mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bureau_cli.formatters.as_plain import heads, screen_cells
from bureau_cli.formatters.results import Column, Ending
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import is_figure

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#$]")


def unmarked(text: str) -> str:
    """Text that Markdown shows as it is written here."""
    return _MARKUP.sub(r"\\\g<0>", text)


class MarkdownSink(Sink):
    """Not padded, so that a row can be written before the next is known."""

    def open(self, columns: Sequence[Column]) -> None:
        """Write the titles and the rule that Markdown needs below them."""
        self._cells = screen_cells(columns, self.look)
        self._line(heads(columns, self.look))
        self._rule("---:" if is_figure(column) else "---" for column in columns)

    def write(self, batch: Sequence[Any]) -> None:
        """Write a line a row."""
        for row in batch:
            self._line(cell(row) for cell in self._cells)

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:  # noqa: ARG002 - nothing to say of it
        """Write a field a line."""
        words = titles(self.look.lang).words
        self._line([words["field"], words["value"]])
        self._rule(["---", "---"])
        for title, cell in zip(heads(columns, self.look), screen_cells(columns, self.look), strict=True):
            self._line([title, cell(row)])

    def _line(self, texts: Iterable[str]) -> None:
        self._rule(map(unmarked, texts))

    def _rule(self, marks: Iterable[str]) -> None:
        self.stream.write(f"| {' | '.join(marks)} |\n")


WRITES = MarkdownSink
