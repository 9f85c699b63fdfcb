"""Lists that users give: a text, csv or xlsx file, or stdin. What it is shows in the content, not in the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from bureau_cli.formatters.entries import MOST_BYTES, Entry, Record, Table, unreadable
from bureau_cli.formatters.read_csv import names_column, read_csv
from bureau_cli.formatters.read_txt import read_txt, told_lines

__all__ = ["Entry", "is_table", "read_list", "read_records"]

STDIN = "stdin"

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_TABLES = (".csv", ".tsv")
_TEXTS = ("utf-8-sig", "cp1252")


def read_list(source: Path | IO[Any], columns: Sequence[str]) -> list[Entry]:
    """The values of a list with their places, in the file's order.

    A list of none is a list: no lines, or no rows below the titles.

    `columns` are the titles, in lower case and by preference, of the column that holds the values; a text without
    such a title in its first line is read as one value a line.

    Raises:
        FileInvalid: it is missing, damaged, too large, a table without such a column, or a row has nothing in it.
    """
    name, content = _taken(source)
    if content.startswith(_ZIP):
        return _workbook(name, content, columns).column(columns)
    text = _text(name, content)
    lines = told_lines(text)
    if not lines:
        return []
    if name.lower().endswith(_TABLES) or names_column(lines[0][1], columns):
        return read_csv(name, text).column(columns)
    return read_txt(name, text)


def is_table(name: str, content: bytes, *columns: Sequence[str]) -> bool:
    """Whether a file is a workbook, or a text that is called a table or whose first line names all these columns."""
    if content.startswith(_ZIP) or name.lower().endswith(_TABLES):
        return True
    first = next((line for _, line in told_lines(_text(name, content))), "")
    return all(names_column(first, titles) for titles in columns)


def read_records(
    name: str, content: bytes, columns: Mapping[str, Sequence[str]], *, required: Sequence[str]
) -> list[Record]:
    """The rows of a table by these columns, each known by several titles, in lower case and by preference.

    Raises:
        FileInvalid: it is damaged or too large, a required column is missing, or a row has nothing in one.
    """
    if content.startswith(_ZIP):
        table = _workbook(name, content, *(columns[key] for key in required))
    else:
        table = read_csv(name, _text(name, content))
    return table.records(columns, required=required)


def _workbook(name: str, content: bytes, *wanted: Sequence[str]) -> Table:
    from bureau_cli.formatters.read_xlsx import read_xlsx  # noqa: PLC0415 - openpyxl, which few lists need

    return read_xlsx(name, content, *wanted)


def _text(name: str, content: bytes) -> str:
    if content.startswith(_OLE):
        raise unreadable(name, "an old .xls file, or a workbook with a password", fix="save it as .xlsx without one")
    return _decoded(name, content)


def _taken(source: Path | IO[Any]) -> tuple[str, bytes]:
    """The name to tell and the whole content, which has a bound."""
    if not isinstance(source, Path):
        name, content = STDIN, getattr(source, "buffer", source).read(MOST_BYTES + 1)
    else:
        name = source.name
        try:
            with source.open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
        except OSError as fault:
            raise unreadable(str(source), fault.strerror or "cannot be read") from fault
    if len(content) > MOST_BYTES:
        raise unreadable(name, f"larger than {MOST_BYTES // 2**20} MB", fix="split the file")
    return name, content if isinstance(content, bytes) else content.encode()


def _decoded(name: str, content: bytes) -> str:
    """Text in UTF-8, else in the encoding of an older Norwegian Excel; UTF-16 where it says so."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else _TEXTS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise unreadable(name, "neither text nor a workbook", fix="give a list as txt, csv or xlsx")
