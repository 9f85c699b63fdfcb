"""A table that fits the terminal: figures and ids whole, long names shortened, colour by what a state means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import StringIO
from textwrap import fill
from typing import Any

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len, set_cell_size
from rich.console import JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from bureau_cli.formatters.as_plain import JOINT, PlainSink, aligned, heads, screen_cells
from bureau_cli.formatters.consoles import console_on
from bureau_cli.formatters.fitting import GAP, Need, fitted
from bureau_cli.formatters.pieces import Piece, in_signs, in_words, is_step
from bureau_cli.formatters.results import Column, Ending, Kind, Look, Tone
from bureau_cli.formatters.signs import legend
from bureau_cli.formatters.values import is_figure, tone_of

ROOM_FOR_RICH = 200
"""Rows beyond this are aligned by tabulate: nobody reads them on one screen, and rich takes 0.5 ms a row."""

NARROWEST, NARROWEST_SENTENCE = 6, 24
"""Cells that a shortened text keeps, so that it still says something, and those that a sentence is broken into."""

CUT, CUT_ASCII = "…", "..."

_Kept = tuple[Piece, int]
"""A piece that found room, its cells fitted, and its width."""

_COLOURS: Mapping[Tone | None, str] = {
    Tone.GOOD: "green",
    Tone.BAD: "bold red",
    Tone.WAITING: "yellow",
    Tone.DULL: "dim",
}
_ASCII_RULE = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


class TableSink(PlainSink):
    """Off a terminal the same table as plain text, with nothing cut."""

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        super().open(columns)
        self._tones = [_style(column) for column in columns]
        self._styles: list[list[str]] = []

    def write(self, batch: Sequence[Any]) -> None:
        """Keep the rows' text, and the colours of the first."""
        super().write(batch)
        room = ROOM_FOR_RICH - len(self._styles)
        self._styles.extend([tone(row) for tone in self._tones] for row in batch[:room])

    def close(self, ending: Ending) -> None:
        """Write the table. Steps of work are words where those fit, else signs."""
        if self.look.width is None:
            super().close(ending)
            return
        pieces = in_words(self._columns, self._rows, self.look)
        widths = fitted(list(map(_need, pieces)), self.look.width)
        steps = [column for column in self._columns if is_step(column)]
        if steps and len(widths) < len(pieces):
            pieces = in_signs(self._columns, self._rows, self.look)
            widths = fitted(list(map(_need, pieces)), self.look.width)
            self.legend = legend(steps, self.look)
        self.hidden = sum(len(piece.columns) for piece in pieces[len(widths) :])
        draw = self._in_colour if len(self._rows) <= ROOM_FOR_RICH else self._at_length
        kept = [(_cut(piece, width, self.look), width) for piece, width in zip(pieces, widths, strict=False)]
        self.stream.write(draw(kept))

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
            grid.add_row(title, Text(cell(row), style=_style(column)(row)))
        self.stream.write(_drawn(grid, self.look))

    def _in_colour(self, kept: Sequence[_Kept]) -> str:
        table = Table(
            box=_ASCII_RULE if self.look.ascii_only else SIMPLE_HEAD,
            show_edge=False,
            show_header=self.look.header,
            pad_edge=False,
            padding=(0, GAP - 1, 0, 0),
            border_style="dim",
        )
        for piece, width in kept:
            justify: JustifyMethod = "right" if is_figure(piece.columns[0]) else "left"
            table.add_column(Text(piece.title), width=width, justify=justify)
        for number, styles in enumerate(self._styles):
            table.add_row(*[_coloured(piece, number, styles) for piece, _ in kept])
        return _drawn(table, self.look)

    def _at_length(self, kept: Sequence[_Kept]) -> str:
        titles = [fill(piece.title, width) for piece, width in kept] if self.look.header else []
        rows = list(zip(*(piece.cells for piece, _ in kept), strict=True))
        return aligned([piece.columns[0] for piece, _ in kept], titles, rows)


def _need(piece: Piece) -> Need:
    """Titles may break between words. Only text and lists may be shortened, a list of ids only between two of them."""
    longest = max(map(cell_len, piece.cells), default=0)
    ideal = max(cell_len(piece.title), longest)
    if piece.signs:
        return Need(ideal=ideal, least=ideal)
    word = max(map(cell_len, piece.title.split()), default=0)
    column, shortest = piece.columns[0], longest
    if column.kind is Kind.TEXT:
        shortest = NARROWEST
    elif column.kind is Kind.SENTENCE:
        shortest = NARROWEST_SENTENCE
    elif column.many:
        parts = (part for cell in piece.cells for part in cell.split(JOINT))
        shortest = max(map(cell_len, parts), default=0) + len(JOINT + CUT_ASCII)
    return Need(ideal=ideal, least=max(word, min(longest, shortest)))


def _cut(piece: Piece, width: int, look: Look) -> Piece:
    if piece.columns[0].kind is Kind.SENTENCE:
        return replace(piece, cells=[fill(text, width) for text in piece.cells])
    fit = _shortener(piece.columns[0], width, look)
    return replace(piece, cells=[fit(text) for text in piece.cells])


def _coloured(piece: Piece, number: int, styles: Sequence[str]) -> Text:
    """A row's cell; of signs, each in its own colour."""
    text = piece.cells[number]
    if not piece.signs:
        return Text(text, style=styles[piece.at])
    signs = Text(text)
    if len(text) == 2 * len(piece.columns) - 1:
        for at in range(len(piece.columns)):
            signs.stylize(styles[piece.at + at], 2 * at, 2 * at + 1)
    return signs


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


def _style(column: Column) -> Callable[[Any], str]:
    tone = tone_of(column)
    return lambda row: _COLOURS.get(tone(row), "")


def _drawn(picture: RenderableType, look: Look) -> str:
    """Draw into memory: rich has its own idea of what to do with a closed pipe."""
    page = StringIO()
    console_on(page, width=look.width, colour=look.colour).print(picture)
    return "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())


WRITES = TableSink
