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
from bureau_cli.platform.month_end.counting import COUNTS
from bureau_cli.platform.month_end.window import term_of
from bureau_cli.platform.pages import Order, Page, Rows
from bureau_cli.platform.reports.differences import differences_of
from bureau_cli.platform.reports.term_payments import Payments
from bureau_cli.platform.rules import ACCESSIBLE

_PLACE = """CASE
    WHEN client.id IN (SELECT value FROM json_each(:differing)) THEN 0
    WHEN client.id IN (SELECT value FROM json_each(:waiting)) THEN 1
    ELSE 2
END"""
_ORDER = Order(columns=("+:begun_at", _PLACE, *CLIENTS_BY_NAME.columns))
_REJECTED = """
SELECT client_id, month FROM a_melding INDEXED BY a_melding_by_month
WHERE bureau_id = :bureau AND month = :month AND feedback_at <= :now AND result = 'rejected'
"""

_SUMS = (
    ("aga", "aga"),
    ("finansskatt", "finansskatt"),
    ("forskuddstrekk", "withholding"),
    ("utleggstrekk", "attachment"),
)
"""Each kind of payment, and whose sum a message has."""
_ASKED_OTHERWISE = f"""
SELECT client_id, :month FROM (
    SELECT
        client_id, count(message) AS payments,
        {", ".join(f"sum(iif(kind = '{kind}', amount, 0)) - {of}_sum AS {kind}" for kind, of in _SUMS)}
    FROM a_melding INDEXED BY a_melding_by_month LEFT JOIN payment ON message = seq
    WHERE bureau_id = :bureau AND month = :month AND {COUNTS}
    GROUP BY seq
)
GROUP BY client_id HAVING sum(payments) AND ({" OR ".join(f"sum({kind})" for kind, _ in _SUMS)})
"""  # noqa: S608 - conditions of ours
"""Whose feedback asks for something else than the messages have."""

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
    """Look through the clients meant of which the caller sees the figures, once for all pages of a list."""
    chosen = requested_clients(call)
    chosen.only(f"client.id IN {ACCESSIBLE}")
    rows = chosen.rows()
    timeless = sorted((name, value) for name, value in rows.parameters.items() if name != "now")
    key = (term, call.today, newest_fact(call), rows.sql, *timeless)
    return call.pager.worked_out(key, lambda: _work_out(call, term, rows))


def _work_out(call: Call, term: str, rows: Rows) -> Differing:
    months = term_of(term)
    client_ids = [row["id"] for row in call.db.execute(f"SELECT client.id {rows.sql}", rows.parameters)]
    charges = charges_of(call, [(client_id, month) for client_id in client_ids for month in months])
    rejected, otherwise = (_found(call, sql, months) & charges.keys() for sql in (_REJECTED, _ASKED_OTHERWISE))
    payments = Payments.of(call, otherwise)
    found = {
        key: one
        for key, one in charges.items()
        if any(differences_of(one, payments.asked_of(*key) if key in otherwise else None))
    }
    differing = {key[0] for key, one in found.items() if key in rejected or _is_overdue(call, key, one)}
    waiting = {client_id for client_id, _ in found} - differing
    return json.dumps(sorted(differing)), json.dumps(sorted(waiting))


def _found(call: Call, sql: str, months: Collection[str]) -> set[ClientMonth]:
    asked = {"bureau": call.caller.bureau_id, "now": call.seconds}
    return {(client_id, of) for month in months for client_id, of in call.db.execute(sql, {**asked, "month": month})}


def _is_overdue(call: Call, key: ClientMonth, charges: Charges) -> bool:
    """Tell whether a month should not differ any more: something of it is reported, or should have been."""
    return charges.messages > 0 or a_melding_due(key[1]) < call.today
