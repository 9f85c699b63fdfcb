"""From when on a client's month is never late or a problem again: what is looked for in all months is few of them.

Rows of the source are added and never changed, so that this is known when they are written: judged at the end of time,
a month with nothing late or wrong in it is settled by the last of its facts.
"""

import sqlite3
from collections.abc import Iterator, Sequence

from bureau_cli.platform.calendar import shifted
from bureau_cli.platform.filling.rows import insert
from bureau_cli.platform.month_end.statuses import Status, statuses_of
from bureau_cli.platform.store import setting

_CLIENTS_AT_ONCE = 500
_END_OF_TIME, _LAST_DAY = 1 << 60, "9999-12-31"
_COLUMNS = ("bureau_id", "month", "client_id", "settled_at")
_LATEST = "ON CONFLICT DO UPDATE SET settled_at = excluded.settled_at"
_TOUCHED = """
SELECT min(month) FROM (
    SELECT min(substr(pay_date, 1, 7)) AS month FROM pay_run WHERE seq > :run
    UNION ALL SELECT min(month) FROM a_melding WHERE seq > :message
)
"""

Written = dict[str, int]


def written(db: sqlite3.Connection) -> Written:
    """Tell how far runs and messages are written."""
    run, message = db.execute("SELECT (SELECT max(seq) FROM pay_run), (SELECT max(seq) FROM a_melding)").fetchone()
    return {"run": run or 0, "message": message or 0}


def settle(db: sqlite3.Connection, bureau_id: str, first: str, since: Written) -> None:
    """Note from when on months are settled, from one before the first one written on, or what is new tells of."""
    (touched,) = db.execute(_TOUCHED, since).fetchone()
    month = max(setting(db, "first_period"), min(shifted(first, -1), touched or first))
    ids = [row[0] for row in db.execute("SELECT id FROM client WHERE bureau_id = ? ORDER BY id", (bureau_id,))]
    while month <= setting(db, "horizon"):
        for start in range(0, len(ids), _CLIENTS_AT_ONCE):
            rows = _rows(db, bureau_id, month, ids[start : start + _CLIENTS_AT_ONCE])
            insert(db, "client_month", _COLUMNS, rows, _LATEST)
        month = shifted(month, 1)


def _rows(
    db: sqlite3.Connection, bureau_id: str, month: str, ids: Sequence[str]
) -> Iterator[tuple[str, str, str, int | None]]:
    for client_id, status in statuses_of(db, month, ids, now=_END_OF_TIME, today=_LAST_DAY).items():
        yield bureau_id, month, client_id, None if status.is_overdue else _last_fact(status)


def _last_fact(status: Status) -> int:
    return max((fact.at or 0 for facts in status.facts.values() for fact in facts), default=0)
