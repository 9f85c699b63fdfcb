"""Whether access is in order: nobody has it who should not, and every client has an owner."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bureau_cli.domain.access import Access
from bureau_cli.domain.clients import Client, ClientReference, Person
from bureau_cli.domain.selection import ClientFilter, Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.gates import UNKNOWN, Verdict
from bureau_cli.services.ports import AccessPort, UsersPort
from bureau_cli.services.streams import all_of

HAS_LEFT, NO_ROLE, NOBODY, NO_OWNER = "has_left", "no_role", "nobody", "no_owner"
WORST_FIRST = (HAS_LEFT, NO_ROLE, NOBODY, NO_OWNER, UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFinding:
    """What is wrong at one client, and with whose access; `user` and `role` are None where it is nobody's.

    `owner` is whom to turn to: the client's owner now.
    """

    finding: str
    client: ClientReference
    reason: str
    owner: Person | None
    user: Person | None = None
    role: str | None = None

    def place(self) -> tuple[int, str, str]:
        """Where it stands: the worst first, then what belongs to one user together."""
        return WORST_FIRST.index(self.finding), self.user.login if self.user else "", self.client.number


class AccessCheck:
    """The gate about access."""

    def __init__(self, access: AccessPort, users: UsersPort, clients: Clients) -> None:
        self._access = access
        self._users = users
        self._clients = clients

    async def look(self, selection: Selection) -> Verdict[AccessFinding]:
        """Everything that is wrong with access at the clients of a selection; nothing said means all of them."""
        clients = await self._clients.search(selection, ClientFilter())
        accesses = await self._clients.belonging(selection, self._access.list)
        caller, everybody, listed = await asyncio.gather(self._users.get("me"), all_of(clients), all_of(accesses))
        there: dict[str, list[Access]] = defaultdict(list)
        for access in listed:
            there[access.client.id].append(access)
        found = [
            finding
            for client in everybody
            for finding in _at(client, there[client.id], seen=caller.role == "leader" or client.my_access is not None)
        ]
        known = [as_of for as_of in (clients.as_of, accesses.as_of) if as_of is not None]
        ordered = sorted(found, key=AccessFinding.place)
        return Verdict(clients=len(everybody), found=ordered, as_of=min(known, default=None))


def _at(client: Client, there: Sequence[Access], *, seen: bool) -> Iterator[AccessFinding]:
    """What is wrong at one client; of one that the caller does not see into only its owner and members are known."""
    for access in there:
        if not access.user_active:
            yield _of_user(client, access, HAS_LEFT, "has left the bureau")
        elif access.bureau_role == "none":
            yield _of_user(client, access, NO_ROLE, "has no role in the bureau")
    if client.status != "left":
        yield from _without_people(client, there, seen=seen)
    if not seen:
        yield _of_client(client, UNKNOWN, "you have no access to it, so others' access cannot be looked at")


def _of_user(client: Client, access: Access, finding: str, what: str) -> AccessFinding:
    begins = "since" if access.state == "running" else "from"
    until = "" if access.ends is None else f" until {access.ends}"
    invited = "; only the client can end it" if access.source == "client_invited" else ""
    return AccessFinding(
        finding=finding,
        client=client.reference,
        owner=client.owner,
        user=access.user,
        role=access.role,
        reason=f"{what}; {access.role} {begins} {access.starts}{until}{invited}",
    )


def _without_people(client: Client, there: Sequence[Access], *, seen: bool) -> Iterator[AccessFinding]:
    """Nobody who could work on it, or else no owner."""
    named = client.owner is not None or bool(client.members)
    if not named or (seen and not any(_can_work(access) for access in there)):
        yield _of_client(client, NOBODY, _who_there_is(there))
    elif client.owner is None:
        yield _of_client(client, NO_OWNER, f"members only: {_listed(member.login for member in client.members)}")


def _can_work(access: Access) -> bool:
    return access.state == "running" and access.user_active and access.bureau_role != "none"


def _who_there_is(there: Sequence[Access]) -> str:
    if not there:
        return "nobody has access"
    if all(access.state == "upcoming" for access in there):
        return f"nobody has access yet; the first from {min(access.starts for access in there)}"
    useless = sorted(access.user.login for access in there if access.state == "running")
    return f"only {_listed(useless)}, who cannot work in the console"


def _listed(logins: Iterable[str]) -> str:
    return ", ".join(logins)


def _of_client(client: Client, finding: str, reason: str) -> AccessFinding:
    return AccessFinding(finding=finding, client=client.reference, owner=client.owner, reason=reason)
