"""How the rows of a list are laid out where there is room for it: what is added up, and which sheet a row stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.formatters.results import Column


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
