"""Users of the bureau and their roles. Appointing the first leader is what turns the console on."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from bureau_cli.platform import audit
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.people import has_left, require_user
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ADMINISTRATOR, LEADER, OVERSEERS, RUNNING_ACCESS, STILL_HERE, is_activated
from bureau_cli.platform.shown import only
from bureau_cli.platform.versions import require_version

_SORTED_BY = {"login": ("login",), "name": ("name", "login"), "role": ("role", "login")}
_USERS = f"""
SELECT user.*,
    (SELECT count(*) FROM client WHERE client.bureau_id = user.bureau_id AND client.owner = user.login) AS owner_of,
    (
        SELECT count(DISTINCT client_id) FROM access
        WHERE user_id = user.id AND access.role = 'member' AND {RUNNING_ACCESS}
    ) AS member_of
FROM json_each(:logins) AS wanted CROSS JOIN user ON user.login = wanted.value ORDER BY wanted.key
"""  # noqa: S608 - a condition of ours


def list_users(call: Call) -> Answer:
    """List who works at the bureau or did."""
    sort: str = call.arguments.query["sort"]
    order = Order(columns=_SORTED_BY[sort.removeprefix("-")], descending=sort.startswith("-"))
    page = call.pager.page(call.db, _rows(call), order, call.arguments)
    return Answer(body=page.envelope(_show(call, page.ids), as_of(call)))


def get_user(call: Call) -> Answer:
    """Show one user; to an officer only themselves."""
    user = _meant(call)
    if user["id"] != call.caller.user_id and call.caller.role not in OVERSEERS:
        raise Problem("role_forbids", f"The role {call.caller.role} shows nobody but oneself; it takes an overseer.")
    return _answer(call, user["login"])


def change_user(call: Call) -> Answer:
    """Give a user another role in the bureau."""
    user, role = _meant(call), call.arguments.body.get("role")
    require_version(call, etag(user), "user")
    if role not in {None, user["role"]}:
        _require_allowed(call, user, role)
        was_activated = is_activated(call.db, call.caller.bureau_id, call.today)
        call.db.execute("UPDATE user SET role = ?, version = version + 1 WHERE id = ?", (role, user["id"]))
        _record(call, user, role, is_activation=not was_activated and role == LEADER)
    return _answer(call, user["login"])


def etag(user: sqlite3.Row) -> str:
    """Give the version of a user; what they have access to is no part of it."""
    return f'"{user["id"]}.{user["version"]}"'


def _require_allowed(call: Call, user: sqlite3.Row, role: str) -> None:
    is_own_raise = call.caller.role == ADMINISTRATOR and role == LEADER
    if user["id"] == call.caller.user_id and not is_own_raise:
        raise Problem("own_role", "Nobody changes their own role, but for an administrator who becomes leader.")
    if role != "none" and has_left(user, call.today):
        raise Problem("user_left", f"{user['login']} has left the bureau and can only be given the role none.")
    if role not in OVERSEERS and user["role"] in OVERSEERS and not _another_overseer_stays(call, user):
        raise Problem("last_overseer", "An administrator or leader must remain who has no last day at the bureau.")


def _another_overseer_stays(call: Call, user: sqlite3.Row) -> bool:
    """Tell whether somebody else can still give out roles, tomorrow too: the caller may be about to leave."""
    row = call.db.execute(
        "SELECT 1 FROM user WHERE bureau_id = ? AND role IN ('administrator', 'leader')"
        " AND left_on IS NULL AND id <> ?",
        (call.caller.bureau_id, user["id"]),
    ).fetchone()
    return row is not None


def _record(call: Call, user: sqlite3.Row, role: str, *, is_activation: bool) -> None:
    noted = {"activation": is_activation, "own": user["id"] == call.caller.user_id}
    change = audit.Change(
        action="user.role",
        subject=f"users/{user['login']}",
        before={"role": user["role"]},
        after={"role": role, **{name: True for name, is_so in noted.items() if is_so}},
    )
    audit.record(call, change)


def _rows(call: Call) -> Rows:
    query = call.arguments.query
    parameters: dict[str, Any] = {"bureau": call.caller.bureau_id}
    conditions = ["bureau_id = :bureau"]
    if "role" in query:
        conditions.append("role IN (SELECT value FROM json_each(:roles))")
        parameters["roles"] = json.dumps(query["role"])
    if "active" in query:
        conditions.append(STILL_HERE if query["active"] == "true" else f"NOT {STILL_HERE}")
        parameters["today"] = call.today.isoformat()
    return Rows(table="user", conditions=conditions, parameters=parameters)


def _meant(call: Call) -> sqlite3.Row:
    login = call.arguments.path["login"]
    return require_user(call, call.caller.login if login == "me" else login)


def _answer(call: Call, login: str) -> Answer:
    (shown,) = _show(call, [login])
    return Answer(body=shown, headers={"ETag": shown["etag"]})


def _show(call: Call, logins: Sequence[str]) -> list[dict[str, Any]]:
    parameters = {"logins": json.dumps(logins), "today": call.today.isoformat(), "now": call.seconds}
    return [
        only(row, "id", "login", "name", "email", "role", "owner_of", "member_of")
        | {
            "active": not has_left(row, call.today),
            "left": row["left_on"],
            "two_factor": bool(row["two_factor"]),
            "etag": etag(row),
        }
        for row in call.db.execute(_USERS, parameters)
    ]
