"""Who uses the bureau's Altinn settings at a client: users with access, and nobody while they are off."""

import sqlite3
from datetime import datetime

from bureau_cli.platform.clock import to_seconds
from bureau_cli.platform.rules import RUNNING_ACCESS, STILL_HERE


def remove_for(db: sqlite3.Connection, client_id: str, user_id: str) -> bool:
    """Let a user not use the settings of a client, as when access ends; tell whether they did."""
    removed = db.execute("DELETE FROM altinn_tag WHERE client_id = ? AND user_id = ?", (client_id, user_id))
    return removed.rowcount > 0


def tag_everyone(db: sqlite3.Connection, now: datetime, *, among: str) -> None:
    """Tag all who are here and have access at this moment, at the clients whose settings are on, under a condition."""
    db.execute(
        "INSERT OR IGNORE INTO altinn_tag SELECT access.client_id, access.user_id"  # noqa: S608 - ours
        " FROM client CROSS JOIN access ON access.client_id = client.id JOIN user ON user.id = access.user_id"
        f" WHERE client.altinn_settings AND {among} AND {RUNNING_ACCESS} AND {STILL_HERE}",
        _moment(now),
    )


def remove_without_access(db: sqlite3.Connection, now: datetime, *, among: str) -> None:
    """Untag all without access at this moment, at the clients that fulfil a condition."""
    db.execute(
        "DELETE FROM altinn_tag WHERE client_id IN"  # noqa: S608 - conditions of ours
        f" (SELECT client.id FROM client WHERE client.altinn_settings AND {among}) AND NOT EXISTS ("
        "SELECT 1 FROM access WHERE access.client_id = altinn_tag.client_id AND access.user_id = altinn_tag.user_id"
        f" AND {RUNNING_ACCESS})",
        _moment(now),
    )


def _moment(now: datetime) -> dict[str, object]:
    return {"today": now.date().isoformat(), "now": to_seconds(now)}
