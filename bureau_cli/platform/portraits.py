"""Clients as the contract shows them: one look-up a page for each thing that belongs to them, never one a client."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bureau_cli.platform.calls import Call
from bureau_cli.platform.facts import fetched_at, newest_fetch
from bureau_cli.platform.rules import RUNNING_ACCESS
from bureau_cli.platform.shown import money, only

_CLIENTS = """
SELECT client.*, user.name AS owner_name FROM json_each(:ids) AS wanted
CROSS JOIN client ON client.id = wanted.value
LEFT JOIN user ON user.login = client.owner
ORDER BY wanted.key
"""
_PAY_GROUPS = """
SELECT client_id, id, name, payday FROM pay_group
WHERE client_id IN (SELECT value FROM json_each(:ids)) ORDER BY payday, id
"""
_SITES = """
SELECT client_id, orgnr, zone, sector FROM site
WHERE client_id IN (SELECT value FROM json_each(:ids)) ORDER BY orgnr
"""
_ACCESS = f"""
SELECT DISTINCT access.client_id, access.role, user.id = :caller AS mine, user.login, user.name FROM access
JOIN user ON user.id = access.user_id
WHERE access.client_id IN (SELECT value FROM json_each(:ids)) AND {RUNNING_ACCESS} ORDER BY user.login
"""  # noqa: S608 - a condition of ours
_GROUPS = """
SELECT group_member.client_id, client_group.slug FROM group_member
JOIN client_group ON client_group.id = group_member.group_id
WHERE group_member.client_id IN (SELECT value FROM json_each(:ids)) ORDER BY client_group.slug
"""
_LAST_RUNS = """
SELECT pay_run.* FROM json_each(:ids) AS wanted
CROSS JOIN pay_run ON pay_run.seq = (
    SELECT seq FROM pay_run WHERE client_id = wanted.value AND pay_date <= :today AND created_at <= :now
    ORDER BY pay_date DESC, seq DESC LIMIT 1
)
"""
_FIGURES_OF_PAY = ("gross", "net")

Found = dict[str, list[Any]]


def portraits(call: Call, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Show clients of the caller's bureau, in the order of their ids."""
    album = _Album(call, ids)
    return [album.show(row) for row in album.find(_CLIENTS)]


class _Album:
    """What belongs to the clients of one page, found for all of them at once."""

    def __init__(self, call: Call, ids: Sequence[str]) -> None:
        self._db = call.db
        self._parameters = {
            "ids": json.dumps(ids),
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        }
        self._newest_fetch = newest_fetch(call)
        self._pay_groups = self._by_client(_PAY_GROUPS)
        self._sites = self._by_client(_SITES)
        self._access = self._by_client(_ACCESS)
        self._groups = self._by_client(_GROUPS)
        self._last_runs = self._by_client(_LAST_RUNS)

    def find(self, sql: str) -> Any:
        return self._db.execute(sql, self._parameters)

    def _by_client(self, sql: str) -> Found:
        found: Found = defaultdict(list)
        for row in self.find(sql):
            found[row["client_id"]].append(row)
        return found

    def show(self, row: Any) -> dict[str, Any]:
        client_id = row["id"]
        pay_groups, access = self._pay_groups[client_id], self._access[client_id]
        # A client may be both owned and shared by one user: the stronger role counts.
        mine = max((one["role"] for one in access if one["mine"]), default=None)
        last_run = _last_run(self._last_runs[client_id], visible=mine is not None)
        withheld = last_run is not None and mine is None
        return {
            "id": client_id,
            "number": row["number"],
            "name": row["name"],
            "orgnr": row["orgnr"],
            "form": row["form"],
            "status": row["status"],
            "paydays": sorted({group["payday"] for group in pay_groups}),
            "pay_groups": [only(group, "id", "name", "payday") for group in pay_groups],
            "linked_via": row["linked_via"],
            "sites": [only(site, "orgnr", "zone", "sector") for site in self._sites[client_id]],
            "owner": {"login": row["owner"], "name": row["owner_name"]} if row["owner"] else None,
            "members": [only(one, "login", "name") for one in access if one["role"] == "member"],
            "groups": [group["slug"] for group in self._groups[client_id]],
            "active_employees": row["active_employees"],
            "my_access": mine,
            "altinn": {"partner_settings": bool(row["altinn_settings"]), "delegation": row["delegation"]},
            "onboarded": row["onboarded"],
            "left": row["left_on"],
            "last_run": last_run,
            "withheld": _WITHHELD if withheld else None,
            "fetched_at": fetched_at(row["feed_stopped_on"], self._newest_fetch),
        }


_WITHHELD = {"reason": "no_access", "fields": [f"last_run.{figure}" for figure in _FIGURES_OF_PAY]}


def _last_run(runs: Sequence[Any], *, visible: bool) -> dict[str, Any] | None:
    if not runs:
        return None
    (run,) = runs
    figures = {figure: money(run[figure]) if visible else None for figure in _FIGURES_OF_PAY}
    return only(run, "id", "period", "type", "pay_date", "payslips") | figures
