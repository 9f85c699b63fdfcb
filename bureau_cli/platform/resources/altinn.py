"""The bureau's own Altinn settings: for which clients they are used, and by whom."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.altinn_changes import SettingsChange, etag
from bureau_cli.platform.belonging import CLIENTS_BY_NAME, Clients, meant_clients
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.items import perform_each
from bureau_cli.platform.pages import Rows
from bureau_cli.platform.shown import instant, only

_PACKAGE = "regnskapsforer-lonn"
"""The access package of Altinn with which a client lets an accountant run its pay."""
_CLIENTS = """
SELECT client.id, altinn_settings, altinn_since, altinn_version, delegation
FROM json_each(:wanted) AS wanted CROSS JOIN client ON client.id = wanted.value ORDER BY wanted.key
"""
_TAGGED = """
SELECT client_id, login, user.name
FROM json_each(:wanted) AS wanted CROSS JOIN altinn_tag ON client_id = wanted.value JOIN user ON user.id = user_id
ORDER BY login
"""


def list_altinn_settings(call: Call) -> Answer:
    """List what is set up for each client that has not left, by name."""
    page = call.pager.page(call.db, _rows(call), CLIENTS_BY_NAME, call.arguments)
    return Answer(body=page.envelope(_portraits(call, page.ids), as_of(call)))


def change_altinn_settings(call: Call) -> Answer:
    """Switch settings on and off, tag and untag users."""
    results = perform_each(call, SettingsChange(call), call.arguments.body["items"])
    return Answer(body={"results": results, "as_of": as_of(call)})


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    chosen = meant_clients(call)
    chosen.only("client.status <> 'left'")
    if "partner_settings" in query:
        chosen.only("client.altinn_settings = :used", used=query["partner_settings"] == "true")
    if "delegation" in query:
        chosen.only(
            "client.delegation IN (SELECT value FROM json_each(:delegation))",
            delegation=json.dumps(query["delegation"]),
        )
    if "user" in query:
        users = [chosen.user(login, "/query/user")["id"] for login in query["user"]]
        chosen.only(
            "client.id IN (SELECT client_id FROM altinn_tag WHERE user_id IN (SELECT value FROM json_each(:tagged)))",
            tagged=json.dumps(users),
        )
    return chosen.rows()


def _portraits(call: Call, ids: Sequence[str]) -> list[dict[str, Any]]:
    clients, wanted = Clients(call, ids), {"wanted": json.dumps(ids)}
    tagged: dict[str, list[dict[str, str]]] = {client_id: [] for client_id in ids}
    for row in call.db.execute(_TAGGED, wanted):
        tagged[row["client_id"]].append(only(row, "login", "name"))
    return [_portrait(call, row, clients, tagged[row["id"]]) for row in call.db.execute(_CLIENTS, wanted)]


def _portrait(call: Call, row: sqlite3.Row, clients: Clients, tagged: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {
        "client": clients.reference(row["id"]),
        "partner_settings": bool(row["altinn_settings"]),
        "since": instant(row["altinn_since"], call.seconds),
        "delegation": row["delegation"],
        "package": _PACKAGE if row["delegation"] == "granted" else None,
        "tagged": tagged,
        "etag": etag(row),
        "fetched_at": clients.fetched_at(row["id"]),
    }
