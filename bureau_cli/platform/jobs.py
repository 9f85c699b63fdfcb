"""Jobs: work that is ordered now and done when its time has come. They advance by the clock alone.

A job is queued for a second, runs for a second a hundred items, and then is done in one transaction, by whoever looks
next, as of the instant it was due.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bureau_cli.platform import audit, tokens
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.clock import to_moment, to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.identity import new_id
from bureau_cli.platform.items import Item, Result
from bureau_cli.platform.membership import change_members
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import require_permission

GROUP_MEMBERS = "group-members"
_ORDERING_OPERATION = "change_group_members"
_QUEUED_SECONDS = 1
_ITEMS_A_SECOND = 100
_OUTCOMES = ("done", "unchanged", "refused")


def order(deed: Deed, group: sqlite3.Row, items: Sequence[Item]) -> sqlite3.Row:
    """Order a change of a group's members, and give the job."""
    job_id = new_id("jb")
    due_at = deed.seconds + _QUEUED_SECONDS + -(-len(items) // _ITEMS_A_SECOND)
    deed.db.execute(
        "INSERT INTO job (id, bureau_id, user_id, kind, group_id, created_at, due_at, request_id, run_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            job_id,
            deed.caller.bureau_id,
            deed.caller.user_id,
            GROUP_MEMBERS,
            group["id"],
            deed.seconds,
            due_at,
            deed.request_id,
            deed.run_id,
        ),
    )
    deed.db.executemany(
        "INSERT INTO job_item (job_id, position, key, client, action) VALUES (?, ?, ?, ?, ?)",
        ((job_id, number, item["key"], item["client"], item["action"]) for number, item in enumerate(items)),
    )
    job: sqlite3.Row = deed.db.execute("SELECT * FROM job WHERE id = ?", (job_id,)).fetchone()
    return job


def is_any_due(db: sqlite3.Connection, now: int) -> bool:
    """Tell whether a job's time has come."""
    return db.execute("SELECT 1 FROM job WHERE ended_at IS NULL AND due_at <= ? LIMIT 1", (now,)).fetchone() is not None


def complete_due(db: sqlite3.Connection, now: int) -> None:
    """Do every job whose time has come, in the order they fell due."""
    due = db.execute("SELECT * FROM job WHERE ended_at IS NULL AND due_at <= ? ORDER BY due_at, seq", (now,)).fetchall()
    for job in due:
        end(db, job, at=job["due_at"], ended_as=_complete(db, job))


def end(db: sqlite3.Connection, job: sqlite3.Row, *, at: int, ended_as: str) -> None:
    """Write down how and when a job ended."""
    db.execute("UPDATE job SET ended_at = ?, ended_as = ? WHERE id = ?", (at, ended_as, job["id"]))


def state(job: sqlite3.Row, now: int) -> str:
    """Tell what state the clock finds a job in."""
    if job["ended_as"] is not None:
        return str(job["ended_as"])
    return "queued" if now < job["created_at"] + _QUEUED_SECONDS else "running"


def show(deed: Deed, jobs: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    """Show jobs as the contract does."""
    fresh = as_of(deed)
    return [_show(deed, job, fresh) for job in jobs]


def seconds_left(job: sqlite3.Row, now: int) -> int | None:
    """Give the seconds until it is worth looking at a job again; None when it has ended."""
    return None if job["ended_at"] is not None else max(1, job["due_at"] - now)


def _complete(db: sqlite3.Connection, job: sqlite3.Row) -> str:
    now = to_moment(job["due_at"])
    user = tokens.present_user(db, job["user_id"], now.date())
    if user is None:
        return "needs_authentication"
    caller = tokens.caller_of(user, expires_at=job["due_at"])
    deed = Deed(db=db, caller=caller, now=now, request_id=job["request_id"], run_id=job["run_id"])
    group = db.execute("SELECT * FROM client_group WHERE id = ?", (job["group_id"],)).fetchone()
    if group is None:
        return "failed"
    try:
        require_permission(db, _ORDERING_OPERATION, caller, now.date())
        results = change_members(deed, group, _items(db, job))
    except Problem as problem:
        audit.record_refusal(deed, _ORDERING_OPERATION, {"slug": group["slug"]}, problem.code)
        return "failed"
    _keep(db, job, results)
    return "completed_with_errors" if any(one["outcome"] == "refused" for one in results) else "completed"


def _items(db: sqlite3.Connection, job: sqlite3.Row) -> list[Item]:
    rows = db.execute("SELECT key, client, action FROM job_item WHERE job_id = ? ORDER BY position", (job["id"],))
    return [dict(row) for row in rows]


def _keep(db: sqlite3.Connection, job: sqlite3.Row, results: Sequence[Result]) -> None:
    db.executemany(
        "UPDATE job_item SET result = ? WHERE job_id = ? AND position = ?",
        ((json.dumps(result), job["id"], position) for position, result in enumerate(results)),
    )


def _show(deed: Deed, job: sqlite3.Row, fresh: str) -> dict[str, Any]:
    (login,) = deed.db.execute("SELECT login FROM user WHERE id = ?", (job["user_id"],)).fetchone()
    return {
        "id": job["id"],
        "kind": job["kind"],
        "state": state(job, deed.seconds),
        "counts": _counts(deed.db, job),
        "created_at": to_text(job["created_at"]),
        "ended_at": None if job["ended_at"] is None else to_text(job["ended_at"]),
        "by": login,
        "as_of": fresh,
    }


def _counts(db: sqlite3.Connection, job: sqlite3.Row) -> dict[str, int]:
    counted = dict(
        db.execute(
            "SELECT json_extract(result, '$.outcome') AS outcome, count(*) FROM job_item WHERE job_id = ? GROUP BY 1",
            (job["id"],),
        ).fetchall()
    )
    return {"total": sum(counted.values()), **{outcome: counted.get(outcome, 0) for outcome in _OUTCOMES}}
