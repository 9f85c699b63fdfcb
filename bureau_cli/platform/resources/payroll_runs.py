"""Payroll runs: what was made, approved, locked, sent and paid, as far as the clock has come."""

import json
from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.aga_lines import aga_lines
from bureau_cli.platform.belonging import Clients, Conditions, require_listed
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.shown import instant, money, only

_STATE = """CASE
    WHEN pay_run.locked_at <= :now THEN 'locked'
    WHEN pay_run.approved_at <= :now THEN 'approved'
    WHEN pay_run.submitted_at <= :now THEN 'awaiting_approval'
    ELSE 'open'
END"""
_RUNS = f"""
SELECT pay_run.*, {_STATE} AS state, pay_group.name AS group_name, pay_group.payday, user.login, user.name AS user_name
FROM json_each(:ids) AS wanted
CROSS JOIN pay_run ON pay_run.seq = wanted.value
JOIN pay_group ON pay_group.id = pay_run.pay_group_id
JOIN user ON user.id = pay_run.created_by
ORDER BY wanted.key
"""  # noqa: S608 - an expression of ours
_PAID_ON = "pay_run.pay_group_id IN (SELECT id FROM pay_group WHERE payday = :payday)"
_STEPS = (
    "created_at", "submitted_at", "approved_at", "locked_at", "payslips_sent_at", "paid_at", "withholding_paid_at",
    "attachment_paid_at", "booked_at",
)  # fmt: skip
_FIGURES = ("gross", "withholding", "attachment", "net", "aga_base", "aga")


def list_payroll_runs(call: Call) -> Answer:
    """List the runs the filters leave, by pay date."""
    descending = call.arguments.query["sort"].startswith("-")
    order = Order(columns=("pay_run.pay_date", "pay_run.seq"), descending=descending)
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    return Answer(body=page.envelope(_show(call, page.ids), as_of(call)))


def get_payroll_run(call: Call) -> Answer:
    """Show one run."""
    row = call.db.execute(
        "SELECT seq, client_id FROM pay_run WHERE id = ? AND bureau_id = ? AND created_at <= ?",
        (call.arguments.path["id"], call.caller.bureau_id, call.seconds),
    ).fetchone()
    if row is None:
        raise Problem("not_found", "There is no such payroll run.")
    require_listed(call, row["client_id"])
    (run,) = _show(call, [row["seq"]])
    return Answer(body=run)


def _rows(call: Call) -> Rows:
    """Give the runs a list means, walked in the index of the narrowest bound there is on their time."""
    query = call.arguments.query
    conditions = Conditions(call, "pay_run.client_id")
    conditions.add("pay_run.bureau_id = :bureau")
    conditions.add("pay_run.created_at <= :now")
    conditions.add_clients()
    is_of_one = len(query.get("client", ())) == 1
    is_between = "from" in query or "to" in query
    if "period" in query or not (is_of_one or is_between):
        conditions.add("pay_run.period = :period", period=query.get("period", period_of(call.today)))
    if "from" in query:
        conditions.add("pay_run.pay_date >= :first", first=query["from"])
    if "to" in query:
        conditions.add("pay_run.pay_date <= :last", last=query["to"])
    if "payday" in query:
        conditions.add(_PAID_ON, payday=query["payday"])
    if "state" in query:
        conditions.among(_STATE, "state", query["state"])
    if "type" in query:
        conditions.among("pay_run.type", "type", query["type"])
    index = "client" if is_of_one else "pay_date" if is_between and "period" not in query else "period"
    return conditions.rows(f"pay_run INDEXED BY pay_run_by_{index}")


def _show(call: Call, seqs: Sequence[int]) -> list[dict[str, Any]]:
    ids = json.dumps(seqs)
    runs = call.db.execute(_RUNS, {"ids": ids, "now": call.seconds}).fetchall()
    clients = Clients(call, (run["client_id"] for run in runs))
    lines = aga_lines(call.db, "pay_run_aga", "run", ids)
    return [_portrait(call, run, clients, lines[run["seq"]]) for run in runs]


def _portrait(call: Call, run: Any, clients: Clients, lines: Sequence[Any]) -> dict[str, Any]:
    client_id = run["client_id"]
    figures = {figure: money(run[figure]) for figure in _FIGURES}
    return {
        **only(run, "id", "period", "type", "pay_date", "state", "payslips"),
        "client": clients.reference(client_id),
        "pay_group": {"id": run["pay_group_id"], "name": run["group_name"], "payday": run["payday"]},
        "created_by": {"login": run["login"], "name": run["user_name"]},
        **{step: instant(run[step], call.seconds) for step in _STEPS},
        "payments_as_of": clients.payments_as_of(client_id),
        "payslips_untouched": run["untouched"],
        **clients.withhold(client_id, {**figures, "aga_lines": lines}),
        "fetched_at": clients.fetched_at(client_id),
    }
