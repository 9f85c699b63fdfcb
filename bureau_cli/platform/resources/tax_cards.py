"""Tax cards: the newest one of every employee and year that has been fetched."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bureau_cli.platform.belonging import Clients, Conditions
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.cards import applying, deductions
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.personal import is_revealing, record_revealed, shown_fnr
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ACCESSIBLE
from bureau_cli.platform.shown import only

_ORDER = Order(columns=("tax_card.client_id", "tax_card.id"))
_CARDS = """
SELECT tax_card.*, deductions, employee.id AS employee_id, employee.name, employee.fnr FROM json_each(:ids) AS wanted
CROSS JOIN tax_card ON tax_card.id = wanted.value
JOIN card_content ON card_content.id = tax_card.content
JOIN employee ON employee.seq = tax_card.employee
ORDER BY wanted.key
"""
NEWEST = (
    "tax_card.id NOT IN (SELECT newer.supersedes FROM tax_card AS newer INDEXED BY tax_card_by_superseded"
    " WHERE newer.supersedes IS NOT NULL AND newer.fetched_at <= :now)"
)
"""SQL: no card of the same employee and year was fetched after it."""

_FIRST = "tax_card.supersedes IS NULL"


def list_tax_cards(call: Call) -> Answer:
    """List the cards the filters leave, client by client."""
    rows = _rows(call)
    if is_revealing(call):
        _require_access_to_all(call, rows)
    page = call.pager.page(call.db, rows, _ORDER, call.arguments)
    cards = _show(call, page.ids)
    record_revealed(call, "tax-cards", [card["employee"]["id"] for card in cards])
    return Answer(body=page.envelope(cards, as_of(call)))


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = Conditions(call, "tax_card.client_id")
    conditions.add("tax_card.bureau_id = :bureau")
    conditions.add("tax_card.year = :year", year=query.get("year", call.today.year))
    conditions.add("tax_card.fetched_at <= :now")
    conditions.add_clients()
    if "result" in query:
        conditions.add("tax_card.result = :result", result=query["result"])
        return conditions.rows("tax_card INDEXED BY tax_card_by_result", NEWEST)
    # There is a newest card wherever there is a first one, and a first one is told by its own row.
    index = "first" if conditions.are_of_all else "by_year"
    firsts = conditions.rows(f"tax_card INDEXED BY tax_card_{index}", _FIRST)
    newest = conditions.rows("tax_card INDEXED BY tax_card_by_year", NEWEST)
    return replace(newest, counted_as=firsts.counted_as or firsts)


def _require_access_to_all(call: Call, rows: Rows) -> None:
    parameters = {
        **rows.parameters,
        "caller": call.caller.user_id,
        "today": call.today.isoformat(),
        "now": call.seconds,
    }
    out_of_reach = f"SELECT 1 {rows.sql} AND tax_card.client_id NOT IN {ACCESSIBLE} LIMIT 1"
    if call.db.execute(out_of_reach, parameters).fetchone() is not None:
        raise Problem("no_access", "The list has clients the caller has no access to; narrow it to those there is.")


def _show(call: Call, ids: Sequence[int]) -> list[dict[str, Any]]:
    cards = call.db.execute(_CARDS, {"ids": json.dumps(ids)}).fetchall()
    clients = Clients(call, (card["client_id"] for card in cards))
    return [_portrait(call, card, clients) for card in cards]


def _portrait(call: Call, card: Any, clients: Clients) -> dict[str, Any]:
    client_id = card["client_id"]
    return {
        "id": f"tc_{card['id']:x}",
        "client": clients.reference(client_id),
        "employee": {"id": card["employee_id"], "name": card["name"]},
        "fnr": shown_fnr(call, card["fnr"]),
        **only(card, "year", "result", "employer_role", "issued"),
        "extra_info": json.loads(card["extra_info"]),
        **clients.withhold(client_id, {"deductions": deductions(card), "applies": applying(card)}),
        "fetched_at": to_text(card["fetched_at"]),
    }
