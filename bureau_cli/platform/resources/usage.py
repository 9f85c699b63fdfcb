"""Usage: how many payslips, claims and absences there were a client and month, as far as the clock has come."""

from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.belonging import Clients, Conditions
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import month_until
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Key, Order, Rows

_COLUMNS = ("usage_month.month", "usage_month.client_id", "usage_month.kind")
_SENT = (
    "SELECT sum(payslips) FROM pay_run INDEXED BY pay_run_by_sent"
    " WHERE client_id = ?2 AND payslips_sent_at BETWEEN ?3 AND ?4"
)
_REGISTERED = "SELECT count(*) FROM registration WHERE client_id = ?2 AND kind = ?1 AND at BETWEEN ?3 AND ?4"


def list_usage(call: Call) -> Answer:
    """List the months, clients and kinds of which there is any."""
    order = Order(columns=_COLUMNS, descending=call.arguments.query["sort"].startswith("-"))
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    return Answer(body=page.envelope(_show(call, page.keys), as_of(call)))


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = Conditions(call, "usage_month.client_id")
    conditions.add("usage_month.bureau_id = :bureau")
    conditions.add("usage_month.first_at <= :now")
    conditions.add_clients()
    if "month" in query or not ("from" in query or "to" in query):
        conditions.add("usage_month.month = :month", month=query.get("month", period_of(call.today)))
    if "from" in query:
        conditions.add("usage_month.month >= :first", first=query["from"])
    if "to" in query:
        conditions.add("usage_month.month <= :last", last=query["to"])
    if "kind" in query:
        conditions.among("usage_month.kind", "kind", query["kind"])
    return conditions.rows("usage_month")


def _show(call: Call, keys: Sequence[Key]) -> list[dict[str, Any]]:
    clients = Clients(call, (client_id for _, client_id, _ in keys))
    return [
        {
            "client": clients.reference(client_id),
            "month": month,
            "kind": kind,
            "count": _count(call, month, client_id, kind),
            "fetched_at": clients.fetched_at(client_id),
        }
        for month, client_id, kind in keys
    ]


def _count(call: Call, month: str, client_id: str, kind: str) -> int:
    start, end = month_until(month, call.seconds)
    sql = _SENT if kind == "payslip" else _REGISTERED
    (count,) = call.db.execute(sql, (kind, client_id, start, end)).fetchone()
    return int(count)
