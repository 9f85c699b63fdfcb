"""What a value of each kind looks like: to a program, on a screen, in a Norwegian Excel's CSV, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bureau_cli.formatters.results import Column, Kind
from bureau_cli.formatters.titles import Titles

OSLO = ZoneInfo("Europe/Oslo")

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


MACHINE: Mapping[Kind, Show[str]] = {
    Kind.TEXT: str,
    Kind.ID: str,
    Kind.STATE: str,
    Kind.MONEY: money,
    Kind.DATE: date.isoformat,
    Kind.INSTANT: datetime.isoformat,
    Kind.PERCENT: number,
    Kind.COUNT: str,
    Kind.FLAG: flag,
    Kind.OBJECT: compact,
}

NORWEGIAN_EXCEL: Mapping[Kind, Show[str]] = {
    **MACHINE,
    Kind.MONEY: lambda value: comma(money(value)),
    Kind.DATE: lambda value: f"{value:%d.%m.%Y}",
    Kind.INSTANT: lambda value: f"{oslo(value):%d.%m.%Y %H:%M}",
    Kind.PERCENT: lambda value: comma(number(value)),
}

JSON: Mapping[Kind, Show[Any]] = {**MACHINE, Kind.COUNT: int, Kind.FLAG: bool, Kind.PERCENT: number, Kind.OBJECT: dict}


def on_screen(titles: Titles) -> Mapping[Kind, Show[str]]:
    """What people read in this language; a clock in Norway either way."""
    english = titles.lang == "en"
    day = "%Y-%m-%d" if english else "%d.%m.%Y"
    return {
        Kind.TEXT: str,
        Kind.ID: str,
        Kind.STATE: titles.state,
        Kind.OBJECT: compact,
        Kind.MONEY: lambda value: _grouped(f"{value:,.2f}", english=english),
        Kind.DATE: lambda value: f"{value:{day}}",
        Kind.INSTANT: lambda value: f"{oslo(value):{day} %H:%M}",
        Kind.PERCENT: lambda value: f"{number(value)}%" if english else f"{comma(number(value))} %",
        Kind.COUNT: lambda value: _grouped(f"{value:,}", english=english),
        Kind.FLAG: lambda value: titles.words["yes" if value else "no"],
    }


def _grouped(text: str, *, english: bool) -> str:
    return text if english else text.translate(_NORWEGIAN_MARKS)


def is_figure(column: Column) -> bool:
    """Whether each cell is one number, to be aligned by its units and never taken for text."""
    return column.kind in {Kind.MONEY, Kind.PERCENT, Kind.COUNT} and not column.many


def text_cell(column: Column, shows: Mapping[Kind, Show[str]], *, missing: str = "", joint: str = ",") -> Cell[str]:
    """A function from a row to its text; `joint` stands between many values, `missing` for none."""
    return cell_of(column, shows[column.kind], missing, joint.join)


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
