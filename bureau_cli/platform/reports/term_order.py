"""The order of a terminoppgave with the differences first, as they stood when the list was begun."""

import json
from collections.abc import Collection
from dataclasses import replace

from bureau_cli.platform.belonging import CLIENTS_BY_NAME, requested_clients
from bureau_cli.platform.calls import Call
from bureau_cli.platform.clock import to_moment
from bureau_cli.platform.facts import newest_fact
from bureau_cli.platform.law.due import a_melding_due
from bureau_cli.platform.month_end.charges import Charges, ClientMonth, charges_of
from bureau_cli.platform.month_end.window import term_of
from bureau_cli.platform.pages import Order, Page
from bureau_cli.platform.reports.differences import differs
from bureau_cli.platform.rules import ACCESSIBLE

_PLACE = """CASE
    WHEN client.id IN (SELECT value FROM json_each(:differing)) THEN 0
    WHEN client.id IN (SELECT value FROM json_each(:waiting)) THEN 1
    ELSE 2
END"""
_ORDER = Order(columns=("+:begun_at", _PLACE, *CLIENTS_BY_NAME.columns))
_REJECTED = """
SELECT client_id, month FROM a_melding INDEXED BY a_melding_by_month
WHERE bureau_id = ? AND month = ? AND feedback_at <= ? AND result = 'rejected'
"""

Differing = tuple[str, str]
"""JSON lists of clients: those that differ, and those that only wait."""


def clients_by_difference(call: Call, term: str) -> Page:
    """Find a page of the clients a request means: who differs, who only waits for a message, the others; by name.

    Facts come while a list is read. So the order goes by the instant at which it was begun, which every cursor keeps:
    else a client that ceased to differ, or began to, would be met twice or never.
    """
    rows = requested_clients(call).rows()
    after = call.pager.place(rows, call.arguments)
    begun = replace(call, now=to_moment(after[0])) if after else call
    differing, waiting = _differing(begun, term)
    parameters = {**rows.parameters, "begun_at": begun.seconds, "differing": differing, "waiting": waiting}
    return call.pager.page(call.db, replace(rows, parameters=parameters), _ORDER, call.arguments)


def _differing(call: Call, term: str) -> Differing:
    seen = call.db.execute(
        f"SELECT id FROM client WHERE bureau_id = :bureau AND id IN {ACCESSIBLE} ORDER BY id",  # noqa: S608 - ours
        {
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        },
    )
    client_ids = tuple(row["id"] for row in seen)
    key = (term, call.today, newest_fact(call), client_ids)
    return call.pager.worked_out(key, lambda: _work_out(call, term, client_ids))


def _work_out(call: Call, term: str, client_ids: Collection[str]) -> Differing:
    months = term_of(term)
    charges = charges_of(call, [(client_id, month) for client_id in client_ids for month in months])
    rejected = {tuple(row) for month in months for row in _rejected(call, month)}
    found = {key: one for key, one in charges.items() if differs(one)}
    differing = {key[0] for key, one in found.items() if key in rejected or _is_overdue(call, key, one)}
    waiting = {client_id for client_id, _ in found} - differing
    return json.dumps(sorted(differing)), json.dumps(sorted(waiting))


def _rejected(call: Call, month: str) -> Collection[tuple[str, str]]:
    return call.db.execute(_REJECTED, (call.caller.bureau_id, month, call.seconds)).fetchall()


def _is_overdue(call: Call, key: ClientMonth, charges: Charges) -> bool:
    """Tell whether a month should not differ any more: something of it is reported, or should have been."""
    return charges.messages > 0 or a_melding_due(key[1]) < call.today
