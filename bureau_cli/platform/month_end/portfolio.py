"""Whose figures a dashboard gives: the clients a request means, by the scopes they count in.

Clients that count in the same scopes, and of which the caller sees as much, are of one sort: what is added up of each
sort can be added up of every scope.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bureau_cli.platform.belonging import requested_clients
from bureau_cli.platform.calls import Call
from bureau_cli.platform.rules import ACCESSIBLE, sees_every_client

_GROUPS = """
SELECT client_id, slug, title FROM client_group JOIN group_member ON group_id = client_group.id
WHERE bureau_id = ? ORDER BY slug
"""


class Scope(NamedTuple):
    """Whose figures they are: the bureau's, those of an owner by login, or of a group by slug."""

    kind: str
    id: str | None
    name: str | None


class Sort(NamedTuple):
    """The scopes some clients count in, whether rows of theirs may be listed, and their pay seen."""

    scopes: tuple[Scope, ...]
    is_listed: bool
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The clients meant, by their sort; and the day the first of their feeds stopped."""

    scopes: Sequence[Scope]
    sorts: Sequence[Sort]
    clients: Sequence[Sequence[str]]
    first_feed_stopped_on: str | None

    @property
    def meant(self) -> str:
        """Give pairs of a client and the place of its sort, as JSON."""
        return self._pairs(range(len(self.sorts)))

    @property
    def listed(self) -> str:
        """Give the pairs of the clients of which rows may be listed."""
        return self._pairs(place for place, sort in enumerate(self.sorts) if sort.is_listed)

    def _pairs(self, places: Iterable[int]) -> str:
        return json.dumps([(client_id, place) for place in places for client_id in self.clients[place]])


def portfolio_of(call: Call) -> Portfolio:
    """Find the clients a request means, in the scopes it asks for."""
    by = call.arguments.query.get("by")
    bureau = Scope("bureau", None, _bureau(call))
    sees_all = sees_every_client(call.caller)
    owners = _owners(call) if by == "owner" else {}
    groups = _groups(call) if by == "group" else {}
    clients: dict[Sort, list[str]] = defaultdict(list)
    feeds = []
    for client in _meant(call):
        scopes = [bureau, *groups.get(client["id"], ())]
        if by == "owner":
            scopes.append(Scope("owner", client["owner"] or None, owners.get(client["owner"])))
        sort = Sort(tuple(scopes), sees_all or bool(client["is_open"]), bool(client["is_open"]))
        clients[sort].append(client["id"])
        if client["feed_stopped_on"]:
            feeds.append(client["feed_stopped_on"])
    beside = {scope for sort in clients for scope in sort.scopes[1:]}
    return Portfolio(
        scopes=(bureau, *sorted(beside, key=lambda scope: (scope.id is None, scope.id or ""))),
        sorts=list(clients),
        clients=list(clients.values()),
        first_feed_stopped_on=min(feeds, default=None),
    )


def _bureau(call: Call) -> str:
    (name,) = call.db.execute("SELECT name FROM bureau WHERE id = ?", (call.caller.bureau_id,)).fetchone()
    return str(name)


def _meant(call: Call) -> Sequence[Any]:
    chosen = requested_clients(call).rows()
    return call.db.execute(
        f"SELECT client.id, owner, feed_stopped_on, client.id IN {ACCESSIBLE} AS is_open {chosen.sql}",
        {**chosen.parameters, "caller": call.caller.user_id, "today": call.today.isoformat(), "now": call.seconds},
    ).fetchall()


def _owners(call: Call) -> Mapping[str, str]:
    return dict(
        call.db.execute("SELECT login, name FROM user WHERE bureau_id = ?", (call.caller.bureau_id,)).fetchall()
    )


def _groups(call: Call) -> Mapping[str, tuple[Scope, ...]]:
    found: dict[str, list[Scope]] = defaultdict(list)
    for row in call.db.execute(_GROUPS, (call.caller.bureau_id,)):
        found[row["client_id"]].append(Scope("group", row["slug"], row["title"]))
    return {client_id: tuple(scopes) for client_id, scopes in found.items()}
