"""Selections: sets of clients, frozen for a day for what comes next."""

import json
from typing import Any

from bureau_cli.platform import client_tokens
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.expressions import require_rule
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.filters import ClientFilter, require_selection
from bureau_cli.platform.identity import new_id

LIFETIME_SECONDS = 24 * 3600
_NAMES_SHOWN = 10


def create_selection(call: Call) -> Answer:
    """Freeze the clients a body means."""
    rows = _chosen(call).rows()
    selection_id = new_id("se")
    call.db.execute("DELETE FROM selection WHERE expires_at <= ?", (call.seconds,))
    call.db.execute(
        "INSERT INTO selection (id, user_id, expires_at) VALUES (?, ?, ?)",
        (selection_id, call.caller.user_id, call.seconds + LIFETIME_SECONDS),
    )
    call.db.execute(
        f"INSERT INTO selection_client (selection_id, client_id) SELECT :made, client.id {rows.sql}",
        {**rows.parameters, "made": selection_id},
    )
    body = _show(call, selection_id)
    return Answer(body=body, status=201, headers={"Location": f"/v1/selections/{selection_id}"})


def get_selection(call: Call) -> Answer:
    """Show a selection of the caller's own."""
    return Answer(body=_show(call, call.arguments.path["id"]))


def _chosen(call: Call) -> ClientFilter:
    asked = call.arguments.body
    chosen = ClientFilter(call)
    if "clients" in asked:
        ids = json.dumps(sorted(client_tokens.resolve(call, asked["clients"])))
        chosen.only("client.id IN (SELECT value FROM json_each(:ids))", ids=ids)
    chosen.groups(asked.get("groups", ()), inside=True, pointer="/groups")
    chosen.groups(asked.get("not_groups", ()), inside=False, pointer="/not_groups")
    if "owner" in asked:
        chosen.owner(asked["owner"], "/owner")
    if "rule" in asked:
        require_rule(call, asked["rule"])
        chosen.where(asked["rule"], "/rule")
    if "where" in asked:
        chosen.where(asked["where"], "/where")
    return chosen


def _show(call: Call, selection_id: str) -> dict[str, Any]:
    expires_at = require_selection(call, selection_id)["expires_at"]
    names = call.db.execute(
        "SELECT client.name, count(*) OVER () AS count FROM selection_client"
        " JOIN client ON client.id = selection_client.client_id WHERE selection_id = ?"
        " ORDER BY client.name_order, client.id LIMIT ?",
        (selection_id, _NAMES_SHOWN),
    ).fetchall()
    return {
        "id": selection_id,
        "count": names[0]["count"] if names else 0,
        "names": [row["name"] for row in names],
        "expires": to_text(expires_at),
        "as_of": as_of(call),
    }
