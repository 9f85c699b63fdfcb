"""A list in a workbook, opened with distrust: bounded before and while it is read, and nothing in it is carried out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bureau_cli import errors
from bureau_cli.formatters.entries import MOST_ROWS, Row, Table, column_of, too_long, unreadable
from bureau_cli.formatters.titles import sum_words

MOST_UNPACKED = 256 * 2**20
MOST_TIMES_LARGER = 200
_ALWAYS_FINE = 2**20
_MOST_OF_PART = {"xl/worksheets/": MOST_UNPACKED, "xl/sharedStrings.xml": 16 * 2**20, "xl/media/": MOST_UNPACKED}
_MOST_OF_OTHER_PART = 2 * 2**20
"""openpyxl reads sheets row by row, but every other part at once, into something 30 times as large."""

_LONGEST_ROW = 2 * 2**20
_CHUNK = 2**18
_XML = (".xml", ".rels")
_ROW = re.compile(rb"<(?:\w+:)?(?:row|si)\b")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SAVE_AS_CSV = "save the list as csv"
_NO_SHEET = Table(name="", heads=(), rows=(), place=lambda _, __: "")


def read_xlsx(name: str, content: bytes, *wanted: Sequence[str]) -> Table:
    """The first sheet that has all wanted columns, each known by several titles; without one, the first sheet there is.

    Raises:
        FileInvalid: it is no workbook, damaged, locked or too large.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            _distrust(name, archive, len(content))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot show (drawings, checks) is not part of a list
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            return _sheet(name, book.worksheets, wanted)
    except errors.FileInvalid:
        raise
    except Exception as fault:  # a damaged file makes the parsers fail in every way there is
        raise unreadable(name, "not a workbook that can be read", fix=_SAVE_AS_CSV) from fault


def _distrust(name: str, archive: ZipFile, packed: int) -> None:
    """Refuse what would unpack to more than a list can need, by what the directory says and by what is there.

    The directory cannot lie: `zipfile` gives no part more bytes than it states, and checks what it gave.
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(_ALWAYS_FINE, packed * MOST_TIMES_LARGER):
        raise unreadable(name, f"unpacks to {unpacked // 2**20} MB, far more than a list", fix=_SAVE_AS_CSV)
    for part in parts:
        if part.flag_bits & 1:
            raise unreadable(name, "locked with a password", fix="save it without one")
        if part.file_size > _most(part):
            raise unreadable(name, f"its part {part.filename} is too large", fix=_SAVE_AS_CSV)
        _look_through(name, archive, part)


def _most(part: ZipInfo) -> int:
    return next((most for start, most in _MOST_OF_PART.items() if part.filename.startswith(start)), _MOST_OF_OTHER_PART)


def _look_through(name: str, archive: ZipFile, part: ZipInfo) -> None:
    """Read a part once: it declares no entities, is UTF-8, and no row or text of it is endless."""
    with archive.open(part) as stream:
        kept, since_row = b"", 0
        while chunk := stream.read(_CHUNK):
            seen = kept + chunk
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise unreadable(name, "declares entities, which no workbook does", fix=_SAVE_AS_CSV)
            if not part.filename.endswith(_XML):
                continue
            if b"\0" in chunk:
                raise unreadable(name, f"its part {part.filename} is not UTF-8", fix=_SAVE_AS_CSV)
            since_row = 0 if _ROW.search(seen) else since_row + len(chunk)
            if since_row > _LONGEST_ROW:
                raise unreadable(name, "has a row without end", fix=_SAVE_AS_CSV)
            kept = seen[-16:]


def _sheet(name: str, sheets: Sequence[Any], wanted: Sequence[Sequence[str]]) -> Table:
    """The sheet that is meant, with its rows in memory: they cannot be read once the workbook is closed."""
    tables = [_table(name, sheet) for sheet in sheets]
    fitting = (one for one in tables if all(column_of(one.heads, titles) is not None for titles in wanted))
    chosen = next(fitting, next(iter(tables), _NO_SHEET))
    return replace(chosen, name=name, rows=_without_sums(list(chosen.rows)))


def _table(name: str, sheet: Any) -> Table:
    rows = _rows(name, sheet)
    _, heads = next(rows, (0, ()))

    def place(number: int, at: int) -> str:
        return f"{name}!{sheet.title}!{get_column_letter(at + 1)}{number}"

    return Table(name=name, heads=heads, rows=rows, place=place)


def _without_sums(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without those that add up, where the last one is the sums below a list of ours.

    That is the word for it, and numbers; above it a sum may have the name of a group beside that word.
    """
    if not rows or not _is_sums(rows[-1][1], words=1):
        return rows
    return [row for row in rows if not _is_sums(row[1], words=2)]


def _is_sums(cells: Sequence[str], *, words: int) -> bool:
    """Whether these are numbers and so many words at most, the first of which is the one for a sum."""
    filled = [cell for cell in cells if cell]
    told = [cell for cell in filled if not _NUMBER.fullmatch(cell)]
    return len(filled) > len(told) and 1 <= len(told) <= words and told[0] in sum_words()


def _rows(name: str, sheet: Any) -> Iterator[Row]:
    """Rows that hold something, as text, with their numbers. What a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS + 1:
            raise too_long(name)
        texts = [_text(value) for value in row]
        if any(texts):
            yield number, texts


def _text(value: Any) -> str:
    """A cell as it was meant: a number without decimals is an id that somebody typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()
