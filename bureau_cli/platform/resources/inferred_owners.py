"""Who owns a client, held against who ran its latest ordinary payroll."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.belonging import CLIENTS_BY_NAME, Clients, meant_clients
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Rows
from bureau_cli.platform.rules import STILL_HERE
from bureau_cli.platform.shown import only

_LATEST = """
FROM pay_run WHERE pay_run.client_id = client.id AND type = 'ordinary' AND created_at <= :now
ORDER BY created_at DESC, seq DESC LIMIT 1
"""
_RUNNER = f"(SELECT created_by {_LATEST})"
_OWNER = "(SELECT user.id FROM user WHERE user.login = client.owner)"
_WHO_LEFT = f"(SELECT user.id FROM user WHERE NOT {STILL_HERE})"  # noqa: S608 - a condition of ours
_BY_HAND = "client.owner_source IN ('manual', 'client_invited')"
_VERDICTS = {
    "no_owner": f"client.owner = '' AND {_RUNNER} IS NOT NULL AND {_RUNNER} NOT IN {_WHO_LEFT}",
    "same": f"{_RUNNER} = {_OWNER} AND {_RUNNER} NOT IN {_WHO_LEFT}",
    "differs": f"NOT {_BY_HAND} AND {_RUNNER} <> {_OWNER} AND {_RUNNER} NOT IN {_WHO_LEFT}",
    "differs_from_manual": f"{_BY_HAND} AND {_RUNNER} <> {_OWNER} AND {_RUNNER} NOT IN {_WHO_LEFT}",
    "no_run": f"{_RUNNER} IS NULL",
    "runner_left": f"client.id IN (SELECT client.id FROM client WHERE {_RUNNER} IN {_WHO_LEFT})",  # noqa: S608 - ours
}
"""When each verdict is given: one of them to every client.

The last is rare: walking the clients by name for a page of it would meet them all, in no order that the runs have.
"""

_CASES = " ".join(f"WHEN {condition} THEN '{verdict}'" for verdict, condition in _VERDICTS.items())
_SHOWN = f"""
SELECT
    client.id, client.owner AS owner_login, owner.name AS owner_name, client.owner_source, CASE {_CASES} END AS verdict,
    user.login, user.name, run.id AS run, run.period, run.pay_date, run.created_at
FROM json_each(:wanted) AS wanted CROSS JOIN client ON client.id = wanted.value
LEFT JOIN pay_run AS run ON run.seq = (SELECT seq {_LATEST})
LEFT JOIN user ON user.id = run.created_by
LEFT JOIN user AS owner ON owner.login = client.owner
ORDER BY wanted.key
"""  # noqa: S608 - conditions of ours


def list_inferred_owners(call: Call) -> Answer:
    """List, for each client that has not left, who owns it and who would by its payroll."""
    page = call.pager.page(call.db, _rows(call), CLIENTS_BY_NAME, call.arguments)
    asked = {"wanted": json.dumps(page.ids), "today": call.today.isoformat(), "now": call.seconds}
    clients = Clients(call, page.ids)
    items = [_portrait(row, clients) for row in call.db.execute(_SHOWN, asked)]
    return Answer(body=page.envelope(items, as_of(call)))


def _rows(call: Call) -> Rows:
    chosen = meant_clients(call)
    chosen.only("client.status <> 'left'")
    verdicts: Sequence[str] = call.arguments.query.get("verdict", ())
    if not verdicts:
        return chosen.rows()
    chosen.only(f"({' OR '.join(_VERDICTS[verdict] for verdict in verdicts)})")
    return chosen.rows()


def _portrait(row: sqlite3.Row, clients: Clients) -> dict[str, Any]:
    has_owner, has_run = bool(row["owner_login"]), row["run"] is not None
    return {
        "client": clients.reference(row["id"]),
        "owner": {"login": row["owner_login"], "name": row["owner_name"]} if has_owner else None,
        "source": row["owner_source"] or None,
        "inferred": only(row, "login", "name") if has_run else None,
        "basis": {**only(row, "run", "period", "pay_date"), "created_at": to_text(row["created_at"])}
        if has_run
        else None,
        "verdict": row["verdict"],
        "fetched_at": clients.fetched_at(row["id"]),
    }
