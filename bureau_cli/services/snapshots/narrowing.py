"""Tests that narrow a kept list by what was asked of it, in the words of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bureau_cli.services.snapshots.ports import Row

Asked = Mapping[str, Sequence[str]]
"""Query parameters by name, each with every value that was given for it."""
Key = Callable[[Row], Any]
Keep = Callable[[Row], bool]
Narrow = Callable[[Sequence[str]], Keep]


def among(read: Key) -> Narrow:
    """Rows where something is one of the words."""
    return lambda said: lambda row: str(read(row)) in said


def word(name: str) -> Narrow:
    """Rows where a field is one of the words."""
    return among(lambda row: row[name])


def flag(name: str) -> Narrow:
    """Rows where a field is true, or false."""
    return among(lambda row: str(row[name]).lower())


def any_of(read: Callable[[Row], Sequence[Any]]) -> Narrow:
    """Rows where one of several things is one of the words."""
    return lambda said: lambda row: any(str(one) in said for one in read(row))


def until(name: str) -> Narrow:
    """Rows whose day is there, and is this one or earlier."""
    return lambda said: lambda row: row[name] is not None and row[name] <= said[0]


def since(name: str) -> Narrow:
    """Rows whose day is there, and is this one or later."""
    return lambda said: lambda row: row[name] is not None and row[name] >= said[0]


def unused(said: Sequence[str]) -> Keep:
    """Accesses that began before a day and were not used on it or later."""
    return lambda row: row["from"] < said[0] and (row["last_used"] or "") < said[0]


def accessible(said: Sequence[str]) -> Keep:
    """Clients that the caller had access to (`mine`), or had not (`none`)."""
    return lambda row: (row["my_access"] is not None) is (said[0] == "mine")
