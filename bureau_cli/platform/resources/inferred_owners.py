"""Who owns a client, held against who ran its latest ordinary payroll."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
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
_WITH_RUNNER = f"client LEFT JOIN user ON user.id = (SELECT created_by {_LATEST})"
_VERDICT = f"""
CASE
    WHEN user.id IS NULL THEN 'no_run'
    WHEN NOT {STILL_HERE} THEN 'runner_left'
    WHEN client.owner = '' THEN 'no_owner'
    WHEN client.owner = user.login THEN 'same'
    WHEN client.owner_source IN ('manual', 'client_invited') THEN 'differs_from_manual'
    ELSE 'differs'
END
"""
_SHOWN = f"""
SELECT
    client.id, client.owner AS owner_login, owner.name AS owner_name, client.owner_source, {_VERDICT} AS verdict,
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
    wanted = "IN (SELECT value FROM json_each(:verdicts))"
    chosen.only(f"{_VERDICT} {wanted}", verdicts=json.dumps(verdicts))
    rows = chosen.rows()
    return replace(rows, table=_WITH_RUNNER, parameters={**rows.parameters, "now": call.seconds})


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
