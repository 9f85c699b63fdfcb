"""What a command answers, declared beside it: the schema's name, the columns and the column that names a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bureau_cli.formatters.arrangements import Grouping, Part
from bureau_cli.formatters.results import Agenda, Bundle, Column, Document, Listing, Pages, Pictures, Pivot, Record
from bureau_cli.formatters.view import View


class Answer(Protocol):
    """What a command answers, known before it runs."""

    @property
    def template(self) -> Listing | Record | Document | Bundle:
        """Such an answer without anything in it."""


class AsItCame:
    """The platform's own JSON, whatever it holds."""

    template = Document(content=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One answer's shape; `docs/schemas/` is generated from those that the modules of this room declare.

    `name` is the schema's (`clients.list`); `ids` is the column that the noun's own selection accepts; `sorts` are the
    keys that pages can be sorted by where they come from, while rows at hand are sorted by any column; `whole` is a
    report that is never cut short; `filed` is what can be kept as a TOML file; `pivot` is a workbook's second
    sheet, `pictures` is what is drawn of the rows, and `agenda` how they are put into a calendar; `grouping` is what a
    workbook adds up in between, and `parts` are the sheets that it has, where there is more than one.
    """

    name: str
    columns: Sequence[Column]
    ids: str | None = None
    sorts: Sequence[str] = ()
    one: bool = False
    whole: bool = False
    filed: bool = False
    pivot: Pivot | None = None
    pictures: Pictures | None = None
    agenda: Agenda | None = None
    grouping: Grouping | None = None
    parts: Sequence[Part] = ()

    @property
    def template(self) -> Listing | Record:
        """An answer of this shape without anything in it."""
        return self.record(None) if self.one else self.listing(())

    def listing(self, rows: Sequence[Any] | Pages, *, as_of: datetime | None = None, exit_code: int = 0) -> Listing:
        """Many rows of this shape."""
        return Listing(
            schema=self.name,
            columns=self.columns,
            rows=rows,
            ids=self.ids,
            as_of=as_of,
            exit_code=exit_code,
            whole=self.whole,
            filed=self.filed,
            pivot=self.pivot,
            pictures=self.pictures,
            agenda=self.agenda,
            grouping=self.grouping,
            parts=self.parts,
            sorts=self.sorts,
        )

    def most(self, view: View) -> int | None:
        """How many rows to ask for, None for all: of what is sorted here the first are known when all are here."""
        return view.limit if view.sort is None or view.sort.removeprefix("-") in self.sorts else None

    def record(self, row: Any, *, as_of: datetime | None = None, exit_code: int = 0) -> Record:
        """One thing of this shape."""
        return Record(schema=self.name, columns=self.columns, row=row, ids=self.ids, as_of=as_of, exit_code=exit_code)
