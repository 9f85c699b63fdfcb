"""What every file that describes something has to keep to, and how a breach is told at its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from bureau_cli.errors import DocumentInvalid


def require_known(table: Iterable[str], known: Sequence[str], place: str) -> None:
    """See that nothing stands in a table that nobody would read.

    Raises:
        DocumentInvalid: something does.
    """
    for key in table:
        if key not in known:
            alike = get_close_matches(key, known, n=1)
            fix = f"did you mean {alike[0]}?" if alike else f"what can stand there: {', '.join(known)}"
            raise DocumentInvalid(f"{place}: there is no {key!r} here", fix=fix)


def text_at(table: Mapping[str, Any], key: str, place: str) -> str | None:
    """A text of a table, None where there is none.

    Raises:
        DocumentInvalid: something else stands there.
    """
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise DocumentInvalid(f"{place}.{key}: text in quotes is wanted")
    return value


def tables_of(document: Mapping[str, Any], noun: str, name: str, *, like: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of a noun by their names: `[groups.payday-20]`.

    Raises:
        DocumentInvalid: they are no tables.
    """
    tables = document.get(noun, {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise DocumentInvalid(f"{name}: {noun} are tables, each like {like}")
    return tables
