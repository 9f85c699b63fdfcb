"""Values as the cells of a sheet's XML: each with the type and style of its kind, and text never as a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from bureau_cli import errors
from bureau_cli.formatters.results import Column, Kind
from bureau_cli.formatters.text import for_xml
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.values import on_screen, oslo, text_cell

LONGEST_TEXT = 32_767
"""What a cell holds, in UTF-16 units."""

CUT = " … [cut]"

_EXACT_BELOW = 10**13
"""A spreadsheet keeps 15 digits, two of them decimals."""

_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)
_SECONDS_A_DAY = 86_400

_WORDS = frozenset(
    {Kind.TEXT, Kind.SENTENCE, Kind.ID, Kind.STATE, Kind.STEP, Kind.FLAG, Kind.OBJECT, Kind.TREND, Kind.KEY_FIGURE}
)
"""Kinds that are text in a cell. Flags too: a Norwegian reads `ja`, where a Norwegian Excel would show `SANN`."""

_NEEDS_CARE = re.compile("[&<>_\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_FORMULA = frozenset("=+-@")

Number = TypeVar("Number", int, Decimal)


class Style(StrEnum):
    """How a cell looks; the workbook knows each by a number."""

    TITLE = "title"
    TITLE_OF_FIGURES = "title of figures"
    TEXT = "text"
    GUARDED = "guarded"  # text that begins like a formula: it stays text when somebody edits the cell
    ID = "id"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"
    DATE = "date"
    INSTANT = "instant"
    LABEL_OF_GROUP = "label of group"
    MONEY_OF_GROUP = "money of group"
    COUNT_OF_GROUP = "count of group"
    LABEL_OF_INNER_GROUP = "label of inner group"
    MONEY_OF_INNER_GROUP = "money of inner group"
    COUNT_OF_INNER_GROUP = "count of inner group"
    LABEL_OF_SUM = "label of sum"
    SUM_OF_MONEY = "sum of money"
    SUM_OF_COUNT = "sum of count"


Show = Callable[[Any], str]
"""Gives what follows `<c r="A1"`, or nothing where there is no value to write."""


class Cells:
    """Makes the cells of one workbook, and notes what its reader should be told of them."""

    def __init__(self, styles: Mapping[Style, int], titles: Titles) -> None:
        self._titles = titles
        self._styled = {style: f' s="{number}"' for style, number in styles.items()}
        self.cut = 0
        """How many texts were too long for a cell."""

    def reader(self, column: Column) -> Show:
        """A function from a row to this column's cell."""
        if column.many or column.kind in _WORDS:
            read = text_cell(column, on_screen(self._titles), joint=", ")
            style = Style.ID if column.kind is Kind.ID else Style.TEXT
            return lambda row: self.text(read(row), style)
        return self._typed(column)

    def _typed(self, column: Column) -> Show:
        read = column.read
        shows: Mapping[Kind, Show] = {
            Kind.MONEY: self.money,
            Kind.PERCENT: self.percent,
            Kind.POINTS: self.points,
            Kind.COUNT: self.count,
            Kind.DATE: self.date,
            Kind.INSTANT: self.instant,
        }
        show = self._measure(shows) if column.kind is Kind.MEASURE else shows[column.kind]

        def cell(row: Any) -> str:
            value = read(row)
            return "" if value is None else show(value)

        return cell

    @staticmethod
    def _measure(shows: Mapping[Kind, Show]) -> Show:
        return lambda measure: shows[measure.kind](measure.value)

    def text(self, text: str, style: Style = Style.TEXT) -> str:
        """Text as it is, less what XML cannot hold; what is too long ends in a visible mark."""
        content, space = text, ""
        if _NEEDS_CARE.search(text) or len(text) > LONGEST_TEXT // 2 or text != text.strip(" "):
            text = self._fitted(for_xml(text))
            content, space = _escaped(text), ' xml:space="preserve"'
        if not text:
            return ""
        if style is Style.TEXT and text[0] in _STARTS_FORMULA:
            style = Style.GUARDED
        return f'{self._styled[style]} t="inlineStr"><is><t{space}>{content}</t></is></c>'

    def nothing(self, style: Style) -> str:
        """An empty cell that still has a look."""
        return f"{self._styled[style]}/>"

    def money(self, value: Decimal, style: Style = Style.MONEY, formula: str = "") -> str:
        """An exact amount; with a formula it is what the formula gives, for who does not calculate."""
        return self._number(f"{_exact(value):.2f}", style, formula)

    def count(self, value: int, style: Style = Style.COUNT, formula: str = "") -> str:
        """A whole number; a formula as above."""
        return self._number(f"{_exact(value):d}", style, formula)

    def percent(self, value: Decimal) -> str:
        """12.5 % is 0.125 to a spreadsheet."""
        return self._number(f"{value.scaleb(-2):f}", Style.PERCENT)

    def points(self, value: Decimal) -> str:
        """A difference of percentages stays the number it is."""
        return self._number(f"{value:f}", Style.POINTS)

    def date(self, value: date) -> str:
        """A day. Sheets believe in a 29 February 1900, so what lies before it is text."""
        if value < _FIRST_DAY:
            return self.text(value.isoformat())
        return self._number(str(value.toordinal() - _DAY_ZERO), Style.DATE)

    def instant(self, value: datetime) -> str:
        """An instant by a clock in Norway, as sheets know no zones."""
        local = oslo(value)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return self._number(repr(local.toordinal() - _DAY_ZERO + seconds / _SECONDS_A_DAY), Style.INSTANT)

    def _number(self, digits: str, style: Style, formula: str = "") -> str:
        told = f"<f>{formula}</f>" if formula else ""
        return f"{self._styled[style]}>{told}<v>{digits}</v></c>"

    def _fitted(self, text: str) -> str:
        units = text.encode("utf-16-le")
        if len(units) <= 2 * LONGEST_TEXT:
            return text
        self.cut += 1
        return units[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def _exact(value: Number) -> Number:
    """The number itself.

    Raises:
        OutputFailed: a spreadsheet would round it, and a sum of money must not be nearly right.
    """
    if abs(value) >= _EXACT_BELOW:
        raise errors.OutputFailed(f"{value} has too many digits for a workbook", fix="write it as csv or json")
    return value


def _escaped(text: str) -> str:
    """Text as XML content that reads back as it was: a lone CR too, and `_x0041_`, which Excel would decode."""
    marked = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    return _LOOKS_ESCAPED.sub("_x005F_", marked)
