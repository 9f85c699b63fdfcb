"""Which clients a request means: every filter as a condition of SQL over `client`."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform.calls import Call
from bureau_cli.platform.expressions import condition_of
from bureau_cli.platform.pages import Rows
from bureau_cli.platform.problems import Problem, flaw
from bureau_cli.platform.rules import ACCESSIBLE, RUNNING_ACCESS, STILL_HERE

_HAS_ACCESS = f"client.id IN {ACCESSIBLE}"
_MEMBERSHIP = f"user_id = :member AND role = 'member' AND {RUNNING_ACCESS}"
_HAS_MEMBER = f"client.id IN (SELECT client_id FROM access WHERE {_MEMBERSHIP})"  # noqa: S608 - ours


class ClientFilter:
    """Gathers the conditions of one request; what it names must exist, or the request is refused."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._conditions = ["client.bureau_id = :bureau"]
        self._parameters: dict[str, Any] = {
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        }

    def rows(self) -> Rows:
        """Give the clients left, with only the parameters their conditions name."""
        text = " ".join(self._conditions)
        used = {name: value for name, value in self._parameters.items() if f":{name}" in text}
        return Rows(table="client", conditions=self._conditions, parameters=used)

    def only(self, condition: str, **parameters: object) -> None:
        """Keep the clients for which a condition holds."""
        self._conditions.append(condition)
        self._parameters.update(parameters)

    def groups(self, slugs: Sequence[str], *, inside: bool, pointer: str) -> None:
        """Keep the clients inside every group, or outside all of them."""
        for position, slug in enumerate(slugs):
            group_id = self._group_id(slug, pointer)
            name = f"{'inside' if inside else 'outside'}_{position}"
            members = f"(SELECT client_id FROM group_member WHERE group_id = :{name})"  # noqa: S608 - a name made here
            self.only(f"client.id {'IN' if inside else 'NOT IN'} {members}", **{name: group_id})

    def owner(self, login: str, pointer: str) -> None:
        """Keep the clients a user owns; a user who has left owns nothing and is not found."""
        self.only("client.owner = :owner", owner=self.user(login, pointer, f" AND {STILL_HERE}")["login"])

    def member(self, login: str, pointer: str) -> None:
        """Keep the clients where a user, even one who has left, is a member."""
        self.only(_HAS_MEMBER, member=self.user(login, pointer)["id"])

    def access(self, whose: str) -> None:
        """Keep the clients the caller has access to (mine), or those the caller has not (none)."""
        self.only(_HAS_ACCESS if whose == "mine" else f"NOT {_HAS_ACCESS}")

    def where(self, text: str, pointer: str) -> None:
        """Keep the clients for which an expression is true."""
        condition = condition_of(self._call, text, pointer)
        self.only(condition.sql, **condition.parameters)

    def selection(self, selection_id: str) -> None:
        """Keep the clients of one of the caller's own selections."""
        require_selection(self._call, selection_id)
        self.only(
            "client.id IN (SELECT client_id FROM selection_client WHERE selection_id = :selection)",
            selection=selection_id,
        )

    def _group_id(self, slug: str, pointer: str) -> str:
        row = self._call.db.execute(
            "SELECT id FROM client_group WHERE bureau_id = ? AND slug = ?", (self._call.caller.bureau_id, slug)
        ).fetchone()
        if row is None:
            message = f"there is no group {slug}"
            raise Problem("group_not_found", f"There is no group {slug}.", errors=[flaw(pointer, message)])
        return str(row["id"])

    def user(self, login: str, pointer: str, and_condition: str = "") -> sqlite3.Row:
        """Find the user that a login, or me, stands for."""
        wanted = self._call.caller.login if login == "me" else login
        row: sqlite3.Row | None = self._call.db.execute(
            f"SELECT id, login FROM user WHERE bureau_id = :bureau AND login = :login{and_condition}",  # noqa: S608 - ours
            {"bureau": self._call.caller.bureau_id, "login": wanted, "today": self._call.today.isoformat()},
        ).fetchone()
        if row is None:
            message = f"there is no user {wanted}"
            raise Problem("user_not_found", f"There is no user {wanted}.", errors=[flaw(pointer, message)])
        return row


def require_selection(call: Call, selection_id: str) -> sqlite3.Row:
    """Find one of the caller's own selections, or raise the Problem that there is none."""
    found: sqlite3.Row | None = call.db.execute(
        "SELECT expires_at FROM selection WHERE id = ? AND user_id = ? AND expires_at > ?",
        (selection_id, call.caller.user_id, call.seconds),
    ).fetchone()
    if found is None:
        raise Problem("selection_not_found", "There is no such selection of yours, or it has expired.")
    return found


def from_query(call: Call) -> Rows:
    """Give the clients the query parameters of a list mean."""
    query: Mapping[str, Any] = call.arguments.query
    chosen = ClientFilter(call)
    narrow(chosen, query)
    if "id" in query:
        chosen.only("client.id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(query["id"]))
    if "member" in query:
        chosen.member(query["member"], "/query/member")
    if "payday" in query:
        chosen.only(
            "EXISTS (SELECT 1 FROM pay_group WHERE pay_group.client_id = client.id AND payday = :payday)",
            payday=query["payday"],
        )
    if "status" in query:
        names = {f"status_{position}": status for position, status in enumerate(query["status"])}
        chosen.only(f"client.status IN ({', '.join(f':{name}' for name in names)})", **names)
    if "access" in query:
        chosen.access(query["access"])
    return chosen.rows()


def narrow(chosen: ClientFilter, query: Mapping[str, Any]) -> None:
    """Keep the clients that the query parameters mean which every list of clients' rows has too."""
    chosen.groups(query.get("group", ()), inside=True, pointer="/query/group")
    chosen.groups(query.get("not_group", ()), inside=False, pointer="/query/not_group")
    if "owner" in query:
        chosen.owner(query["owner"], "/query/owner")
    if "where" in query:
        chosen.where(query["where"], "/query/where")
    if "selection" in query:
        chosen.selection(query["selection"])
