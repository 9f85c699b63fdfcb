"""Jobs: the caller's own, or for those who oversee the bureau, everyone's."""

import sqlite3

from bureau_cli.platform import audit, idempotency, job_kinds, jobs
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import oversees

_NEWEST_FIRST = Order(columns=("seq",), descending=True)


def list_jobs(call: Call) -> Answer:
    """List the jobs the caller may see, newest first."""
    page = call.pager.page(call.db, _visible(call), _NEWEST_FIRST, call.arguments)
    found = [call.db.execute("SELECT * FROM job WHERE seq = ?", (seq,)).fetchone() for seq in page.ids]
    return Answer(body=page.envelope(job_kinds.show(call, found), as_of(call)))


def get_job(call: Call) -> Answer:
    """Show one job."""
    return _answer(call, _require_job(call))


def list_job_results(call: Call) -> Answer:
    """List what became of a job's items."""
    job = _require_job(call)
    page, results = job_kinds.kind_of(job).results(call, job)
    return Answer(body=page.envelope(results, as_of(call)))


def cancel_job(call: Call) -> Answer:
    """Stop a job that has not ended."""
    return idempotency.once(call, lambda: _cancel(call), target=call.arguments.path["id"])


def _cancel(call: Call) -> Answer:
    job = _require_job(call)
    if job["ended_at"] is not None:
        raise Problem("rule_forbids", "The job has ended already.")
    kind = job_kinds.kind_of(job)
    if not kind.may_be_cancelled(call.db, job):
        raise Problem("rule_forbids", "The job has done what cannot be taken back; it goes on to its end.")
    before = {"state": jobs.state(job, call.seconds)}
    kind.give_up(call.db, job)
    jobs.end(call.db, job, jobs.Ends(state="cancelled"), at=call.seconds)
    subject, after = f"jobs/{job['id']}", {"state": "cancelled"}
    audit.record(call, audit.Change(action="job.cancel", subject=subject, before=before, after=after))
    return _answer(call, _require_job(call))


def _answer(call: Call, job: sqlite3.Row) -> Answer:
    left = jobs.seconds_left(job, call.seconds)
    (shown,) = job_kinds.show(call, [job])
    return Answer(body=shown, headers={} if left is None else {"Retry-After": str(left)})


def _require_job(call: Call) -> sqlite3.Row:
    rows = _visible(call)
    found: sqlite3.Row | None = call.db.execute(
        f"SELECT * {rows.sql} AND id = :id", {**rows.parameters, "id": call.arguments.path["id"]}
    ).fetchone()
    if found is None:
        raise Problem("job_not_found", "There is no such job among those you may see.")
    return found


def _visible(call: Call) -> Rows:
    conditions, parameters = ["bureau_id = :bureau"], {"bureau": call.caller.bureau_id}
    if not oversees(call.caller):
        conditions.append("user_id = :caller")
        parameters["caller"] = call.caller.user_id
    return Rows(table="job", conditions=conditions, parameters=parameters)
