"""What the passing of time brings about by itself: months are added, access begins and ends, jobs fall due.

It is brought about by whoever looks next, before they look.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from bureau_cli.platform import jobs
from bureau_cli.platform.calendar import horizon
from bureau_cli.platform.clock import start_of_day, to_seconds
from bureau_cli.platform.rules import RUNNING_ACCESS
from bureau_cli.platform.store import put_setting, setting

_OWNERS_HOLD = "owners_hold"
"""The setting with the seconds from which, and those before which, the owners written down are right."""


def is_behind(db: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether something has come about since anyone looked."""
    today, seconds = now.date(), to_seconds(now)
    return (
        setting(db, "turned_on") != today.isoformat()
        or not _owners_hold(db, seconds)
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
    elif not _owners_hold(db, seconds):
        _refresh_owners(db, now)
    jobs.complete_due(db, seconds)


def turn_day(db: sqlite3.Connection, now: datetime) -> None:
    """Begin a day: the rows are fetched anew as it begins, and its owners found out."""
    today = now.date()
    db.execute("UPDATE client SET fetched_at = ?", (start_of_day(today),))
    put_setting(db, "turned_on", today.isoformat())
    _refresh_owners(db, now)


def _owners_hold(db: sqlite3.Connection, seconds: int) -> bool:
    start, _, end = setting(db, _OWNERS_HOLD).partition(" ")
    return bool(end) and int(start) <= seconds < int(end)


def _refresh_owners(db: sqlite3.Connection, now: datetime) -> None:
    """Write down who owns which client now, and until when: the day may end, or access be ended before."""
    parameters = {"today": now.date().isoformat(), "now": to_seconds(now)}
    db.execute(
        "UPDATE client SET owner = ifnull((SELECT user.login FROM access JOIN user ON user.id = access.user_id"  # noqa: S608 - ours
        f" WHERE access.client_id = client.id AND access.role = 'owner' AND {RUNNING_ACCESS}"
        " ORDER BY access.starts DESC, access.id DESC LIMIT 1), '')",
        parameters,
    )
    (ends,) = db.execute("SELECT min(ended_at) FROM access WHERE ended_at > ?", (parameters["now"],)).fetchone()
    tomorrow = start_of_day(now.date() + timedelta(days=1))
    put_setting(db, _OWNERS_HOLD, f"{parameters['now']} {min(ends or tomorrow, tomorrow)}")
