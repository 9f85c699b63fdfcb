"""What the passing of time brings about by itself: months are added, access begins and ends, jobs fall due.

It is brought about by whoever looks next, before they look.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bureau_cli.platform import derived, jobs
from bureau_cli.platform.calendar import horizon
from bureau_cli.platform.clock import start_of_day, to_seconds
from bureau_cli.platform.store import put_setting, setting


def is_behind(db: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether something has come about since anyone looked."""
    today, seconds = now.date(), to_seconds(now)
    return (
        setting(db, "turned_on") != today.isoformat()
        or not derived.is_right(db, now)
        or setting(db, "horizon") < horizon(today)
        or jobs.is_any_due(db, seconds)
    )


def catch_up(db: sqlite3.Connection, now: datetime) -> None:
    """Bring about what has fallen due, in a write transaction of the caller's."""
    today, seconds = now.date(), to_seconds(now)
    if setting(db, "horizon") < horizon(today):
        from bureau_cli.platform import filling  # noqa: PLC0415 - months are added once a month; starting is to be quick

        filling.extend(db, filling.source_of(db), horizon(today))
    if setting(db, "turned_on") != today.isoformat():
        turn_day(db, now)
    elif not derived.is_right(db, now):
        derived.work_out(db, now)
    jobs.complete_due(db, seconds)


def turn_day(db: sqlite3.Connection, now: datetime) -> None:
    """Begin a day: the rows are fetched anew as it begins, and what follows from them is worked out."""
    today = now.date()
    db.execute("UPDATE client SET fetched_at = ?", (start_of_day(today),))
    put_setting(db, "turned_on", today.isoformat())
    derived.work_out(db, now)
