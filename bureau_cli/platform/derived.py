"""What follows from other rows and is written down: a client's owner, who is tagged no longer, its groups by a rule.

Written down, it has indexes, counts and sort orders as everything else has. Triggers of the schema note the clients for
whom it may no longer be right, and time spoils it for all; whoever looks next works it out again, before they look.
"""

import json
import sqlite3
from datetime import datetime, timedelta

from bureau_cli.platform import altinn_tags
from bureau_cli.platform.clock import start_of_day, to_seconds
from bureau_cli.platform.rules import RUNNING_ACCESS
from bureau_cli.platform.store import put_setting, setting

_HOLDS = "derived_holds"
"""The setting with the seconds from which, and those before which, what is written down is right for most clients."""

_STALE = "client.id IN (SELECT client_id FROM stale_client)"
_OWNERS = f"""
UPDATE client SET owner = found.owner, owner_source = found.owner_source FROM (
    SELECT client.id, ifnull(login, '') AS owner, ifnull(source, '') AS owner_source
    FROM client LEFT JOIN access ON access.id = (
        SELECT id FROM access
        WHERE access.client_id = client.id AND access.role = 'owner' AND {RUNNING_ACCESS}
        ORDER BY access.starts DESC, access.id DESC LIMIT 1
    ) LEFT JOIN user ON user.id = access.user_id
    WHERE {_STALE}
) AS found
WHERE found.id = client.id AND (client.owner, client.owner_source) <> (found.owner, found.owner_source)
"""  # noqa: S608 - conditions of ours


def is_right(db: sqlite3.Connection, now: datetime) -> bool:
    """Tell whether what is written down is right for every client."""
    return _holds(db, to_seconds(now)) and db.execute("SELECT 1 FROM stale_client LIMIT 1").fetchone() is None


def work_out(db: sqlite3.Connection, now: datetime) -> None:
    """Write down anew what is not right, in a write transaction of the caller's."""
    seconds = to_seconds(now)
    if not _holds(db, seconds):
        db.execute("INSERT OR IGNORE INTO stale_client SELECT id FROM client")
    put_setting(db, _HOLDS, f"{seconds} {_end(db, now)}")
    db.execute(_OWNERS, {"today": now.date().isoformat(), "now": seconds})
    altinn_tags.remove_without_access(db, now, among=_STALE)
    for group in db.execute("SELECT id, bureau_id, rule FROM client_group WHERE kind = 'rule'").fetchall():
        _follow(db, group, now, among=_STALE)
    db.execute("DELETE FROM stale_client")


def follow_rule(db: sqlite3.Connection, group_id: str, now: datetime) -> None:
    """Write down the members of a group whose rule is new, in a write transaction of the caller's."""
    group = db.execute("SELECT id, bureau_id, rule FROM client_group WHERE id = ?", (group_id,)).fetchone()
    _follow(db, group, now, among="TRUE")


def _holds(db: sqlite3.Connection, seconds: int) -> bool:
    start, _, end = setting(db, _HOLDS).partition(" ")
    return bool(end) and int(start) <= seconds < int(end)


def _end(db: sqlite3.Connection, now: datetime) -> int:
    """Tell until when access stays as it is now: the day may end, or access be ended before."""
    (ends,) = db.execute("SELECT min(ended_at) FROM access WHERE ended_at > ?", (to_seconds(now),)).fetchone()
    tomorrow = start_of_day(now.date() + timedelta(days=1))
    return min(ends or tomorrow, tomorrow)


def _follow(db: sqlite3.Connection, group: sqlite3.Row, now: datetime, *, among: str) -> None:
    from bureau_cli.platform import where  # noqa: PLC0415 - the rules are read once a day; starting is to be quick

    condition = where.to_sql(where.parse(group["rule"]), where.Names.any())
    asked = {"bureau": group["bureau_id"], "today": now.date().isoformat(), "now": to_seconds(now)}
    found = db.execute(
        f"SELECT client.id FROM client WHERE client.bureau_id = :bureau AND {among} AND {condition.sql}",  # noqa: S608 - ours
        {**condition.parameters, **asked},
    )
    parameters = {**asked, "group": group["id"], "members": json.dumps([row["id"] for row in found])}
    no_longer = (
        f"client_id IN (SELECT client.id FROM client WHERE {among})"  # noqa: S608 - ours
        " AND client_id NOT IN (SELECT value FROM json_each(:members))"
    )
    db.execute(f"DELETE FROM group_member WHERE group_id = :group AND {no_longer}", parameters)  # noqa: S608 - ours
    db.execute(
        "INSERT OR IGNORE INTO group_member SELECT :group, value, :now, NULL FROM json_each(:members)", parameters
    )
