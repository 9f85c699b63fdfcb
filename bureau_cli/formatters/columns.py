"""Which columns are written, and how rows held in memory are put in order by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from bureau_cli import errors
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Column, Kind, Listing, Point, Record
from bureau_cli.formatters.values import compact

T = TypeVar("T")

_NORWEGIAN_ORDER = str.maketrans("æøåäö", "{|}{|")
"""å comes last in Norwegian, but first of the three in Unicode; these stand right after z."""


def chosen(result: Listing | Record, fields: Sequence[str], wanted: Format) -> list[Column]:
    """The columns asked for, in that order; else those the format shows unasked. One thing is shown whole."""
    if wanted is Format.IDS:
        if result.ids is None:
            raise errors.BadUsage("this answer has no ids to print", fix="choose another format with -o")
        return [named(result.columns, result.ids)]
    if wanted is Format.TOML and not result.filed:
        raise errors.BadUsage("this answer cannot be kept as a toml file", fix="choose another format with -o")
    if wanted is Format.TOML and fields:
        raise errors.BadUsage("a file that is to be given back is written whole", fix="leave out --fields")
    if wanted is Format.ICS and (isinstance(result, Record) or result.agenda is None):
        raise errors.BadUsage("this answer has no days to put into a calendar", fix="choose another format with -o")
    if fields:
        return [named(result.columns, key) for key in fields]
    everything = isinstance(result, Record) or not wanted.brief
    return [column for column in result.columns if everything or column.main]


def named(columns: Iterable[Column], key: str) -> Column:
    """The column with this key; an unknown one is told with what it may have meant."""
    by_key = {column.key: column for column in columns}
    if key not in by_key:
        alike = get_close_matches(key, by_key, n=1)
        fix = f"did you mean {alike[0]}?" if alike else f"the fields are {', '.join(by_key)}"
        raise errors.BadUsage(f"there is no field {key!r}", fix=fix)
    return by_key[key]


def in_order(rows: Sequence[Any], columns: Sequence[Column], sort: str) -> list[Any]:
    """Rows sorted by `key` or `-key`; missing values come last either way."""
    column = named(columns, sort.removeprefix("-"))
    known = [row for row in rows if column.read(row) is not None]
    unknown = [row for row in rows if column.read(row) is None]
    known.sort(key=_rank(column), reverse=sort.startswith("-"))
    return known + unknown


def together(rows: Iterable[T], read: Callable[[T], str]) -> dict[str, list[T]]:
    """Rows that say the same, wherever they stand, in the order in which the first of each came."""
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(read(row), []).append(row)
    return found


def _by_itself(value: Any) -> Any:
    return value


def _as_text(value: Any) -> str:
    return str(value).casefold().translate(_NORWEGIAN_ORDER)


def _by_latest(trend: Sequence[Point]) -> list[Any]:
    """By the newest month that is known, and where that is the same by the one before."""
    return [point.measure for point in reversed(trend) if point.measure is not None]


_RANKS: Mapping[Kind, Callable[[Any], Any]] = {
    **dict.fromkeys((Kind.TEXT, Kind.SENTENCE, Kind.ID, Kind.STATE, Kind.STEP, Kind.KEY_FIGURE), _as_text),
    Kind.OBJECT: compact,
    Kind.TREND: _by_latest,
}
"""What values of a kind are put in order by, where it is not the value itself."""


def _rank(column: Column) -> Callable[[Any], Any]:
    read, one = column.read, _RANKS.get(column.kind, _by_itself)
    if column.many:
        return lambda row: tuple(map(one, read(row)))
    return lambda row: one(read(row))
