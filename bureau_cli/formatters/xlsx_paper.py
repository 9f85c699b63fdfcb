"""A sheet on paper: A4 on its side, as many pages across as can be read, each of them told and numbered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bureau_cli.formatters.text import for_xml, shortened
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.values import oslo

_A4 = 9
_MARGIN = 0.4
"""Inches."""

_READABLE = 240
"""Characters across a page whose print can still be read without a glass."""

_WHAT_A_ROW_IS_ABOUT = "A:B"
_LONGEST = 80


def fit_to_paper(sheet: Any, widths: Sequence[int] = ()) -> None:
    """Print columns this wide on as few pages beside each other as can be read, and as many below as the rows need.

    Where there is more than one, each begins with the columns that say what a row is about.
    """
    pages = math.ceil(sum(widths) / _READABLE) or 1
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    if pages > 1:
        sheet.print_title_cols = _WHAT_A_ROW_IS_ABOUT


def number_pages(sheet: Any, titles: Titles, name: str, as_of: datetime | None) -> None:
    """What every printed page tells: what it is a page of, how old that is, and which page of how many."""
    words = titles.words
    heading = sheet.oddHeader.left
    heading.text, heading.font = _on_paper(name) or None, "Calibri,Bold"
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.left.text = _moment(titles, as_of)
    sheet.oddFooter.right.text = f"{words['page']} &P {words['of']} &N"


def _on_paper(text: str) -> str:
    """Text in which a program reads no order of its own."""
    return shortened(for_xml(text), _LONGEST).replace("&", "&&")


def _moment(titles: Titles, as_of: datetime | None) -> str | None:
    if as_of is None:
        return None
    day = "%Y-%m-%d" if titles.lang == "en" else "%d.%m.%Y"
    return f"{titles.words['as_of']} {oslo(as_of):{day} %H:%M}"
