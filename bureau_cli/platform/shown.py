"""How the store's values are written in answers."""

from typing import Any

from bureau_cli.platform.clock import to_text

_WHOLE = 10_000
"""In hundredths of a percent."""


def money(ore: int | None) -> str | None:
    """Write whole øre as the contract's Money."""
    return None if ore is None else _decimal(ore, 2)


def percent(hundredths: int | None) -> str | None:
    """Write hundredths of a percent as the contract's Percent."""
    return None if hundredths is None else _decimal(hundredths, 2)


def share(part: int, whole: int) -> int | None:
    """Give a part of a whole in hundredths of a percent, rounded half up; None of nothing."""
    return (2 * part * _WHOLE + whole) // (2 * whole) if whole else None


def tenths(number: int | None) -> str | None:
    """Write a number of tenths with one decimal."""
    return None if number is None else _decimal(number, 1)


def instant(seconds: int | None, now: int) -> str | None:
    """Write an instant that has come; one that lies in the future is not known yet."""
    return None if seconds is None or seconds > now else to_text(seconds)


def only(row: Any, *names: str) -> dict[str, Any]:
    """Take these columns of a row as they are."""
    return {name: row[name] for name in names}


def _decimal(number: int, places: int) -> str:
    digits = str(abs(number)).zfill(places + 1)
    return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
