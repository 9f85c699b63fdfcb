"""Puts people on an order of tax cards: an item a client, judged at once and in the transaction that keeps its key.

Nobody is put on two orders a day of a year and mode by accident, whatever is sent again, regrouped or sent twice at
once: `tax_card_ordered` has each day of everybody's once, and goes with an order that was never sent.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence

from bureau_cli.platform import audit, idempotency, jobs
from bureau_cli.platform.authority import MOST_PEOPLE
from bureau_cli.platform.calls import Call
from bureau_cli.platform.items import Item
from bureau_cli.platform.problems import Flaw, Problem, flaw
from bureau_cli.platform.rules import ACCESSIBLE
from bureau_cli.platform.taxcards.people import (
    ENDED,
    FREE_IF_AGAIN,
    LATER,
    REFUSED_TODAY,
    TODAY,
    UNDER_WAY,
    People,
    Person,
)
from bureau_cli.platform.taxcards.years import require_open

TAX_CARDS = "tax-cards"
ACTION = "taxcards.order"
WHY = {
    ENDED: "Nothing is paid to them any more.",
    LATER: "They begin in more than 30 days.",
    TODAY: "They were ordered today already.",
    REFUSED_TODAY: "They were ordered today already, and the answer has no card for them.",
    UNDER_WAY: "They are on an order that has not ended.",
}
"""What each reason to leave somebody out means, in a plain sentence."""

ORDERED_BEFORE = """EXISTS (
    SELECT 1 FROM tax_card_order_item INDEXED BY tax_card_order_item_by_client
    JOIN tax_card_order USING (job_id)
    WHERE tax_card_order_item.client = client.id AND outcome IN ('done', 'unchanged')
        AND tax_card_order.year = :year AND tax_card_order.mode = 'all'
)"""
"""SQL: an order of all of a client's cards of a year was completed."""

_CLIENTS = f"""
SELECT client.id, client.status, client.delegation, client.id IN {ACCESSIBLE} AS is_open,
    {ORDERED_BEFORE} AS is_ordered_before
FROM json_each(:ids) AS wanted CROSS JOIN client ON client.id = wanted.value WHERE client.bureau_id = :bureau
"""  # noqa: S608 - conditions of ours
_EMPLOYEES = """
SELECT employee.id, seq, client_id FROM json_each(:ids) AS wanted CROSS JOIN employee ON employee.id = wanted.value
"""
_FIRST = """
SELECT max(tax_card_order_item.seq) FROM tax_card_order_item JOIN job ON job.id = job_id
WHERE key = ? AND user_id = ? AND first IS NULL
"""


def place(call: Call) -> sqlite3.Row:
    """Order tax cards, and give the job; raise the Problem of a request that cannot be an order."""
    body = call.arguments.body
    year, mode, items = body["year"], body["mode"], body["items"]
    flaws = list(_flaws(mode, items))
    if flaws:
        raise Problem("order_invalid", f"{flaws[0]['pointer']}: {flaws[0]['message']}.", errors=flaws)
    require_open(year, call.today)
    named = [(item["key"], fingerprint(year, mode, item)) for item in items]
    done_before = set(idempotency.recall(call, named))
    job = jobs.order(call, TAX_CARDS, due_at=call.seconds + jobs.QUEUED_SECONDS)
    call.db.execute("INSERT INTO tax_card_order (job_id, year, mode) VALUES (?, ?, ?)", (job["id"], year, mode))
    placing = _Placing(call, job, items)
    for position, (item, (key, said)) in enumerate(zip(items, named, strict=True)):
        if key in done_before:
            placing.repeat(position, item)
        elif placing.put(position, item):
            idempotency.keep(call, key, said, "done")
            done_before.add(key)
    return job


def fingerprint(year: int, mode: str, item: Item) -> str:
    """Give everything an item asks for."""
    asked = [year, mode, item["client"], sorted(item.get("employees", ())), item.get("again", False)]
    return f"tax-cards/{json.dumps(asked)}"


def blocked(client: sqlite3.Row) -> Problem | None:
    """Give the Problem that forbids to order anything for a client, from its row and whether it is open."""
    if client["status"] == "left":
        return Problem("client_left", "The client has left the bureau.")
    if not client["is_open"]:
        return Problem("no_access", "The caller has no running access to the client.")
    if client["delegation"] != "granted":
        return Problem("no_delegation", "The client has not delegated the rights in Altinn that this takes.")
    return None


def _flaws(mode: str, items: Sequence[Item]) -> Iterator[Flaw]:
    if mode == "changes" and len(items) > 1:
        yield flaw("/items", "has one item with the mode changes")
    for position, item in enumerate(items):
        if mode == "changes" and "employees" in item:
            yield flaw(f"/items/{position}/employees", "is left out with the mode changes")
        if mode == "all" and "employees" not in item:
            yield flaw(f"/items/{position}/employees", "is required with the mode all")
    if sum(len(item.get("employees", ())) for item in items) > MOST_PEOPLE:
        yield flaw("/items", f"has more than {MOST_PEOPLE} employees in all")


class _Placing:
    """The items of one order, put on it one after the other."""

    def __init__(self, call: Call, job: sqlite3.Row, items: Sequence[Item]) -> None:
        self._call = call
        self._job = job
        self._year, self._mode = call.arguments.body["year"], call.arguments.body["mode"]
        self._people = People(call, self._year, self._mode)
        self._clients = self._find_clients(items)
        self._seqs = self._find_employees(items)
        self._persons = self._people.of_employees(sorted(set(self._seqs.values())))
        self._taken: set[int] = set()

    def put(self, position: int, item: Item) -> bool:
        """Put an item's people on the order, as far as they may be; tell whether there was anybody."""
        number = self._write_item(position, item)
        try:
            results = self._judged(item)
        except Problem as problem:
            self._refuse(number, item, problem)
            return False
        ordered = [person for person, reason in results if person is not None and reason is None]
        for place_of, (person, reason) in enumerate(results, start=1):
            self._write_result(number, place_of, person, reason)
        self._note(number, ordered)
        if not ordered:
            self._call.db.execute("UPDATE tax_card_order_item SET outcome = 'refused' WHERE seq = ?", (number,))
            self._audit(item, refused_with=results[0][1] if results else None)
            return False
        self._audit(item, [person.id for person in ordered])
        return True

    def repeat(self, position: int, item: Item) -> None:
        """Let an item be what the one was that had its key first."""
        (first,) = self._call.db.execute(_FIRST, (item["key"], self._call.caller.user_id)).fetchone()
        self._write_item(position, item, first)

    def _judged(self, item: Item) -> list[tuple[Person | None, str | None]]:
        """Give whom the item means, each with the code that keeps them off the order; nobody for an unknown id."""
        client = self._clients.get(item["client"])
        if client is None:
            raise Problem("client_not_found", "There is no such client.")
        problem = blocked(client)
        if problem is not None:
            raise problem
        if self._mode == "changes":
            return self._judged_for_changes(client, again=item.get("again", False))
        return [self._judge(item, employee_id) for employee_id in item["employees"]]

    def _judge(self, item: Item, employee_id: str) -> tuple[Person | None, str | None]:
        person = self._persons.get(self._seqs.get((item["client"], employee_id), 0))
        if person is None:
            return None, "employee_not_found"
        if person.seq in self._taken:
            return person, UNDER_WAY
        reason = None if person.reason in FREE_IF_AGAIN and item.get("again", False) else person.reason
        if reason is None:
            self._taken.add(person.seq)
        return person, reason

    def _judged_for_changes(self, client: sqlite3.Row, *, again: bool) -> list[tuple[Person | None, str | None]]:
        """The authority is asked about a whole employer, so that all who are to be paid there must be free for it."""
        if not client["is_ordered_before"]:
            raise Problem("no_earlier_order", f"No order of all the client's cards of {self._year} was completed.")
        people = [one for one in self._people.of_clients([client["id"]]) if one.reason not in {ENDED, LATER}]
        reasons = {one.reason for one in people} - (FREE_IF_AGAIN if again else set()) - {None}
        for reason in (UNDER_WAY, REFUSED_TODAY, TODAY):
            if reason in reasons:
                raise Problem(reason, f"Of some of the client's people: {WHY[reason][0].lower()}{WHY[reason][1:]}")
        if not people:
            raise Problem(ENDED, "Nobody of the client is to be paid.")
        return [(one, None) for one in people]

    def _write_item(self, position: int, item: Item, first: int | None = None) -> int:
        number = self._call.db.execute(
            "INSERT INTO tax_card_order_item (job_id, position, key, client, first) VALUES (?, ?, ?, ?, ?)",
            (self._job["id"], position, item["key"], item["client"], first),
        ).lastrowid
        return int(number or 0)

    def _write_result(self, number: int, place_of: int, person: Person | None, reason: str | None) -> None:
        message = None if reason is None else WHY.get(reason, "The client has no such employee.")
        self._call.db.execute(
            "INSERT INTO tax_card_order_result (item, position, employee, outcome, code, message)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (number, place_of, person and person.seq, reason and "refused", reason, message),
        )

    def _note(self, number: int, ordered: Sequence[Person]) -> None:
        """Note who was ordered today; for whoever was before and is again, the first time stands."""
        day = self._call.today.isoformat()
        self._call.db.executemany(
            "INSERT OR IGNORE INTO tax_card_ordered (employee, year, mode, day, item) VALUES (?, ?, ?, ?, ?)",
            [(person.seq, self._year, self._mode, day, number) for person in ordered],
        )
        self._call.db.execute("UPDATE tax_card_order_item SET people = ? WHERE seq = ?", (len(ordered), number))

    def _refuse(self, number: int, item: Item, problem: Problem) -> None:
        refuse_whole(self._call.db, number, problem.code, problem.detail)
        self._audit(item, refused_with=problem.code)

    def _audit(self, item: Item, employees: Sequence[str] = (), refused_with: str | None = None) -> None:
        told = {"job": self._job["id"], "year": self._year, "mode": self._mode, "employees": list(employees)}
        subject = f"clients/{item['client']}/tax-cards"
        after = None if refused_with else told
        audit.record(self._call, audit.Change(action=ACTION, subject=subject, after=after, refused_with=refused_with))

    def _find_clients(self, items: Sequence[Item]) -> dict[str, sqlite3.Row]:
        call = self._call
        asked = {
            "ids": json.dumps(sorted({item["client"] for item in items})),
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
            "year": self._year,
        }
        return {row["id"]: row for row in call.db.execute(_CLIENTS, asked)}

    def _find_employees(self, items: Sequence[Item]) -> dict[tuple[str, str], int]:
        ids = json.dumps([employee for item in items for employee in item.get("employees", ())])
        found = self._call.db.execute(_EMPLOYEES, {"ids": ids})
        return {(row["client_id"], row["id"]): row["seq"] for row in found}


def refuse_whole(db: sqlite3.Connection, item: int, code: str, message: str) -> None:
    """Let one result stand for all of an item: it is refused."""
    db.execute("UPDATE tax_card_order_item SET outcome = 'refused', is_refused_whole = 1 WHERE seq = ?", (item,))
    db.execute(
        "UPDATE tax_card_order_result SET outcome = 'refused', code = ?, message = ?"
        " WHERE item = ? AND outcome IS NULL",
        (code, message, item),
    )
    db.execute(
        "INSERT INTO tax_card_order_result (item, position, outcome, code, message) VALUES (?, 0, 'refused', ?, ?)",
        (item, code, message),
    )
