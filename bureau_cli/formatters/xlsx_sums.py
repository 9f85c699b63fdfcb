"""The rows that add up: below a group and below all, with a formula where a spreadsheet is to go on adding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from bureau_cli.formatters.results import Column, Kind
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.xlsx_cells import Cells, Style

Sums = dict[int, Any]
"""What is known of each column, by its place; a column of which nothing is known has no sum, which is not nought."""

_SUMMED = frozenset({Kind.MONEY, Kind.COUNT})
_OF_GROUP = {None: Style.LABEL_OF_GROUP, Kind.MONEY: Style.MONEY_OF_GROUP, Kind.COUNT: Style.COUNT_OF_GROUP}
_OF_INNER_GROUP = {
    None: Style.LABEL_OF_INNER_GROUP,
    Kind.MONEY: Style.MONEY_OF_INNER_GROUP,
    Kind.COUNT: Style.COUNT_OF_INNER_GROUP,
}
_OF_ALL = {None: Style.LABEL_OF_SUM, Kind.MONEY: Style.SUM_OF_MONEY, Kind.COUNT: Style.SUM_OF_COUNT}


@dataclass(slots=True, kw_only=True)
class Group:
    """A group whose rows are being written: what tells it apart, its name and its place in a list of columns.

    `first` is the number of its first row, and `within` how many groups inside it have a row of their own. Where it
    holds a single one, the row of both says the name of that one too: `also`, by its place.
    """

    key: Any
    name: str
    named_at: int | None
    first: int
    sums: Sums = field(default_factory=dict)
    within: int = 0
    also: dict[int | None, str] = field(default_factory=dict)


def is_summed(column: Column) -> bool:
    """Whether a sheet adds it up."""
    return column.total and column.kind in _SUMMED and not column.many


def add_up(sums: Sums, at: int, values: Sequence[Any]) -> None:
    """Add what is known of a column."""
    known = [value for value in values if value is not None]
    if known:
        sums[at] = sum(known, sums.get(at, 0))


def add_sums(sums: Sums, more: Mapping[int, Any]) -> None:
    """Add what a group has come to."""
    for at, value in more.items():
        sums[at] = sums.get(at, 0) + value


class SumRows:
    """Makes the cells of such rows."""

    def __init__(self, columns: Sequence[Column], make: Cells, titles: Titles) -> None:
        self._columns = columns
        self._make = make
        self._words = titles.words
        self._letters = [get_column_letter(at) for at in range(1, len(columns) + 1)]
        self._label = next((at for at, column in enumerate(columns) if not is_summed(column)), None)

    def of_group(self, group: Group, last: int, *, inner: bool) -> list[str]:
        """What a group comes to that ends in this row. A filter by its name leaves its sums in sight."""
        word = self._words["sum"]
        beside = group.named_at is not None and group.named_at != self._label
        texts = {**group.also, self._label: word if beside else f"{word} {group.name}"}
        if beside:
            texts[group.named_at] = group.name
        return list(self._row(group.sums, _OF_INNER_GROUP if inner else _OF_GROUP, texts, (group.first, last)))

    def of_all(self, sums: Sums, span: tuple[int, int] | None) -> list[str]:
        """What all rows come to. A formula over the rows of a span passes over the sums of its own kind there."""
        label = self._label if span else next((at for at in range(len(self._columns)) if at not in sums), None)
        word = self._words["sum_of_all" if span else "sum"]
        return list(self._row(sums, _OF_ALL, {label: word}, span))

    def _row(
        self,
        sums: Mapping[int, Any],
        styles: Mapping[Kind | None, Style],
        texts: Mapping[int | None, str],
        span: tuple[int, int] | None,
    ) -> Iterator[str]:
        for at, column in enumerate(self._columns):
            if at in sums:
                formula = "" if span is None else self._formula(at, span)
                number = self._make.money if column.kind is Kind.MONEY else self._make.count
                yield number(sums[at], styles[column.kind], formula)
            elif at in texts:
                yield self._make.text(texts[at], styles[None])
            else:
                yield self._make.nothing(styles[None])

    def _formula(self, at: int, span: tuple[int, int]) -> str:
        first, last = span
        return f"SUBTOTAL(9,{self._letters[at]}{first}:{self._letters[at]}{last})"
