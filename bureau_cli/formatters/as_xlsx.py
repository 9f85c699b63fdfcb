"""A workbook: typed cells, frozen titles with a filter, sums, and an *About* sheet that says where it all comes from.

openpyxl makes the workbook; the rows are written into its sheet as ready XML, straight into the packed file. So they
are never all in memory, never on disk outside the file, and several times as fast.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from bureau_cli.formatters.about import about_answer
from bureau_cli.formatters.results import Column, Ending, Kind, Pictures, Pivot
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import is_figure, on_screen, text_cell
from bureau_cli.formatters.workbook import PARTS, Frame, Plan, Shell, shell
from bureau_cli.formatters.xlsx_cells import LONGEST_TEXT, Cells, Style
from bureau_cli.formatters.xlsx_charts import Charts
from bureau_cli.formatters.xlsx_matrix import Matrix
from bureau_cli.formatters.xlsx_pack import Pack, Sheet
from bureau_cli.formatters.xlsx_tones import toned

_NARROWEST, _WIDEST = 8, 60
_FILTER_BUTTON, _AIR = 3, 2
_ROOM_FOR_AMOUNT = len("-100 000 000,00")
"""A figure too wide for its column shows as ####, and neither sums nor later batches are known when widths are set."""

_SUMS = {Kind.MONEY: Style.SUM_OF_MONEY, Kind.COUNT: Style.SUM_OF_COUNT}


class XlsxSink(Sink):
    """Widths come from the titles and the first batch, since the sheet begins with them."""

    _pack: Pack | None = None
    _matrix: Matrix | None = None
    _charts: Charts | None = None

    def turn(self, pivot: Pivot) -> None:
        """Put the rows turned about into a second sheet."""
        self._matrix = Matrix(pivot, titles(self.look.lang))

    def draw(self, pictures: Pictures) -> None:
        """Draw the rows' trends on sheets of their own."""
        self._charts = Charts(pictures, titles(self.look.lang))

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        self._columns = columns
        self._words = titles(self.look.lang)
        self._shows = on_screen(self._words)
        self._tones = toned(columns, self._words)
        self._sums: dict[int, Any] = {}

    def write(self, batch: Sequence[Any]) -> None:
        """Write some rows."""
        sheet = self._begun(batch)
        if self._matrix is not None:
            self._matrix.add(batch)
        if self._charts is not None:
            self._charts.add(batch)
        sheet.add([[cell(row) for cell in self._cells] for row in batch])
        for at, column in enumerate(self._columns):
            if column.total and column.kind in _SUMS:
                known = [value for value in map(column.read, batch) if value is not None]
                if known:
                    self._sums[at] = sum(known, self._sums.get(at, 0))

    def close(self, ending: Ending) -> None:
        """Write the sums and all that could not be known before."""
        sheet = self._begun(())
        last_row = sheet.rows
        if self._sums:
            sheet.add([list(self._sum_cells())])
        self._finish(last_row, ending)

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write a field a row."""
        self.open(columns)
        self._tones = []  # there is a state a row, and none a column
        words = self._words.words
        texts = [text_cell(column, self._shows, joint=", ")(row) for column in columns]
        heads = [self._head(column) for column in columns]
        names = [(words["field"], Style.TITLE), (words["value"], Style.TITLE)]
        sheet = self._begin(names, [max(map(len, heads)), max(map(len, texts))])
        sheet.add([[self._make.text(head), cell(row)] for head, cell in zip(heads, self._cells, strict=True)])
        self._finish(sheet.rows, ending)

    def abandon(self) -> None:
        """Close the half-written archive; the file it is in is thrown away."""
        if self._pack is not None:
            self._pack.abandon()

    def _begun(self, batch: Sequence[Any]) -> Sheet:
        if self._pack is not None:
            return self._sheet
        heads = [(self._head(column), _title_style(column)) for column in self._columns]
        return self._begin(heads, [self._width(column, batch) for column in self._columns])

    def _begin(self, heads: Sequence[tuple[str, Style]], widths: Sequence[int]) -> Sheet:
        self._widths = _fitted([head for head, _ in heads], widths)
        empty = shell(Plan(titles=self._words, frames=[Frame(title="list", widths=self._widths)]))
        self._make = Cells(empty.styles, self._words)
        self._cells = [self._make.reader(column) for column in self._columns]
        self._pack = Pack(self.stream)
        self._sheet = self._pack.sheet(empty.sheets[0], len(heads))
        self._sheet.add([[self._make.text(head, style) for head, style in heads]])
        return self._sheet

    def _head(self, column: Column) -> str:
        title = self._words.columns[column.key]
        return f"{title} ({self._words.words['oslo']})" if column.kind is Kind.INSTANT else title

    def _width(self, column: Column, batch: Sequence[Any]) -> int:
        read = text_cell(column, self._shows, joint=", ")
        longest = max((len(read(row)) for row in batch), default=0)
        return max(longest, _ROOM_FOR_AMOUNT) if column.kind is Kind.MONEY else longest

    def _sum_cells(self) -> Iterator[str]:
        label = next((at for at in range(len(self._columns)) if at not in self._sums), None)
        for at, column in enumerate(self._columns):
            if at == label:
                yield self._make.text(self._words.words["sum"], Style.LABEL_OF_SUM)
            elif at not in self._sums:
                yield self._make.nothing(Style.LABEL_OF_SUM)
            elif column.kind is Kind.MONEY:
                yield self._make.money(self._sums[at], Style.SUM_OF_MONEY)
            else:
                yield self._make.count(self._sums[at], Style.SUM_OF_COUNT)

    def _finish(self, last_row: int, ending: Ending) -> None:
        """Write what follows the rows, the second sheet, and the other parts."""
        assert self._pack is not None  # noqa: S101 - a sheet was begun
        whole = self._shell(last_row, ending)
        self._sheet.close(whole.sheets[0].after)
        if self._matrix is not None:
            turned = self._pack.sheet(whole.sheets[1], len(self._matrix.heads))
            turned.add([[self._make.text(head, Style.TITLE) for head in self._matrix.heads]])
            turned.add(self._matrix.rows(self._make))
            turned.close(whole.sheets[1].after)
        self._pack.close(whole.parts)

    def _shell(self, last_row: int, ending: Ending) -> Shell:
        if self._make.cut:
            self.warnings.append(
                f"{self._make.cut} texts longer than a cell's {LONGEST_TEXT} characters were cut short"
            )
        frames = [Frame(title="list", widths=self._widths, last_row=last_row, tones=self._tones)]
        if self._matrix is not None:
            widths = _fitted(self._matrix.heads, self._matrix.widths)
            frames.append(
                Frame(title="matrix", widths=widths, last_row=self._matrix.last_row, still=self._matrix.names)
            )
        about = list(about_answer(self._words, self.provenance, ending, self.warnings))
        draw = None if self._charts is None else self._charts.into
        return shell(Plan(titles=self._words, frames=frames, about=about, as_of=ending.as_of, draw=draw))

    @staticmethod
    def check(path: Path) -> None:
        """Read the whole file once and look for the parts it must have."""
        try:
            with ZipFile(path) as archive:
                broken = archive.testzip()
                missing = PARTS.difference(archive.namelist())
        except (BadZipFile, zlib.error) as fault:
            raise OSError(f"the workbook is not whole: {fault}") from fault
        if broken or missing:
            raise OSError(f"the workbook is not whole: {broken or min(missing)}")


def _fitted(heads: Sequence[str], widths: Sequence[int]) -> list[int]:
    """How wide columns are to be for their titles and what is below."""
    return [
        min(_WIDEST, max(_NARROWEST, len(head) + _FILTER_BUTTON, width + _AIR))
        for head, width in zip(heads, widths, strict=True)
    ]


def _title_style(column: Column) -> Style:
    """Titles stand where their cells do."""
    return Style.TITLE_OF_FIGURES if is_figure(column) else Style.TITLE


WRITES = XlsxSink
