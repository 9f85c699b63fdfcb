"""The business clock: Europe/Oslo, instants as whole seconds since 1970. Pinned by a store, it stands still."""

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bureau_cli.platform.calendar import first_day, last_day
from bureau_cli.platform.store import put_setting, setting

OSLO = ZoneInfo("Europe/Oslo")

Clock = Callable[[], datetime]
_PINNED = "pinned_at"


def real_time() -> datetime:
    """Tell the real time in Oslo."""
    return datetime.now(OSLO)


def business_time(db: sqlite3.Connection, clock: Clock) -> datetime:
    """Tell the time every rule follows, to the second: the pinned one, or the clock's."""
    pinned_at = setting(db, _PINNED)
    return to_moment(int(pinned_at)) if pinned_at else clock().astimezone(OSLO).replace(microsecond=0)


def is_pinned(db: sqlite3.Connection) -> bool:
    """Tell whether the store's clock stands still."""
    return bool(setting(db, _PINNED))


def pin(db: sqlite3.Connection, moment: datetime | None) -> None:
    """Let the store's clock stand still at a moment, or with None run again."""
    put_setting(db, _PINNED, "" if moment is None else str(to_seconds(moment)))


def to_seconds(moment: datetime) -> int:
    """Turn an aware moment into whole seconds since 1970, as the store keeps it."""
    return int(moment.timestamp())


def to_moment(seconds: int) -> datetime:
    """Turn the store's seconds into a moment in Oslo."""
    return datetime.fromtimestamp(seconds, OSLO)


def to_text(seconds: int) -> str:
    """Write the store's seconds as the contract's Instant."""
    return to_moment(seconds).isoformat()


@lru_cache(maxsize=1024)
def start_of_day(day: date) -> int:
    """Give the first second of a day in Oslo."""
    return to_seconds(datetime(day.year, day.month, day.day, tzinfo=OSLO))


def end_of_day(day: date) -> int:
    """Give the last second of a day in Oslo."""
    return to_seconds(datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=OSLO))


def month_until(month: str, now: int) -> tuple[int, int]:
    """Give the first second of a month in Oslo, and the last of it that has come."""
    return start_of_day(first_day(month)), min(end_of_day(last_day(month)), now)
