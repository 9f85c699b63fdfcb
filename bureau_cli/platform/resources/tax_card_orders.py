"""Orders of tax cards, and whom one would be about."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform import idempotency, job_kinds, jobs
from bureau_cli.platform.belonging import CLIENTS_BY_NAME, Clients, requested_clients
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.rules import ACCESSIBLE
from bureau_cli.platform.taxcards import orders
from bureau_cli.platform.taxcards.people import People, Person
from bureau_cli.platform.taxcards.years import require_open

_CLIENTS = f"""
SELECT client.id, client.status, client.delegation, client.id IN {ACCESSIBLE} AS is_open,
    {orders.ORDERED_BEFORE} AS is_ordered_before
FROM json_each(:ids) AS wanted CROSS JOIN client ON client.id = wanted.value ORDER BY wanted.key
"""  # noqa: S608 - conditions of ours


def order_tax_cards(call: Call) -> Answer:
    """Order tax cards; what becomes of them is told by the job."""
    return idempotency.once(call, lambda: _order(call))


def list_tax_card_candidates(call: Call) -> Answer:
    """List whom an order would be about, client by client."""
    year = call.arguments.query.get("year", call.today.year)
    require_open(year, call.today)
    page = call.pager.page(call.db, requested_clients(call).rows(), CLIENTS_BY_NAME, call.arguments)
    return Answer(body=page.envelope(_candidates(call, year, page.ids), as_of(call)))


def _order(call: Call) -> Answer:
    job = orders.place(call)
    (shown,) = job_kinds.show(call, [job])
    return Answer(body=shown, status=202, headers=jobs.headers(job, call.seconds))


def _candidates(call: Call, year: int, ids: Sequence[str]) -> list[dict[str, Any]]:
    clients = Clients(call, ids)
    asked = {
        "ids": json.dumps(ids),
        "caller": call.caller.user_id,
        "today": call.today.isoformat(),
        "now": call.seconds,
        "year": year,
    }
    rows = {row["id"]: row for row in call.db.execute(_CLIENTS, asked)}
    blocks = {client_id: orders.blocked(row) for client_id, row in rows.items()}
    people: dict[str, list[Person]] = {client_id: [] for client_id in ids}
    free = [client_id for client_id in ids if blocks[client_id] is None]
    for person in People(call, year, call.arguments.query["mode"]).of_clients(free):
        people[person.client_id].append(person)
    return [
        {
            "client": clients.reference(client_id),
            "owner": clients.owner(client_id),
            "blocked": None if (block := blocks[client_id]) is None else {"code": block.code, "message": block.detail},
            "people": [one.id for one in people[client_id] if one.reason is None],
            "left_out": _left_out(people[client_id]),
            "ordered_before": bool(rows[client_id]["is_ordered_before"]),
            "fetched_at": clients.fetched_at(client_id),
        }
        for client_id in ids
    ]


def _left_out(people: Sequence[Person]) -> list[dict[str, Any]]:
    by_reason: Mapping[str, list[str]] = {reason: [] for reason in orders.WHY}
    for one in people:
        if one.reason is not None:
            by_reason[one.reason].append(one.id)
    return [{"reason": reason, "count": len(ids), "employees": ids} for reason, ids in by_reason.items() if ids]
