"""Clients put into and taken out of groups, many at a time: one result an item, in order."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform import audit, idempotency
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.rules import ADMINISTRATOR, RUNNING_ACCESS

_OPEN_TO_CALLER = f"SELECT client_id FROM access WHERE user_id = :caller AND {RUNNING_ACCESS} AND client_id"  # noqa: S608 - ours

Item = Mapping[str, str]
Result = dict[str, Any]
_MESSAGES = {
    "client_not_found": "There is no such client.",
    "no_access": "An administrator changes only clients they have access to.",
    "rule_forbids": "The group follows a rule; its clients are not put in by hand.",
}


def first_results(deed: Deed, group_id: str | None, items: Sequence[Item]) -> list[Result]:
    """Tell again what became of those items that were done before.

    Raises the Problem of a key that stands for something else, whether kept or in the request itself.
    """
    outcomes = _recall(deed, group_id, items)
    return [_told_again(item, outcomes[item["key"]]) for item in items if item["key"] in outcomes]


def change_members(deed: Deed, group: sqlite3.Row, items: Sequence[Item]) -> list[Result]:
    """Change the members of a group; raise the Problem of a key used for something else before anything is done."""
    change = _MemberChange(deed, group, items)
    results = [change.perform(item) for item in items]
    if any(result["outcome"] == "done" and "replayed" not in result for result in results):
        deed.db.execute(
            "UPDATE client_group SET version = version + 1, updated_at = ? WHERE id = ?", (deed.seconds, group["id"])
        )
    return results


class _MemberChange:
    def __init__(self, deed: Deed, group: sqlite3.Row, items: Sequence[Item]) -> None:
        self._deed = deed
        self._group = group
        self._first_outcomes = _recall(deed, group["id"], items)
        asked = json.dumps([item["client"] for item in items])
        self._clients = self._among(asked, "SELECT id FROM client WHERE bureau_id = :bureau AND id")
        self._members = self._among(asked, "SELECT client_id FROM group_member WHERE group_id = :group AND client_id")
        self._open = self._among(asked, _OPEN_TO_CALLER)

    def perform(self, item: Item) -> Result:
        key, client = item["key"], item["client"]
        if key in self._first_outcomes:
            return _told_again(item, self._first_outcomes[key])
        code = self._refusal(client)
        if code is not None:
            self._record(item, refused_with=code)
            return {"key": key, "client": client, "outcome": "refused", "code": code, "message": _MESSAGES[code]}
        outcome = self._change(item)
        idempotency.keep(self._deed, key, _fingerprint(self._group["id"], item), outcome)
        self._first_outcomes[key] = outcome
        return {"key": key, "client": client, "outcome": outcome}

    def _refusal(self, client: str) -> str | None:
        if client not in self._clients:
            return "client_not_found"
        if self._deed.caller.role == ADMINISTRATOR and client not in self._open:
            return "no_access"
        return "rule_forbids" if self._group["kind"] == "rule" else None

    def _change(self, item: Item) -> str:
        client, is_wanted = item["client"], item["action"] == "add"
        if is_wanted == (client in self._members):
            return "unchanged"
        if is_wanted:
            self._members.add(client)
            self._deed.db.execute(
                "INSERT INTO group_member (group_id, client_id, since, added_by) VALUES (?, ?, ?, ?)",
                (self._group["id"], client, self._deed.seconds, self._deed.caller.login),
            )
        else:
            self._members.remove(client)
            self._deed.db.execute(
                "DELETE FROM group_member WHERE group_id = ? AND client_id = ?", (self._group["id"], client)
            )
        self._record(item)
        return "done"

    def _record(self, item: Item, refused_with: str | None = None) -> None:
        is_wanted = item["action"] == "add"
        change = audit.Change(
            action=f"group.member.{item['action']}",
            subject=f"groups/{self._group['slug']}/members/{item['client']}",
            before=None if refused_with else {"member": not is_wanted},
            after=None if refused_with else {"member": is_wanted},
            refused_with=refused_with,
        )
        audit.record(self._deed, change)

    def _among(self, asked: str, select: str) -> set[str]:
        deed = self._deed
        parameters = {
            "asked": asked,
            "bureau": deed.caller.bureau_id,
            "group": self._group["id"],
            "caller": deed.caller.user_id,
            "today": deed.today.isoformat(),
            "now": deed.seconds,
        }
        wanted = f"{select} IN (SELECT value FROM json_each(:asked))"  # noqa: S608 - ours
        return {row[0] for row in deed.db.execute(wanted, parameters)}


def _recall(deed: Deed, group_id: str | None, items: Sequence[Item]) -> dict[str, str]:
    return idempotency.recall(deed, [(item["key"], _fingerprint(group_id, item)) for item in items])


def _fingerprint(group_id: str | None, item: Item) -> str:
    return f"group-members/{group_id}/{item['action']}/{item['client']}"


def _told_again(item: Item, outcome: str) -> Result:
    return {"key": item["key"], "client": item["client"], "outcome": outcome, "replayed": True}
