"""Rows that belong to clients: whose a caller may list, whose a request means, and whose figures are shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bureau_cli.platform.calls import Call
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.filters import ClientFilter, narrow
from bureau_cli.platform.pages import Rows
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ACCESSIBLE, sees_every_client
from bureau_cli.platform.shown import only

_CLIENTS = f"""
SELECT id, number, name, orgnr, payments_known, fetched_at, id IN {ACCESSIBLE} AS is_open FROM client
WHERE bureau_id = :bureau AND id IN (SELECT value FROM json_each(:ids))
"""  # noqa: S608 - a condition of ours


class Conditions:
    """The conditions that the rows of a list fulfil, and their parameters.

    A column of the client is given with a + before it: the list is walked in the order of its own index, and a
    narrowing must not lead SQLite to walk another and sort.
    """

    def __init__(self, call: Call, column: str) -> None:
        self._call = call
        self._column = column
        self.sql: list[str] = []
        self.parameters: dict[str, Any] = {
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        }

    def add(self, condition: str, **parameters: object) -> None:
        """Keep the rows for which a condition holds."""
        self.sql.append(condition)
        self.parameters.update(parameters)

    def among(self, expression: str, name: str, values: Iterable[str]) -> None:
        """Keep the rows where an expression is one of these words."""
        words = {f"{name}_{position}": value for position, value in enumerate(values)}
        self.add(f"{expression} IN ({', '.join(f':{word}' for word in words)})", **words)

    def add_clients(self) -> None:
        """Keep the rows of clients that the caller may list and the request means."""
        if not sees_every_client(self._call.caller):
            self.add(f"+{self._column} IN {ACCESSIBLE}")
        chosen = ClientFilter(self._call)
        narrow(chosen, self._call.arguments.query)
        if "client" in self._call.arguments.query:
            self._add_named(chosen)
        rows = chosen.rows()
        if len(rows.conditions) > 1:  # more than that they are the bureau's own
            self.add(f"+{self._column} IN (SELECT client.id {rows.sql})", **rows.parameters)

    def rows(self, table: str, *, as_many: Sequence[str] | None = None) -> Rows:
        """Give the rows left of a table, with only the parameters the conditions name."""
        text = " ".join(self.sql)
        used = {name: value for name, value in self.parameters.items() if f":{name}" in text}
        return Rows(table=table, conditions=self.sql, parameters=used, as_many=as_many)

    def _add_named(self, chosen: ClientFilter) -> None:
        ids: Sequence[str] = self._call.arguments.query["client"]
        for client_id in ids:
            require_client(self._call, client_id)
        if len(ids) == 1:
            self.add(f"{self._column} = :only_client", only_client=ids[0])
        else:
            chosen.only("client.id IN (SELECT value FROM json_each(:clients))", clients=json.dumps(ids))


class Clients:
    """What a page's rows need to know of the clients they belong to."""

    def __init__(self, call: Call, ids: Iterable[str]) -> None:
        wanted = json.dumps(sorted(set(ids)))
        parameters = {
            "ids": wanted,
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        }
        self._rows = {row["id"]: row for row in call.db.execute(_CLIENTS, parameters)}

    def reference(self, client_id: str) -> dict[str, str]:
        """Name a client."""
        return only(self._rows[client_id], "id", "number", "name", "orgnr")

    def is_open(self, client_id: str) -> bool:
        """Tell whether the caller has access, and sees figures of pay."""
        return bool(self._rows[client_id]["is_open"])

    def withhold(self, client_id: str, figures: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
        """Show figures of pay, or nulls and why."""
        if self.is_open(client_id):
            return {**figures, "withheld": None}
        withheld = {"reason": "no_access", "fields": [f"{prefix}{name}" for name in figures]}
        return {**dict.fromkeys(figures), "withheld": withheld}

    def fetched_at(self, client_id: str) -> str:
        """Tell when a client was last had from its source."""
        return to_text(self._rows[client_id]["fetched_at"])

    def payments_as_of(self, client_id: str) -> str | None:
        """Tell up to when payments are known; None where the client's bank tells nothing."""
        return self.fetched_at(client_id) if self._rows[client_id]["payments_known"] else None


def require_client(call: Call, client_id: str) -> str:
    """Give the id of a client of the caller's bureau, or raise the Problem that there is none."""
    found = call.db.execute(
        "SELECT 1 FROM client WHERE id = ? AND bureau_id = ?", (client_id, call.caller.bureau_id)
    ).fetchone()
    if found is None:
        raise Problem("client_not_found", "There is no such client.")
    return client_id


def require_listed(call: Call, client_id: str) -> None:
    """Raise the Problem of a client whose rows the caller may not list, figures withheld or not."""
    if not sees_every_client(call.caller):
        require_access(call, client_id)


def require_access(call: Call, client_id: str) -> None:
    """Raise the Problem that the caller has no access to a client."""
    if not Clients(call, [client_id]).is_open(client_id):
        raise Problem("no_access", "The caller has no running access to the client.")
