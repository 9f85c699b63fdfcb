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
    row = deed.db.execute(
        "SELECT paid_at FROM pay_run CROSS JOIN client ON client.id = pay_run.client_id"
        " WHERE pay_run.paid_at <= :now AND client.bureau_id = :bureau ORDER BY pay_run.paid_at DESC LIMIT 1",
        {"now": deed.seconds, "bureau": deed.caller.bureau_id},
    ).fetchone()
    return 0 if row is None else int(row["paid_at"])


def _newest_event(deed: Deed) -> int:
    row = deed.db.execute(
        "SELECT max(at) AS at FROM audit_event WHERE bureau_id = ? AND at <= ?", (deed.caller.bureau_id, deed.seconds)
    ).fetchone()
    return int(row["at"] or 0)
