"""Jobs of tax cards: an order is sent, its answer asked for until it is there, and filed client by client.

What a client fails of never stops the others. Who was on an order that was never sent is free to be ordered again; of
one that was sent, the people have been told.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform.authority import (
    POLL_SECONDS,
    Body,
    NotSignedInError,
    RefusedError,
    TaxAuthority,
    UnavailableError,
)
from bureau_cli.platform.authority.known import authority_of
from bureau_cli.platform.calls import Call, Deed
from bureau_cli.platform.jobs import Ends, GoesOn
from bureau_cli.platform.pages import Page
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import require_permission
from bureau_cli.platform.taxcards import sorting
from bureau_cli.platform.taxcards.bodies import order_body
from bureau_cli.platform.taxcards.items import ItemFiling, refuse
from bureau_cli.platform.taxcards.orders import TAX_CARDS
from bureau_cli.platform.taxcards.results import results_of

__all__ = ["TAX_CARDS", "TaxCardJobs"]

_ORDERING_OPERATION = "order_tax_cards"
_PEOPLE_A_SECOND = 250
_PATIENT_TRIES, _LONGEST_WAIT, _MOST_WAITED = 3, 300, 24 * 3600
_SIGN_IN = "authority_sign_in"

_OPEN_PEOPLE = """
SELECT orgnr, fnr FROM tax_card_order_item AS item
JOIN tax_card_order_result AS result ON result.item = item.seq AND result.outcome IS NULL
JOIN employee ON employee.seq = result.employee JOIN client ON client.id = item.client
WHERE item.job_id = ? ORDER BY item.position, result.position
"""
_OPEN_ITEMS = """
SELECT item.*, orgnr,
    (SELECT count(*) FROM tax_card_order_result WHERE item = item.seq AND outcome IS NULL) AS people
FROM tax_card_order_item AS item JOIN client ON client.id = item.client
WHERE job_id = ? AND outcome IS NULL AND first IS NULL ORDER BY position
"""
_COUNTS = """
SELECT ifnull(first.outcome, item.outcome), count(*)
FROM tax_card_order_item AS item LEFT JOIN tax_card_order_item AS first ON first.seq = item.first
WHERE item.job_id = ? GROUP BY 1
"""
_IS_SPOILT = """
SELECT EXISTS (
    SELECT 1 FROM tax_card_order_item AS item
    JOIN tax_card_order_result AS result ON result.item = ifnull(item.first, item.seq)
    WHERE item.job_id = ? AND result.outcome = 'refused'
)
"""


class TaxCardJobs:
    """What these jobs do."""

    def step(self, deed: Deed, job: sqlite3.Row) -> GoesOn | Ends:
        """Send the order, ask for its answer, or file what came of some clients."""
        order = deed.db.execute("SELECT * FROM tax_card_order WHERE job_id = ?", (job["id"],)).fetchone()
        step = _Step(deed, job, order)
        try:
            return step.take()
        except NotSignedInError:
            message = "The tax authority does not accept the bureau's sign-in: approve the system user in Altinn again."
            return step.fail(Ends(state="needs_authentication", code=_SIGN_IN, message=message))
        except RefusedError as refusal:
            return step.fail(_refused(refusal.code), refusal.code)
        except UnavailableError:
            return step.try_later("authority_unavailable", "The tax authority could not be reached for a day.")

    def give_up(self, db: sqlite3.Connection, job: sqlite3.Row, *, may_have_acted: bool = False) -> None:
        """Refuse what is open; whoever cannot have been ordered is free to be."""
        order = db.execute("SELECT reference FROM tax_card_order WHERE job_id = ?", (job["id"],)).fetchone()
        frees = order["reference"] is None and not may_have_acted
        refuse(db, job, _open(db, job), "rule_forbids", "The job ended before it was done.", frees=frees)

    def may_be_cancelled(self, db: sqlite3.Connection, job: sqlite3.Row) -> bool:
        """Once it was sent, people have been told."""
        sent = db.execute(
            "SELECT reference IS NOT NULL OR tries > 0 FROM tax_card_order WHERE job_id = ?", (job["id"],)
        )
        return not sent.fetchone()[0]

    def count(self, db: sqlite3.Connection, job: sqlite3.Row) -> Mapping[str | None, int]:
        """Count the clients by outcome."""
        return dict(db.execute(_COUNTS, (job["id"],)).fetchall())

    def results(self, call: Call, job: sqlite3.Row) -> tuple[Page, list[dict[str, Any]]]:
        """Find one result a person, of the clients that are through."""
        return results_of(call, job)


class _Step:
    """What is done of an order at one instant."""

    def __init__(self, deed: Deed, job: sqlite3.Row, order: sqlite3.Row) -> None:
        self._deed = deed
        self._db = deed.db
        self._job = job
        self._order = order
        self._authority: TaxAuthority = authority_of(deed.db)

    def take(self) -> GoesOn | Ends:
        """Do what comes next; raises AuthorityError."""
        items = _open(self._db, self._job)
        if not items:
            return self._ended()
        if self._order["reference"] is None:
            return self._send()
        if self._order["answered_at"] is None:
            return self._ask(items)
        return self._file(items)

    def fail(self, ends: Ends, word: str | None = None, *, was_in_vain: bool = False) -> Ends:
        """Refuse all that is open, for what ends the job; `word` is the authority's own for why.

        Its people can be ordered again where it was never sent, or `was_in_vain`.
        """
        frees = was_in_vain or self._order["reference"] is None
        code, message = word or ends.code or ends.state, ends.message or ""
        refuse(self._db, self._job, _open(self._db, self._job), code, message, frees=frees, deed=self._deed)
        return ends

    def try_later(self, code: str, message: str) -> GoesOn | Ends:
        """Let the authority alone for a while, at first a short one; after a day it is too late."""
        tries = self._order["tries"] + 1
        self._note("tries", tries)
        waits = min(_LONGEST_WAIT, POLL_SECONDS * 2 ** max(0, tries - _PATIENT_TRIES))
        due_at = self._deed.seconds + waits
        if due_at - self._job["created_at"] > _MOST_WAITED:
            return self.fail(Ends(state="failed", code=code, message=message))
        return GoesOn(due_at=due_at)

    def _send(self) -> GoesOn | Ends:
        try:
            require_permission(self._db, _ORDERING_OPERATION, self._deed.caller, self._deed.today)
        except Problem as problem:
            return self.fail(Ends(state="failed", code=problem.code, message=problem.detail))
        people: dict[str, list[str]] = defaultdict(list)
        for orgnr, fnr in self._db.execute(_OPEN_PEOPLE, (self._job["id"],)):
            people[orgnr].append(fnr)
        (email,) = self._db.execute("SELECT email FROM user WHERE id = ?", (self._deed.caller.user_id,)).fetchone()
        body = order_body(self._order["year"], self._order["mode"], email, people)
        reply = self._authority.order(body, key=self._job["id"], now=self._deed.now)
        reference = reply.get("bestillingsreferanse")
        if not isinstance(reference, str) or not reference:
            raise UnavailableError("a reply without a reference")
        self._note("reference", reference)
        self._note("tries", 0)
        return GoesOn(due_at=self._deed.seconds + POLL_SECONDS)

    def _ask(self, items: Sequence[sqlite3.Row]) -> GoesOn | Ends:
        body = self._authority.answer(self._order["reference"], now=self._deed.now)
        if body is None:
            return self.try_later("answer_late", "The tax authority had no answer within a day.")
        return self._sort(body, items)

    def _sort(self, body: Body, items: Sequence[sqlite3.Row]) -> GoesOn | Ends:
        """Put what came with the clients it is about, or end where it is about none."""
        sorted_out = sorting.sort_out(body, [item["orgnr"] for item in items])
        if sorted_out.flaw is not None:
            return self.fail(
                Ends(state="failed", code="answer_unreadable", message=f"In the answer {sorted_out.flaw}.")
            )
        if sorted_out.refused_with is not None:
            return self.fail(_refused(sorted_out.refused_with), sorted_out.refused_with, was_in_vain=True)
        for item in items:
            self._db.execute(
                "UPDATE tax_card_order_item SET answer = ? WHERE seq = ?",
                (sorted_out.parts[item["orgnr"]], item["seq"]),
            )
        self._note("answered_at", self._deed.seconds)
        return GoesOn(due_at=self._deed.seconds + 1)

    def _file(self, items: Sequence[sqlite3.Row]) -> GoesOn | Ends:
        """File as many clients as a second is enough for, one at least."""
        people = 0
        for item in items:
            if people and people + item["people"] > _PEOPLE_A_SECOND:
                return GoesOn(due_at=self._deed.seconds + 1)
            people += item["people"]
            ItemFiling(self._deed, self._job, self._order, item).file()
        return self._ended()

    def _ended(self) -> GoesOn | Ends:
        """End, once what was ordered before with the same keys is through too."""
        counted = dict(self._db.execute(_COUNTS, (self._job["id"],)).fetchall())
        if None in counted:
            return GoesOn(due_at=self._deed.seconds + 1)
        (is_spoilt,) = self._db.execute(_IS_SPOILT, (self._job["id"],)).fetchone()
        return Ends(state="completed_with_errors" if is_spoilt else "completed")

    def _note(self, column: str, value: object) -> None:
        sql = f"UPDATE tax_card_order SET {column} = ? WHERE job_id = ?"  # noqa: S608 - a column of ours
        self._db.execute(sql, (value, self._job["id"]))


def _open(db: sqlite3.Connection, job: sqlite3.Row) -> list[sqlite3.Row]:
    return db.execute(_OPEN_ITEMS, (job["id"],)).fetchall()


def _refused(word: str) -> Ends:
    return Ends(state="failed", code="authority_refused", message=f"The tax authority refused the order: {word}.")
