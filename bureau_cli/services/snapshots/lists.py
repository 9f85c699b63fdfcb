"""How each kept list answers: which part it is, what narrows it, and how it is sorted.

By what a list does not know it cannot be narrowed: a filter that is not heard would show too much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bureau_cli.domain.period import first_day, last_day
from bureau_cli.domain.snapshots import Snapshot
from bureau_cli.errors import SnapshotLacks
from bureau_cli.services.snapshots import parts
from bureau_cli.services.snapshots.narrowing import (
    Asked,
    Key,
    Narrow,
    accessible,
    among,
    any_of,
    flag,
    since,
    until,
    unused,
    word,
)
from bureau_cli.services.snapshots.ports import Row


def _client(row: Row) -> str:
    return str(row["client"]["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """One list. `part` says in which part its rows are and what is still to be asked of them.

    `narrows` has a test of a row for each parameter, `of_clients` a test of the client whose row it is, told by
    `client`; `logins` are parameters that name users. `sorts` gives the key of each order but that they were kept in.
    """

    part: Callable[[Asked, Snapshot], tuple[str, Asked]]
    client: Callable[[Row], str] | None = _client
    narrows: Mapping[str, Narrow] = field(default_factory=dict)
    of_clients: Mapping[str, Narrow] = field(default_factory=dict)
    logins: Sequence[str] = ()
    as_kept: str = ""
    sorts: Mapping[str, Key] = field(default_factory=dict)


def _whole(name: str) -> Callable[[Asked, Snapshot], tuple[str, Asked]]:
    return lambda asked, _snapshot: (name, asked)


def _accesses(asked: Asked, _snapshot: Snapshot) -> tuple[str, Asked]:
    """Without a state those that are not over."""
    return parts.ACCESS, {"state": ("running", "upcoming"), **asked}


def _statuses(asked: Asked, snapshot: Snapshot) -> tuple[str, Asked]:
    name = parts.OVERDUE if asked.get("overdue") == ["true"] else parts.STATUSES
    require_period(asked.get("period", ()), snapshot)
    return name, _without(asked, "period", "overdue")


def _runs(asked: Asked, snapshot: Snapshot) -> tuple[str, Asked]:
    """Those of the period, or those paid between days of it."""
    if "period" in asked or not {"from", "to"} & asked.keys():
        require_period(asked.get("period", ()), snapshot)
        return parts.RUNS_OF_PERIOD, _without(asked, "period")
    _require_days(asked, first_day(snapshot.period), last_day(snapshot.period), snapshot)
    return parts.RUNS, asked


def _messages(asked: Asked, snapshot: Snapshot) -> tuple[str, Asked]:
    require_period(asked.get("month", ()), snapshot)
    return parts.MESSAGES, _without(asked, "month")


def _deadlines(asked: Asked, snapshot: Snapshot) -> tuple[str, Asked]:
    """Those between the days that were said, all where none were."""
    first, last = first_day(snapshot.period), parts.last_deadline(snapshot.period)
    between = {"from": [first.isoformat()], "to": [last.isoformat()], **asked}
    _require_days(between, first, last, snapshot)
    return parts.DEADLINES, between


def require_period(said: Sequence[str], snapshot: Snapshot) -> None:
    """See that a period is the one that is kept.

    Raises:
        SnapshotLacks: it is another.
    """
    if said and said[0] != snapshot.period:
        fix = f"add --period {snapshot.period}, or look for another snapshot: bureau snapshot list"
        raise SnapshotLacks(f"the snapshot {snapshot.name} has the period {snapshot.period}, not {said[0]}", fix=fix)


def _require_days(asked: Asked, first: date, last: date, snapshot: Snapshot) -> None:
    start, end = (asked.get(name, [""])[0] for name in ("from", "to"))
    if not (first.isoformat() <= start and end and end <= last.isoformat()):
        fix = f"add --from and --to within {first} and {last}"
        raise SnapshotLacks(f"the snapshot {snapshot.name} has the days from {first} to {last}", fix=fix)


def _without(asked: Asked, *names: str) -> Asked:
    return {name: said for name, said in asked.items() if name not in names}


OF_CLIENT: Mapping[str, Narrow] = {"client": among(_client)}

LISTS: Mapping[str, KeptList] = {
    parts.CLIENTS: KeptList(
        part=_whole(parts.CLIENTS),
        client=lambda row: str(row["id"]),
        narrows={
            "id": word("id"),
            "member": any_of(lambda row: [member["login"] for member in row["members"]]),
            "payday": any_of(lambda row: row["paydays"]),
            "status": word("status"),
            "access": accessible,
        },
        logins=("member",),
        as_kept="name",
        sorts={
            "number": lambda row: (row["number"], row["id"]),
            "orgnr": lambda row: (row["orgnr"], row["id"]),
            "status": lambda row: (row["status"], row["id"]),
            "owner": lambda row: (row["owner"]["login"] if row["owner"] else "", row["id"]),
            "active_employees": lambda row: (row["active_employees"], row["id"]),
            "onboarded": lambda row: (row["onboarded"], row["id"]),
        },
    ),
    parts.GROUPS: KeptList(
        part=_whole(parts.GROUPS),
        client=None,
        as_kept="slug",
        sorts={"title": lambda row: row["title"].casefold(), "count": lambda row: (row["count"], row["slug"])},
    ),
    parts.USERS: KeptList(
        part=_whole(parts.USERS),
        client=None,
        narrows={"role": word("role"), "active": flag("active")},
        as_kept="login",
        sorts={"name": lambda row: (row["name"], row["login"]), "role": lambda row: (row["role"], row["login"])},
    ),
    parts.ACCESS: KeptList(
        part=_accesses,
        narrows={
            **OF_CLIENT,
            "user": among(lambda row: row["user"]["login"]),
            "role": word("role"),
            "source": word("source"),
            "state": word("state"),
            "ending_until": until("to"),
            "unused_since": unused,
        },
        logins=("user",),
        as_kept="client",
        sorts={"user": lambda row: row["user"]["login"], "to": lambda row: row["to"] or "9999"},
    ),
    parts.OWNERS: KeptList(part=_whole(parts.OWNERS), narrows={**OF_CLIENT, "verdict": word("verdict")}),
    parts.ALTINN: KeptList(
        part=_whole(parts.ALTINN),
        narrows={
            **OF_CLIENT,
            "partner_settings": flag("partner_settings"),
            "delegation": word("delegation"),
            "user": any_of(lambda row: [tagged["login"] for tagged in row["tagged"]]),
        },
        logins=("user",),
    ),
    parts.STATUSES: KeptList(part=_statuses, narrows=OF_CLIENT),
    parts.RUNS: KeptList(
        part=_runs,
        narrows={
            **OF_CLIENT,
            "from": since("pay_date"),
            "to": until("pay_date"),
            "payday": among(lambda row: row["pay_group"]["payday"]),
            "state": word("state"),
            "type": word("type"),
        },
        as_kept="pay_date",
    ),
    parts.MESSAGES: KeptList(
        part=_messages,
        narrows={
            **OF_CLIENT,
            "state": word("state"),
            "severity": any_of(lambda row: [deviation["severity"] for deviation in row["deviations"]]),
            "code": any_of(lambda row: [deviation["code"] for deviation in row["deviations"]]),
        },
        of_clients={"payday": any_of(lambda client: client["paydays"])},
        as_kept="month",
    ),
    parts.DEADLINES: KeptList(
        part=_deadlines,
        narrows={**OF_CLIENT, "from": since("due"), "to": until("due"), "kind": word("kind")},
    ),
}
"""By path."""
