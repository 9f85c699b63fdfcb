"""Registrations: each payslip sent, claim and absence that usage counts."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bureau_cli.platform.belonging import Clients, Conditions, require_client, require_listed
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import month_until, to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Key, Order, Rows
from bureau_cli.platform.shown import money

_ENTRIES = """(
    SELECT client_id, at, kind, id AS number, employee FROM registration
    UNION ALL
    SELECT client_id, payslips_sent_at, 'payslip', run, employee FROM pay_run JOIN payslip ON payslip.run = pay_run.seq
) AS entry"""
_EMPLOYEES = "SELECT seq, id, name FROM employee WHERE seq IN (SELECT value FROM json_each(?))"
_REGISTERED = "SELECT id, amount, starts, ends FROM registration WHERE id IN (SELECT value FROM json_each(?))"
_RUNS = "SELECT seq, id FROM pay_run WHERE seq IN (SELECT value FROM json_each(?))"


class _Entry(NamedTuple):
    """The key of what was registered or, with the number of a run, of a payslip."""

    at: int
    kind: str
    number: int
    employee: int

    @property
    def is_payslip(self) -> bool:
        return self.kind == "payslip"


_COLUMNS = tuple(f"entry.{name}" for name in _Entry._fields)


def list_registrations(call: Call) -> Answer:
    """List what came in a month at one client, in its order."""
    client_id = require_client(call, call.arguments.path["id"])
    require_listed(call, client_id)
    order = Order(columns=_COLUMNS, descending=call.arguments.query["sort"].startswith("-"))
    page = call.pager.page(call.db, _rows(call, client_id), order, call.arguments)
    return Answer(body=page.envelope(_show(call, client_id, page.keys), as_of(call)))


def _rows(call: Call, client_id: str) -> Rows:
    query = call.arguments.query
    start, end = month_until(query.get("month", period_of(call.today)), call.seconds)
    conditions = Conditions(call, "entry.client_id")
    conditions.add("entry.client_id = :client", client=client_id)
    conditions.add("entry.at BETWEEN :start AND :end", start=start, end=end)
    if "kind" in query:
        conditions.among("entry.kind", "kind", query["kind"])
    return conditions.rows(_ENTRIES)


def _show(call: Call, client_id: str, keys: Sequence[Key]) -> list[dict[str, Any]]:
    entries = [_Entry(*key) for key in keys]
    clients = Clients(call, [client_id])
    employees = _found(call, _EMPLOYEES, (entry.employee for entry in entries))
    runs = _found(call, _RUNS, (entry.number for entry in entries if entry.is_payslip))
    registered = _found(call, _REGISTERED, (entry.number for entry in entries if not entry.is_payslip))
    return [
        {
            **(
                _payslip(entry, runs[entry.number])
                if entry.is_payslip
                else _registered(registered[entry.number], clients, client_id)
            ),
            "employee": {"id": employees[entry.employee]["id"], "name": employees[entry.employee]["name"]},
            "kind": entry.kind,
            "at": to_text(entry.at),
            "fetched_at": clients.fetched_at(client_id),
        }
        for entry in entries
    ]


def _found(call: Call, sql: str, numbers: Iterable[int]) -> Mapping[int, sqlite3.Row]:
    wanted = json.dumps(sorted(set(numbers)))
    return {row[0]: row for row in call.db.execute(sql, (wanted,))}


def _payslip(entry: _Entry, run: sqlite3.Row) -> dict[str, Any]:
    about = {"id": f"ps_{entry.number:x}_{entry.employee:x}", "run": run["id"]}
    return {**about, "amount": None, "starts": None, "ends": None, "withheld": None}


def _registered(row: sqlite3.Row, clients: Clients, client_id: str) -> dict[str, Any]:
    about = {"id": f"rg_{row['id']:x}", "run": None, "starts": row["starts"], "ends": row["ends"]}
    if row["amount"] is None:
        return {**about, "amount": None, "withheld": None}
    return {**about, **clients.withhold(client_id, {"amount": money(row["amount"])})}
