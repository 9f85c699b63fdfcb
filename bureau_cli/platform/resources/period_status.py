"""Period status: where clients stand in a month, and the facts behind it."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from bureau_cli.platform.belonging import Clients, meant_clients, requested_clients, require_client
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.month_end.statuses import Reason, Status, Step, next_of, statuses_of
from bureau_cli.platform.month_end.steps import Fact
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.rules import sees_every_client

_WITHHELD = ("outside", "pay_dates", "steps", "a_melding", "closed", "reported", "done", "reasons", "next")
_EMPTY = ("pay_dates", "reasons")
_LENGTH_OF_DAY = len("YYYY-MM-DD")
_UNSETTLED = """
SELECT month, client_id FROM client_month
WHERE bureau_id = :bureau AND month < :month AND (settled_at IS NULL OR settled_at > :now)"""


def list_period_status(call: Call) -> Answer:
    """List where the clients the request means stand in a month, or in which months before it they are overdue."""
    if call.arguments.query["overdue"] == "true":
        return _list_overdue(call)
    month = _month(call)
    page = call.pager.page(call.db, requested_clients(call).rows(), Order(columns=("client.id",)), call.arguments)
    clients = Clients(call, page.ids)
    statuses = _statuses(call, month, [one for one in page.ids if _is_open(call, clients, one)])
    items = [_row(clients, client_id, month, statuses.get(client_id)) for client_id in page.ids]
    return Answer(body=_dated(call, page.envelope(items, as_of(call))))


def get_period_status(call: Call) -> Answer:
    """Show where one client stands in a month, with the facts."""
    client_id = require_client(call, call.arguments.path["client"])
    month = _month(call)
    clients = Clients(call, [client_id])
    status = _statuses(call, month, [client_id])[client_id] if _is_open(call, clients, client_id) else None
    facts = [_fact(fact) for found in status.facts.values() for fact in found] if status else []
    known_until = clients.fetched_at(client_id)[:_LENGTH_OF_DAY]
    return Answer(body={**_row(clients, client_id, month, status), "facts": facts, "known_until": known_until})


def _dated(call: Call, envelope: dict[str, Any]) -> dict[str, Any]:
    """A page with the clock that its steps are judged by."""
    return {**envelope, "now": to_text(call.seconds)}


def _list_overdue(call: Call) -> Answer:
    overdue = {key: status for key, status in _unsettled(call) if status.is_overdue}
    rows = Rows(
        table="client_month",
        conditions=["(month, client_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(:overdue))"],
        parameters={"overdue": json.dumps(list(overdue))},
    )
    page = call.pager.page(call.db, rows, Order(columns=("month", "client_id")), call.arguments)
    clients = Clients(call, (client_id for _, client_id in page.keys))
    items = [_row(clients, client_id, month, overdue[month, client_id]) for month, client_id in page.keys]
    return Answer(body=_dated(call, page.envelope(items, as_of(call))))


def _unsettled(call: Call) -> Iterator[tuple[tuple[str, str], Status]]:
    """Judge the earlier months, of clients that the caller may look into, that are not settled for good."""
    chosen = meant_clients(call).rows()
    found = call.db.execute(
        f"{_UNSETTLED} AND client_id IN (SELECT client.id {chosen.sql}) ORDER BY month, client_id",
        {**chosen.parameters, "bureau": call.caller.bureau_id, "month": _month(call), "now": call.seconds},
    )
    for month, rows in groupby(found, key=itemgetter("month")):
        for client_id, status in _statuses(call, month, [row["client_id"] for row in rows]).items():
            yield (month, client_id), status


def _month(call: Call) -> str:
    return str(call.arguments.query.get("period", period_of(call.today)))


def _statuses(call: Call, month: str, client_ids: Sequence[str]) -> dict[str, Status]:
    return statuses_of(call.db, month, client_ids, now=call.seconds, today=call.today.isoformat())


def _is_open(call: Call, clients: Clients, client_id: str) -> bool:
    """Tell whether the caller may look into a client."""
    return sees_every_client(call.caller) or clients.is_open(client_id)


def _row(clients: Clients, client_id: str, month: str, status: Status | None) -> dict[str, Any]:
    """Show a client's month; without a status, that it is withheld."""
    return {
        "client": clients.reference(client_id),
        "owner": clients.owner(client_id),
        "period": month,
        **(_withheld() if status is None else _shown(status)),
        "fetched_at": clients.fetched_at(client_id),
    }


def _withheld() -> dict[str, Any]:
    return {
        **dict.fromkeys(_WITHHELD),
        **{name: [] for name in _EMPTY},
        "withheld": {"reason": "no_access", "fields": list(_WITHHELD)},
    }


def _shown(status: Status) -> dict[str, Any]:
    steps = status.steps
    following = next_of(steps)
    return {
        "outside": status.outside,
        "pay_dates": status.pay_dates,
        "steps": {name: _step(step) for name, step in steps.items()},
        "a_melding": status.a_melding,
        "closed": status.closed,
        "reported": status.reported,
        "done": status.done,
        "reasons": [_reason(reason) for reason in status.reasons],
        "next": following and {"step": following[0], "state": following[1].state, "due": following[1].due},
        "withheld": None,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"state": step.state, "due": step.due, "since": _instant(step.since)}


def _reason(reason: Reason) -> dict[str, Any]:
    fact = reason.fact
    return {
        "gate": reason.gate,
        "code": reason.code,
        "step": fact.step,
        "state": fact.state,
        "pay_group": fact.pay_group,
        "pay_date": fact.pay_date,
        "run": fact.run,
        "message": fact.message,
        "due": fact.due,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {**fact._asdict(), "at": _instant(fact.at)}


def _instant(seconds: int | None) -> str | None:
    return None if seconds is None else to_text(seconds)
