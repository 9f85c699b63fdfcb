"""Access: who works at which client, and who owns it; a list by client, and a change of many."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from bureau_cli.platform import items
from bureau_cli.platform.access_changes import AccessChange
from bureau_cli.platform.accesses import NOT_OVER, etag, public_id
from bureau_cli.platform.belonging import Clients, Conditions
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import start_of_day, to_moment
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.people import has_left, require_user
from bureau_cli.platform.rules import RUNNING_ACCESS
from bureau_cli.platform.shown import instant, only

_SORTED_BY = {
    "client": ("access.client_order", "access.client_id", "access.user_login", "access.id"),
    "user": ("access.user_login", "access.client_order", "access.id"),
    "to": ("access.until", "access.client_order", "access.id"),
}
_IN_STATE = {
    "running": RUNNING_ACCESS,
    "upcoming": f"access.starts > :today AND {NOT_OVER}",
    "ended": f"NOT ({NOT_OVER})",
}
_ACCESSES = """
SELECT access.*, user.name AS user_name, user.role AS bureau_role, user.left_on FROM json_each(:ids) AS wanted
CROSS JOIN access ON access.id = wanted.value CROSS JOIN user ON user.id = access.user_id ORDER BY wanted.key
"""


def list_access(call: Call) -> Answer:
    """List who has access to what."""
    sort: str = call.arguments.query["sort"]
    order = Order(columns=_SORTED_BY[sort.removeprefix("-")], descending=sort.startswith("-"))
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    return Answer(body=page.envelope(_show(call, page.ids), as_of(call)))


def change_access(call: Call) -> Answer:
    """Grant, change and end access."""
    asked: Sequence[items.Item] = call.arguments.body["items"]
    return Answer(body={"results": items.perform_each(call, AccessChange(call), asked), "as_of": as_of(call)})


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    conditions = Conditions(call, "access.client_id")
    conditions.add("access.bureau_id = :bureau")
    states = query.get("state")
    conditions.add(NOT_OVER if not states else f"({' OR '.join(f'({_IN_STATE[one]})' for one in states)})")
    if "user" in query:
        conditions.among("access.user_id", "user", [_user_id(call, login) for login in query["user"]])
    for name in ("role", "source"):
        if name in query:
            conditions.among(f"access.{name}", name, query[name])
    if "ending_until" in query:
        conditions.add("access.until <= :ending_until", ending_until=query["ending_until"])
    if "unused_since" in query:
        since = query["unused_since"]
        conditions.add("access.starts < :began_before", began_before=since)
        used_before = start_of_day(date.fromisoformat(since))
        conditions.add("ifnull(access.last_used, 0) < :used_before", used_before=used_before)
    conditions.add_clients()
    return conditions.rows("access")


def _user_id(call: Call, login: str) -> str:
    return str(require_user(call, call.caller.login if login == "me" else login)["id"])


def _show(call: Call, ids: Sequence[int]) -> list[dict[str, Any]]:
    rows = call.db.execute(_ACCESSES, {"ids": json.dumps(ids)}).fetchall()
    clients = Clients(call, (row["client_id"] for row in rows))
    return [{"client": clients.reference(row["client_id"]), **_describe(call, row)} for row in rows]


def _describe(call: Call, row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": public_id(row["id"]),
        "user": {"login": row["user_login"], "name": row["user_name"]},
        "user_active": not has_left(row, call.today),
        "state": _state(call, row),
        "from": row["starts"],
        "to": row["ends"],
        "ended_at": instant(row["ended_at"], call.seconds),
        "granted_at": instant(row["granted_at"], call.seconds),
        "last_used": None if row["last_used"] is None else to_moment(row["last_used"]).date().isoformat(),
        "etag": etag(row),
        **only(row, "bureau_role", "role", "source", "granted_by", "reason"),
    }


def _state(call: Call, row: sqlite3.Row) -> str:
    is_ended = row["ended_at"] is not None and row["ended_at"] <= call.seconds
    if is_ended or row["until"] < call.today.isoformat():
        return "ended"
    return "upcoming" if row["starts"] > call.today.isoformat() else "running"
