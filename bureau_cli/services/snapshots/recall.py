"""A snapshot in the place of the platform: it answers what is read of it, by the contract, from what was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.errors import GroupNotFound, SnapshotLacks, ThingNotFound, UserNotFound
from bureau_cli.services.snapshots import parts
from bureau_cli.services.snapshots.lists import LISTS, KeptList, require_period
from bureau_cli.services.snapshots.meant import NARROWING, MeantClients
from bureau_cli.services.snapshots.narrowing import Asked
from bureau_cli.services.snapshots.ports import KeptPort, Row

PAGING = ("limit", "cursor", "ahead", "sort")
ITEMS = {
    parts.GROUPS: ((parts.GROUPS,), "slug", GroupNotFound),
    parts.USERS: ((parts.USERS,), "login", UserNotFound),
    parts.RUNS: ((parts.RUNS, parts.RUNS_OF_PERIOD), "id", ThingNotFound),
    parts.MESSAGES: ((parts.MESSAGES,), "id", ThingNotFound),
}
"""What can be asked for one by one: the parts it may be in, the field it is called by, and how a lack of it is told."""


class Recall:
    """Answers one request after another. What was worked out for a page is there for the next one."""

    def __init__(self, kept: KeptPort) -> None:
        self._kept = kept
        self._meant = MeantClients(kept)
        self._found: dict[Any, Sequence[Row]] = {}

    def answer(self, method: str, path: str, query: Sequence[tuple[str, str]], body: Any) -> Mapping[str, Any]:
        """The JSON of an answer.

        Raises:
            SnapshotLacks: it was not kept, or is not for a snapshot to say.
            NotFound: there is no such thing in it.
        """
        asked: dict[str, list[str]] = {}
        for name, value in query:
            asked.setdefault(name, []).append(value)
        if (method, path) == ("POST", "/v1/selections"):
            return self._meant.freeze(body)
        if method == "GET" and path in LISTS:
            return self._page(path, asked)
        if method == "GET" and path == parts.DASHBOARD:
            return self._dashboard(asked)
        if method == "GET" and path in {parts.ME, parts.META}:
            return self._kept.of(path)[0]
        return self._item(method, path)

    def _page(self, path: str, asked: Asked) -> Mapping[str, Any]:
        """One page; a cursor is how many rows were on those before."""
        query = {name: tuple(said) for name, said in asked.items() if name not in {"limit", "cursor", "ahead"}}
        key = (path, *sorted(query.items()))
        if key not in self._found:
            self._found[key] = self._rows(LISTS[path], query)
        rows = self._found[key]
        start, size = (int(asked.get(name, [default])[0]) for name, default in (("cursor", "0"), ("limit", "100")))
        end = start + size
        if end >= len(rows):
            del self._found[key]  # or a comparison would hold two snapshots whole
        return {
            "items": rows[start:end],
            "next": str(end) if end < len(rows) else None,
            "total": len(rows),
            "as_of": self._kept.snapshot.as_of.isoformat(),
        }

    def _rows(self, kept: KeptList, query: Asked) -> Sequence[Row]:
        snapshot = self._kept.snapshot
        part, asked = kept.part({name: list(said) for name, said in query.items()}, snapshot)
        self._see_that_it_is_kept([part])
        rows = self._narrowed(self._kept.of(part), kept, {name: said for name, said in asked.items() if name != "sort"})
        return _sorted(rows, kept, asked.get("sort", [kept.as_kept])[0])

    def _see_that_it_is_kept(self, places: Sequence[str]) -> None:
        snapshot = self._kept.snapshot
        if not set(snapshot.left_out).isdisjoint(places):
            raise SnapshotLacks(f"the snapshot {snapshot.name} was saved by somebody who may not list that")

    def _narrowed(self, rows: Sequence[Row], kept: KeptList, asked: Asked) -> Sequence[Row]:
        tests = []
        for name, said in asked.items():
            if name in kept.narrows:
                words = [self._meant.login(one) for one in said] if name in kept.logins else said
                tests.append(kept.narrows[name](words))
            elif not (kept.client and (name in NARROWING or name in kept.of_clients)):
                raise SnapshotLacks(f"a snapshot is not narrowed by {name}")
        if kept.client is not None:
            client = kept.client
            of_clients = [narrow(asked[name]) for name, narrow in kept.of_clients.items() if name in asked]
            meant = self._meant.by(asked, of_clients)
            if meant is not None:
                tests.append(lambda row: client(row) in meant)
        return [row for row in rows if all(test(row) for test in tests)] if tests else rows

    def _dashboard(self, asked: Asked) -> Mapping[str, Any]:
        require_period(asked.get("period", ()), self._kept.snapshot)
        if asked.keys() - {"period", "by"}:
            fix = "leave out what selects; --by owner and --by group have the parts"
            raise SnapshotLacks("the figures of a snapshot are the bureau's, and cannot be added up anew", fix=fix)
        return self._kept.of(parts.dashboard(asked["by"][0] if "by" in asked else None))[0]

    def _item(self, method: str, path: str) -> Row:
        noun, _, name = path.rpartition("/")
        if noun == parts.STATUSES:
            fix = "leave out --explain, or --as-of to ask the platform"
            raise SnapshotLacks("a snapshot has how each month stood, not the facts behind it", fix=fix)
        if method != "GET" or noun not in ITEMS:
            raise SnapshotLacks("a snapshot does not hold that")
        places, field, missing = ITEMS[noun]
        self._see_that_it_is_kept(places)
        wanted = self._meant.login(name) if noun == parts.USERS else name
        rows = (row for part in places for row in self._kept.of(part))
        found = next((row for row in rows if row[field] == wanted), None)
        if found is None:
            raise missing(f"there is no {wanted} in the snapshot {self._kept.snapshot.name}")
        return found


def _sorted(rows: Sequence[Row], kept: KeptList, order: str) -> Sequence[Row]:
    name = order.removeprefix("-")
    if name not in {kept.as_kept, *kept.sorts}:
        raise SnapshotLacks(f"a snapshot is not sorted by {name}", fix="leave out --sort, or --as-of")
    ordered = rows if name == kept.as_kept else sorted(rows, key=kept.sorts[name])
    return list(reversed(ordered)) if order.startswith("-") else ordered
