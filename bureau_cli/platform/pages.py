"""Pages of a list: keyset positions in an index, never offsets.

A cursor is the place of the last row before a page, and a mark of the query it belongs to.
"""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any, TypeVar

from bureau_cli.platform.problems import Problem
from bureau_cli.platform.requests import Arguments

Key = tuple[Any, ...]
Result = TypeVar("Result")
_PAGING = frozenset({"limit", "cursor", "ahead"})
_MARK_LENGTH = 12
_MOST_TOTALS = 1000
_MOST_COUNTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One way to walk a table: columns that an index has in this order, the last of them unique."""

    columns: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of a list: a table (with its joins), the conditions they fulfil, and the conditions' parameters.

    `counted_as` are other rows, as many of them, where those are sooner counted; `total` is their number where it is
    known. `are_few` tells that it is better to look them all up, and sort them, than to walk the list until there are
    enough. `steady` is what they go by where they stay the same, in one order, until the store changes: what was found
    of them is remembered.
    """

    table: str
    conditions: Sequence[str]
    parameters: Mapping[str, Any]
    counted_as: "Rows | None" = None
    total: int | None = None
    are_few: bool = False
    steady: Key | None = None

    def are_all_of_one(self, column: str) -> bool:
        """Tell whether a condition leaves only one value of a column."""
        return any(condition.startswith(f"{column} = :") for condition in self.conditions)

    @property
    def sql(self) -> str:
        """The rows as SQL, from FROM on."""
        return f"FROM {self.table} WHERE {' AND '.join(self.conditions)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which rows a page holds, by their keys, and how the list goes on."""

    keys: Sequence[Key]
    total: int
    ahead: Sequence[str] | None
    next: str | None

    @property
    def ids(self) -> list[Any]:
        """The unique last part of every key."""
        return [key[-1] for key in self.keys]

    def envelope(self, items: Sequence[Any], as_of: str) -> dict[str, Any]:
        """Write the page as the contract's list envelope."""
        ahead = {} if self.ahead is None else {"ahead": self.ahead}
        return {"items": items, "next": self.next, "as_of": as_of, "total": self.total, **ahead}


class Pager:
    """Finds pages, and remembers totals for as long as the store does not change."""

    def __init__(self) -> None:
        self._totals: dict[Key, int] = {}
        self._counts: dict[Key, Mapping[str, int]] = {}
        self._worked_out: tuple[Key | None, Any] = (None, None)
        self._run: tuple[Key | None, list[Key]] = (None, [])
        """The steady rows that were last looked through, and the keys that were found: a page and those ahead of it."""
        self._mark: Key = ()

    def forget_if_changed(self, mark: Key) -> None:
        """Drop the totals when the store's change mark has moved."""
        if mark != self._mark:
            self._totals.clear()
            self._counts.clear()
            self._worked_out = (None, None)
            self._run = (None, [])
            self._mark = mark

    def page(self, db: sqlite3.Connection, rows: Rows, order: Order, arguments: Arguments) -> Page:
        """Find the page a request asks for; raise the Problem of a cursor that is not this query's."""
        query, mark = arguments.query, _mark(rows.table, arguments)
        after = self.place(rows, arguments)
        limit, ahead = query["limit"], query["ahead"]
        wanted = limit * max(ahead, 1) + 1
        found = self._remembered(rows, after, wanted) or _keys(db, rows, order, after, wanted)
        if ahead and rows.steady:
            self._run = (rows.steady, found)
        ends = [found[end - 1] for end in range(limit, len(found), limit)]
        cursors = [_sealed(end, mark) for end in ends]
        return Page(
            keys=found[:limit],
            total=self.total(db, rows),
            ahead=cursors if ahead else None,
            next=cursors[0] if cursors else None,
        )

    def place(self, rows: Rows, arguments: Arguments) -> Key | None:
        """Give the key that the page a request asks for comes after; raise the Problem of a cursor not this query's."""
        return _opened(arguments.query["cursor"], _mark(rows.table, arguments)) if "cursor" in arguments.query else None

    def total(self, db: sqlite3.Connection, rows: Rows) -> int:
        """Count rows: remembered until the store changes, or what they go by."""
        if rows.total is not None:
            return rows.total
        rows = rows.counted_as or rows
        key = (rows.sql, *sorted(rows.parameters.items()))
        if key not in self._totals:
            if len(self._totals) >= _MOST_TOTALS:
                self._totals.clear()
            (self._totals[key],) = db.execute(f"SELECT count(*) {rows.sql}", rows.parameters).fetchone()
        return self._totals[key]

    def counts(self, db: sqlite3.Connection, rows: Rows, column: str) -> Mapping[str, int]:
        """Count steady rows by what stands in a column."""
        key = (column, rows.steady)
        if key not in self._counts:
            if len(self._counts) >= _MOST_COUNTS:
                self._counts.clear()
            found = db.execute(f"SELECT {column}, count(*) {rows.sql} GROUP BY 1", rows.parameters)
            self._counts[key] = dict(found.fetchall())
        return self._counts[key]

    def worked_out(self, key: Key, work_out: Callable[[], Result]) -> Result:
        """Give what a key stands for: remembered for the pages of one list, until the store changes."""
        if self._worked_out[0] != key:
            self._worked_out = (key, work_out())
        result: Result = self._worked_out[1]
        return result

    def _remembered(self, rows: Rows, after: Key | None, count: int) -> list[Key]:
        """Give the keys that follow a place, of steady rows where so many were found ahead of an earlier page."""
        steady, run = self._run
        if after is None or not steady or steady != rows.steady or after not in run:
            return []
        begin = run.index(after) + 1
        return run[begin : begin + count] if begin + count <= len(run) else []


def _keys(db: sqlite3.Connection, rows: Rows, order: Order, after: Key | None, count: int) -> list[Key]:
    """Find the keys of the rows that follow a place.

    What all rows have in common is left out of their order: SQLite would take it for a range, and sort them all.
    """
    parameters = {**rows.parameters, "count": count}
    condition = ""
    by = list(dropwhile(rows.are_all_of_one, order.columns))
    if after is not None:
        values = {f"after_{number}": value for number, value in enumerate(after[-len(by) :])}
        parameters.update(values)
        compared = [f"+{column}" if rows.are_few else column for column in by]
        sign = "<" if order.descending else ">"
        condition = f" AND ({', '.join(compared)}) {sign} ({', '.join(f':{name}' for name in values)})"
    direction = " DESC" if order.descending else ""
    return [
        tuple(row)
        for row in db.execute(
            f"SELECT {', '.join(order.columns)} {rows.sql}{condition}"
            f" ORDER BY {', '.join(column + direction for column in by)} LIMIT :count",
            parameters,
        )
    ]


def _mark(table: str, arguments: Arguments) -> str:
    asked = {name: value for name, value in arguments.query.items() if name not in _PAGING}
    described = json.dumps([table, dict(arguments.path), asked], sort_keys=True)
    return hashlib.sha256(described.encode()).hexdigest()[:_MARK_LENGTH]


def _sealed(key: Key, mark: str) -> str:
    text = json.dumps([_bound(key, mark), *key], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def _opened(cursor: str, mark: str) -> Key:
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, RecursionError):
        parts = None
    if not isinstance(parts, list) or parts[:1] != [_bound(parts[1:], mark)]:
        raise Problem("cursor_invalid", "The cursor is damaged or belongs to another query; begin again without it.")
    return tuple(parts[1:])


def _bound(key: Sequence[Any], mark: str) -> str:
    """Give the mark of a key in a query: a key that was altered, or is of another query, has another."""
    return hashlib.sha256(json.dumps([mark, *key]).encode()).hexdigest()[:_MARK_LENGTH]
