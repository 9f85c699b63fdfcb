"""What the passing of time brings about by itself: months are added, access begins and ends, jobs fall due.

It is brought about by whoever looks next, before they look.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bureau_cli.platform import accesses, derived, jobs
from bureau_cli.platform.calendar import horizon
from bureau_cli.platform.clock import to_seconds
from bureau_cli.platform.store import put_setting, setting

_AS_OF_TODAY = """
UPDATE client SET status = found.status, active_employees = found.employees FROM (
    SELECT id,
        CASE
            WHEN left_on < :today THEN 'left'
            WHEN notice_on <= :today THEN 'leaving'
            WHEN active_from <= :today THEN 'active'
            ELSE 'onboarding'
        END AS status,
        (
            SELECT count(*) FROM employee
            WHERE client_id = client.id AND starts <= :today AND (ends IS NULL OR ends >= :today)
        ) AS employees
    FROM client
) AS found
WHERE found.id = client.id AND (client.status, client.active_employees) <> (found.status, found.employees)
"""
"""What the day makes of each client; only those that are something else than the day before are written."""


def is_behind(db: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether something has come about since anyone looked."""
    today, seconds = now.date(), to_seconds(now)
    return (
        setting(db, "turned_on") != today.isoformat()
        or not derived.is_right(db, now)
        or setting(db, "horizon") < horizon(today)
        or jobs.next_due(db, seconds) is not None
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
    if jobs.next_due(db, seconds) is not None:
        from bureau_cli.platform import job_kinds  # noqa: PLC0415 - jobs are rare; starting is to be quick

        job_kinds.complete_due(db, seconds)


def turn_day(db: sqlite3.Connection, now: datetime) -> None:
    """Begin a day: find out what each client is on it, and work out what follows."""
    today = now.date()
    db.execute(_AS_OF_TODAY, {"today": today.isoformat()})
    accesses.note_use(db, today)
    put_setting(db, "turned_on", today.isoformat())
    derived.work_out(db, now)
