"""A workbook: typed cells, frozen titles with a filter, sums, and an *About* sheet that says where it all comes from.

openpyxl makes the workbook; the rows are written into its sheet as ready XML, straight into the packed file. So they
are never all in memory, never on disk outside the file, and several times as fast.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from bureau_cli.formatters.about import about_answer
from bureau_cli.formatters.arrangements import Grouping, Part
from bureau_cli.formatters.results import Column, Ending, Pictures, Pivot
from bureau_cli.formatters.sink import Sink
from bureau_cli.formatters.titles import titles
from bureau_cli.formatters.values import on_screen, text_cell
from bureau_cli.formatters.workbook import PARTS, Frame, Plan, Shell, shell
from bureau_cli.formatters.xlsx_cells import LONGEST_TEXT, Cells, Style
from bureau_cli.formatters.xlsx_charts import Charts
from bureau_cli.formatters.xlsx_list import ListPlan, ListSheet, fitted, head_of
from bureau_cli.formatters.xlsx_matrix import Matrix
from bureau_cli.formatters.xlsx_pack import Aside, Pack, Sheet


class XlsxSink(Sink):
    """Widths come from the titles and the first batch, since the sheet begins with them."""

    _pack: Pack | None = None
    _matrix: Matrix | None = None
    _charts: Charts | None = None
    _grouping: Grouping | None = None
    _parts: Sequence[Part] = ()
    _waiting: Sequence[Aside] = ()

    def turn(self, pivot: Pivot) -> None:
        """Put the rows turned about into a second sheet."""
        self._matrix = Matrix(pivot, titles(self.look.lang))

    def draw(self, pictures: Pictures) -> None:
        """Draw the rows' trends on sheets of their own."""
        self._charts = Charts(pictures, titles(self.look.lang))

    def group(self, grouping: Grouping) -> None:
        """Add up what belongs together."""
        self._grouping = grouping

    def split(self, parts: Sequence[Part]) -> None:
        """Put the rows on several sheets."""
        self._parts = parts

    def open(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        self._begin()
        whole = ListPlan(title="list", columns=columns, levels=() if self._grouping is None else self._grouping.levels)
        plans = [_plan(part, columns) for part in self._parts] or [whole]
        self._waiting = [Aside() for _ in plans[1:]]
        self._sheets = [
            ListSheet(plan, self._make, self._words, partial(self._place, at)) for at, plan in enumerate(plans)
        ]

    def write(self, batch: Sequence[Any]) -> None:
        """Write some rows."""
        if self._matrix is not None:
            self._matrix.add(batch)
        if self._charts is not None:
            self._charts.add(batch)
        for sheet, rows in zip(self._sheets, self._shared_out(batch), strict=True):
            sheet.add(rows)

    def close(self, ending: Ending) -> None:
        """Write the sums and all that could not be known before."""
        for sheet in self._sheets:
            sheet.end()
        self._finish([sheet.frame for sheet in self._sheets], ending)

    def one(self, columns: Sequence[Column], row: Any, ending: Ending) -> None:
        """Write a field a row."""
        self._begin()
        words = self._words.words
        shows = on_screen(self._words)
        texts = [text_cell(column, shows, joint=", ")(row) for column in columns]
        heads = [head_of(column, self._words) for column in columns]
        widths = fitted([words["field"], words["value"]], [max(map(len, heads)), max(map(len, texts))])
        sheet = self._place(0, Frame(title="list", widths=widths))
        sheet.add([[self._make.text(words[name], Style.TITLE) for name in ("field", "value")]])
        cells = map(self._make.reader, columns)
        sheet.add([[self._make.text(head), cell(row)] for head, cell in zip(heads, cells, strict=True)])
        self._finish([Frame(title="list", widths=widths, last_row=sheet.rows)], ending)

    def abandon(self) -> None:
        """Close the half-written archive; the file it is in is thrown away."""
        if self._pack is not None:
            self._pack.abandon()

    def _begin(self) -> None:
        self._words = titles(self.look.lang)
        blank = shell(Plan(titles=self._words, frames=[Frame(title="list", widths=())]))
        self._make = Cells(blank.styles, self._words)

    def _place(self, at: int, frame: Frame) -> Sheet:
        """Where the rows of a sheet go: those of the first straight into the file, others wait for their turn."""
        if at > 0:
            return Sheet(self._waiting[at - 1], len(frame.widths))
        self._pack = Pack(self.stream)
        (around,) = shell(Plan(titles=self._words, frames=[frame])).sheets
        return self._pack.sheet(around, len(frame.widths))

    def _shared_out(self, batch: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """The rows of each sheet."""
        if len(self._sheets) == 1:
            return [batch]
        shares: list[list[Any]] = [[] for _ in self._sheets]
        for row in batch:
            shares[next((at for at, part in enumerate(self._parts) if part.holds(row)), 0)].append(row)
        return shares

    def _finish(self, frames: Sequence[Frame], ending: Ending) -> None:
        """Write what follows the rows, the other sheets, and the other parts."""
        assert self._pack is not None  # noqa: S101 - a sheet was begun
        whole = self._shell(frames, ending)
        around = iter(whole.sheets)
        self._pack.date(ending.as_of)
        self._pack.end_sheet(next(around).after)
        for rows, sheet in zip(self._waiting, around, strict=False):
            self._pack.place(sheet, rows)
        if self._matrix is not None:
            self._pack.place(whole.sheets[-1], self._turned(self._matrix))
        self._pack.close(whole.parts)

    def _turned(self, matrix: Matrix) -> Aside:
        rows = Aside()
        sheet = Sheet(rows, len(matrix.heads))
        sheet.add([[self._make.text(head, Style.TITLE) for head in matrix.heads]])
        sheet.add(matrix.rows(self._make))
        return rows

    def _shell(self, frames: Sequence[Frame], ending: Ending) -> Shell:
        if self._make.cut:
            self.warnings.append(
                f"{self._make.cut} texts longer than a cell's {LONGEST_TEXT} characters were cut short"
            )
        turned = [] if self._matrix is None else [self._matrix.frame]
        return shell(
            Plan(
                titles=self._words,
                frames=[*frames, *turned],
                name=self._words.workbook(self.provenance.schema),
                about=list(about_answer(self._words, self.provenance, ending, self.warnings)),
                as_of=ending.as_of,
                draw=None if self._charts is None else self._charts.into,
            )
        )

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


def _plan(part: Part, columns: Sequence[Column]) -> ListPlan:
    """What a part's sheet is to have."""
    by_key = {column.key: column for column in columns}
    return ListPlan(
        title=part.title,
        columns=[by_key[key] for key in part.columns],
        levels=() if part.grouping is None else part.grouping.levels,
    )


WRITES = XlsxSink
