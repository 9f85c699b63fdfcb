"""A list as a table in text: comma, semicolon or tab, as Excel and this program write it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from bureau_cli.formatters.entries import Table, column_of, unreadable

_QUOTED = re.compile('"[^"]*"')
_NOWHERE = "\x1f"
_DEFUSED = re.compile(r"'(?=[=+\-@])")


def read_csv(name: str, text: str) -> Table:
    """The table that is written in a text.

    Raises:
        FileInvalid: it is no table; so do its rows while they are walked.
    """
    rows = _rows(name, text)
    _, heads = next(rows, (0, []))
    plain = ((line, [_DEFUSED.sub("", cell.strip(), count=1) for cell in row]) for line, row in rows)
    return Table(name=name, heads=heads, rows=plain, place=lambda line, _: f"{name}:{line}")


def names_column(line: str, wanted: Sequence[str]) -> bool:
    """Whether a first line is a row of titles, one of them wanted."""
    heads = next(csv.reader([line], delimiter=separator(line)), [])
    return column_of(heads, wanted) is not None


def separator(line: str) -> str:
    """What stands between the titles; a semicolon inside quotes does not count. A title alone has nothing beside it."""
    bare = _QUOTED.sub("", line)
    found = max(";\t,", key=bare.count)
    return found if found in bare else _NOWHERE


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with the line each begins on."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator(first))
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise unreadable(f"{name}:{begins}", f"not a table: {fault}") from fault
