"""What the store tells of many clients' month, found for all of them at once."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.platform.calendar import first_day, last_day, shifted
from bureau_cli.platform.month_end.a_meldinger import Message, standings_of

_CLIENTS = """
SELECT client.id, uses_approval, payments_known, feed_stopped_on, active_from, left_on,
    active_from <= :first AND (left_on IS NULL OR left_on >= :last) AND EXISTS (
        SELECT 1 FROM employee
        WHERE client_id = client.id AND starts <= :last AND (ends IS NULL OR ends >= :first)
    ) AS reports_anyway
FROM json_each(:ids) AS wanted CROSS JOIN client ON client.id = wanted.value
"""
_PAY_GROUPS = """
SELECT client_id, pay_group.id, name, payday
FROM json_each(:ids) AS wanted CROSS JOIN pay_group ON client_id = wanted.value
ORDER BY client_id, payday, pay_group.id
"""
_RUNS = """
WITH found (seq) AS (
    SELECT pay_run.seq FROM json_each(:ids) AS wanted
    CROSS JOIN pay_run ON client_id = wanted.value AND pay_date BETWEEN :first AND :last
    UNION
    SELECT pay_run.seq FROM json_each(:ids) AS wanted
    CROSS JOIN pay_group ON pay_group.client_id = wanted.value
    CROSS JOIN pay_run ON pay_group_id = pay_group.id AND period IN (:month, :next) AND pay_run.type = 'ordinary'
)
SELECT
    pay_run.seq, pay_run.id, pay_run.client_id, pay_group_id, pay_group.name AS group_name, period, type, pay_date,
    created_at,
    iif(submitted_at <= :now, submitted_at, NULL) AS submitted_at,
    iif(approved_at <= :now, approved_at, NULL) AS approved_at,
    iif(locked_at <= :now, locked_at, NULL) AS locked_at,
    iif(paid_at <= :now, paid_at, NULL) AS paid_at,
    iif(payslips_sent_at <= :now, payslips_sent_at, NULL) AS payslips_sent_at,
    iif(withholding_paid_at <= :now, withholding_paid_at, NULL) AS withholding_paid_at,
    iif(attachment_paid_at <= :now, attachment_paid_at, NULL) AS attachment_paid_at,
    payslips, net, withholding, attachment
FROM found CROSS JOIN pay_run ON pay_run.seq = found.seq JOIN pay_group ON pay_group.id = pay_group_id
WHERE created_at <= :now ORDER BY pay_date, pay_run.seq
"""
_NO_PAY = """
SELECT client_id, pay_group_id, period, recorded_at FROM json_each(:ids) AS wanted
CROSS JOIN pay_group ON client_id = wanted.value
CROSS JOIN no_pay ON pay_group_id = pay_group.id AND period IN (:month, :next) AND recorded_at <= :now
"""
_MESSAGES = """
SELECT a_melding.seq, a_melding.id, client_id, month, replaces,
    CASE WHEN feedback_at <= :now THEN result WHEN sent_at <= :now THEN 'sent' ELSE 'not_sent' END AS state,
    iif(sent_at <= :now, sent_at, NULL) AS sent_at, iif(feedback_at <= :now, feedback_at, NULL) AS feedback_at
"""
_OF_MONTH = """
FROM json_each(:ids) AS wanted CROSS JOIN a_melding ON client_id = wanted.value AND month = :month
WHERE created_at <= :now ORDER BY a_melding.seq
"""
_OF_SAME_MONTHS = """
FROM (
    SELECT DISTINCT client_id AS of, month AS about FROM json_each(:seqs) AS wanted
    CROSS JOIN a_melding ON a_melding.seq = wanted.value
) CROSS JOIN a_melding ON client_id = of AND month = about
WHERE created_at <= :now ORDER BY a_melding.seq
"""
_OF_THESE_MONTHS = """
FROM json_each(:months) AS wanted
CROSS JOIN a_melding ON client_id = wanted.value ->> 0 AND month = wanted.value ->> 1
WHERE created_at <= :now ORDER BY a_melding.seq
"""
_RUNS_TOLD = "SELECT message, run FROM json_each(:seqs) AS wanted CROSS JOIN a_melding_run ON message = wanted.value"

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the store tells of one client's month; `no_pay` has when it was recorded, by pay group and period."""

    client: Mapping[str, Any]
    pay_groups: Rows
    runs: Rows
    no_pay: Mapping[tuple[str, str], int]
    messages: Sequence[Message]


def told_of(db: sqlite3.Connection, month: str, client_ids: Sequence[str], now: int) -> list[Told]:
    """Find what can be seen at an instant of these clients' month, in their order."""
    asked = {
        "ids": json.dumps(client_ids),
        "month": month,
        "next": shifted(month, 1),
        "first": first_day(month).isoformat(),
        "last": last_day(month).isoformat(),
        "now": now,
    }
    pay_groups, runs, no_pay = (_by_client(db, sql, asked) for sql in (_PAY_GROUPS, _RUNS, _NO_PAY))
    messages = {client: told for (client, _), told in _messages(db, _OF_MONTH, asked).items()}
    return [
        Told(
            client=client,
            pay_groups=pay_groups[client["id"]],
            runs=runs[client["id"]],
            no_pay={(one["pay_group_id"], one["period"]): one["recorded_at"] for one in no_pay[client["id"]]},
            messages=messages.get(client["id"], ()),
        )
        for client in db.execute(_CLIENTS, asked)
    ]


def standings_beside(db: sqlite3.Connection, seqs: Sequence[int], now: int) -> dict[str, str]:
    """Tell what messages count for at an instant, by id: these, and all about the same clients' same months."""
    found = _messages(db, _OF_SAME_MONTHS, {"seqs": json.dumps(seqs), "now": now})
    return {one: standing for messages in found.values() for one, standing in standings_of(messages).items()}


def messages_about(
    db: sqlite3.Connection, months: Collection[tuple[str, str]], now: int
) -> Mapping[tuple[str, str], Sequence[Message]]:
    """Find the messages about clients' months as they are at an instant."""
    return _messages(db, _OF_THESE_MONTHS, {"months": json.dumps(list(months)), "now": now}) if months else {}


def _messages(db: sqlite3.Connection, which: str, asked: Mapping[str, Any]) -> dict[tuple[str, str], list[Message]]:
    """Find messages as they are at an instant, by client and month."""
    rows = db.execute(_MESSAGES + which, asked).fetchall()
    runs: dict[int, set[int]] = defaultdict(set)
    for message, run in db.execute(_RUNS_TOLD, {"seqs": json.dumps([row["seq"] for row in rows])}):
        runs[message].add(run)
    messages = defaultdict(list)
    for row in rows:
        told = frozenset(runs[row["seq"]])
        one = Message(row["id"], row["state"], row["replaces"], row["sent_at"], row["feedback_at"], told)
        messages[row["client_id"], row["month"]].append(one)
    return messages


def _by_client(db: sqlite3.Connection, sql: str, asked: Mapping[str, Any]) -> Mapping[str, list[Any]]:
    found = defaultdict(list)
    for row in db.execute(sql, asked):
        found[row["client_id"]].append(row)
    return found
