"""The bureau's users, as whoever names one means them."""

import sqlite3
from datetime import date

from bureau_cli.platform.calls import Deed
from bureau_cli.platform.problems import Problem


def require_user(deed: Deed, login: str) -> sqlite3.Row:
    """Find a user of the caller's bureau, one who has left too, or raise the Problem that there is none."""
    found: sqlite3.Row | None = deed.db.execute(
        "SELECT * FROM user WHERE bureau_id = ? AND login = ?", (deed.caller.bureau_id, login)
    ).fetchone()
    if found is None:
        raise Problem("user_not_found", f"There is no user {login}.")
    return found


def require_here(deed: Deed, user: sqlite3.Row) -> None:
    """Raise the Problem of a user who has left."""
    if has_left(user, deed.today):
        raise Problem("user_left", f"{user['login']} has left the bureau.")


def has_left(user: sqlite3.Row, today: date) -> bool:
    """Tell whether a user's last day is over."""
    return user["left_on"] is not None and user["left_on"] < today.isoformat()
