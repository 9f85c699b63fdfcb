"""Rows that belong to clients: whose a caller may list, whose a request means, and whose figures are shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from bureau_cli.platform.calls import Call
from bureau_cli.platform.facts import fetched_at, newest_fetch
from bureau_cli.platform.filters import ClientFilter, narrow
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import RUNNING_ACCESS, sees_every_client
from bureau_cli.platform.shown import only

_CLIENTS = f"""
SELECT
    client.id, number, client.name, orgnr, payments_known, feed_stopped_on, owner, user.name AS owner_name,
    EXISTS (
        SELECT 1 FROM access WHERE user_id = :caller AND client_id = client.id AND {RUNNING_ACCESS}
    ) AS is_open
FROM client LEFT JOIN user ON user.login = client.owner
WHERE client.bureau_id = :bureau AND client.id IN (SELECT value FROM json_each(:ids))
"""  # noqa: S608 - a condition of ours

CLIENTS_BY_NAME = Order(columns=("client.name_order", "client.id"))
"""The order of a list with a row a client."""

_FEW = 200


class Conditions:
    """The conditions that the rows of a list fulfil, and their parameters; `column` holds each row's client."""

    def __init__(self, call: Call, column: str) -> None:
        self._call = call
        self._column = column
        self._sql: list[str] = []
        self._clients: list[str] = []
        self._on_the_way: list[str] = []
        self._parameters: dict[str, Any] = {
            "bureau": call.caller.bureau_id,
            "caller": call.caller.user_id,
            "today": call.today.isoformat(),
            "now": call.seconds,
        }

    def add(self, condition: str, **parameters: object) -> None:
        """Keep the rows for which a condition holds."""
        self._sql.append(condition)
        self._parameters.update(parameters)

    def among(self, expression: str, name: str, values: Iterable[str]) -> None:
        """Keep the rows where an expression is one of these words."""
        self.add(self.one_of(expression, name, values))

    def one_of(self, expression: str, name: str, values: Iterable[str]) -> str:
        """Write the condition that an expression is one of these words."""
        words = {f"{name}_{position}": value for position, value in enumerate(values)}
        self._parameters.update(words)
        return f"{expression} IN ({', '.join(f':{word}' for word in words)})"

    def add_clients(self) -> None:
        """Keep the rows of clients that the caller may list and the request means."""
        named, chosen = _named(self._call), _listable(self._call)
        if len(named) == 1:
            self._narrow(f"{self._column} = :only_client", only_client=named[0])
        elif named:
            _keep_named(chosen, named)
        self._meet(chosen.rows())

    @property
    def are_of_all(self) -> bool:
        """Tell whether the rows are of every client of the bureau."""
        return not self._clients

    def rows(self, table: str, *more: str) -> Rows:
        """Give the rows left of a table, for which more conditions hold."""
        looked_up = self._rows(table, [*more, *self._clients])
        met = self._rows(table, [*more, *self._on_the_way])
        if met == looked_up:
            return replace(looked_up, are_few=bool(self._clients))
        return replace(met, counted_as=looked_up)

    def _rows(self, table: str, more: Sequence[str]) -> Rows:
        conditions = [*self._sql, *more]
        text = " ".join(conditions)
        used = {name: value for name, value in self._parameters.items() if f":{name}" in text}
        return Rows(table=table, conditions=conditions, parameters=used)

    def _meet(self, chosen: Rows) -> None:
        """Keep the rows of these clients.

        The rows of few are looked up. Those of many are met on the way through the list, each asked for its client:
        SQLite would look them all up, and sort them, for one page.
        """
        if len(chosen.conditions) == 1:  # that they are the bureau's own
            return
        found = self._call.db.execute(f"SELECT client.id {chosen.sql} LIMIT {_FEW + 1}", chosen.parameters)
        ids = [row["id"] for row in found]
        if len(ids) > _FEW:
            among = f"{self._column} IN (SELECT client.id {chosen.sql})"
            is_one = f"EXISTS (SELECT 1 {chosen.sql} AND client.id = {self._column})"
            self._narrow(among, on_the_way=is_one, **chosen.parameters)
        else:
            among = f"{self._column} IN (SELECT value FROM json_each(:meant))"  # noqa: S608 - a column of ours
            self._narrow(among, meant=json.dumps(ids))

    def _narrow(self, condition: str, *, on_the_way: str = "", **parameters: object) -> None:
        self._clients.append(condition)
        self._on_the_way.append(on_the_way or condition)
        self._parameters.update(parameters)


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
        self._newest_fetch = newest_fetch(call)
        self._today = call.today.isoformat()

    def reference(self, client_id: str) -> dict[str, str]:
        """Name a client."""
        return only(self._rows[client_id], "id", "number", "name", "orgnr")

    def owner(self, client_id: str) -> dict[str, str] | None:
        """Name a client's owner now."""
        row = self._rows[client_id]
        return {"login": row["owner"], "name": row["owner_name"]} if row["owner"] else None

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
        return fetched_at(self._rows[client_id]["feed_stopped_on"], self._newest_fetch)

    def not_done(self, client_id: str, due: str) -> Literal[False] | None:
        """Tell that something is not done; None where it was due when the client's data were no longer fetched."""
        return None if self.fetched_at(client_id)[: len(due)] <= due < self._today else False

    def is_paid(self, client_id: str, due: str, *, told: bool) -> bool | None:
        """Tell whether something is paid that is told to be, or not; None where the client's bank tells nothing."""
        if told:
            return True
        return self.not_done(client_id, due) if self.payments_as_of(client_id) else None

    def payments_as_of(self, client_id: str) -> str | None:
        """Tell up to when payments are known; None where the client's bank tells nothing."""
        return self.fetched_at(client_id) if self._rows[client_id]["payments_known"] else None


def requested_clients(call: Call) -> ClientFilter:
    """Choose the clients the request means, where a row is a client, also those whose rows the caller may not list."""
    named, chosen = _named(call), ClientFilter(call)
    narrow(chosen, call.arguments.query)
    if named:
        _keep_named(chosen, named)
    return chosen


def meant_clients(call: Call) -> ClientFilter:
    """Choose the clients whose rows the caller may list and the request means, where a row is a client."""
    chosen = requested_clients(call)
    _keep_listable(call, chosen)
    return chosen


def _listable(call: Call) -> ClientFilter:
    chosen = ClientFilter(call)
    narrow(chosen, call.arguments.query)
    _keep_listable(call, chosen)
    return chosen


def _keep_listable(call: Call, chosen: ClientFilter) -> None:
    if not sees_every_client(call.caller):
        chosen.access("mine")


def _named(call: Call) -> Sequence[str]:
    return [require_client(call, client_id) for client_id in call.arguments.query.get("client", ())]


def _keep_named(chosen: ClientFilter, ids: Sequence[str]) -> None:
    chosen.only("client.id IN (SELECT value FROM json_each(:named))", named=json.dumps(ids))


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
