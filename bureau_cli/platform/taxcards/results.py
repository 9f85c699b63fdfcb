"""The results of an order of tax cards, and of an import: one row a person, as the contract has them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calls import Call
from bureau_cli.platform.cards import applying
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.pages import Order, Page, Rows
from bureau_cli.platform.personal import shown_fnr
from bureau_cli.platform.shown import only

_TABLE = """
tax_card_order_item AS item CROSS JOIN tax_card_order_result AS result ON result.item = ifnull(item.first, item.seq)
"""
_CONDITIONS = (
    "item.job_id = :job",
    "result.outcome IS NOT NULL",
    "(result.position = 0) = (SELECT is_refused_whole FROM tax_card_order_item WHERE seq = result.item)",
)
_ORDER = Order(columns=("item.position", "result.position"))
_RESULTS = f"""
SELECT item.key, item.client, item.first IS NOT NULL AS is_replayed, result.outcome, code, message, result.result,
    result.previous, result.card, employee.id AS employee_id, employee.name, employee.fnr, client.id AS client_id
FROM json_each(:keys) AS wanted
CROSS JOIN {_TABLE} AND result.position = wanted.value ->> 1
LEFT JOIN employee ON employee.seq = result.employee
LEFT JOIN client ON client.id = item.client AND client.bureau_id = :bureau
WHERE item.job_id = :job AND item.position = wanted.value ->> 0 ORDER BY wanted.key
"""  # noqa: S608 - a table of ours
_CARDS = """
SELECT tax_card.*, deductions FROM json_each(:ids) AS wanted CROSS JOIN tax_card ON tax_card.id = wanted.value
JOIN card_content ON card_content.id = tax_card.content
"""


def results_of(call: Call, job: sqlite3.Row) -> tuple[Page, list[dict[str, Any]]]:
    """Find a page of the results of an order, and show them."""
    rows = Rows(table=_TABLE, conditions=_CONDITIONS, parameters={"job": job["id"]})
    page = call.pager.page(call.db, rows, _ORDER, call.arguments)
    asked = {"keys": json.dumps(page.keys), "job": job["id"], "bureau": call.caller.bureau_id}
    found = call.db.execute(_RESULTS, asked).fetchall()
    readings = Readings(call, found)
    clients = Clients(call, {row["client_id"] for row in found if row["client_id"]})
    return page, [{**_named(row), **shown(call, row, readings, clients)} for row in found]


class Readings:
    """The cards that results are about."""

    def __init__(self, call: Call, results: Sequence[Mapping[str, Any] | sqlite3.Row]) -> None:
        wanted = sorted({row[name] for row in results for name in ("previous", "card") if row[name] is not None})
        self._cards = {card["id"]: card for card in call.db.execute(_CARDS, {"ids": json.dumps(wanted)})}

    def is_news(self, previous: int | None, number: int | None) -> bool:
        """Tell whether a card says something else than the one before it."""
        said = [one and only(self._cards[one], "result", "content", "extra_info") for one in (previous, number)]
        return number is not None and said[0] != said[1]

    def of(self, number: int | None, *, is_open: bool) -> dict[str, Any] | None:
        """Show a card, as far as the caller may see it."""
        if number is None:
            return None
        card = self._cards[number]
        return {
            **only(card, "result", "employer_role"),
            "applies": applying(card) if is_open else None,
            "fetched_at": to_text(card["fetched_at"]),
        }


def shown(call: Call, row: Mapping[str, Any] | sqlite3.Row, readings: Readings, clients: Clients) -> dict[str, Any]:
    """Show what came of somebody, from a row with the columns of a result and of whom it is about."""
    cards = [name for name in ("previous", "card") if row[name] is not None]
    is_open = not cards or clients.is_open(row["client_id"])
    withheld = {"reason": "no_access", "fields": [f"{name}.applies" for name in cards]}
    refusal = only(row, "code", "message") if row["outcome"] == "refused" else {}
    return {
        "outcome": row["outcome"],
        **refusal,
        "employee": row["employee_id"] and {"id": row["employee_id"], "name": row["name"]},
        "fnr": row["fnr"] and shown_fnr(call, row["fnr"]),
        "result": row["result"],
        **{name: readings.of(row[name], is_open=is_open) for name in ("previous", "card")},
        "changed": readings.is_news(row["previous"], row["card"]),
        "withheld": None if is_open else withheld,
    }


def _named(row: sqlite3.Row) -> dict[str, Any]:
    replayed = {"replayed": True} if row["is_replayed"] else {}
    return {"key": row["key"], "client": row["client"], **replayed}
