"""What newer tax cards changed: whose newest card says something else than the one they had at an instant."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bureau_cli.platform.belonging import Clients, Conditions
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.cards import applying
from bureau_cli.platform.clock import start_of_day, to_moment, to_seconds, to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.personal import shown_fnr
from bureau_cli.platform.resources.tax_cards import NEWEST
from bureau_cli.platform.shown import only

_ORDER = Order(columns=("tax_card.client_id", "tax_card.id"))
_LAST = """(
    SELECT max(last.fetched_at) FROM tax_card AS last INDEXED BY tax_card_by_fetch
    WHERE last.client_id = tax_card.client_id AND last.year = :year AND last.fetched_at <= :now
)"""
_LAST_FETCH = f"day_began({_LAST})"
_SINCE_LAST = f"tax_card.fetched_at >= {_LAST} - 90000 AND tax_card.fetched_at >= {_LAST_FETCH}"
"""SQL: it was fetched on the day of its client's last fetch; that is asked only of what is no longer ago than a day."""

_BEFORE = """
SELECT {what} FROM tax_card AS earlier
WHERE earlier.employee = tax_card.employee AND earlier.year = tax_card.year AND earlier.fetched_at < {since}
ORDER BY earlier.fetched_at DESC, earlier.id DESC LIMIT 1
"""
_SAYS = ("result", "content", "applies", "extra_info")
_CARDS = """
SELECT tax_card.*, deductions, employee.id AS employee_id, employee.name, employee.fnr, {before} AS before
FROM json_each(:ids) AS wanted CROSS JOIN tax_card ON tax_card.id = wanted.value
JOIN card_content ON card_content.id = tax_card.content JOIN employee ON employee.seq = tax_card.employee
ORDER BY wanted.key
"""
_EARLIER = """
SELECT tax_card.*, deductions FROM json_each(:ids) AS wanted CROSS JOIN tax_card ON tax_card.id = wanted.value
JOIN card_content ON card_content.id = tax_card.content
"""


def list_tax_card_changes(call: Call) -> Answer:
    """List them, client by client."""
    call.db.create_function("day_began", 1, _day_began, deterministic=True)
    page = call.pager.page(call.db, _rows(call), _ORDER, call.arguments)
    return Answer(body=page.envelope(_show(call, page.ids), as_of(call)))


def _day_began(seconds: int | None) -> int | None:
    """Give the first second of the day in Oslo that an instant lies in."""
    return None if seconds is None else start_of_day(to_moment(seconds).date())


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = Conditions(call, "tax_card.client_id")
    conditions.add("tax_card.bureau_id = :bureau")
    conditions.add("tax_card.year = :year", year=query.get("year", call.today.year))
    conditions.add("tax_card.fetched_at <= :now")
    asked = _asked(call)
    conditions.add("tax_card.fetched_at >= :since" if asked else _SINCE_LAST, **asked)
    conditions.add_clients()
    says = ", ".join(f"tax_card.{name}" for name in _SAYS)
    before = _BEFORE.format(what=", ".join(f"earlier.{name}" for name in _SAYS), since=_since(call))
    return conditions.rows("tax_card INDEXED BY tax_card_by_year", NEWEST, f"({says}) IS NOT ({before})")


def _since(call: Call) -> str:
    """Write the instant with which what is known now is compared."""
    return ":since" if "since" in call.arguments.query else _LAST_FETCH


def _asked(call: Call) -> dict[str, int]:
    given = call.arguments.query.get("since")
    return {} if given is None else {"since": to_seconds(datetime.fromisoformat(given))}


def _show(call: Call, ids: Sequence[int]) -> list[dict[str, Any]]:
    before = f"({_BEFORE.format(what='earlier.id', since=_since(call))})"
    asked = {"ids": json.dumps(ids), "bureau": call.caller.bureau_id, "now": call.seconds, **_asked(call)}
    asked["year"] = call.arguments.query.get("year", call.today.year)
    cards = call.db.execute(_CARDS.format(before=before), asked).fetchall()
    earlier = {"ids": json.dumps([card["before"] for card in cards if card["before"] is not None])}
    known = {card["id"]: card for card in call.db.execute(_EARLIER, earlier)}
    clients = Clients(call, (card["client_id"] for card in cards))
    return [_portrait(call, card, known.get(card["before"]), clients) for card in cards]


def _portrait(call: Call, card: Any, before: Any, clients: Clients) -> dict[str, Any]:
    client_id = card["client_id"]
    figures = {"before": None if before is None else applying(before), "after": applying(card)}
    return {
        "client": clients.reference(client_id),
        "owner": clients.owner(client_id),
        "employee": {"id": card["employee_id"], "name": card["name"]},
        "fnr": shown_fnr(call, card["fnr"]),
        **only(card, "year", "result"),
        "result_before": None if before is None else before["result"],
        **clients.withhold(client_id, figures),
        "changed_at": to_text(card["fetched_at"]),
    }
