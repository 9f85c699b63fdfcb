"""What a value is, and the columns that read values from rows. Each format decides how one looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any


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
