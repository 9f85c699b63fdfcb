"""What else is made of a list's rows where there is room: turned about, drawn, dated, added up, on several sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.formatters.kinds import Column


def _itself(row: Any) -> Iterable[Any]:
    return (row,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """The same rows turned about: a line for what `rows` say, a column for each value `across`, a `cell` in between.

    A row may be about several things: `parts` gives them, and the columns read those. A format with room for a second
    sheet shows it there, any other not at all.
    """

    rows: Sequence[Column]
    across: Column
    cell: Column
    parts: Callable[[Any], Iterable[Any]] = _itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Rows that have a trend each, and how they are drawn where there is room for pictures.

    `heading` is what all of them are about; those of one `under` stand together. A picture is called by `name` and
    shows its `trend`, with the `value` in words and a `note` on it.
    """

    heading: Column
    under: Column
    name: Column
    value: Column
    note: Column
    trend: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The same rows as a calendar: a row is an event that lasts its whole `day`.

    `title` are the columns it is called by, and `uid` is the same whenever the event is written again. What is written
    about it are the columns of the answer.
    """

    day: Column
    title: Sequence[Column]
    uid: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Neighbours that say the same `by` are a group; the row of its sums calls it by its `name`."""

    by: Column
    name: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Rows that belong together stand together and are added up: groups of groups, the outermost level first.

    What is added up are the columns that ask for a `total`.
    """

    levels: Sequence[Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of a list that stand on a sheet of their own: those it `holds`, by these of the list's `columns`.

    `title` is the sheet's name among the words. A row stands on the first sheet that holds it, and one that none holds
    on the first there is.
    """

    title: str
    columns: Sequence[str]
    holds: Callable[[Any], bool]
    grouping: Grouping | None = None
