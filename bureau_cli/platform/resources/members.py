"""Members of a group: a change of many, done at once or as a job."""

from bureau_cli.platform import idempotency, jobs
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.membership import change_members
from bureau_cli.platform.resources.groups import require_group

_ASYNC = "respond-async"


def change_group_members(call: Call) -> Answer:
    """Put clients into a group or take them out.

    Done at once, the keys of the items are what makes the request safe to send again; a job has the request's key too,
    so that it is not ordered twice.
    """
    if _prefers_async(call):
        return idempotency.once(call, lambda: _order(call))
    group = require_group(call, call.arguments.path["slug"])
    results = change_members(call, group, call.arguments.body["items"])
    return Answer(body={"results": results, "as_of": as_of(call)})


def _order(call: Call) -> Answer:
    group = require_group(call, call.arguments.path["slug"])
    job = jobs.order(call, group, call.arguments.body["items"])
    headers = {
        "Location": f"/v1/jobs/{job['id']}",
        "Retry-After": str(jobs.seconds_left(job, call.seconds)),
        "Preference-Applied": _ASYNC,
    }
    (shown,) = jobs.show(call, [job])
    return Answer(body=shown, status=202, headers=headers)


def _prefers_async(call: Call) -> bool:
    preferences = call.arguments.headers.get("Prefer", "").split(",")
    return any(one.partition(";")[0].strip().lower() == _ASYNC for one in preferences)
