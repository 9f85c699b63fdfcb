"""How far the tax cards of the people to be paid are known, and from how many half is withheld next: a row a client."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bureau_cli.platform import jobs
from bureau_cli.platform.belonging import CLIENTS_BY_NAME, Clients, meant_clients
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.taxcards.halves import IS_HALF
from bureau_cli.platform.taxcards.paydays import PayDates
from bureau_cli.platform.taxcards.people import TO_BE_PAID, asked

_DELEGATIONS = "SELECT id, delegation FROM client WHERE id IN (SELECT value FROM json_each(:ids))"
_CROWDS = f"""
SELECT employee.client_id, employee.pay_group_id, max(employee.starts, :today) AS since, count(*) AS people,
    count(tax_card.id) AS fetched, sum({IS_HALF}) AS at_half, min(fetched_at) AS oldest, max(fetched_at) AS newest
FROM json_each(:ids) AS wanted
CROSS JOIN employee INDEXED BY employee_by_client ON employee.client_id = wanted.value
LEFT JOIN tax_card ON tax_card.id = (
    SELECT id FROM tax_card AS card WHERE card.employee = employee.seq AND card.year = :year AND card.fetched_at <= :now
    ORDER BY card.fetched_at DESC, card.id DESC LIMIT 1
)
WHERE {TO_BE_PAID} GROUP BY 1, 2, 3
"""  # noqa: S608 - conditions of ours
_LAST_ORDERS = """
SELECT wanted.value AS client_id, job.*, tax_card_order.mode FROM json_each(:ids) AS wanted
CROSS JOIN tax_card_order_item ON tax_card_order_item.seq = (
    SELECT item.seq FROM tax_card_order_item AS item INDEXED BY tax_card_order_item_by_client
    JOIN tax_card_order USING (job_id)
    WHERE item.client = wanted.value AND item.people > 0 AND tax_card_order.year = :year ORDER BY item.seq DESC LIMIT 1
)
JOIN tax_card_order USING (job_id) JOIN job ON job.id = job_id
"""


def list_tax_card_status(call: Call) -> Answer:
    """List it for each client that has not left, by name."""
    chosen = meant_clients(call)
    chosen.only("client.status <> 'left'")
    page = call.pager.page(call.db, chosen.rows(), CLIENTS_BY_NAME, call.arguments)
    year = call.arguments.query.get("year", call.today.year)
    envelope = page.envelope(_Board(call, page.ids, year).rows(), as_of(call))
    return Answer(body={**envelope, "now": to_text(call.seconds)})


class _Crowd(NamedTuple):
    """People of one pay group who are paid from the same day on: how many, and what is known of their cards."""

    client_id: str
    pay_group: str
    since: str
    people: int
    fetched: int
    at_half: int
    oldest: int | None
    newest: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.pay_group, self.since


class _Board:
    """The clients of one page."""

    def __init__(self, call: Call, ids: Sequence[str], year: int) -> None:
        self._call = call
        self._ids = ids
        self._year = year
        self._asked = {**asked(call), "ids": json.dumps(ids), "year": year}
        self._clients = Clients(call, ids)
        self._delegations = dict(call.db.execute(_DELEGATIONS, self._asked).fetchall())
        self._last_orders = {row["client_id"]: row for row in call.db.execute(_LAST_ORDERS, self._asked)}
        self._crowds: dict[str, list[_Crowd]] = defaultdict(list)
        crowds = self._find(year)
        for crowd in crowds:
            self._crowds[crowd.client_id].append(crowd)
        self._at_half = self._halves(crowds)

    def rows(self) -> list[dict[str, Any]]:
        """Show each client."""
        return [self._row(client_id) for client_id in self._ids]

    def _find(self, year: int) -> list[_Crowd]:
        return [_Crowd(*row) for row in self._call.db.execute(_CROWDS, {**self._asked, "year": year})]

    def _halves(self, crowds: Sequence[_Crowd]) -> Mapping[tuple[str, str], tuple[str, int]]:
        """Give when each crowd is paid next, and from how many half is withheld then: by the cards of that year."""
        pay_dates = PayDates(self._call, self._ids)
        paid = {crowd.key: pay_dates.next_of(*crowd.key) for crowd in crowds}
        years = {int(day[:4]) for day in paid.values() if day is not None}
        of_year = {
            year: {one.key: one.at_half for one in (crowds if year == self._year else self._find(year))}
            for year in years
        }
        return {key: (day, of_year[int(day[:4])][key]) for key, day in paid.items() if day is not None}

    def _row(self, client_id: str) -> dict[str, Any]:
        crowds = self._crowds[client_id]
        people, fetched = sum(one.people for one in crowds), sum(one.fetched for one in crowds)
        paid = [self._at_half[one.key] for one in crowds if one.key in self._at_half]
        oldest = min((one.oldest for one in crowds if one.oldest is not None), default=None)
        newest = max((one.newest for one in crowds if one.newest is not None), default=None)
        return {
            "client": self._clients.reference(client_id),
            "owner": self._clients.owner(client_id),
            "year": self._year,
            "employees": people,
            "fetched": fetched,
            "missing": people - fetched,
            "at_50": sum(at_half for _, at_half in paid),
            "next_pay_date": min((day for day, _ in paid), default=None),
            "at_50_on": min((day for day, at_half in paid if at_half), default=None),
            "oldest": None if oldest is None else to_text(oldest),
            "newest": None if newest is None else to_text(newest),
            "delegation": self._delegations[client_id],
            "last_order": self._last_order(client_id),
            "fetched_at": self._clients.fetched_at(client_id),
        }

    def _last_order(self, client_id: str) -> dict[str, Any] | None:
        job = self._last_orders.get(client_id)
        if job is None:
            return None
        state = jobs.state(job, self._call.seconds)
        return {"job": job["id"], "mode": job["mode"], "at": to_text(job["created_at"]), "state": state}
