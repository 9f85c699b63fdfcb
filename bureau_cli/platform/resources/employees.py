"""Employees: who is employed by a client, and the tax card in force."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bureau_cli.platform.belonging import Clients, Conditions, require_access, require_client, require_listed
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.cards import applying
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.personal import is_revealing, record_revealed, shown_fnr
from bureau_cli.platform.shown import only
from bureau_cli.platform.taxcards.people import People, Person

_EMPLOYEES = """
SELECT employee.*, pay_group.name AS group_name, pay_group.payday FROM json_each(:ids) AS wanted
CROSS JOIN employee ON employee.seq = wanted.value
JOIN pay_group ON pay_group.id = employee.pay_group_id
ORDER BY wanted.key
"""
_CARDS = """
SELECT tax_card.*, deductions FROM json_each(:ids) AS wanted
CROSS JOIN tax_card ON tax_card.id = (
    SELECT id FROM tax_card WHERE employee = wanted.value AND year = :year AND fetched_at <= :now
    ORDER BY fetched_at DESC, id DESC LIMIT 1
)
JOIN card_content ON card_content.id = tax_card.content
"""
_ACTIVE = "(employee.ends IS NULL OR employee.ends >= :today)"
_FILTERS = {"true": _ACTIVE, "false": f"NOT {_ACTIVE}", "all": "1"}


def list_employees(call: Call) -> Answer:
    """List a client's employees, by the day they began."""
    client_id = require_client(call, call.arguments.path["id"])
    require_listed(call, client_id)
    if is_revealing(call):
        require_access(call, client_id)
    descending = call.arguments.query["sort"].startswith("-")
    order = Order(columns=("employee.starts", "employee.seq"), descending=descending)
    page = call.pager.page(call.db, _rows(call, client_id), order, call.arguments)
    employees = _show(call, client_id, page.ids)
    record_revealed(call, f"clients/{client_id}/employees", [one["id"] for one in employees])
    return Answer(body=page.envelope(employees, as_of(call)))


def _rows(call: Call, client_id: str) -> Rows:
    conditions = Conditions(call, "employee.client_id")
    conditions.add("employee.client_id = :client", client=client_id)
    begun_by = call.today + timedelta(days=call.arguments.query["begins_within"])
    conditions.add("employee.starts <= :begun_by", begun_by=begun_by.isoformat())
    conditions.add(_FILTERS[call.arguments.query["active"]])
    return conditions.rows("employee INDEXED BY employee_by_client")


def _show(call: Call, client_id: str, seqs: Sequence[int]) -> list[dict[str, Any]]:
    ids, clients = json.dumps(seqs), Clients(call, [client_id])
    year = call.arguments.query.get("year", call.today.year)
    parameters = {"ids": ids, "year": year, "now": call.seconds}
    cards = {card["employee"]: card for card in call.db.execute(_CARDS, parameters)}
    people = People(call, year, call.arguments.query["mode"])
    standing, ordered_at = people.of_employees(seqs), people.ordered_at(seqs)
    employees = call.db.execute(_EMPLOYEES, {"ids": ids}).fetchall()
    return [
        {
            **_portrait(call, one, cards.get(one["seq"]), clients),
            "order": _order(standing[one["seq"]], ordered_at.get(one["seq"])),
        }
        for one in employees
    ]


def _order(person: Person, ordered_at: int | None) -> dict[str, Any]:
    """Tell whether an order of tax cards would be about somebody."""
    at = None if ordered_at is None else to_text(ordered_at)
    return {"due": person.reason is None, "reason": person.reason, "ordered_at": at}


def _portrait(call: Call, one: Any, card: Any, clients: Clients) -> dict[str, Any]:
    today = call.today.isoformat()
    return {
        **only(one, "id", "name", "starts", "ends"),
        "fnr": shown_fnr(call, one["fnr"]),
        "active": one["starts"] <= today and (one["ends"] is None or one["ends"] >= today),
        "pay_group": {"id": one["pay_group_id"], "name": one["group_name"], "payday": one["payday"]},
        "site": one["site_orgnr"],
        **_with_card(card, one["client_id"], clients),
        "fetched_at": clients.fetched_at(one["client_id"]),
    }


def _with_card(card: Any, client_id: str, clients: Clients) -> dict[str, Any]:
    if card is None:
        return {"tax_card": None, "withheld": None}
    says = clients.withhold(client_id, {"applies": applying(card)}, prefix="tax_card.")
    withheld = says.pop("withheld")
    known = only(card, "result", "employer_role")
    return {"tax_card": {**known, **says, "fetched_at": to_text(card["fetched_at"])}, "withheld": withheld}
