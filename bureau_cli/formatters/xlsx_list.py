"""A sheet of rows: their titles, the rows, what is added up in between, and the sums below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bureau_cli.formatters.arrangements import Level
from bureau_cli.formatters.results import Column, Kind
from bureau_cli.formatters.titles import Titles
from bureau_cli.formatters.values import is_figure, on_screen, text_cell
from bureau_cli.formatters.workbook import AT_LEISURE, Frame
from bureau_cli.formatters.xlsx_cells import Cells, Style
from bureau_cli.formatters.xlsx_pack import Sheet
from bureau_cli.formatters.xlsx_sums import Group, SumRows, Sums, add_sums, add_up, is_summed
from bureau_cli.formatters.xlsx_tones import differing, toned

_FIRST_ROW = 2
"""The row below the titles."""

_NARROWEST, _WIDEST = 8, 60
_FILTER_BUTTON, _AIR = 3, 2
_ROOM_FOR_AMOUNT = len("-100 000 000,00")
"""A figure too wide for its column shows as ####, and neither sums nor later batches are known when widths are set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """What a sheet of rows is to have: its name among the words, the columns, and the levels of its groups."""

    title: str
    columns: Sequence[Column]
    levels: Sequence[Level] = ()


class ListSheet:
    """Takes rows and passes them on. Where there are groups, it first holds as many as an outline may have.

    `begin` gives the place for the rows of a sheet that looks so. It is asked once, since a sheet begins with its
    widths: those of the titles and of the rows that have come by then.
    """

    def __init__(self, plan: ListPlan, make: Cells, titles: Titles, begin: Callable[[Frame], Sheet]) -> None:
        self._columns = columns = plan.columns
        self._title = plan.title
        self._titles = titles
        self._make = make
        self._begin = begin
        self._cells = [make.reader(column) for column in columns]
        self._texts = [text_cell(column, on_screen(titles), joint=", ") for column in columns]
        self._summed = [at for at, column in enumerate(columns) if is_summed(column)]
        self._levels = [_Depth(level, columns, titles) for level in plan.levels if self._summed]
        self._sum_rows = SumRows(columns, make, titles)
        self._groups: list[Group] = []
        self._sums: Sums = {}
        self._held: list[Sequence[str]] = []
        self._depths: list[int] = []
        self._widths = [_ROOM_FOR_AMOUNT if column.kind is Kind.MONEY else 0 for column in columns]
        self._outline = len(self._levels) and len(self._levels) + 1
        self._end = self._last_row = 1
        self._sheet: Sheet | None = None

    @property
    def frame(self) -> Frame:
        """What the sheet is to look like, as far as is known by now."""
        return Frame(
            title=self._title,
            widths=fitted([head for head, _ in self._heads()], self._widths),
            last_row=self._last_row,
            end=self._end,
            tones=toned(self._columns, self._titles),
            differing=differing(self._columns),
            outline=self._outline,
        )

    def add(self, batch: Sequence[Any]) -> None:
        """Take some rows."""
        if self._sheet is None:
            self._widen(batch)
        for keys, neighbours in groupby(batch, self._keys):
            rows = list(neighbours)
            self._turn_to(keys, rows[0])
            self._put([[cell(row) for cell in self._cells] for row in rows], self._outline)
            self._add_up(rows)
        if self._levels and self._sheet is None and len(self._held) <= AT_LEISURE:
            return
        self._outline = 0
        self._pass_on()

    def end(self) -> None:
        """Write what is held, the sums of the last groups, and those of all rows."""
        self._close_groups(0)
        self._last_row = self._end
        if self._sums:
            span = (_FIRST_ROW, self._last_row) if self._levels else None
            self._put([self._sum_rows.of_all(self._sums, span)], 0)
        self._pass_on()

    def _heads(self) -> list[tuple[str, Style]]:
        return [(head_of(column, self._titles), _title_style(column)) for column in self._columns]

    def _widen(self, batch: Sequence[Any]) -> None:
        for at, text in enumerate(self._texts):
            self._widths[at] = max([self._widths[at], *(len(text(row)) for row in batch)])

    def _keys(self, row: Any) -> tuple[Any, ...]:
        return tuple([depth.key(row) for depth in self._levels])

    def _turn_to(self, keys: Sequence[Any], row: Any) -> None:
        """End the groups that the row is not in, and begin those that it is in."""
        same = 0
        while same < len(self._groups) and self._groups[same].key == keys[same]:
            same += 1
        self._close_groups(same)
        for depth, key in zip(self._levels[same:], keys[same:], strict=True):
            self._groups.append(Group(key=key, name=depth.name(row), named_at=depth.named_at, first=self._end + 1))

    def _close_groups(self, kept: int) -> None:
        """Write the sums of all groups but the outermost so many; a group that is all there is of another has none."""
        while len(self._groups) > kept:
            group = self._groups.pop()
            if len(self._groups) > kept and not self._groups[-1].within:
                self._groups[-1].also = {**group.also, group.named_at: group.name}
            else:
                row = self._sum_rows.of_group(group, self._end, inner=bool(self._groups))
                self._put([row], len(self._groups) + 1)
                if self._groups:
                    self._groups[-1].within += 1
            add_sums(self._innermost, group.sums)

    def _add_up(self, rows: Sequence[Any]) -> None:
        for at in self._summed:
            add_up(self._innermost, at, list(map(self._columns[at].read, rows)))

    @property
    def _innermost(self) -> Sums:
        return self._groups[-1].sums if self._groups else self._sums

    def _put(self, rows: Sequence[Sequence[str]], depth: int) -> None:
        self._held += rows
        self._depths += [depth] * len(rows)
        self._end += len(rows)

    def _pass_on(self) -> None:
        if self._sheet is None:
            self._sheet = self._begin(self.frame)
            self._sheet.add([[self._make.text(head, style) for head, style in self._heads()]])
        self._sheet.add(self._held, self._depths if self._outline else ())
        self._held, self._depths = [], []


class _Depth:
    """How the groups of one level are told apart and called."""

    def __init__(self, level: Level, columns: Sequence[Column], titles: Titles) -> None:
        self.key = level.by.read
        self.name = text_cell(level.name, on_screen(titles), joint=", ")
        self.named_at = next((at for at, column in enumerate(columns) if column.key == level.name.key), None)


def head_of(column: Column, titles: Titles) -> str:
    """A column's title; of an instant it says whose clock it is by."""
    title = titles.columns[column.key]
    return f"{title} ({titles.words['oslo']})" if column.kind is Kind.INSTANT else title


def fitted(heads: Sequence[str], widths: Sequence[int]) -> list[int]:
    """How wide columns are to be for their titles and what is below."""
    return [
        min(_WIDEST, max(_NARROWEST, len(head) + _FILTER_BUTTON, width + _AIR))
        for head, width in zip(heads, widths, strict=True)
    ]


def _title_style(column: Column) -> Style:
    """Titles stand where their cells do."""
    return Style.TITLE_OF_FIGURES if is_figure(column) else Style.TITLE
