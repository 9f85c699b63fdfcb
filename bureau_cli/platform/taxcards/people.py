"""Who is to be paid, and so may be ordered tax cards for; the others who are known, and why they are left out.

To be paid is who is employed today, who begins within 30 days, and who has a payslip on a run that is not locked. The
person is told when somebody orders their card, so that nobody else is ordered, and nobody twice a day by accident.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bureau_cli.platform.calls import Deed

BEGINS_WITHIN = timedelta(days=30)
ENDED, LATER, UNDER_WAY = "employment_ended", "begins_later", "order_under_way"
TODAY, REFUSED_TODAY = "ordered_today", "refused_today"
FREE_IF_AGAIN = frozenset({TODAY, REFUSED_TODAY})
"""Reasons that hold unless somebody is to be ordered once more."""

ON_OPEN_RUN = """EXISTS (
    SELECT 1 FROM pay_run INDEXED BY pay_run_by_client CROSS JOIN payslip ON payslip.run = pay_run.seq
    WHERE pay_run.client_id = employee.client_id AND pay_run.created_at <= :now
        AND (pay_run.locked_at IS NULL OR pay_run.locked_at > :now) AND payslip.employee = employee.seq
)"""
"""SQL: somebody has a payslip on a run of their client that is made and not locked."""

TO_BE_PAID = f"""(
    employee.starts <= :begins_by AND (employee.ends IS NULL OR employee.ends >= :today) OR {ON_OPEN_RUN}
)"""
"""SQL: somebody is to be paid."""

_UNDER_WAY = """EXISTS (
    SELECT 1 FROM tax_card_order_result INDEXED BY tax_card_under_way
    JOIN tax_card_order_item ON tax_card_order_item.seq = tax_card_order_result.item
    JOIN tax_card_order USING (job_id)
    WHERE tax_card_order_result.employee = employee.seq AND tax_card_order_result.outcome IS NULL
        AND tax_card_order.year = :year
)"""
_ORDERED_AT = """(
    SELECT job.created_at FROM tax_card_ordered
    JOIN tax_card_order_item ON tax_card_order_item.seq = tax_card_ordered.item
    JOIN job ON job.id = tax_card_order_item.job_id
    WHERE tax_card_ordered.employee = employee.seq AND year = :year AND mode = :mode
    ORDER BY day DESC LIMIT 1
)"""
_TODAYS_ITEM = """(
    SELECT item FROM tax_card_ordered
    WHERE tax_card_ordered.employee = employee.seq AND year = :year AND mode = :mode AND day = :today
)"""
_TODAYS_OUTCOME = f"""(
    SELECT result.outcome FROM tax_card_order_result AS result INDEXED BY tax_card_result_by_employee
    JOIN tax_card_order_item ON tax_card_order_item.seq = result.item
    JOIN tax_card_order USING (job_id)
    WHERE result.employee = employee.seq AND result.item >= {_TODAYS_ITEM} AND reference IS NOT NULL
        AND tax_card_order.year = :year AND tax_card_order.mode = :mode AND result.outcome IS NOT NULL
        AND coalesce(result.code, '') NOT IN ('{ENDED}', '{LATER}', '{TODAY}', '{REFUSED_TODAY}', '{UNDER_WAY}')
    ORDER BY result.item DESC LIMIT 1
)"""  # noqa: S608 - words of ours
"""SQL: what became of somebody on the newest order of today that was sent with them."""
_PEOPLE = f"""
SELECT employee.client_id, employee.seq, employee.id, employee.starts, employee.ends,
    {TO_BE_PAID} AS is_to_be_paid, {_UNDER_WAY} AS is_under_way, {_TODAYS_ITEM} IS NOT NULL AS is_ordered_today,
    {_TODAYS_OUTCOME} = 'refused' AS is_refused_today
"""
_OF_CLIENTS = """
FROM json_each(:ids) AS wanted
CROSS JOIN employee INDEXED BY employee_by_client ON employee.client_id = wanted.value
ORDER BY wanted.key, employee.starts, employee.seq
"""
_THESE = "FROM json_each(:ids) AS wanted CROSS JOIN employee ON employee.seq = wanted.value ORDER BY wanted.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody known at a client: whether an order would be about them, and otherwise why not.

    `reason` is None for whoever would be ordered. It is the first that holds: whether they are paid at all comes before
    what was ordered.
    """

    client_id: str
    seq: int
    id: str
    reason: str | None


class People:
    """Finds people as they stand for an order of a year and mode."""

    def __init__(self, deed: Deed, year: int, mode: str) -> None:
        self._deed = deed
        self._ended_since = year_before(deed.today).isoformat()
        self._asked = {**asked(deed), "year": year, "mode": mode}

    def of_clients(self, client_ids: Sequence[str]) -> Iterator[Person]:
        """Find everybody known at clients but those who left more than a year ago, client by client."""
        for row in self._find(_PEOPLE + _OF_CLIENTS, client_ids):
            one = _person(row, self._deed.today.isoformat())
            if one.reason != ENDED or row["ends"] >= self._ended_since:
                yield one

    def of_employees(self, seqs: Sequence[int]) -> dict[int, Person]:
        """Find employees, by their numbers."""
        today = self._deed.today.isoformat()
        return {row["seq"]: _person(row, today) for row in self._find(_PEOPLE + _THESE, seqs)}

    def ordered_at(self, seqs: Sequence[int]) -> dict[int, int]:
        """Tell when employees were last ordered, of those who ever were."""
        rows = self._find(f"SELECT employee.seq, {_ORDERED_AT} AS at {_THESE}", seqs)
        return {row["seq"]: row["at"] for row in rows if row["at"] is not None}

    def _find(self, sql: str, ids: Sequence[object]) -> sqlite3.Cursor:
        text = json.dumps(ids)
        return self._deed.db.execute(sql, {**self._asked, "ids": text})


def asked(deed: Deed) -> dict[str, object]:
    """Give the parameters of TO_BE_PAID."""
    begins_by = deed.today + BEGINS_WITHIN
    return {"now": deed.seconds, "today": deed.today.isoformat(), "begins_by": begins_by.isoformat()}


def year_before(day: date) -> date:
    """Give the same day a year earlier; of 29 February the day before it."""
    leap_day = (2, 29)
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == leap_day else day.day)


def _person(row: sqlite3.Row, today: str) -> Person:
    return Person(client_id=row["client_id"], seq=row["seq"], id=row["id"], reason=_reason(row, today))


def _reason(row: sqlite3.Row, today: str) -> str | None:
    if not row["is_to_be_paid"]:
        return LATER if row["starts"] > today else ENDED
    if row["is_under_way"]:
        return UNDER_WAY
    if row["is_refused_today"]:
        return REFUSED_TODAY
    return TODAY if row["is_ordered_today"] else None
