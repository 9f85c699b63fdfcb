"""Jobs that change the members of a group: done whole, in one step, after a second a hundred items."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform import audit, jobs
from bureau_cli.platform.calls import Call, Deed
from bureau_cli.platform.items import Item, Result
from bureau_cli.platform.jobs import Ends
from bureau_cli.platform.membership import change_members
from bureau_cli.platform.pages import Order, Page, Rows
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import require_permission

GROUP_MEMBERS = "group-members"
_ORDERING_OPERATION = "change_group_members"
_ITEMS_A_SECOND = 100


def order(deed: Deed, group: sqlite3.Row, items: Sequence[Item]) -> sqlite3.Row:
    """Order a change of a group's members, and give the job."""
    due_at = deed.seconds + jobs.QUEUED_SECONDS + -(-len(items) // _ITEMS_A_SECOND)
    job = jobs.order(deed, GROUP_MEMBERS, due_at=due_at, group_id=group["id"])
    deed.db.executemany(
        "INSERT INTO job_item (job_id, position, key, client, action) VALUES (?, ?, ?, ?, ?)",
        ((job["id"], number, item["key"], item["client"], item["action"]) for number, item in enumerate(items)),
    )
    return job


class MemberJobs:
    """What these jobs do."""

    def step(self, deed: Deed, job: sqlite3.Row) -> Ends:
        """Change the members, all of them."""
        group = deed.db.execute("SELECT * FROM client_group WHERE id = ?", (job["group_id"],)).fetchone()
        if group is None:
            return Ends(state="failed", code="group_not_found", message="The group was deleted meanwhile.")
        try:
            require_permission(deed.db, _ORDERING_OPERATION, deed.caller, deed.today)
            results = change_members(deed, group, _items(deed.db, job))
        except Problem as problem:
            audit.record_refusal(deed, _ORDERING_OPERATION, {"slug": group["slug"]}, problem.code)
            return Ends(state="failed", code=problem.code, message=problem.detail)
        _keep(deed.db, job, results)
        is_spoilt = any(one["outcome"] == "refused" for one in results)
        return Ends(state="completed_with_errors" if is_spoilt else "completed")

    def give_up(self, db: sqlite3.Connection, job: sqlite3.Row, *, may_have_acted: bool = False) -> None:
        """Nothing was done."""

    def may_be_cancelled(self, _db: sqlite3.Connection, _job: sqlite3.Row) -> bool:
        """Nothing is done before everything is."""
        return True

    def count(self, db: sqlite3.Connection, job: sqlite3.Row) -> Mapping[str | None, int]:
        """Count the items by outcome."""
        found = db.execute(
            "SELECT json_extract(result, '$.outcome'), count(*) FROM job_item WHERE job_id = ? GROUP BY 1", (job["id"],)
        )
        return dict(found.fetchall())

    def results(self, call: Call, job: sqlite3.Row) -> tuple[Page, list[dict[str, Any]]]:
        """Find one result an item."""
        rows = Rows(table="job_item", conditions=["job_id = :job", "result IS NOT NULL"], parameters={"job": job["id"]})
        page = call.pager.page(call.db, rows, Order(columns=("position",)), call.arguments)
        found = call.db.execute(
            "SELECT result FROM job_item WHERE job_id = ? AND position IN (SELECT value FROM json_each(?))"
            " ORDER BY position",
            (job["id"], json.dumps(page.ids)),
        )
        return page, [json.loads(row["result"]) for row in found]


def _items(db: sqlite3.Connection, job: sqlite3.Row) -> list[Item]:
    rows = db.execute("SELECT key, client, action FROM job_item WHERE job_id = ? ORDER BY position", (job["id"],))
    return [dict(row) for row in rows]


def _keep(db: sqlite3.Connection, job: sqlite3.Row, results: Sequence[Result]) -> None:
    db.executemany(
        "UPDATE job_item SET result = ? WHERE job_id = ? AND position = ?",
        ((json.dumps(result), job["id"], position) for position, result in enumerate(results)),
    )
