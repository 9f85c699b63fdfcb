"""Members of a group: why a client is one, and a change of many, done at once or as a job."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bureau_cli.platform import idempotency, job_kinds, jobs, member_jobs
from bureau_cli.platform.belonging import require_client
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.items import Item, Result
from bureau_cli.platform.membership import change_members, first_results
from bureau_cli.platform.resources.groups import id_once_meant, require_group

_ASYNC = "respond-async"


def change_group_members(call: Call) -> Answer:
    """Put clients into a group or take them out.

    Done at once, the keys of the items are what makes the request safe to send again; a job has the request's key too,
    so that it is not ordered twice. What was done before is told even when the group has another slug now, or is gone.
    """
    slug, items = call.arguments.path["slug"], call.arguments.body["items"]
    group_id = id_once_meant(call, slug)
    if _prefers_async(call):
        return idempotency.once(call, lambda: _order(call, slug, items), target=group_id)
    return Answer(body={"results": _change(call, slug, group_id, items), "as_of": as_of(call)})


def get_membership(call: Call) -> Answer:
    """Tell whether a client is in a group, and why."""
    group = require_group(call, call.arguments.path["slug"])
    client_id = require_client(call, call.arguments.path["client"])
    member = call.db.execute(
        "SELECT since, added_by FROM group_member WHERE group_id = ? AND client_id = ?", (group["id"], client_id)
    ).fetchone()
    body = {
        "group": group["slug"],
        "client": client_id,
        "member": member is not None,
        "kind": group["kind"],
        "since": None if member is None else to_text(member["since"]),
        "added_by": None if member is None else member["added_by"],
        "rule": group["rule"],
        "parts": _parts(call, group["rule"], client_id),
        "as_of": as_of(call),
    }
    return Answer(body=body)


def _parts(call: Call, rule: str | None, client_id: str) -> list[dict[str, Any]]:
    if rule is None:
        return []
    from bureau_cli.platform import where  # noqa: PLC0415 - few requests are about a rule; starting is to be quick

    asked: dict[str, where.Parameter] = {"client": client_id, "today": call.today.isoformat(), "now": call.seconds}
    return [asdict(part) for part in where.parts(call.db, rule, where.parse(rule), asked)]


def _change(call: Call, slug: str, group_id: str | None, items: Sequence[Item]) -> list[Result]:
    told = first_results(call, group_id, items)
    if len(told) == len(items):
        return told
    return change_members(call, require_group(call, slug), items)


def _order(call: Call, slug: str, items: Sequence[Item]) -> Answer:
    group = require_group(call, slug)
    first_results(call, group["id"], items)
    job = member_jobs.order(call, group, items)
    (shown,) = job_kinds.show(call, [job])
    headers = {**jobs.headers(job, call.seconds), "Preference-Applied": _ASYNC}
    return Answer(body=shown, status=202, headers=headers)


def _prefers_async(call: Call) -> bool:
    preferences = call.arguments.headers.get("Prefer", "").split(",")
    return any(one.partition(";")[0].strip().lower() == _ASYNC for one in preferences)
