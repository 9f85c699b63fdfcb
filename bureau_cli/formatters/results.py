"""What a command returns, and the only nouns the formatters know: columns, rows and how the answer ended.

A column says what a value *is*; each format decides how that looks. Rows are whatever objects the columns can read.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from bureau_cli.formatters.arrangements import Agenda, Grouping, Level, Part, Pictures, Pivot
from bureau_cli.formatters.kinds import Column, Kind, Measure, Noted, Point, Tone

__all__ = [
    "Agenda",
    "Bundle",
    "Column",
    "Document",
    "Ending",
    "Grouping",
    "Kind",
    "Level",
    "Listing",
    "Look",
    "Measure",
    "Noted",
    "Pages",
    "Part",
    "Pictures",
    "Pivot",
    "Point",
    "Prose",
    "Provenance",
    "Record",
    "Result",
    "Seen",
    "Tone",
    "Watched",
    "Written",
]


@runtime_checkable
class Pages(Protocol):
    """Rows that arrive batch by batch, and what is known about the whole once they do."""

    def batches(self) -> AsyncGenerator[Sequence[Any], None]:
        """The batches in order. Whoever walks it closes it (`contextlib.aclosing`), so that nothing stays under way."""

    @property
    def total(self) -> int | None:
        """How many rows there are in all, known from the first batch on."""

    @property
    def as_of(self) -> datetime | None:
        """The oldest batch's instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Many rows. `schema` is `noun.verb` of the command; pages have been sorted where they come from."""

    schema: str
    columns: Sequence[Column]
    rows: Sequence[Any] | Pages
    ids: str | None = None
    """The key of the column that `-o ids` prints: what the noun's own selection accepts."""
    as_of: datetime | None = None
    exit_code: int = 0
    whole: bool = False
    """Whether it is a report of what was done, which is never cut short."""
    filed: bool = False
    """Whether it can be kept as a file that a command takes back: `-o toml`."""
    sorts: Sequence[str] = ()
    """The keys by which its pages can come sorted from where they are kept; by any other they are sorted here."""
    pivot: Pivot | None = None
    """What a second sheet shows, where there is room for one."""
    pictures: Pictures | None = None
    """What is drawn of the rows, where there is room for it."""
    agenda: Agenda | None = None
    """How it is put into a calendar: `-o ics`."""
    notes: Callable[[], Sequence[str]] = tuple
    """What its reader is to know: how a figure is worked out, and by which rules. Asked when the last row has come."""
    grouping: Grouping | None = None
    """What is added up in between, where there is room for it; the rows of a group come together."""
    parts: Sequence[Part] = ()
    """The sheets that its rows stand on, where there is more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing, shown as one field a line."""

    schema: str
    columns: Sequence[Column]
    row: Any
    ids: str | None = None
    as_of: datetime | None = None
    exit_code: int = 0
    filed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A JSON document passed on as it came (`bureau api`)."""

    content: Any
    exit_code: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Text that is the answer itself, line by line (`bureau platform token`)."""

    schema: str
    text: str
    exit_code: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A list as it was when it was asked for, what is to be said of it, and what may not be left out of that."""

    listing: Listing
    told: str
    warning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A list that a terminal shows for as long as somebody looks: `ask` is called `every` so often."""

    schema: str
    columns: Sequence[Column]
    ask: Callable[[], Awaitable[Seen]]
    every: timedelta
    now: Callable[[], datetime]
    exit_code: int = 0

    @property
    def template(self) -> Listing:
        """Such a list with nothing in it."""
        return Listing(schema=self.schema, columns=self.columns, rows=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer that was written into a folder: the file's name, the schema of its rows, how many, and how old."""

    name: str
    schema: str
    rows: int
    as_of: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Answers that are written into one folder, whole or not at all: each in the format that its file's name says.

    Each is made when its turn has come, so that a file holds the warnings of its own answer and of no other.
    `conclude` adds what tells of them in that language, and gives the rows of these columns that are the answer then;
    `replaceable` says whether a folder that is there may give way to it.
    """

    schema: str
    columns: Sequence[Column]
    answers: Mapping[str, Callable[[], Awaitable[Listing | Record]]]
    conclude: Callable[[Path, Sequence[Written], Provenance, str], Sequence[Any]]
    replaceable: Callable[[Path], bool]
    exit_code: int = 0

    @property
    def template(self) -> Listing:
        """Such a list of what was written with nothing in it."""
        return Listing(schema=self.schema, columns=self.columns, rows=())


Result = Listing | Record | Document | Prose | Watched | Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What is known when the last row is written; a format prints of it what it has room for."""

    count: int
    total: int | None
    as_of: datetime | None
    warnings: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def truncated(self) -> bool:
        """Whether there are more rows than were written."""
        return self.total is not None and self.count < self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an answer comes from: shown on the *About* sheet and in `meta`.

    `snapshot` tells which one kept here answered in the place of the platform, None where the platform did.
    """

    schema: str
    profile: str
    selection: str
    version: str
    snapshot: str | None = None

    @property
    def schema_id(self) -> str:
        """The public name of the answer's shape; a key renamed, removed or retyped makes it `@2`."""
        return f"bureau/{self.schema}@1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an answer is to be written.

    `width` is the terminal's columns, or None where nothing may be cut; `lang` is `nb` or `en`;
    `excel` chooses the CSV dialect of a Norwegian Excel; `header` is False where only the rows are wanted.
    """

    width: int | None = None
    colour: bool = False
    ascii_only: bool = False
    lang: str = "nb"
    excel: bool = False
    header: bool = True
