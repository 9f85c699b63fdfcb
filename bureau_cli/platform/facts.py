"""How new the newest visible fact is."""

import sqlite3

from bureau_cli.platform.calls import Deed
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.store import setting


def as_of(deed: Deed) -> str:
    """Give the instant of the newest fact the caller's bureau can see."""
    return to_text(max(filled_at(deed.db), _newest_run(deed), _newest_event(deed)))


def filled_at(db: sqlite3.Connection) -> int:
    """Give the instant of the portfolio as it was at first, in seconds since 1970."""
    return int(setting(db, "filled_at"))


def _newest_run(deed: Deed) -> int:
    return _newest(deed, "SELECT max(paid_at) FROM pay_run WHERE bureau_id = ? AND paid_at <= ?")


def _newest_event(deed: Deed) -> int:
    return _newest(deed, "SELECT max(at) FROM audit_event WHERE bureau_id = ? AND at <= ?")


def _newest(deed: Deed, sql: str) -> int:
    (instant,) = deed.db.execute(sql, (deed.caller.bureau_id, deed.seconds)).fetchone()
    return int(instant or 0)
