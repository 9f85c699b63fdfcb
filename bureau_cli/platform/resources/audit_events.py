"""The audit trail, for those who oversee the bureau."""

import json
from datetime import date

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import end_of_day, start_of_day
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows

_EQUAL = ("actor", "action", "subject")


def list_audit_events(call: Call) -> Answer:
    """List what was changed, and what was refused."""
    order = Order(columns=("seq",), descending=call.arguments.query["sort"] == "-seq")
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    found = call.db.execute(
        "SELECT event, hash FROM json_each(:wanted) AS wanted CROSS JOIN audit_event"
        " ON audit_event.bureau_id = :bureau AND audit_event.seq = wanted.value ORDER BY wanted.key",
        {"bureau": call.caller.bureau_id, "wanted": json.dumps(page.ids)},
    )
    events = [json.loads(row["event"]) | {"hash": row["hash"]} for row in found]
    return Answer(body=page.envelope(events, as_of(call)))


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = [f"{name} = :{name}" for name in _EQUAL if name in query]
    parameters = {name: query[name] for name in (*_EQUAL, "from_seq") if name in query}
    if "from_seq" in query:
        conditions.append("seq >= :from_seq")
    if "since" in query:
        conditions.append("at >= :since")
        parameters["since"] = start_of_day(date.fromisoformat(query["since"]))
    if "until" in query:
        conditions.append("at <= :until")
        parameters["until"] = end_of_day(date.fromisoformat(query["until"]))
    return Rows(
        table="audit_event",
        conditions=["bureau_id = :bureau", *conditions],
        parameters={"bureau": call.caller.bureau_id, **parameters},
    )
