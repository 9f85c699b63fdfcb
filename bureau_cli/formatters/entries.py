"""What every reader of lists shares: the entry, the bounds, the column that is meant, the way to say what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
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
