"""A workbook: typed cells, frozen titles with a filter, sums, and an *About* sheet that says where it all comes from.

openpyxl makes the workbook; the rows are written into its sheet as ready XML, straight into the packed file. So they
are never all in memory, never on disk outside the file, and several times as fast.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

from bureau_cli import errors
from bureau_cli.formatters.results import Column, Ending, Kind
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import is_figure, on_screen, text_cell
from bureau_cli.formatters.workbook import PARTS, SHEET, Plan, Shell, shell
from bureau_cli.formatters.xlsx_cells import LONGEST_TEXT, Cells, Style

ROWS_IN_A_SHEET = 1_048_576

_NARROWEST, _WIDEST = 8, 60
_FILTER_BUTTON, _AIR = 3, 2
_ROOM_FOR_AMOUNT = len("-100 000 000,00")
"""A figure too wide for its column shows as ####, and neither sums nor later batches are known when widths are set."""

_SUMS = {Kind.MONEY: Style.SUM_OF_MONEY, Kind.COUNT: Style.SUM_OF_COUNT}
_UNDATED = (1980, 1, 1, 0, 0, 0)


class XlsxSink(Sink):
    """Widths come from the titles and the first batch, since the sheet begins with them."""

    _sheet: _Sheet | None = None

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        self._columns = columns
        self._words = titles(self.look.lang)
        self._shows = on_screen(self._words)
        self._sums: dict[int, Any] = {}

    def write(self, batch: Sequence[Any]) -> None:
        """Write some rows."""
        sheet = self._begun(batch)
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
        sheet.finish(self._shell(last_row, ending))

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write a field a row."""
        self.open(columns)
        words = self._words.words
        texts = [text_cell(column, self._shows, joint=", ")(row) for column in columns]
        heads = [self._head(column) for column in columns]
        names = [(words["field"], Style.TITLE), (words["value"], Style.TITLE)]
        sheet = self._begin(names, [max(map(len, heads)), max(map(len, texts))])
        sheet.add([[self._make.text(head), cell(row)] for head, cell in zip(heads, self._cells, strict=True)])
        sheet.finish(self._shell(sheet.rows, ending))

    def abandon(self) -> None:
        """Close the half-written archive; the file it is in is thrown away."""
        if self._sheet is not None:
            self._sheet.abandon()

    def _begun(self, batch: Sequence[Any]) -> _Sheet:
        if self._sheet is not None:
            return self._sheet
        heads = [(self._head(column), _title_style(column)) for column in self._columns]
        return self._begin(heads, [self._width(column, batch) for column in self._columns])

    def _begin(self, heads: Sequence[tuple[str, Style]], widths: Sequence[int]) -> _Sheet:
        self._widths = [
            min(_WIDEST, max(_NARROWEST, len(head) + _FILTER_BUTTON, width + _AIR))
            for (head, _), width in zip(heads, widths, strict=True)
        ]
        empty = shell(Plan(titles=self._words, widths=self._widths))
        self._make = Cells(empty.styles, self._words)
        self._cells = [self._make.reader(column) for column in self._columns]
        self._sheet = _Sheet(self.stream, empty.before, len(heads))
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

    def _shell(self, last_row: int, ending: Ending) -> Shell:
        if self._make.cut:
            self.warnings.append(
                f"{self._make.cut} texts longer than a cell's {LONGEST_TEXT} characters were cut short"
            )
        about = list(self._about(ending))
        return shell(Plan(titles=self._words, widths=self._widths, last_row=last_row, about=about, as_of=ending.as_of))

    def _about(self, ending: Ending) -> Iterator[tuple[str, Any]]:
        words = self._words.words
        yield words["schema"], self.provenance.schema_id
        yield words["profile"], self.provenance.profile
        yield words["selection"], self.provenance.selection
        yield words["rows"], ending.count
        yield words["total"], ending.total
        yield f"{words['as_of']} ({words['oslo']})", ending.as_of
        yield words["version"], self.provenance.version
        for warning in (*ending.warnings, *self.warnings):
            yield words["warning"], warning

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


def _title_style(column: Column) -> Style:
    """Titles stand where their cells do."""
    return Style.TITLE_OF_FIGURES if is_figure(column) else Style.TITLE


class _Sheet:
    """The part of a packed workbook that holds the rows, while they are written."""

    def __init__(self, stream: IO[bytes], before: bytes, width: int) -> None:
        self._pack = ZipFile(stream, "w", ZIP_DEFLATED)
        self._part = self._pack.open(_entry(SHEET), "w")
        self._part.write(before)
        self._letters = [get_column_letter(at) for at in range(1, width + 1)]
        self._size = 0
        self.rows = 0

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of cells.

        Raises:
            OutputFailed: there are more than any program would read back.
        """
        xml = "".join([self._row(at, cells) for at, cells in enumerate(rows, start=self.rows + 1)]).encode()
        self.rows += len(rows)
        self._size += len(xml)
        if self.rows > ROWS_IN_A_SHEET or self._size > ZIP64_LIMIT:
            raise errors.OutputFailed(
                f"a sheet holds no more than {ROWS_IN_A_SHEET} rows or 2 GiB", fix="write it as csv, or choose fewer"
            )
        self._part.write(xml)

    def _row(self, at: int, cells: Sequence[str]) -> str:
        inner = "".join(
            [f'<c r="{letter}{at}"{cell}' for letter, cell in zip(self._letters, cells, strict=True) if cell]
        )
        return f'<row r="{at}">{inner}</row>'

    def finish(self, end: Shell) -> None:
        """Write what comes after the rows, and the other parts."""
        self._part.write(end.after)
        self._part.close()
        for name, content in end.parts.items():
            self._pack.writestr(_entry(name), content)
        self._pack.close()

    def abandon(self) -> None:
        """Close what is open, so that nothing is left for the interpreter to close later and complain about."""
        for half in (self._part, self._pack):
            with suppress(OSError, ValueError):
                half.close()


def _entry(name: str) -> ZipInfo:
    """The same date in every file, so that the same answer gives the same bytes."""
    entry = ZipInfo(name, _UNDATED)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


WRITES = XlsxSink
