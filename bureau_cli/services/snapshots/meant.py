"""Which clients of a snapshot a request means: what the platform would have decided, decided on what is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from bureau_cli.errors import (
    BureauError,
    ClientAmbiguous,
    ClientNotFound,
    Finding,
    GroupNotFound,
    SelectionNotFound,
    SnapshotLacks,
    UserNotFound,
)
from bureau_cli.services.snapshots.narrowing import Asked, Keep
from bureau_cli.services.snapshots.parts import CLIENTS, GROUPS, ME, USERS
from bureau_cli.services.snapshots.ports import KeptPort, Row

NARROWING = ("group", "not_group", "owner", "where", "selection")
"""The parameters that choose clients on every list of clients' rows."""


class MeantClients:
    """The kept clients, found by token, group, owner or frozen selection."""

    def __init__(self, kept: KeptPort) -> None:
        self._kept = kept
        self._frozen: dict[str, frozenset[str]] = {}

    def by(self, asked: Asked, more: Sequence[Keep] = ()) -> frozenset[str] | None:
        """The ids of the clients that the parameters mean and `more` tests leave, None where nobody is left out."""
        tests = [*self._tests(asked, "group", "not_group"), *more]
        if "selection" in asked:
            tests.append(self._is_selected(asked["selection"][0]))
        return self._ids(tests) if tests else None

    def freeze(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A selection as the platform answers it; it lasts as long as this process."""
        asked = {name: [value] if isinstance(value, str) else value for name, value in said.items() if name != "all"}
        tests = [*self._tests(asked, "groups", "not_groups")]
        if "clients" in said:
            ids = self._resolved(said["clients"])
            tests.append(lambda client: client["id"] in ids)
        meant = self._ids(tests)
        name = f"kept-{len(self._frozen)}"
        self._frozen[name] = meant
        names = [client["name"] for client in self._clients if client["id"] in meant]
        return {"id": name, "count": len(meant), "names": names[:10]}

    def login(self, word: str) -> str:
        """The login that a word stands for: itself, or the caller's own.

        Raises:
            UserNotFound: nobody in the snapshot has it.
        """
        login = self._me if word == "me" else word
        if login not in self._logins:
            raise UserNotFound(f"there is no user {login} in the snapshot")
        return login

    def _owner(self, word: str) -> str:
        """The same of an owner: whoever has left owns nothing, and is not found."""
        login = self.login(word)
        if any(user["login"] == login and not user["active"] for user in self._kept.of(USERS)):
            raise UserNotFound(f"there is no user {login} in the snapshot")
        return login

    @cached_property
    def _clients(self) -> Sequence[Row]:
        return self._kept.of(CLIENTS)

    @cached_property
    def _me(self) -> str:
        return str(self._kept.of(ME)[0]["user"]["login"])

    @cached_property
    def _groups(self) -> frozenset[str]:
        return frozenset(group["slug"] for group in self._kept.of(GROUPS))

    @cached_property
    def _logins(self) -> frozenset[str]:
        """Everybody whom the snapshot names: not every user may list the users."""
        named = {person["login"] for client in self._clients for person in _people(client)}
        return frozenset({self._me, *named, *(user["login"] for user in self._kept.of(USERS))})

    def _tests(self, asked: Asked, inside: str, outside: str) -> Iterable[Keep]:
        if asked.get("where") or asked.get("rule"):
            raise SnapshotLacks(
                "a snapshot cannot weigh an expression", fix="choose with --clients, --group or --owner"
            )
        for slug in asked.get(inside, ()):
            yield self._is_in(slug, wanted=True)
        for slug in asked.get(outside, ()):
            yield self._is_in(slug, wanted=False)
        for word in asked.get("owner", ()):
            yield self._is_owned_by(self._owner(word))

    def _is_in(self, slug: str, *, wanted: bool) -> Keep:
        if slug not in self._groups:
            raise GroupNotFound(f"there is no group {slug} in the snapshot")
        return lambda client: (slug in client["groups"]) is wanted

    def _is_owned_by(self, login: str) -> Keep:
        return lambda client: client["owner"] is not None and client["owner"]["login"] == login

    def _is_selected(self, name: str) -> Keep:
        if name not in self._frozen:
            raise SelectionNotFound("there is no such selection of the snapshot")
        ids = self._frozen[name]
        return lambda client: client["id"] in ids

    def _ids(self, tests: Sequence[Keep]) -> frozenset[str]:
        return frozenset(client["id"] for client in self._clients if all(test(client) for test in tests))

    def _resolved(self, tokens: Sequence[str]) -> frozenset[str]:
        """The clients that tokens mean.

        Raises:
            ClientNotFound, ClientAmbiguous: some mean none, or several; the findings tell which.
        """
        found = [self._matches(token) for token in tokens]
        wrong = [_finding(at, matches) for at, matches in enumerate(found) if len(matches) != 1]
        if wrong:
            leaf: type[BureauError] = ClientAmbiguous if wrong[0].candidates else ClientNotFound
            error = leaf(f"{len(wrong)} of {len(tokens)} name no single client of the snapshot")
            error.findings = wrong
            raise error
        return frozenset(matches[0]["id"] for matches in found)

    def _matches(self, token: str) -> Sequence[Row]:
        """The clients of the first sense in which a token means any."""
        name, loosely = _composed(token), _caseless(token)
        senses = (
            self._by_orgnr.get(token),
            self._by_number.get(token),
            [client for client in self._by_name.get(loosely, ()) if _composed(client["name"]) == name],
            self._by_name.get(loosely),
        )
        return next((found for found in senses if found), [])

    @cached_property
    def _by_orgnr(self) -> Mapping[str, Sequence[Row]]:
        return _by(self._clients, lambda client: str(client["orgnr"]))

    @cached_property
    def _by_number(self) -> Mapping[str, Sequence[Row]]:
        return _by(self._clients, lambda client: str(client["number"]))

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Row]]:
        return _by(self._clients, lambda client: _caseless(client["name"]))


def _by(clients: Sequence[Row], key: Callable[[Row], str]) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = {}
    for client in clients:
        found.setdefault(key(client), []).append(client)
    return found


def _people(client: Row) -> Iterable[Row]:
    return [*client["members"], *([client["owner"]] if client["owner"] else [])]


def _finding(at: int, matches: Sequence[Row]) -> Finding:
    if not matches:
        return Finding(message="there is no such client in the snapshot", index=at)
    candidates = tuple(f"{client['number']} {client['name']}" for client in matches)
    return Finding(message="several clients are called this", index=at, candidates=candidates)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _caseless(name: str) -> str:
    return _composed(_composed(name).casefold())
