"""Everything of a workbook but its rows, made by openpyxl: styles, widths, frozen titles, filter, *About* sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from textwrap import wrap
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from bureau_cli.formatters.text import for_xml, shortened
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.values import oslo
from bureau_cli.formatters.xlsx_cells import LONGEST_TEXT, Style
from bureau_cli.formatters.xlsx_paper import fit_to_paper, number_pages
from bureau_cli.formatters.xlsx_tones import Toned, mark_differences, tone

Sheet = Any
"""openpyxl's write-only sheet, which has no public name."""

SheetCell = Any
"""What `WriteOnlyCell` makes; to the type checker that is a function."""

_SHEET = "xl/worksheets/sheet{}.xml"
"""The parts that hold rows, and after them the *About* sheet, by their number from 1."""

PARTS = frozenset(
    {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml", _SHEET.format(1), _SHEET.format(2)}
)
"""Parts without which a program refuses to open the file."""

AT_LEISURE = 5_000
"""How many rows may be folded and drawn. Of more nobody does it by hand, and no program does it in good time."""

_ABOUT_WIDTH, _LINE_HEIGHT = 60, 15
"""How wide the facts of the *About* sheet are, in letters, and how high a line of them is, in points."""

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for the wall clock, so that the same answer gives the same file."""

_EMPTY_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")

NUMBER_FORMATS: Mapping[Style, str] = {
    Style.MONEY: "#,##0.00",
    Style.PERCENT: "0.0# %",
    Style.POINTS: '0.0# "pp"',
    Style.COUNT: "#,##0",
}
_TITLES = frozenset({Style.TITLE, Style.TITLE_OF_FIGURES})
_SUMS = frozenset({Style.LABEL_OF_SUM, Style.SUM_OF_MONEY, Style.SUM_OF_COUNT})
_GROUPS = frozenset({Style.LABEL_OF_GROUP, Style.MONEY_OF_GROUP, Style.COUNT_OF_GROUP})
_INNER_GROUPS = frozenset({Style.LABEL_OF_INNER_GROUP, Style.MONEY_OF_INNER_GROUP, Style.COUNT_OF_INNER_GROUP})
_FIGURES = frozenset(
    {
        Style.TITLE_OF_FIGURES,
        Style.MONEY,
        Style.PERCENT,
        Style.POINTS,
        Style.COUNT,
        Style.MONEY_OF_GROUP,
        Style.COUNT_OF_GROUP,
        Style.MONEY_OF_INNER_GROUP,
        Style.COUNT_OF_INNER_GROUP,
        Style.SUM_OF_MONEY,
        Style.SUM_OF_COUNT,
    }
)
_TITLE_FILL = PatternFill("solid", fgColor="1F3864")
_FLUSH_RIGHT, _OFF_LEFT = Alignment(horizontal="right"), Alignment(horizontal="left", indent=1)
"""Text keeps off the figure to its left. The other way round LibreOffice forgets it between two kinds of figures."""

_GROUP_FILL = PatternFill("solid", fgColor="EEF2F8")
_PALE_LINE = Side("thin", color="B4C6E7")
_GROUP_BORDER = Border(top=_PALE_LINE, bottom=_PALE_LINE)
_INNER_BORDER = Border(top=_PALE_LINE)
_SUM_BORDER = Border(top=Side("thin"), bottom=Side("double"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a sheet of rows is to look like: its name among the words, and how wide its columns are.

    `last_row` is the last row the filter covers, 1 for the titles alone; `still` is how many columns stay in sight;
    `end` is the last row of all, with sums below; `tones` are the columns whose states have colours, `differing` the
    numbers of those that are differences; `outline` is how deep rows are folded at most.
    """

    title: str
    widths: Sequence[int]
    last_row: int = 1
    still: int = 0
    tones: Sequence[Toned] = ()
    end: int = 1
    differing: Sequence[int] = ()
    outline: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the workbook is to look like: its name, its sheets of rows, and what the *About* sheet tells.

    `draw` makes the sheets that stand between them.
    """

    titles: Titles
    frames: Sequence[Frame]
    name: str = ""
    about: Sequence[tuple[str, Any]] = ()
    as_of: datetime | None = None
    draw: Callable[[Workbook], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A sheet's part of the workbook, and its XML before and after the rows."""

    part: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A workbook taken apart: the sheets around their rows, the other parts, and the styles' numbers."""

    sheets: Sequence[Around]
    parts: Mapping[str, bytes]
    styles: Mapping[Style, int]


def shell(plan: Plan) -> Shell:
    """The workbook without its rows."""
    book = Workbook(write_only=True)
    sheets = [_framed(book, frame, plan.titles) for frame in plan.frames]
    styles = dict(_styles(sheets[0], plan.titles.lang))
    if plan.draw is not None:
        plan.draw(book)
    _tell(book.create_sheet(plan.titles.words["about"]), plan)
    for sheet in book.worksheets:
        number_pages(sheet, plan.titles, plan.name, plan.as_of)
    _sign(book, plan)
    parts = _parts(book)
    around = [_around_rows(part, parts.pop(part)) for part in map(_SHEET.format, range(1, len(sheets) + 1))]
    return Shell(sheets=around, parts=parts, styles=styles)


def _framed(book: Workbook, frame: Frame, titles: Titles) -> Sheet:
    sheet = book.create_sheet(titles.words[frame.title])
    sheet.freeze_panes = f"{get_column_letter(frame.still + 1)}2"
    sheet.print_title_rows = "1:1"
    fit_to_paper(sheet, frame.widths)
    for at, width in enumerate(frame.widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    if frame.last_row > 1:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(frame.widths))}{frame.last_row}"
        tone(sheet, frame.tones, frame.last_row)
        mark_differences(sheet, frame.differing, max(frame.last_row, frame.end))
    if frame.outline:
        sheet.sheet_format.outlineLevelRow = frame.outline
    return sheet


def _styles(sheet: Sheet, lang: str) -> Iterator[tuple[Style, int]]:
    """Each style's number. They are given out in this order, so two shells of one answer agree."""
    day = "yyyy-mm-dd" if lang == "en" else "dd.mm.yyyy"
    formats = {
        Style.ID: "@",
        **NUMBER_FORMATS,
        Style.MONEY_OF_GROUP: NUMBER_FORMATS[Style.MONEY],
        Style.COUNT_OF_GROUP: NUMBER_FORMATS[Style.COUNT],
        Style.MONEY_OF_INNER_GROUP: NUMBER_FORMATS[Style.MONEY],
        Style.COUNT_OF_INNER_GROUP: NUMBER_FORMATS[Style.COUNT],
        Style.SUM_OF_MONEY: NUMBER_FORMATS[Style.MONEY],
        Style.SUM_OF_COUNT: NUMBER_FORMATS[Style.COUNT],
        Style.DATE: day,
        Style.INSTANT: f"{day} hh:mm",
    }
    for style in Style:
        cell = WriteOnlyCell(sheet)
        cell.number_format = formats.get(style, "General")
        cell.quotePrefix = style is Style.GUARDED
        if style in _TITLES:
            cell.font, cell.fill = bold(color="FFFFFF"), _TITLE_FILL
        if style in _SUMS:
            cell.font, cell.border = bold(), _SUM_BORDER
        if style in _GROUPS:
            cell.font, cell.fill, cell.border = bold(), _GROUP_FILL, _GROUP_BORDER
        if style in _INNER_GROUPS:
            cell.font, cell.border = bold(), _INNER_BORDER
        cell.alignment = _FLUSH_RIGHT if style in _FIGURES else _OFF_LEFT
        yield style, cell.style_id


def bold(*, color: str | None = None) -> Font:
    """The face of titles."""
    return Font(name="Calibri", size=11, bold=True, color=color)


def _tell(sheet: Sheet, plan: Plan) -> None:
    """Fill the *About* sheet: a fact a row."""
    fit_to_paper(sheet)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, _ABOUT_WIDTH
    for at, (label, fact) in enumerate(plan.about, start=1):
        name = WriteOnlyCell(sheet, label)
        name.font = bold()
        name.alignment = Alignment(vertical="top")
        # Not every program makes room for a text that goes on below itself when it opens a file.
        sheet.row_dimensions[at].height = _LINE_HEIGHT * max(1, len(wrap(str(fact), _ABOUT_WIDTH)))
        sheet.append([name, _fact(sheet, fact, plan.titles.lang)])


def _fact(sheet: Sheet, fact: Any, lang: str) -> SheetCell:
    """A number as a number, an instant by a clock in Norway."""
    cell = told(sheet, fact) if isinstance(fact, str) else WriteOnlyCell(sheet)
    if isinstance(fact, datetime):
        cell.value = oslo(fact)
        cell.number_format = "yyyy-mm-dd hh:mm" if lang == "en" else "dd.mm.yyyy hh:mm"
    elif not isinstance(fact, str):
        cell.value = fact
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    return cell


def told(sheet: Sheet, text: str) -> SheetCell:
    """Text that stays text, whatever it begins with."""
    cell = WriteOnlyCell(sheet)
    cell.value = shortened(for_xml(text), LONGEST_TEXT // 2)  # which is no longer in UTF-16
    cell.data_type = "s"
    return cell


def _sign(book: Workbook, plan: Plan) -> None:
    """No person's name, and no clock."""
    at = (plan.as_of or _UNDATED).astimezone(UTC).replace(tzinfo=None)
    title = for_xml(plan.name) or None
    book.properties = DocumentProperties(creator="bureau", title=title, created=at, modified=at)


def _parts(book: Workbook) -> dict[str, bytes]:
    """The files inside the workbook. Written with the class below `save`, which would sign with the wall clock."""
    packed = BytesIO()
    ExcelWriter(book, ZipFile(packed, "w")).save()
    with ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _around_rows(part: str, xml: bytes) -> Around:
    before, after = _EMPTY_ROWS.split(xml)
    return Around(part=part, before=before + b"<sheetData>", after=b"</sheetData>" + after)
