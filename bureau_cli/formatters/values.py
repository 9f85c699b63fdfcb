"""What a value of each kind looks like: to a program, on a screen, in a Norwegian Excel's CSV, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bureau_cli.formatters.results import Column, Kind, Measure, Point, Tone
from bureau_cli.formatters.sparkline import sparkline
from bureau_cli.formatters.titles import Titles

OSLO = ZoneInfo("Europe/Oslo")

_FIGURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.POINTS, Kind.MEASURE})

T = TypeVar("T")
Show = Callable[[Any], T]
Cell = Callable[[Any], T]

_NORWEGIAN_MARKS = str.maketrans({",": " ", ".": ","})


def money(value: Decimal) -> str:
    """`1234.50`."""
    return f"{value:.2f}"


def flag(value: bool) -> str:  # noqa: FBT001 - the value itself, not a switch
    """`true` or `false`."""
    return "true" if value else "false"


def number(value: Decimal) -> str:
    """The digits as they are, never with an exponent."""
    return f"{value:f}"


def compact(value: Mapping[str, Any]) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def comma(text: str) -> str:
    """A machine's number with a decimal comma."""
    return text.replace(".", ",")


def oslo(value: datetime) -> datetime:
    """The same instant on a clock in Norway, without a zone."""
    return value.astimezone(OSLO).replace(tzinfo=None)


def _measuring(shows: Mapping[Kind, Show[T]], trend: Callable[[Show[T]], Show[Any]]) -> Mapping[Kind, Show[Any]]:
    """These, and a measure by its own kind; `trend` makes of that how a row of them looks."""

    def measure(value: Measure) -> T:
        return shows[value.kind](value.value)

    return {**shows, Kind.MEASURE: measure, Kind.TREND: trend(measure)}


def _joined(between: str) -> Callable[[Show[str]], Show[str]]:
    """Months one after another, with nothing where one is missing."""

    def row_of(show: Show[str]) -> Show[str]:
        return lambda trend: between.join("" if point.measure is None else show(point.measure) for point in trend)

    return row_of


def _objects(show: Show[Any]) -> Show[Any]:
    """A month an object."""
    return lambda trend: [
        {"period": point.period, "value": None if point.measure is None else show(point.measure)} for point in trend
    ]


def drawn(trend: Sequence[Point], *, ascii_only: bool = False) -> str:
    """A month a bar."""
    return sparkline([None if point.measure is None else point.measure.value for point in trend], ascii_only=ascii_only)


MACHINE = _measuring(
    {
        Kind.TEXT: str,
        Kind.SENTENCE: str,
        Kind.ID: str,
        Kind.STATE: str,
        Kind.STEP: str,
        Kind.KEY_FIGURE: str,
        Kind.MONEY: money,
        Kind.DATE: date.isoformat,
        Kind.INSTANT: datetime.isoformat,
        Kind.PERCENT: number,
        Kind.POINTS: number,
        Kind.COUNT: str,
        Kind.FLAG: flag,
        Kind.OBJECT: compact,
    },
    _joined(","),
)

NORWEGIAN_EXCEL = _measuring(
    {
        **MACHINE,
        Kind.MONEY: lambda value: comma(money(value)),
        Kind.DATE: lambda value: f"{value:%d.%m.%Y}",
        Kind.INSTANT: lambda value: f"{oslo(value):%d.%m.%Y %H:%M}",
        Kind.PERCENT: lambda value: comma(number(value)),
        Kind.POINTS: lambda value: comma(number(value)),
    },
    _joined(" + "),
)

JSON = _measuring({**MACHINE, Kind.COUNT: int, Kind.FLAG: bool, Kind.OBJECT: dict}, _objects)


def on_screen(titles: Titles) -> Mapping[Kind, Show[str]]:
    """What people read in this language; a clock in Norway either way."""
    english = titles.lang == "en"
    day = "%Y-%m-%d" if english else "%d.%m.%Y"
    percent = "%" if english else " %"
    shows: Mapping[Kind, Show[str]] = {
        Kind.TEXT: str,
        Kind.SENTENCE: str,
        Kind.ID: str,
        Kind.STATE: titles.state,
        Kind.STEP: titles.state,
        Kind.KEY_FIGURE: titles.figure,
        Kind.OBJECT: partial(_fields, titles),
        Kind.MONEY: lambda value: _grouped(f"{value:,.2f}", english=english),
        Kind.DATE: lambda value: f"{value:{day}}",
        Kind.INSTANT: lambda value: f"{oslo(value):{day} %H:%M}",
        Kind.PERCENT: lambda value: _grouped(f"{value:,f}", english=english) + percent,
        Kind.POINTS: lambda value: _grouped(f"{value:,f}", english=english) + " pp",
        Kind.COUNT: lambda value: _grouped(f"{value:,}", english=english),
        Kind.FLAG: lambda value: titles.words["yes" if value else "no"],
    }
    plain = _measuring(shows, lambda _show: drawn)
    return {**plain, Kind.MEASURE: lambda value: _plus(value) + plain[Kind.MEASURE](value)}


def _fields(titles: Titles, value: Mapping[str, Any]) -> str:
    """An object's fields under their titles, without those that are empty: `kind aga, amount 100.00`."""
    return ", ".join(
        f"{titles.columns.get(key, key).lower()} {field if isinstance(field, str) else json.dumps(field)}"
        for key, field in value.items()
        if field is not None
    )


def _plus(measure: Measure) -> str:
    return "+" if measure.signed and measure.value > 0 else ""


def _grouped(text: str, *, english: bool) -> str:
    return text if english else text.translate(_NORWEGIAN_MARKS)


def is_figure(column: Column) -> bool:
    """Whether each cell is one number, to be aligned by its units and never taken for text."""
    return column.kind in _FIGURES and not column.many


def text_cell(column: Column, shows: Mapping[Kind, Show[str]], *, missing: str = "", joint: str = ",") -> Cell[str]:
    """A function from a row to its text; `joint` stands between many values, `missing` for none."""
    return cell_of(column, shows[column.kind], missing, joint.join)


def tone_of(column: Column) -> Callable[[Any], Tone | None]:
    """A function from a row to how its state feels, None where it has no tone; a difference that is one feels bad."""
    read, tones = column.read, column.tones
    if column.differs:
        return lambda row: Tone.BAD if read(row) else None
    if column.many or not tones:
        return lambda _row: None
    return lambda row: tones.get(str(read(row)))


def json_cell(column: Column) -> Cell[Any]:
    """A function from a row to its JSON value: a scalar, an array for many, null for a missing one."""
    return cell_of(column, JSON[column.kind], None, list)


def cell_of(column: Column, show: Show[T], missing: Any, together: Callable[[Iterable[T]], Any]) -> Cell[Any]:
    """A function from a row to what is shown of it: one value, or many brought together; `missing` for none."""
    read = column.read

    def one(row: Any) -> Any:
        value = read(row)
        return missing if value is None else show(value)

    def many(row: Any) -> Any:
        values = read(row)
        return missing if values is None else together(map(show, values))

    return many if column.many else one
