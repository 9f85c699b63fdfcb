"""Access as a file: what it takes for everybody to have the access that a file gives them, and the file of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date

from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.domain.access import UNSAID, Access, Wish
from bureau_cli.domain.access_file import ENDED, AccessFile, Scope, WantedAccess
from bureau_cli.domain.clients import Client, ClientReference, Person
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.errors import (
    BureauError,
    ClientAmbiguous,
    ClientNotFound,
    Detail,
    DocumentInvalid,
    UserNotFound,
    WhereInvalid,
)
from bureau_cli.services.access.plan import AccessPlans
from bureau_cli.services.access.rules import NOT_SEEN
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import INVITED, OWNER
from bureau_cli.services.clients import Clients, point_into
from bureau_cli.services.ports import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One user's access to one client, and the entry of the file that decides it."""

    client: ClientReference
    wanted: WantedAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessOfUser:
    """One table of the file: what a user has access to."""

    user: Person
    accesses: Sequence[Access]


class AccessFiles:
    """Plans what files say."""

    def __init__(self, plans: AccessPlans, clients: Clients) -> None:
        self._plans = plans
        self._clients = clients

    async def plan(self, file: AccessFile) -> Plan:
        """Make everybody have the access that a file gives them; what is so already is no part of the plan.

        Raises:
            ClientNotFound, ClientAmbiguous, UserNotFound: it names what is not there, all told at once at its place.
            GroupNotFound, WhereInvalid: who belongs to an entry cannot be told; the place is.
            DocumentInvalid: two entries contradict each other.
        """
        named = await self._named(file)
        ruled = [
            _Place(client=client.reference, wanted=wanted)
            for wanted in file.wanted
            if not wanted.names_its_clients
            for client in await self._belonging(wanted)
        ]
        decided = _decided(file.name, [*named, *ruled])
        where = self._where(file, decided)
        situation = await self._plans.look(where)
        _require_users(file, situation)
        plan = self._plans.plan(_wishes(file, decided, situation), situation)
        refused = [outcome for outcome in plan.settled if outcome.state is not State.UNCHANGED]
        return replace(plan, settled=[*refused, *_unseen(situation, {outcome.subject for outcome in refused})])

    def _where(self, file: AccessFile, decided: Sequence[_Place]) -> Selection | Sequence[ClientReference]:
        """The clients whose access has to be looked at."""
        if file.complete in {Scope.USERS, Scope.ALL}:
            return Selection(all_clients=True)
        return list({one.client.id: one.client for one in decided}.values())

    async def _named(self, file: AccessFile) -> list[_Place]:
        """What the file says of clients it names; each mistake in their names and the users' is told."""
        written: dict[str, Token] = {}
        for token in file.tokens:
            written.setdefault(token.text, token)
        if not written:
            return []
        try:
            clients = await self._clients.all_of(Selection(clients=tuple(written.values())))
        except (ClientNotFound, ClientAmbiguous) as fault:
            await self._add_users(fault, file)
            raise
        meant = _by_any_name(clients)
        for text in written.keys() - meant.keys():  # a name in other letters, which only the platform can compare
            meant[text] = (await self._clients.show(text)).reference
        return [
            _Place(client=meant[token.text], wanted=wanted)
            for wanted in file.wanted
            for token in wanted.clients.clients or ()
        ]

    async def _add_users(self, fault: BureauError, file: AccessFile) -> None:
        """Tell the unknown users with the unknown clients: who corrects a file wants to do it once."""
        unknown = _unknown_users(file, await self._plans.look(()))
        if unknown:
            first = fault.details or (Detail("", fault.message),)
            fault.details = (*first, *unknown)
            fault.message = f"{len(fault.details)} names in {file.name} are not known"

    async def _belonging(self, wanted: WantedAccess) -> Sequence[Client]:
        """The clients that an entry means by what they have in common."""
        try:
            return await self._clients.all_of(wanted.clients)
        except WhereInvalid as fault:
            point_into(fault, wanted.clients.where or "", wanted.place)
            raise
        except BureauError as fault:
            fault.message = f"{wanted.place}: {fault.message}"
            raise


async def file_of_today(found: Stream[Access]) -> list[AccessOfUser]:
    """Everybody's access that is not over, by login and then by the clients' numbers."""
    by_login: dict[str, list[Access]] = {}
    async with aclosing(found.batches()) as batches:
        lasting = [access async for batch in batches for access in batch if access.state != ENDED]
    for access in sorted(lasting, key=lambda one: (one.user.login, one.client.number)):
        by_login.setdefault(access.user.login, []).append(access)
    return [AccessOfUser(user=theirs[0].user, accesses=theirs) for theirs in by_login.values()]


def _by_any_name(clients: Iterable[Client]) -> dict[str, ClientReference]:
    """The clients by all that names them, the surest last, as that is what counts."""
    known = list(clients)
    by_name = {client.name: client.reference for client in known}
    by_number = {client.number: client.reference for client in known}
    return {**by_name, **by_number, **{client.orgnr: client.reference for client in known}}


def _decided(name: str, places: Sequence[_Place]) -> list[_Place]:
    """Of all that is said of one user at one client what counts: a client that is named before what it has in common.

    Raises:
        DocumentInvalid: two entries of one rank say different things, or name two owners of one client.
    """
    said: dict[tuple[str, str], _Place] = {}
    clashes: list[Detail] = []
    for one in sorted(places, key=lambda place: not place.wanted.names_its_clients):
        first = said.setdefault((one.client.id, one.wanted.user), one)
        same_rank = first.wanted.names_its_clients == one.wanted.names_its_clients
        if same_rank and _says(first.wanted) != _says(one.wanted):
            clashes.append(_clash(f"{one.wanted.user} at {one.client.number}", first, one))
    clashes += _second_owners(said.values())
    if clashes:
        raise DocumentInvalid(f"{name} says two things at once", details=clashes, fix="take one of them out")
    return list(said.values())


def _second_owners(decided: Iterable[_Place]) -> Iterator[Detail]:
    owners: dict[str, _Place] = {}
    for one in decided:
        if one.wanted.role == OWNER and (first := owners.setdefault(one.client.id, one)) is not one:
            yield _clash(f"the owner of {one.client.number}", first, one)


def _clash(what: str, first: _Place, second: _Place) -> Detail:
    return Detail(what, f"{first.wanted.place} and {second.wanted.place}")


def _says(wanted: WantedAccess) -> tuple[object, ...]:
    return wanted.role, wanted.starts, wanted.ends, wanted.reason


def _unknown_users(file: AccessFile, situation: Situation) -> list[Detail]:
    told = "no user of the bureau is called so"
    return [Detail(place, f"{user}: {told}") for user, place in file.users.items() if user not in situation.users]


def _require_users(file: AccessFile, situation: Situation) -> None:
    unknown = _unknown_users(file, situation)
    if unknown:
        told = unknown[0] if len(unknown) == 1 else None
        message = f"{told.where}: {told.message}" if told else f"{len(unknown)} users in {file.name} are not known"
        raise UserNotFound(message, details=() if told else unknown, fix="bureau users list")


def _wishes(file: AccessFile, decided: Sequence[_Place], situation: Situation) -> Iterator[Wish]:
    """What the file wants of everybody it decides about."""
    whole_clients = _whole_clients(file, decided, situation)
    owned = {one.client.id for one in decided if one.wanted.role == OWNER}
    ownerless = whole_clients - owned
    for one in decided:
        yield _wish(one, situation, ownerless)
    named = {(one.client.id, one.wanted.user) for one in decided}
    for access in situation.accesses:
        covered = access.client.id in whole_clients or (
            file.complete is Scope.USERS and access.user.login in file.users
        )
        if covered and (access.client.id, access.user.login) not in named:
            yield Wish(
                client=access.client,
                user=access.user.login,
                role=None,
                new_owner=None if access.client.id in ownerless else UNSAID,
                why=f"not in {file.name}",
            )


def _unseen(situation: Situation, told: set[str]) -> Iterator[Outcome]:
    """The clients whose access the caller cannot see and nothing is told of yet: whether it is so is not known."""
    for client in situation.clients:
        if client.number not in told and not situation.sees(client.id):
            yield Outcome(
                subject=client.number, name=client.name, action="look", state=State.REFUSED,
                code=NOT_SEEN.code, reason=NOT_SEEN.reason,
            )  # fmt: skip


def _whole_clients(file: AccessFile, decided: Sequence[_Place], situation: Situation) -> set[str]:
    """The clients of which the file says everybody who has access."""
    if file.complete is Scope.ALL:
        return {client.id for client in situation.clients}
    return {one.client.id for one in decided} if file.complete is Scope.CLIENTS else set()


def _wish(one: _Place, situation: Situation, ownerless: set[str]) -> Wish:
    """One decision. Days that have passed have come true: a first day then is now, a last day then is no access."""
    wanted, today = one.wanted, situation.today
    now = situation.access_of(one.client.id, wanted.user)
    starts, ends = _days(wanted, now)
    over = ends is not None and ends < today
    nobody_next = one.client.id in ownerless or (wanted.role == OWNER and ends is not None)
    return Wish(
        client=one.client,
        user=wanted.user,
        role=None if over else wanted.role,
        starts=_upcoming(starts, today),
        begins_only_then=True,
        ends=None if over or wanted.role is None else ends,
        source=_source(wanted, now),
        reason=wanted.reason or (now.reason if now else None),
        new_owner=None if nobody_next else UNSAID,
        why=f"{wanted.why}, which was until {ends}" if over else wanted.why,
    )


def _days(wanted: WantedAccess, now: Access | None) -> tuple[date | None, date | None]:
    """The first and the last day that are meant, where one is unsaid those there are; an owner begins at once."""
    begins, ends = (None, None) if now is None else (now.starts if wanted.role != OWNER else None, now.ends)
    return begins if wanted.starts is UNSAID else wanted.starts, ends if wanted.ends is UNSAID else wanted.ends


def _upcoming(starts: date | None, today: date) -> date | None:
    return starts if starts is not None and starts > today else None


def _source(wanted: WantedAccess, now: Access | None) -> str | None:
    """Where new access comes from; what is there keeps its own."""
    if now is not None:
        return None if now.source == INVITED else now.source
    return "manual" if wanted.names_its_clients else "rule"
