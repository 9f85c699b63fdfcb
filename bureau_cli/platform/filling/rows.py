"""Writing many rows of one table, and the numbers by which they refer to each other."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date


def insert(
    db: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], on_conflict: str = ""
) -> None:
    """Write rows of these columns; `on_conflict` says what becomes of one whose key is there already."""
    places = ", ".join("?" * len(columns))
    db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) {on_conflict}", rows)  # noqa: S608 - ours


def day_text(day: date | None) -> str | None:
    """Write a day as the store does."""
    return None if day is None else day.isoformat()


class Numbers:
    """The seq of each row of a table, by its id: rows of millions refer to these instead of to longer ids."""

    def __init__(self, db: sqlite3.Connection, table: str) -> None:
        self._db = db
        self._table = table
        self._known: dict[str, int] = {}
        (self._last,) = db.execute(f"SELECT ifnull(max(seq), 0) FROM {table}").fetchone()  # noqa: S608 - a table of ours

    def give(self, row_id: str) -> int:
        """Give a new row its number."""
        self._last += 1
        self._known[row_id] = self._last
        return int(self._last)

    def of(self, row_id: str) -> int:
        """Find the number of a row, one written earlier too; raise KeyError where there is no such row."""
        number = self._known.get(row_id)
        if number is None:
            row = self._db.execute(f"SELECT seq FROM {self._table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608
            if row is None:
                raise KeyError(row_id)
            number = self._known[row_id] = row[0]
        return number

    def forget(self) -> None:
        """Keep no numbers in memory that will hardly be asked for again."""
        self._known.clear()
