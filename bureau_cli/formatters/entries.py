"""What every reader of lists shares: the entry, the bounds, the column that is meant, the way to say what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bureau_cli import errors

MOST_BYTES = 32 * 2**20
MOST_ROWS = 200_000
_COLUMNS_TOLD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of a list, and where it stands: `clients.csv:118`, `clients.xlsx!Sheet1!A5`."""

    value: str
    place: str


Record = Mapping[str, Entry]
"""A row of a table: the cells that hold something, by the names of their columns."""


Row = tuple[int, Sequence[str]]
"""The number of a row, or of the line it begins on, and its cells as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as it stands in a file: its titles, the rows below that hold something, and how a place is called."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Row]
    place: Callable[[int, int], str]
    """From a row's number and a column's, from 0: `clients.csv:118`, `clients.xlsx!Sheet1!A5`."""

    def column(self, titles: Sequence[str]) -> list[Entry]:
        """All values of the column that has the first of these titles that there is.

        Raises:
            FileInvalid: there is none, it is too long, or a row has nothing there.
        """
        return [row["it"] for row in self.records({"it": titles}, required=("it",))]

    def records(self, columns: Mapping[str, Sequence[str]], *, required: Sequence[str]) -> list[Record]:
        """The rows by these columns, each known by several titles. A column that is not there is left out.

        Raises:
            FileInvalid: a required column is missing, it is too long, or a row has nothing in such a column.
        """
        found = {key: column_of(self.heads, titles) for key, titles in columns.items()}
        for key in required:
            if found[key] is None:
                raise no_column(self.name, self.heads, columns[key])
        known = {key: at for key, at in found.items() if at is not None}
        records: list[Record] = []
        for number, cells in self.rows:
            if len(records) == MOST_ROWS:
                raise too_long(self.name)
            records.append(self._record(number, cells, known, required))
        return records

    def _record(self, number: int, cells: Sequence[str], known: Mapping[str, int], required: Sequence[str]) -> Record:
        record = {}
        for key, at in known.items():
            value = cells[at].strip() if len(cells) > at else ""
            if not value and key in required:
                raise no_value(self.place(number, at), self.heads[at].strip())
            record[key] = Entry(value=value, place=self.place(number, at))
        return record


def unreadable(place: str, fault: str, fix: str | None = None) -> errors.FileInvalid:
    """The error for a list that cannot be read."""
    return errors.FileInvalid(f"{place}: {fault}", fix=fix)


def too_long(place: str) -> errors.FileInvalid:
    """The error for a list that would be read for ever."""
    return unreadable(place, f"more than {MOST_ROWS} rows", fix="split the file")


def no_value(place: str, head: str) -> errors.FileInvalid:
    """The error for a row that says something, but not which one it is about: it is never passed over."""
    return errors.FileInvalid(f"{place} has no {head}", fix="fill it in, or take the row out")


def column_of(heads: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where the first of the wanted columns stands that there is; letter case does not matter."""
    known = [plain_head(head) for head in heads]
    return next((known.index(name) for name in wanted if name in known), None)


def plain_head(head: str) -> str:
    """A title as it is compared."""
    return head.strip().strip('"').strip().casefold()


def no_column(place: str, heads: Sequence[str], wanted: Sequence[str]) -> errors.FileInvalid:
    """The error for a table without any of the wanted columns; it names those found."""
    found = [head.strip()[:40] for head in heads if head.strip()]
    told = ", ".join(found[:_COLUMNS_TOLD]) + (", …" if len(found) > _COLUMNS_TOLD else "")
    return unreadable(
        place,
        f"no column of the list is known; found {told or 'none'}",
        fix=f"name a column of the first row {', '.join(wanted[:3])} or the like",
    )
