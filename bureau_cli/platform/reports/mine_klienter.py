"""Mine klienter: each client with who follows it up, where it stands in a month, and what is next."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.month_end.deadlines import Agenda, Deadline
from bureau_cli.platform.month_end.showing import Showing
from bureau_cli.platform.month_end.statuses import Status, next_of, statuses_of
from bureau_cli.platform.month_end.window import Window
from bureau_cli.platform.portraits import portraits
from bureau_cli.platform.reports.lists import clients_by_name, coverage, envelope, may_look_into, withheld
from bureau_cli.platform.shown import only
from bureau_cli.platform.store import setting
from bureau_cli.platform.taxcards.people import TO_BE_PAID, asked

_AHEAD = (timedelta(days=10), timedelta(days=60))
"""How far is looked: most clients have something due soon."""
_AT_ONCE = 3
"""Of a client, deadlines that are looked at before those after them."""
_FIGURES = ("closed", "reported", "done", "outside", "a_melding", "next", "next_deadline", "tax_cards_missing")
_PERSONS = ("members", "groups", "paydays", "status", "active_employees", "owner", "fetched_at")
_WITHOUT_CARD = f"""
SELECT employee.client_id, count(*) FROM json_each(:ids) AS meant
CROSS JOIN employee INDEXED BY employee_by_client ON employee.client_id = meant.value
WHERE {TO_BE_PAID} AND NOT EXISTS (
    SELECT 1 FROM tax_card WHERE employee = employee.seq AND year = :year AND fetched_at <= :now
)
GROUP BY employee.client_id
"""  # noqa: S608 - a condition of ours


def list_mine_klienter(call: Call) -> Answer:
    """List clients with who follows them up and where they stand."""
    period = call.arguments.query.get("period", period_of(call.today))
    page = clients_by_name(call)
    clients = Clients(call, page.ids)
    standings = _Standings(call, period, [one for one in page.ids if may_look_into(call, clients, one)])
    items = [
        {
            "client": clients.reference(portrait["id"]),
            **only(portrait, *_PERSONS),
            "access": portrait["my_access"],
            "last_run": _last_run(portrait["last_run"]),
            "period": period,
            **(standings.of(portrait["id"]) if may_look_into(call, clients, portrait["id"]) else withheld(_FIGURES)),
        }
        for portrait in portraits(call, page.ids)
    ]
    about = {"tax_year": call.today.year, "coverage": coverage(call, page.total, of_pay=False)}
    return Answer(body=envelope(call, page, items, **about))


class _Standings:
    """Where a page's clients stand, found for all of them at once."""

    def __init__(self, call: Call, period: str, client_ids: Sequence[str]) -> None:
        today = call.today.isoformat()
        self._statuses = statuses_of(call.db, period, client_ids, now=call.seconds, today=today)
        self._deadlines = _next_deadlines(call, client_ids)
        people = {**asked(call), "ids": json.dumps(client_ids), "year": call.today.year}
        self._without_card = dict(call.db.execute(_WITHOUT_CARD, people).fetchall())

    def of(self, client_id: str) -> dict[str, Any]:
        """Show where a client stands."""
        return {
            **_status(self._statuses[client_id]),
            "next_deadline": self._deadlines.get(client_id),
            "tax_cards_missing": self._without_card.get(client_id, 0),
            "withheld": None,
        }


def _status(status: Status) -> dict[str, Any]:
    following = next_of(status.steps)
    return {
        "closed": status.closed,
        "reported": status.reported,
        "done": status.done,
        "outside": status.outside,
        "a_melding": status.a_melding,
        "next": following and {"step": following[0], "state": following[1].state, "due": following[1].due},
    }


def _last_run(run: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return only(run, "id", "period", "type", "pay_date", "payslips") if run else None


def _next_deadlines(call: Call, client_ids: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    """Give the first thing from today on that is not known to be done, by client."""
    found: dict[str, dict[str, Any]] = {}
    first = call.today
    for ahead in _AHEAD:
        left = [client_id for client_id in client_ids if client_id not in found]
        last = call.today + ahead
        window = Window(first=first, last=last, begins=setting(call.db, "first_period"))
        found |= _first_not_done(call, Agenda.of_these(call, left).all(window))
        first = last + timedelta(days=1)
    return found


def _first_not_done(call: Call, deadlines: Iterable[Deadline]) -> Mapping[str, dict[str, Any]]:
    """Look through deadlines, by day, a few of each client at once: what is first is seldom done."""
    left: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        left[deadline.client_id].append(deadline)
    found: dict[str, dict[str, Any]] = {}
    while left:
        some = [one for of_client in left.values() for one in of_client[:_AT_ONCE]]
        showing = Showing(call, some)
        for one in some:
            if one.client_id not in found and (shown := showing.show(one))["met"] is not True:
                found[one.client_id] = only(shown, "kind", "due", "met", "period", "term")
        left = {
            client_id: of_client[_AT_ONCE:]
            for client_id, of_client in left.items()
            if client_id not in found and of_client[_AT_ONCE:]
        }
    return found
