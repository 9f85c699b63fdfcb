"""From JSON to values: strict where a wrong type would lie, open to fields and words that are new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from bureau_cli.errors import AnswerInvalid

T = TypeVar("T")


def money(text: str) -> Decimal:
    """An amount in kroner from its string; numbers are refused, as a float could have lost øre on the way."""
    if not isinstance(text, str):
        raise TypeError("an amount must be a string")
    amount = Decimal(text)
    if not amount.is_finite():
        raise ValueError("an amount must be a number")
    return amount


def text(value: str) -> str:
    """Text as it came."""
    return _of(str, value)


def whole(value: int) -> int:
    """A whole number; true and 1.0 are none."""
    if isinstance(value, bool):
        raise TypeError("a number must not be a truth")
    return _of(int, value)


def flag(value: bool) -> bool:  # noqa: FBT001 - the value itself
    """True or false."""
    return _of(bool, value)


def many(read: Callable[[Any], T], value: Sequence[Any]) -> tuple[T, ...]:
    """Several of a kind; text is not several letters."""
    return tuple([read(one) for one in _of(list, value)])


def _of(kind: type[T], value: Any) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"not {kind.__name__}")
    return value


def instant(text: str) -> datetime:
    """An aware datetime from RFC 3339 with an offset."""
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is None:
        raise ValueError("an instant must carry an offset")
    return parsed


def day(text: str) -> date:
    """A date from YYYY-MM-DD."""
    return date.fromisoformat(text)


def optional(read: Callable[[Any], T], value: Any) -> T | None:
    """The value read, or None where it is null."""
    return None if value is None else read(value)


def read_as(what: str, read: Callable[[Any], T], value: Any) -> T:
    """Read one thing of an answer.

    Raises:
        AnswerInvalid: a field is missing or of the wrong type; the value itself is never quoted.
    """
    try:
        return read(value)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, OverflowError) as fault:
        field = f" ({fault.args[0]})" if isinstance(fault, KeyError) and fault.args else ""
        raise AnswerInvalid(f"the platform sent {what} that breaks the contract{field}") from fault
