"""Messages to the a-ordning: the chains they stand in, and the feedback to them as far as the clock has come."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform.aga_lines import aga_lines
from bureau_cli.platform.belonging import Clients, Conditions, require_listed
from bureau_cli.platform.calendar import period_of
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.month_end.months import standings_beside
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.shown import instant, money, only

_STATE = """CASE
    WHEN a_melding.feedback_at <= :now THEN a_melding.result
    WHEN a_melding.sent_at <= :now THEN 'sent'
    ELSE 'not_sent'
END"""
_MESSAGES = f"""
SELECT a_melding.*, {_STATE} AS state, a_melding.feedback_at <= :now AS is_answered,
    (
        SELECT newer.id FROM a_melding AS newer
        WHERE newer.replaces = a_melding.id AND newer.feedback_at <= :now AND newer.result <> 'rejected'
        ORDER BY newer.feedback_at DESC, newer.seq DESC LIMIT 1
    ) AS replaced_by
FROM json_each(:ids) AS wanted
CROSS JOIN a_melding ON a_melding.seq = wanted.value
ORDER BY wanted.key
"""  # noqa: S608 - an expression of ours
_RUNS = """
SELECT message, pay_run.id FROM a_melding_run JOIN pay_run ON pay_run.seq = run
WHERE message IN (SELECT value FROM json_each(?)) ORDER BY message, run
"""
_DEVIATIONS = "SELECT * FROM deviation WHERE message IN (SELECT value FROM json_each(?)) ORDER BY message, position"
_PAYMENTS = "SELECT * FROM payment WHERE message IN (SELECT value FROM json_each(?)) ORDER BY message, position"
_SUMS = ("aga", "finansskatt", "withholding", "attachment")

_PAYS_ON = "EXISTS (SELECT 1 FROM pay_group WHERE pay_group.client_id = a_melding.client_id AND payday = :payday)"

Found = Mapping[int, Sequence[Any]]


def list_a_meldinger(call: Call) -> Answer:
    """List the messages the filters leave, by month."""
    descending = call.arguments.query["sort"].startswith("-")
    order = Order(columns=("a_melding.month", "a_melding.seq"), descending=descending)
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    return Answer(body=page.envelope(_show(call, page.ids), as_of(call)))


def get_a_melding(call: Call) -> Answer:
    """Show one message."""
    row = call.db.execute(
        "SELECT seq, client_id FROM a_melding WHERE id = ? AND bureau_id = ? AND created_at <= ?",
        (call.arguments.path["id"], call.caller.bureau_id, call.seconds),
    ).fetchone()
    if row is None:
        raise Problem("not_found", "There is no such a-melding.")
    require_listed(call, row["client_id"])
    (message,) = _show(call, [row["seq"]])
    return Answer(body=message)


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = Conditions(call, "a_melding.client_id")
    conditions.add("a_melding.bureau_id = :bureau")
    conditions.add("a_melding.created_at <= :now")
    conditions.add_clients()
    is_of_one = len(query.get("client", ())) == 1
    if "month" in query or not is_of_one:
        conditions.add("a_melding.month = :month", month=query.get("month", period_of(call.today)))
    if "payday" in query:
        conditions.add(_PAYS_ON, payday=query["payday"])
    if "state" in query:
        conditions.among(_STATE, "state", query["state"])
    if "severity" in query or "code" in query:
        conditions.add(_has_deviation(conditions, query))
    index = "client" if is_of_one else "month"
    return conditions.rows(f"a_melding INDEXED BY a_melding_by_{index}")


def _has_deviation(conditions: Conditions, query: Mapping[str, Any]) -> str:
    """Write the condition that one deviation is of the code and of a severity asked for."""
    wanted = []
    if "severity" in query:
        wanted.append(conditions.one_of("severity", "severity", query["severity"]))
    if "code" in query:
        wanted.append(conditions.one_of("code", "code", [query["code"]]))
    of = f"SELECT message FROM deviation WHERE {' AND '.join(wanted)}"  # noqa: S608 - conditions of ours
    return f"a_melding.feedback_at <= :now AND a_melding.seq IN ({of})"


def _show(call: Call, seqs: Sequence[int]) -> list[dict[str, Any]]:
    ids = json.dumps(seqs)
    messages = call.db.execute(_MESSAGES, {"ids": ids, "now": call.seconds}).fetchall()
    clients = Clients(call, (message["client_id"] for message in messages))
    runs, deviations, payments = (_by_message(call, sql, ids) for sql in (_RUNS, _DEVIATIONS, _PAYMENTS))
    lines = aga_lines(call.db, "a_melding_aga", "message", ids)
    standings = standings_beside(call.db, seqs, call.seconds)
    return [
        {
            **_facts(call, message, clients),
            "standing": standings[message["id"]],
            "runs": [run["id"] for run in runs[message["seq"]]],
            "deviations": _deviations(message, deviations),
            **clients.withhold(
                message["client_id"],
                {
                    "sums": {name: money(message[f"{name}_sum"]) for name in _SUMS},
                    "aga_lines": lines[message["seq"]],
                    "payments": _payments(message, payments),
                },
            ),
        }
        for message in messages
    ]


def _by_message(call: Call, sql: str, ids: str) -> Found:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in call.db.execute(sql, (ids,)):
        found[row["message"]].append(row)
    return found


def _facts(call: Call, message: Any, clients: Clients) -> dict[str, Any]:
    return {
        **only(message, "id", "month", "state", "replaces", "replaced_by", "recipients"),
        "client": clients.reference(message["client_id"]),
        **{step: instant(message[step], call.seconds) for step in ("created_at", "sent_at", "feedback_at")},
        "fetched_at": clients.fetched_at(message["client_id"]),
    }


def _deviations(message: Any, found: Found) -> list[dict[str, Any]]:
    if not message["is_answered"]:
        return []
    return [only(row, "severity", "code", "text", "count") for row in found[message["seq"]]]


def _payments(message: Any, found: Found) -> list[dict[str, Any]]:
    if not message["is_answered"]:
        return []
    return [
        {**only(row, "kind", "pay_date", "account", "kid", "due"), "amount": money(row["amount"])}
        for row in found[message["seq"]]
    ]
