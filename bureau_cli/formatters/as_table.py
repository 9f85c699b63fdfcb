"""A table that fits the terminal: figures and ids whole, long names shortened, colour by what a state means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import StringIO
from textwrap import fill
from typing import Any

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bureau_cli.formatters.as_plain import JOINT, PlainSink, aligned, heads, screen_cells
from bureau_cli.formatters.consoles import console_on
from bureau_cli.formatters.fitting import GAP, Need, fitted
from bureau_cli.formatters.results import Column, Ending, Kind, Look, Tone
from bureau_cli.formatters.values import is_figure

ROOM_FOR_RICH = 200
"""Rows beyond this are aligned by tabulate: nobody reads them on one screen, and rich takes 0.5 ms a row."""

NARROWEST = 8
"""Cells that a shortened text keeps, so that it still says something."""

CUT, CUT_ASCII = "…", "..."

_Kept = tuple[Column, str, int]
"""A column that found room, its title and its width."""

_COLOURS = {Tone.GOOD: "green", Tone.BAD: "bold red", Tone.WAITING: "yellow", Tone.DULL: "dim"}
_ASCII_RULE = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


class TableSink(PlainSink):
    """Off a terminal the same table as plain text, with nothing cut."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        super().open(columns)
        self._tones = [_tone(column) for column in columns]
        self._styles: list[list[str]] = []

    def write(self, batch: Sequence[Any]) -> None:
        """Keep the rows' text, and the colours of the first."""
        super().write(batch)
        room = ROOM_FOR_RICH - len(self._styles)
        self._styles.extend([tone(row) for tone in self._tones] for row in batch[:room])

    def close(self, ending: Ending) -> None:
        """Write the table."""
        if self.look.width is None:
            super().close(ending)
            return
        titles = heads(self._columns, self.look)
        cells = zip(*self._rows, strict=True) if self._rows else [()] * len(titles)
        needs = [_need(*parts) for parts in zip(self._columns, titles, cells, strict=True)]
        widths = fitted(needs, self.look.width)
        self.hidden = len(titles) - len(widths)
        fits = [_shortener(column, width, self.look) for column, width in zip(self._columns, widths, strict=False)]
        rows = [[fit(text) for fit, text in zip(fits, texts, strict=False)] for texts in self._rows]
        kept = list(zip(self._columns, titles, widths, strict=False))
        draw = self._in_colour if len(rows) <= ROOM_FOR_RICH else self._at_length
        self.stream.write(draw(kept, rows))

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write a field a line; long text goes on below itself."""
        if self.look.width is None:
            super().one(columns, row, ending)
            return
        grid = Table.grid(padding=(0, GAP, 0, 0))
        grid.add_column(style="dim")
        grid.add_column(overflow="fold")
        cells = screen_cells(columns, self.look)
        for column, title, cell in zip(columns, heads(columns, self.look), cells, strict=True):
            grid.add_row(title, Text(cell(row), style=_tone(column)(row)))
        self.stream.write(_drawn(grid, self.look))

    def _in_colour(self, kept: Sequence[_Kept], rows: Sequence[Sequence[str]]) -> str:
        table = Table(
            box=_ASCII_RULE if self.look.ascii_only else SIMPLE_HEAD,
            show_edge=False,
            show_header=self.look.header,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
            border_style="dim",
        )
        for column, title, width in kept:
            table.add_column(Text(title), width=width, justify="right" if is_figure(column) else "left")
        for texts, styles in zip(rows, self._styles, strict=True):
            table.add_row(*[Text(text, style=style) for text, style in zip(texts, styles, strict=False)])
        return _drawn(table, self.look)

    def _at_length(self, kept: Sequence[_Kept], rows: Sequence[Sequence[str]]) -> str:
        titles = [fill(title, width) for _, title, width in kept] if self.look.header else []
        return aligned([column for column, _, _ in kept], titles, rows)


def _need(column: Column, title: str, cells: Sequence[str]) -> Need:
    """Titles may break between words. Only text and lists may be shortened, a list of ids only between two of them."""
    word = max(map(cell_len, title.split()), default=0)
    longest = max(map(cell_len, cells), default=0)
    shortest = longest
    if column.kind is Kind.TEXT:
        shortest = NARROWEST
    elif column.many:
        parts = (part for cell in cells for part in cell.split(JOINT))
        shortest = max(map(cell_len, parts), default=0) + len(JOINT + CUT_ASCII)
    return Need(ideal=max(cell_len(title), longest), least=max(word, min(longest, shortest)))


def _shortener(column: Column, width: int, look: Look) -> Callable[[str], str]:
    mark = CUT_ASCII if look.ascii_only else CUT

    def fit(text: str) -> str:
        if cell_len(text) <= width:
            return text
        parts = text.split(JOINT) if column.many else []
        while parts and cell_len(JOINT.join([*parts, mark])) > width:
            parts.pop()
        return JOINT.join([*parts, mark]) if parts else set_cell_size(text, width - len(mark)).rstrip() + mark

    return fit


def _tone(column: Column) -> Callable[[Any], str]:
    read = column.read
    if column.many or not column.tones:
        return lambda _row: ""
    styles = {word: _COLOURS[tone] for word, tone in column.tones.items()}
    return lambda row: styles.get(str(read(row)), "")


def _drawn(picture: RenderableType, look: Look) -> str:
    """Draw into memory: rich has its own idea of what to do with a closed pipe."""
    page = StringIO()
    console_on(page, width=look.width, colour=look.colour).print(picture)
    return "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())


WRITES = TableSink
