"""Who uses the bureau's Altinn settings at a client: users who are here and have access."""

import sqlite3
from datetime import datetime

from bureau_cli.platform.clock import to_seconds
from bureau_cli.platform.rules import RUNNING_ACCESS, STILL_HERE

MAY_BE_TAGGED = f"{RUNNING_ACCESS} AND {STILL_HERE}"
"""SQL over access and user: the user is here and has access at this moment."""


def remove_for(db: sqlite3.Connection, client_id: str, user_id: str) -> bool:
    """Let a user not use the settings of a client, as when access ends; tell whether they did."""
    removed = db.execute("DELETE FROM altinn_tag WHERE client_id = ? AND user_id = ?", (client_id, user_id))
    return removed.rowcount > 0


def tag_everyone(db: sqlite3.Connection, now: datetime, *, among: str) -> None:
    """Tag all who may be, at the clients whose settings are on and who fulfil a condition."""
    db.execute(
        "INSERT OR IGNORE INTO altinn_tag SELECT access.client_id, access.user_id"  # noqa: S608 - ours
        " FROM client CROSS JOIN access ON access.client_id = client.id JOIN user ON user.id = access.user_id"
        f" WHERE client.altinn_settings AND {among} AND {MAY_BE_TAGGED}",
        _moment(now),
    )


def remove_without_access(db: sqlite3.Connection, now: datetime, *, among: str) -> None:
    """Untag all who may not be any more, at the clients that fulfil a condition."""
    db.execute(
        f"DELETE FROM altinn_tag WHERE client_id IN (SELECT client.id FROM client WHERE {among}) AND NOT EXISTS ("  # noqa: S608 - ours
        "SELECT 1 FROM access JOIN user ON user.id = access.user_id"
        f" WHERE access.client_id = altinn_tag.client_id AND access.user_id = altinn_tag.user_id AND {MAY_BE_TAGGED})",
        _moment(now),
    )


def _moment(now: datetime) -> dict[str, object]:
    return {"today": now.date().isoformat(), "now": to_seconds(now)}
