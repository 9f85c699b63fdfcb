"""The kinds of job there are, and what is done by them: jobs go on, and are shown."""

import logging
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform import jobs, member_jobs, tokens
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.clock import to_moment, to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.taxcards import fetching

KINDS: Mapping[str, jobs.Kind] = {
    member_jobs.GROUP_MEMBERS: member_jobs.MemberJobs(),
    fetching.TAX_CARDS: fetching.TaxCardJobs(),
}
_OUTCOMES = ("done", "unchanged", "refused")
_NOBODY_THERE = "Whoever ordered it has left the bureau, so that it cannot be done in their name."
log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())


def kind_of(job: sqlite3.Row) -> jobs.Kind:
    """Give what a job's kind does."""
    return KINDS[job["kind"]]


def complete_due(db: sqlite3.Connection, now: int) -> None:
    """Do every step whose time has come, in the order they fell due."""
    while (job := jobs.next_due(db, now)) is not None:
        _advance(db, job)


def show(deed: Deed, rows: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    """Show jobs as the contract does."""
    fresh = as_of(deed)
    return [_show(deed, job, fresh) for job in rows]


def _advance(db: sqlite3.Connection, job: sqlite3.Row) -> None:
    """Do a step; one that breaks ends its own job, or everybody who looks would break on it again."""
    db.execute("SAVEPOINT step")
    try:
        came_to = _step(db, job)
    except sqlite3.OperationalError:  # the store is at fault, not the step
        raise
    except Exception:
        log.exception("job %s failed", job["id"])
        db.execute("ROLLBACK TO step")
        kind_of(job).give_up(db, job, may_have_acted=True)
        came_to = jobs.Ends(state="failed", code="internal", message="The platform failed; the fault is its own.")
    db.execute("RELEASE step")
    if isinstance(came_to, jobs.Ends):
        jobs.end(db, job, came_to, at=job["due_at"])
    else:
        db.execute("UPDATE job SET due_at = ? WHERE id = ?", (came_to.due_at, job["id"]))


def _step(db: sqlite3.Connection, job: sqlite3.Row) -> jobs.GoesOn | jobs.Ends:
    now, kind = to_moment(job["due_at"]), kind_of(job)
    user = tokens.present_user(db, job["user_id"], now.date())
    if user is None:
        kind.give_up(db, job)
        return jobs.Ends(state="needs_authentication", code="user_left", message=_NOBODY_THERE)
    caller = tokens.caller_of(user, expires_at=job["due_at"])
    return kind.step(Deed(db=db, caller=caller, now=now, request_id=job["request_id"], run_id=job["run_id"]), job)


def _show(deed: Deed, job: sqlite3.Row, fresh: str) -> dict[str, Any]:
    (login,) = deed.db.execute("SELECT login FROM user WHERE id = ?", (job["user_id"],)).fetchone()
    counted = kind_of(job).count(deed.db, job)
    return {
        "id": job["id"],
        "kind": job["kind"],
        "state": jobs.state(job, deed.seconds),
        "counts": {"total": sum(counted.values()), **{outcome: counted.get(outcome, 0) for outcome in _OUTCOMES}},
        "created_at": to_text(job["created_at"]),
        "ended_at": None if job["ended_at"] is None else to_text(job["ended_at"]),
        "by": login,
        "detail": _detail(job),
        "as_of": fresh,
    }


def _detail(job: sqlite3.Row) -> dict[str, str] | None:
    return {"code": job["detail_code"], "message": job["detail_message"]} if job["detail_code"] else None
