"""Jobs: work that is ordered now and done when its time has come. They advance by the clock alone.

A job is queued for a second and then goes on step by step, each done in one transaction by whoever looks next, as of
the instant it was due. What a step is, and what results come of it, is the business of the job's kind; `job_kinds.py`
knows them, and lets jobs go on.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bureau_cli.platform.calls import Call, Deed
from bureau_cli.platform.identity import new_id
from bureau_cli.platform.pages import Page

QUEUED_SECONDS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesOn:
    """What a step comes to when it was not the last one: the next is due at an instant."""

    due_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """What the last step comes to: the state the job ends in, and why, where there is something to tell."""

    state: str
    code: str | None = None
    message: str | None = None


class Kind(Protocol):
    """What the jobs of one kind do."""

    def step(self, deed: Deed, job: sqlite3.Row) -> GoesOn | Ends:
        """Do what is due, in the name of whoever ordered it."""

    def give_up(self, db: sqlite3.Connection, job: sqlite3.Row, *, may_have_acted: bool = False) -> None:
        """Leave everything as it is, for good: it was cancelled, nobody is there to do it for, or a step broke.

        `may_have_acted` tells that the step that broke may have done something outside that nothing here tells of.
        """

    def may_be_cancelled(self, db: sqlite3.Connection, job: sqlite3.Row) -> bool:
        """Tell whether nothing that cannot be taken back was done yet."""

    def count(self, db: sqlite3.Connection, job: sqlite3.Row) -> Mapping[str | None, int]:
        """Count the items by outcome, None for those that have none yet."""

    def results(self, call: Call, job: sqlite3.Row) -> tuple[Page, list[dict[str, Any]]]:
        """Find a page of the results, and show them."""


def order(deed: Deed, kind: str, *, due_at: int, group_id: str | None = None) -> sqlite3.Row:
    """Order a job, and give it; what it is about is written by the caller, under its id."""
    job_id = new_id("jb")
    deed.db.execute(
        "INSERT INTO job (id, bureau_id, user_id, kind, group_id, created_at, due_at, request_id, run_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            job_id,
            deed.caller.bureau_id,
            deed.caller.user_id,
            kind,
            group_id,
            deed.seconds,
            due_at,
            deed.request_id,
            deed.run_id,
        ),
    )
    job: sqlite3.Row = deed.db.execute("SELECT * FROM job WHERE id = ?", (job_id,)).fetchone()
    return job


def next_due(db: sqlite3.Connection, now: int) -> sqlite3.Row | None:
    """Find the job whose step fell due first, of those whose time has come."""
    found: sqlite3.Row | None = db.execute(
        "SELECT * FROM job WHERE ended_at IS NULL AND due_at <= ? ORDER BY due_at, seq LIMIT 1", (now,)
    ).fetchone()
    return found


def end(db: sqlite3.Connection, job: sqlite3.Row, ends: Ends, *, at: int) -> None:
    """Write down how and when a job ended, and why."""
    db.execute(
        "UPDATE job SET ended_at = ?, ended_as = ?, detail_code = ?, detail_message = ? WHERE id = ?",
        (at, ends.state, ends.code, ends.message, job["id"]),
    )


def state(job: sqlite3.Row, now: int) -> str:
    """Tell what state the clock finds a job in."""
    if job["ended_as"] is not None:
        return str(job["ended_as"])
    return "queued" if now < job["created_at"] + QUEUED_SECONDS else "running"


def headers(job: sqlite3.Row, now: int) -> dict[str, str]:
    """Give the headers of an answer that accepts a job."""
    return {"Location": f"/v1/jobs/{job['id']}", "Retry-After": str(seconds_left(job, now))}


def seconds_left(job: sqlite3.Row, now: int) -> int | None:
    """Give the seconds until it is worth looking at a job again; None when it has ended."""
    return None if job["ended_at"] is not None else max(1, job["due_at"] - now)
