"""The trends of rows as two sheets more: a chart a row, and the months that the charts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from bureau_cli.formatters.columns import together
from bureau_cli.formatters.results import Kind, Pictures, Point
from bureau_cli.formatters.text import for_xml
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.values import Cell, on_screen, text_cell
from bureau_cli.formatters.workbook import AT_LEISURE, NUMBER_FORMATS, Sheet, SheetCell, bold, told
from bureau_cli.formatters.xlsx_cells import Style
from bureau_cli.formatters.xlsx_paper import fit_to_paper

_BESIDE = 2
_WIDTH_CM, _HEIGHT_CM = 14, 7
"""How large a chart is, of which so many stand beside each other."""

_COLUMNS_A_CHART, _ROWS_A_CHART = 8, 15
"""The cells that a chart of that size covers, with some air."""

_FIRST_FIGURE = 3
"""The column of the first figure, after whose it is and the month."""

_STYLES = {Kind.MONEY: Style.MONEY, Kind.PERCENT: Style.PERCENT, Kind.POINTS: Style.POINTS, Kind.COUNT: Style.COUNT}
_AXIS_FORMATS = {Style.PERCENT: "0 %"}
_COLOUR, _PALE = "1F4E96", "D9D9D9"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trend:
    """One row: whose it is, what it is called, and its months."""

    under: str
    name: str
    points: Sequence[Point]

    @property
    def style(self) -> Style:
        """The style of its numbers."""
        kinds = (point.measure.kind for point in self.points if point.measure is not None)
        return _STYLES[next(kinds, Kind.COUNT)]


class Charts:
    """Takes rows as the list gets them. Only those of the first are drawn: fifty owners have four hundred trends."""

    def __init__(self, pictures: Pictures, titles: Titles) -> None:
        shows = on_screen(titles)
        self._titles = titles
        self._pictures = pictures
        self._under: Cell[str] = text_cell(pictures.under, shows)
        self._name: Cell[str] = text_cell(pictures.name, shows)
        self._trends: list[_Trend] = []
        self._count = 0

    def add(self, batch: Sequence[Any]) -> None:
        """Take some rows."""
        self._count += len(batch)
        if self._count > AT_LEISURE:
            self._trends.clear()
            return
        trend = self._pictures.trend.read
        self._trends += [_Trend(under=self._under(row), name=self._name(row), points=trend(row)) for row in batch]

    def into(self, book: Workbook) -> None:
        """Make the two sheets."""
        if not self._trends:
            return
        names = list(dict.fromkeys(trend.name for trend in self._trends))
        scopes = together(self._trends, attrgetter("under"))
        words = self._titles.words
        drawn, numbers = (book.create_sheet(words[name]) for name in ("charts", "trends"))
        self._begin(numbers, names)
        for under, trends in scopes.items():
            _tell(numbers, under, [_of_name(trends, name) for name in names])
        for at, trend in enumerate(scopes[self._trends[0].under]):
            row, column = divmod(at, _BESIDE)
            corner = f"{get_column_letter(column * _COLUMNS_A_CHART + 1)}{row * _ROWS_A_CHART + 1}"
            drawn.add_chart(_chart(trend, numbers, names.index(trend.name) + _FIRST_FIGURE), corner)
        fit_to_paper(drawn)
        drawn.page_setup.orientation, drawn.page_setup.fitToHeight = "portrait", 1

    def _begin(self, sheet: Sheet, names: Sequence[str]) -> None:
        """Titles that stay in sight."""
        fit_to_paper(sheet)
        sheet.freeze_panes = f"{get_column_letter(_FIRST_FIGURE)}2"
        sheet.column_dimensions["A"].width = 28
        for at in range(_FIRST_FIGURE, len(names) + _FIRST_FIGURE):
            sheet.column_dimensions[get_column_letter(at)].width = 18
        columns = self._titles.columns
        heads = [columns[self._pictures.under.key], columns["month"], *names]
        sheet.append([_title(sheet, head) for head in heads])


def _of_name(trends: Sequence[_Trend], name: str) -> Sequence[Point]:
    return next((trend.points for trend in trends if trend.name == name), ())


def _tell(sheet: Sheet, under: str, trends: Sequence[Sequence[Point]]) -> None:
    """A line a month."""
    for month in sorted({point.period for points in trends for point in points}):
        cells = [_number(sheet, points, month) for points in trends]
        sheet.append([told(sheet, under), told(sheet, month), *cells])


def _title(sheet: Sheet, text: str) -> SheetCell:
    cell = told(sheet, text)
    cell.font = bold()
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _number(sheet: Sheet, points: Sequence[Point], month: str) -> SheetCell:
    """What a trend has of a month; 12.5 % is 0.125 to a spreadsheet."""
    cell: SheetCell = WriteOnlyCell(sheet)
    measure = next((point.measure for point in points if point.period == month), None)
    if measure is not None:
        cell.value = Decimal(measure.value).scaleb(-2) if measure.kind is Kind.PERCENT else measure.value
        cell.number_format = NUMBER_FORMATS[_STYLES[measure.kind]]
    return cell


def _chart(trend: _Trend, numbers: Sheet, column: int) -> BarChart:
    """Columns that stand on nought, so that twice as high is twice as much."""
    last = len(trend.points) + 1
    chart = BarChart()
    chart.title, chart.legend, chart.gapWidth = title_maker(for_xml(trend.name)), None, 40
    chart.title.overlay = False  # else Excel writes it across the columns
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    series = Series(Reference(numbers, min_col=column, min_row=2, max_row=last), title=for_xml(trend.name))
    series.graphicalProperties.solidFill = _COLOUR
    chart.series.append(series)
    chart.set_categories(Reference(numbers, min_col=_FIRST_FIGURE - 1, min_row=2, max_row=last))
    chart.y_axis.number_format = _AXIS_FORMATS.get(trend.style, NUMBER_FORMATS[Style.COUNT])
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=_PALE)))
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # which is what a program makes of nothing said
    if all(point.measure is None or point.measure.value >= 0 for point in trend.points):
        chart.y_axis.scaling.min = 0
    return chart
