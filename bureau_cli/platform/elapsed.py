"""What the passing of time brings about by itself: months are added, access begins and ends, jobs fall due.

It is brought about by whoever looks next, before they look.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from bureau_cli.platform import jobs
from bureau_cli.platform.calendar import horizon
from bureau_cli.platform.clock import start_of_day, to_seconds
from bureau_cli.platform.store import put_setting, setting


def is_behind(db: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether something has come about since anyone looked."""
    today = now.date()
    return (
        setting(db, "turned_on") != today.isoformat()
        or setting(db, "horizon") < horizon(today)
        or jobs.is_any_due(db, to_seconds(now))
    )


def catch_up(db: sqlite3.Connection, now: datetime) -> None:
    """Bring about what has fallen due, in a write transaction of the caller's."""
    today = now.date()
    if setting(db, "horizon") < horizon(today):
        from bureau_cli.platform import filling  # noqa: PLC0415 - months are added once a month; starting is to be quick

        filling.extend(db, filling.source_of(db), horizon(today))
    if setting(db, "turned_on") != today.isoformat():
        turn_day(db, today)
    jobs.complete_due(db, to_seconds(now))


def turn_day(db: sqlite3.Connection, today: date) -> None:
    """Begin a day: who owns which client today, and the rows fetched anew as the day begins."""
    db.execute(
        "UPDATE client SET fetched_at = :midnight, owner = ifnull(("
        " SELECT user.login FROM access JOIN user ON user.id = access.user_id"
        " WHERE access.client_id = client.id AND access.role = 'owner' AND access.starts <= :today"
        " AND (access.ends IS NULL OR access.ends >= :today)"
        " AND (access.ended_at IS NULL OR access.ended_at > :midnight) LIMIT 1), '')",
        {"today": today.isoformat(), "midnight": start_of_day(today)},
    )
    put_setting(db, "turned_on", today.isoformat())
