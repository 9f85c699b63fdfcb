"""Takes in what a file has of an answer of the tax authority: item by item, with the reader of the authority's own."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from bureau_cli.platform import audit, idempotency
from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calls import Call
from bureau_cli.platform.items import Item
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ACCESSIBLE
from bureau_cli.platform.taxcards.filing import Files
from bureau_cli.platform.taxcards.items import Outcome, outcome_of
from bureau_cli.platform.taxcards.reading import BAD_EMPLOYER, Answered, Says, read_orgnr, read_person
from bureau_cli.platform.taxcards.results import Readings, shown

ACTION = "taxcards.import"
_CLIENT = f"""
SELECT client.id, client.id IN {ACCESSIBLE} AS is_open FROM client
WHERE bureau_id = :bureau AND (orgnr = :orgnr OR id IN (SELECT client_id FROM site WHERE orgnr = :orgnr))
ORDER BY orgnr = :orgnr DESC, client.status = 'left', client.id LIMIT 1
"""  # noqa: S608 - a condition of ours
_EMPLOYEE = """
SELECT seq, id, name FROM employee WHERE client_id = ? AND fnr = ?
ORDER BY starts <= ?3 AND (ends IS NULL OR ends >= ?3) DESC, starts DESC, seq DESC LIMIT 1
"""
_UNKNOWN = {"employee_id": None, "name": None, "client_id": None}


def take_in(call: Call) -> list[dict[str, Any]]:
    """Take in the items of a request, and tell what became of each; raise the Problem of a key used for another."""
    items = call.arguments.body["items"]
    kept = idempotency.recall(call, [(item["key"], _fingerprint(item)) for item in items])
    importing = _Importing(call)
    rows = []
    for item in items:
        row = importing.take(item, kept.get(item["key"]))
        if "replayed" not in row and row["outcome"] != "refused":
            idempotency.keep(call, item["key"], _fingerprint(item), row["outcome"])
            kept[item["key"]] = row["outcome"]
        rows.append(row)
    readings, clients = Readings(call, rows), Clients(call, [row["client_id"] for row in rows if row["client_id"]])
    return [_show(call, row, readings, clients) for row in rows]


def _fingerprint(item: Item) -> str:
    return f"tax-card-imports/{json.dumps([item['employer'], item['answer']], sort_keys=True)}"


class _Importing:
    def __init__(self, call: Call) -> None:
        self._call = call
        self._files = Files(call)

    def take(self, item: Item, first_outcome: str | None) -> dict[str, Any]:
        """Take one item in; one that was taken in before is only told again."""
        answered = read_person(item["answer"], item["place"])
        row = {**_UNKNOWN, "key": item["key"], "place": item["place"], "fnr": answered.fnr}
        result = None if answered.says is None else answered.says.result
        try:
            client = self._require_client(item)
            row["client_id"] = client["id"]
            _require_open(client)
            says = _require_readable(answered)
            employee = self._require_employee(client, answered)
        except Problem as problem:
            one = Outcome(outcome="refused", code=problem.code, message=problem.detail, result=result)
            return {**row, **self._told(row, one)}
        row |= {"employee_id": employee["id"], "name": employee["name"]}
        if first_outcome is not None:
            return {**row, **self._again(employee, says, first_outcome)}
        return {**row, **self._told(row, self._outcome(client, employee, says))}

    def _outcome(self, client: sqlite3.Row, employee: sqlite3.Row, says: Says) -> Outcome:
        known = self._files.newest(employee["seq"], says.year)
        if known is not None and known["issued"] and says.issued and says.issued.isoformat() < known["issued"]:
            message = f"It was issued on {says.issued}; what is known was issued on {known['issued']}."
            return Outcome(
                outcome="refused", code="card_older", message=message, result=says.result, previous=known["id"]
            )
        if known is not None and not self._files.is_news(known, says):
            return Outcome(outcome="unchanged", result=says.result, previous=known["id"], card=known["id"])
        return outcome_of(self._files, client["id"], employee["seq"], says)

    def _again(self, employee: sqlite3.Row, says: Says, outcome: str) -> dict[str, Any]:
        known = self._files.newest(employee["seq"], says.year)
        card = None if known is None else known["id"]
        return {**_cells(Outcome(outcome=outcome, result=says.result, previous=card, card=card)), "replayed": True}

    def _told(self, row: Mapping[str, Any], one: Outcome) -> dict[str, Any]:
        """Leave the event of an item, unless it changed nothing, and give its cells."""
        if one.outcome != "unchanged":
            whose = f"clients/{row['client_id']}" if row["client_id"] else "clients"
            subject = f"{whose}/tax-cards" + (f"/{row['employee_id']}" if row["employee_id"] else "")
            after = {"result": one.result}
            # A card that says the number is of nobody is news all the same, and filed.
            refused_with = one.code if one.outcome == "refused" and one.card is None else None
            change = audit.Change(
                action=ACTION, subject=subject, after=None if refused_with else after, refused_with=refused_with
            )
            audit.record(self._call, change)
        return _cells(one)

    def _require_client(self, item: Item) -> sqlite3.Row:
        call, orgnr = self._call, read_orgnr(item["employer"], item["place"])
        if orgnr is None:
            raise Problem("answer_unreadable", f"{item['place']} stands under what is no organisasjonsnummer.")
        asked = {
            "orgnr": orgnr,
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        }
        client: sqlite3.Row | None = call.db.execute(_CLIENT, asked).fetchone()
        if client is None:
            raise Problem("client_not_found", f"No client has the organisasjonsnummer {orgnr}.")
        return client

    def _require_employee(self, client: sqlite3.Row, answered: Answered) -> sqlite3.Row:
        asked = (client["id"], answered.fnr, self._call.today.isoformat())
        employee: sqlite3.Row | None = self._call.db.execute(_EMPLOYEE, asked).fetchone()
        if employee is None:
            raise Problem("employee_not_found", "The client has no employee with this number.")
        return employee


def _require_open(client: sqlite3.Row) -> None:
    if not client["is_open"]:
        raise Problem("no_access", "The caller has no running access to the client.")


def _require_readable(answered: Answered) -> Says:
    if answered.says is None:
        raise Problem("answer_unreadable", f"{answered.flaw}.")
    if answered.says.result == BAD_EMPLOYER:
        message = "The tax authority knows no employer with the organisasjonsnummer."
        raise Problem("authority_refused", message)
    return answered.says


def _cells(one: Outcome) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Outcome.__slots__}


def _show(call: Call, row: Mapping[str, Any], readings: Readings, clients: Clients) -> dict[str, Any]:
    client = clients.reference(row["client_id"]) if row["client_id"] else None
    replayed = {"replayed": True} if "replayed" in row else {}
    return {
        "key": row["key"],
        "place": row["place"],
        "client": client,
        **replayed,
        **shown(call, row, readings, clients),
    }
