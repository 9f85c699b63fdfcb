"""What a command returns, and the only nouns the formatters know: columns, rows and how the answer ended.

A column says what a value *is*; each format decides how that looks. Rows are whatever objects the columns can read.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bureau_cli.formatters.arrangements import Grouping, Part


class Kind(StrEnum):
    """What a value is."""

    TEXT = "text"
    SENTENCE = "sentence"  # text that goes on below itself where there is no room, and is never shortened
    ID = "id"  # always text, never a number: leading zeros and 9 digits must survive
    MONEY = "money"  # Decimal, NOK
    DATE = "date"
    INSTANT = "instant"  # an aware datetime
    PERCENT = "percent"  # Decimal, 12.5 is 12.5 %
    COUNT = "count"  # int
    POINTS = "points"  # Decimal, the difference of two percentages
    KEY_FIGURE = "key figure"  # the name of one
    MEASURE = "measure"  # a Measure: rows of one column may count, others be money
    TREND = "trend"  # a tuple of Points, the oldest first
    FLAG = "flag"  # bool
    STATE = "state"  # a word with a tone
    STEP = "step"  # the state of a step of work, one of `signs.SIGNS`: a word, or a sign where room is narrow
    OBJECT = "object"  # a JSON object as it came


class Tone(StrEnum):
    """How a state feels; the colour is the formatter's."""

    GOOD = "good"
    BAD = "bad"
    WAITING = "waiting"
    DULL = "dull"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` is for machines and names the title; `main` columns are what a screen shows unasked.

    `value` reads the cell from a row (default: the attribute named as the key). `many` says that a value is a
    tuple of such values. `total` asks for a sum where a format has room for one. `mark` gives the state, one of
    `signs.SIGNS`, whose sign people see before the value of a row, or None. `differs` says that the value is a
    difference, which people should see unless it is nought.
    """

    key: str
    kind: Kind = Kind.TEXT
    value: Callable[[Any], Any] | None = None
    main: bool = True
    many: bool = False
    total: bool = False
    tones: Mapping[str, Tone] = field(default_factory=dict)
    mark: Callable[[Any], str | None] | None = None
    differs: bool = False

    @property
    def read(self) -> Callable[[Any], Any]:
        """The function that takes a row and gives this column's raw value, or None where it is missing."""
        return self.value or attrgetter(self.key)


@dataclass(frozen=True, slots=True, order=True)
class Measure:
    """A number of the kind that it names; `signed` is a difference, which tells people that it is a plus."""

    value: int | Decimal
    kind: Kind
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A month (`2026-11`) of a trend, None where there was nothing to count from."""

    period: str
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A value and a note on it: a format with room for comments writes both, any other the value alone.

    `terms` are days that hold of the value, which is `called` so beside them; they are for a file to be given back.
    """

    value: str
    note: str
    terms: Mapping[str, date] = field(default_factory=dict)
    called: str = "value"

    def __str__(self) -> str:
        """The value."""
        return self.value


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
    notes: Sequence[str] = ()
    """What its reader is to know: how a figure is worked out, and by which rules."""
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


Result = Listing | Record | Document | Prose | Watched


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
