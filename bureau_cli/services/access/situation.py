"""Who has access to what, looked at once before something is planned."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bureau_cli.domain.access import Access
from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.domain.users import ME, User
from bureau_cli.errors import UserHasLeft, UserNotFound
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import AccessPort, UsersPort
from bureau_cli.services.streams import all_of

MOST_USERS = 50
"""So many one request may ask for by login."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is there now, at the clients that were looked at.

    `accesses` are those that are not over: of every owner, and of everybody else, or of those who were asked for.
    """

    clients: Sequence[ClientReference]
    accesses: Sequence[Access]
    users: Mapping[str, User]
    caller: User
    today: date

    @cached_property
    def by_client(self) -> Mapping[str, Mapping[str, Access]]:
        """By the client's id and then by login, the access that is not over."""
        found: dict[str, dict[str, Access]] = {client.id: {} for client in self.clients}
        for access in self.accesses:
            found.setdefault(access.client.id, {})[access.user.login] = access
        return found

    @cached_property
    def owners(self) -> Mapping[str, Access]:
        """By the client's id, the access of its owner."""
        return {one.client.id: one for one in self.accesses if one.role == "owner" and one.state == "running"}

    def access_of(self, client: str, login: str) -> Access | None:
        """A user's access to a client by its id."""
        return self.by_client.get(client, {}).get(login)

    def sees(self, client: str) -> bool:
        """Whether the caller is shown who has access to a client by its id, and may change it."""
        mine = self.access_of(client, self.caller.login)
        return self.caller.role == "leader" or (mine is not None and mine.state == "running")

    def login(self, word: str) -> str:
        """The login that a word on the command line stands for."""
        return self.caller.login if word == ME else word

    def heir(self, word: str) -> str:
        """The login of somebody who is to own clients next, before anybody loses them.

        Raises:
            UserNotFound: there is no such user.
            UserHasLeft: there was.
        """
        login = self.login(word)
        user = self.users.get(login)
        if user is None:
            raise UserNotFound(f"no user of the bureau is called {login}", fix="bureau users list")
        if not user.active:
            raise UserHasLeft(f"{login} has left the bureau, and cannot be the new owner", fix="name another, or none")
        return login


class Situations:
    """Looks at them; `today` asks the platform for its business day."""

    def __init__(
        self, access: AccessPort, users: UsersPort, clients: Clients, today: Callable[[], Awaitable[date]]
    ) -> None:
        self._access = access
        self._users = users
        self._clients = clients
        self._today = today

    async def look(self, where: Selection | Sequence[ClientReference], users: Sequence[str] | None = None) -> Situation:
        """What is there now at some clients, of everybody or of some users, the caller and the owners.

        Raises:
            UserNotFound: one of the users is not there.
        """
        selection = where if isinstance(where, Selection) else _of(where)
        if selection.names_nobody:
            clients: Sequence[ClientReference] = ()
            accesses: Sequence[Access] = ()
            everybody, caller, today = await asyncio.gather(
                all_of(self._users.list({})), self._users.get(ME), self._today()
            )
        else:
            query = {} if selection.is_everybody else {"selection": (await self._clients.resolve(selection)).id}
            clients, accesses, everybody, caller, today = await asyncio.gather(
                self._references(where, query),
                self._accesses(query, users),
                all_of(self._users.list({})),
                self._users.get(ME),
                self._today(),
            )
        by_login = {user.login: user for user in everybody}
        _require({caller.login if login == ME else login for login in users or ()}, by_login)
        return Situation(clients=clients, accesses=accesses, users=by_login, caller=caller, today=today)

    async def _references(
        self, where: Selection | Sequence[ClientReference], query: Mapping[str, Any]
    ) -> Sequence[ClientReference]:
        if not isinstance(where, Selection):
            return where
        return [client.reference for client in await self._clients.listed(query)]

    async def _accesses(self, query: Mapping[str, Any], users: Sequence[str] | None) -> Sequence[Access]:
        asked = None if users is None else [*dict.fromkeys([*users, ME])]
        if asked is None or len(asked) > MOST_USERS:
            return await all_of(self._access.list(query))
        theirs, owners = await asyncio.gather(
            all_of(self._access.list({**query, "user": asked})),
            all_of(self._access.list({**query, "role": "owner"})),
        )
        return list({access.id: access for access in (*theirs, *owners)}.values())


def _of(clients: Sequence[ClientReference]) -> Selection:
    return Selection(clients=tuple(Token(text=client.number, place="") for client in clients))


def _require(logins: set[str], users: Mapping[str, User]) -> None:
    if missing := sorted(logins - users.keys()):
        raise UserNotFound(f"no user of the bureau is called {' or '.join(missing)}", fix="bureau users list")
