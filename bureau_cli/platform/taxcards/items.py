"""What came of one client of an order: filed person by person, and told in one event of the audit trail."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bureau_cli.platform import audit
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.taxcards.filing import Files
from bureau_cli.platform.taxcards.orders import refuse_whole
from bureau_cli.platform.taxcards.reading import BAD_EMPLOYER, BAD_PERSON, EXPIRED, Answered, Says
from bureau_cli.platform.taxcards.sorting import Part

ACTION = "taxcards.receive"
REFUSALS: Mapping[str, str] = {
    BAD_PERSON: "The tax authority knows no such fødselsnummer or D-number.",
    EXPIRED: "The D-number is out of use: the card is given for the person's fødselsnummer, which must be entered.",
}
"""The results with which the authority gives no card because of who was asked about, in plain sentences."""

_BAD_EMPLOYER = "The tax authority knows no employer with the client's organisasjonsnummer."
_MISSING = "The tax authority's answer does not have them."
_MISSING_WHOLE = "The tax authority's answer does not have the client; it may have withdrawn what it delegated."
_OWN_CODES = frozenset({"answer_missing", "answer_unreadable", "no_earlier_order", "rule_forbids", "role_forbids"})
_PEOPLE = """
SELECT result.position, employee.seq, fnr FROM tax_card_order_result AS result
JOIN employee ON employee.seq = result.employee WHERE item = ? AND outcome IS NULL ORDER BY result.position
"""
_WRITE = """
UPDATE tax_card_order_result SET outcome = :outcome, code = :code, message = :message, result = :result,
    previous = :previous, card = :card
WHERE item = :item AND position = :position
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of somebody: refused with a code, or a card that says something else than before, or the same."""

    outcome: str
    code: str | None = None
    message: str | None = None
    result: str | None = None
    previous: int | None = None
    card: int | None = None


def outcome_of(files: Files, client_id: str, employee: int, says: Says) -> Outcome:
    """File what the authority says of somebody, and tell what came of it."""
    filed = files.file(client_id, employee, says)
    refusal = REFUSALS.get(says.result)
    fine = "done" if filed.is_news else "unchanged"
    return Outcome(
        outcome=fine if refusal is None else "refused",
        code=None if refusal is None else says.result,
        message=refusal,
        result=says.result,
        previous=filed.previous,
        card=filed.card,
    )


class ItemFiling:
    """One item of an order, whose part of the answer has come."""

    def __init__(self, deed: Deed, job: sqlite3.Row, order: sqlite3.Row, item: sqlite3.Row) -> None:
        self._deed = deed
        self._job = job
        self._year, self._mode = order["year"], order["mode"]
        self._item = item
        self._files = Files(deed)

    def file(self) -> None:
        """File it, person by person; or refuse it whole where the answer has nothing about the client."""
        part = Part.kept(self._item["answer"])
        answered = self._answered(part)
        if part.flaw is not None and not answered:
            return self._refuse("answer_unreadable", part.flaw)
        if not part.is_there:
            return self._refuse("answer_missing", _MISSING_WHOLE)
        if any(
            one.says is not None and one.says.result == BAD_EMPLOYER for found in answered.values() for one in found
        ):
            return self._refuse(BAD_EMPLOYER, _BAD_EMPLOYER)
        people = self._deed.db.execute(_PEOPLE, (self._item["seq"],)).fetchall()
        outcomes = [self._outcome(person, answered.get(person["fnr"], ())) for person in people]
        for person, one in zip(people, outcomes, strict=True):
            self._write(person["position"], one)
        self._end(Counter(one.outcome for one in outcomes))
        return None

    def _answered(self, part: Part) -> Mapping[str, Sequence[Answered]]:
        found: dict[str, list[Answered]] = defaultdict(list)
        for employer in part.employers:
            for one in employer.read():
                if one.fnr is not None:
                    found[one.fnr].append(one)
        return found

    def _outcome(self, person: sqlite3.Row, answered: Sequence[Answered]) -> Outcome:
        if not answered:
            return self._unmentioned(person)
        says = answered[-1].says
        if says is None:
            return Outcome(outcome="refused", code="answer_unreadable", message=answered[-1].flaw)
        if says.year != self._year:
            flaw = f"{answered[-1].place}/inntektsaar is another year"
            return Outcome(outcome="refused", code="answer_unreadable", message=flaw)
        return outcome_of(self._files, self._item["client"], person["seq"], says)

    def _unmentioned(self, person: sqlite3.Row) -> Outcome:
        """Nothing was said of somebody: where only changes were asked for, that the card says the same still."""
        known = self._files.newest(person["seq"], self._year)
        if self._mode != "changes" or known is None:
            return Outcome(outcome="refused", code="answer_missing", message=_MISSING)
        card = self._files.confirm(known)
        return Outcome(outcome="unchanged", result=known["result"], previous=known["id"], card=card)

    def _write(self, position: int, one: Outcome) -> None:
        values = {name: getattr(one, name) for name in Outcome.__slots__}
        self._deed.db.execute(_WRITE, {**values, "item": self._item["seq"], "position": position})

    def _end(self, counted: Mapping[str, int]) -> None:
        outcome = "done" if counted.get("done") else "unchanged" if counted.get("unchanged") else "refused"
        self._deed.db.execute(
            "UPDATE tax_card_order_item SET outcome = ?, answer = NULL WHERE seq = ?", (outcome, self._item["seq"])
        )
        if outcome == "refused":
            forget_key(self._deed.db, self._job, self._item)
        told = {"job": self._job["id"], "year": self._year, **{name: counted.get(name, 0) for name in _OUTCOMES}}
        audit.record(self._deed, audit.Change(action=ACTION, subject=_subject(self._item), after=told))

    def _refuse(self, code: str, message: str) -> None:
        refuse(self._deed.db, self._job, [self._item], code, message, frees=False, deed=self._deed)


_OUTCOMES = ("done", "unchanged", "refused")


def refuse(  # noqa: PLR0913 - what is refused, why, and what becomes of its people
    db: sqlite3.Connection,
    job: sqlite3.Row,
    items: Sequence[sqlite3.Row],
    code: str,
    message: str,
    *,
    frees: bool,
    deed: Deed | None = None,
) -> None:
    """Refuse items whole. Their keys are not kept; `frees` lets their people be ordered today, as they never were."""
    for item in items:
        refuse_whole(db, item["seq"], code, message)
        db.execute("UPDATE tax_card_order_item SET answer = NULL WHERE seq = ?", (item["seq"],))
        forget_key(db, job, item)
        if frees:
            db.execute("DELETE FROM tax_card_ordered WHERE item = ?", (item["seq"],))
        if deed is not None:
            told = code if code in _OWN_CODES else "authority_refused"
            audit.record(deed, audit.Change(action=ACTION, subject=_subject(item), refused_with=told))


def forget_key(db: sqlite3.Connection, job: sqlite3.Row, item: sqlite3.Row) -> None:
    """Let the key of a refused item be used again."""
    db.execute("DELETE FROM item_key WHERE user_id = ? AND key = ?", (job["user_id"], item["key"]))


def _subject(item: sqlite3.Row) -> str:
    return f"clients/{item['client']}/tax-cards"
