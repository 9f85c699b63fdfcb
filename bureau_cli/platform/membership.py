"""Clients put into and taken out of groups, many at a time."""

import json
import sqlite3
from collections.abc import Sequence

from bureau_cli.platform import audit, items
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.items import Item, Result
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ADMINISTRATOR, RUNNING_ACCESS

_OPEN_TO_CALLER = f"SELECT client_id FROM access WHERE user_id = :caller AND {RUNNING_ACCESS} AND client_id"  # noqa: S608 - ours


def first_results(deed: Deed, group_id: str | None, asked: Sequence[Item]) -> list[Result]:
    """Tell again what became of those items that were done before.

    Raises the Problem of a key that stands for something else, whether kept or in the request itself.
    """
    return items.first_results(deed, _Memberships(group_id), asked)


def change_members(deed: Deed, group: sqlite3.Row, asked: Sequence[Item]) -> list[Result]:
    """Change the members of a group; raise the Problem of a key used for something else before anything is done."""
    results = items.perform_each(deed, _MemberChange(deed, group, asked), asked)
    if any(result["outcome"] == "done" and "replayed" not in result for result in results):
        deed.db.execute(
            "UPDATE client_group SET version = version + 1, updated_at = ? WHERE id = ?", (deed.seconds, group["id"])
        )
    return results


class _Memberships:
    """The clients of one group, as the items of a change name them; the group need not exist any more."""

    def __init__(self, group_id: str | None) -> None:
        self._group_id = group_id

    def fingerprint(self, item: Item) -> str:
        return f"group-members/{self._group_id}/{item['action']}/{item['client']}"

    def named(self, item: Item) -> dict[str, str]:
        return {"client": item["client"]}


class _MemberChange(_Memberships):
    def __init__(self, deed: Deed, group: sqlite3.Row, asked: Sequence[Item]) -> None:
        super().__init__(group["id"])
        self._deed = deed
        self._group = group
        named = json.dumps([item["client"] for item in asked])
        self._clients = self._among(named, "SELECT id FROM client WHERE bureau_id = :bureau AND id")
        self._members = self._among(named, "SELECT client_id FROM group_member WHERE group_id = :group AND client_id")
        self._open = self._among(named, _OPEN_TO_CALLER)

    def filed_under(self, item: Item) -> tuple[str, str]:
        return f"group.member.{item['action']}", f"groups/{self._group['slug']}/members/{item['client']}"

    def perform(self, item: Item) -> bool:
        client, is_wanted = item["client"], item["action"] == "add"
        self._require(client)
        if is_wanted == (client in self._members):
            return False
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
        action, subject = self.filed_under(item)
        before, after = {"member": not is_wanted}, {"member": is_wanted}
        audit.record(self._deed, audit.Change(action=action, subject=subject, before=before, after=after))
        return True

    def _require(self, client: str) -> None:
        if client not in self._clients:
            raise Problem("client_not_found", "There is no such client.")
        if self._deed.caller.role == ADMINISTRATOR and client not in self._open:
            raise Problem("no_access", "An administrator changes only clients they have access to.")
        if self._group["kind"] == "rule":
            raise Problem("rule_forbids", "The group follows a rule; its clients are not put in by hand.")

    def _among(self, named: str, select: str) -> set[str]:
        deed = self._deed
        parameters = {
            "named": named,
            "bureau": deed.caller.bureau_id,
            "group": self._group["id"],
            "caller": deed.caller.user_id,
            "today": deed.today.isoformat(),
            "now": deed.seconds,
        }
        wanted = f"{select} IN (SELECT value FROM json_each(:named))"  # noqa: S608 - ours
        return {row[0] for row in deed.db.execute(wanted, parameters)}
