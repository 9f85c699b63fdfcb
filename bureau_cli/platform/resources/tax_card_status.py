"""How far the tax cards of the people to be paid are known, and from how many half is withheld next: a row a client."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform import jobs
from bureau_cli.platform.belonging import CLIENTS_BY_NAME, Clients, meant_clients
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.taxcards.halves import Known, cards_of
from bureau_cli.platform.taxcards.paydays import PayDates
from bureau_cli.platform.taxcards.people import TO_BE_PAID, asked

_DELEGATIONS = "SELECT id, delegation FROM client WHERE id IN (SELECT value FROM json_each(:ids))"
_PEOPLE = f"""
SELECT employee.client_id, employee.seq, employee.pay_group_id, employee.starts FROM json_each(:ids) AS wanted
CROSS JOIN employee INDEXED BY employee_by_client ON employee.client_id = wanted.value WHERE {TO_BE_PAID}
"""  # noqa: S608 - a condition of ours
_LAST_ORDERS = """
SELECT wanted.value AS client_id, job.*, tax_card_order.mode FROM json_each(:ids) AS wanted
CROSS JOIN tax_card_order_item ON tax_card_order_item.seq = (
    SELECT item.seq FROM tax_card_order_item AS item INDEXED BY tax_card_order_item_by_client
    JOIN tax_card_order USING (job_id)
    WHERE item.client = wanted.value AND tax_card_order.year = :year ORDER BY item.seq DESC LIMIT 1
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


class _Board:
    """The clients of one page."""

    def __init__(self, call: Call, ids: Sequence[str], year: int) -> None:
        self._call = call
        self._ids = ids
        self._year = year
        self._clients = Clients(call, ids)
        self._pay_dates = PayDates(call, ids)
        parameters = {**asked(call), "ids": json.dumps(ids), "year": year}
        self._delegations = dict(call.db.execute(_DELEGATIONS, parameters).fetchall())
        self._last_orders = {row["client_id"]: row for row in call.db.execute(_LAST_ORDERS, parameters)}
        self._people = defaultdict(list)
        for row in call.db.execute(_PEOPLE, parameters):
            next_paid = self._pay_dates.next_of(row["pay_group_id"], row["starts"])
            self._people[row["client_id"]].append((row["seq"], next_paid))
        self._cards = {year: self._known(year, [seq for people in self._people.values() for seq, _ in people])}
        for other in {int(day[:4]) for people in self._people.values() for _, day in people if day} - {year}:
            paid = [seq for people in self._people.values() for seq, day in people if day and int(day[:4]) == other]
            self._cards[other] = self._known(other, paid)

    def rows(self) -> list[dict[str, Any]]:
        """Show each client."""
        return [self._row(client_id) for client_id in self._ids]

    def _known(self, year: int, seqs: Sequence[int]) -> Mapping[int, Known]:
        return cards_of(self._call, year, seqs)

    def _row(self, client_id: str) -> dict[str, Any]:
        people = self._people[client_id]
        cards = self._cards[self._year]
        fetched = [cards[seq].fetched_at for seq, _ in people if seq in cards]
        at_half = [day for seq, day in people if day is not None and self._is_half(seq, int(day[:4]))]
        return {
            "client": self._clients.reference(client_id),
            "owner": self._clients.owner(client_id),
            "year": self._year,
            "employees": len(people),
            "fetched": len(fetched),
            "missing": len(people) - len(fetched),
            "at_50": len(at_half),
            "next_pay_date": min((day for _, day in people if day is not None), default=None),
            "at_50_on": min(at_half, default=None),
            "oldest": to_text(min(fetched)) if fetched else None,
            "newest": to_text(max(fetched)) if fetched else None,
            "delegation": self._delegations[client_id],
            "last_order": self._last_order(client_id),
            "fetched_at": self._clients.fetched_at(client_id),
        }

    def _is_half(self, seq: int, year: int) -> bool:
        known = self._cards[year].get(seq)
        return known is None or known.is_half

    def _last_order(self, client_id: str) -> dict[str, Any] | None:
        job = self._last_orders.get(client_id)
        if job is None:
            return None
        state = jobs.state(job, self._call.seconds)
        return {"job": job["id"], "mode": job["mode"], "at": to_text(job["created_at"]), "state": state}
