"""Client companies: which ones a command is about, in what order, and in whose words a mistake is told."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime
from typing import Any, Generic, TypeVar

from bureau_cli.domain.clients import Client
from bureau_cli.domain.selection import ClientFilter, Resolved, Selection, Token
from bureau_cli.errors import BadUsage, BureauError, ClientAmbiguous, ClientNotFound, Detail, Finding, WhereInvalid
from bureau_cli.services.ports import ClientsPort, NamesPort, Stream
from bureau_cli.services.streams import all_of

T = TypeVar("T")

SORTABLE = ("name", "number", "orgnr", "status", "owner", "active_employees", "onboarded")


class Clients:
    """All clients of the bureau, whether or not the caller has access to them."""

    def __init__(self, clients: ClientsPort, names: NamesPort) -> None:
        self._clients = clients
        self._names = names

    async def search(
        self, selection: Selection, narrowed: ClientFilter, *, sort: str | None = None, most: int | None = None
    ) -> Stream[Client]:
        """The clients of a selection, narrowed further, sorted by the platform.

        Raises:
            BadUsage: `sort` is none of SORTABLE.
        """
        check_sort(sort, SORTABLE)
        query = {**narrowed.asked(), "sort": sort}
        whole = most is None and selection.is_everybody and narrowed == ClientFilter()

        def listed(chosen: Mapping[str, Any]) -> Stream[Client]:
            return self._names.of_clients(self._clients.list({**query, **chosen}, most=most), whole=whole)

        return await self.belonging(selection, listed)

    async def belonging(self, selection: Selection, listed: Callable[[Mapping[str, Any]], Stream[T]]) -> Stream[T]:
        """What a list has of the clients of a selection: `listed` takes the part of the query that chooses them."""
        if selection.names_nobody:
            return _Nobody()
        return _Explained(listed(await self.chosen(selection)), selection)

    async def chosen(self, selection: Selection) -> Mapping[str, Any]:
        """The part of a query that chooses the clients of a selection; one that names nobody cannot be said so."""
        if selection.clients is None:
            return _direct(selection)
        return {"selection": (await self.resolve(selection)).id}

    async def show(self, token: str) -> Client:
        """The one client with this orgnr, number or name."""
        found = await self.all_of(Selection(clients=(Token(text=token, place=""),)))
        return found[0]

    async def resolve(self, selection: Selection) -> Resolved:
        """Freeze the selection, so that a later step means the same clients."""
        said = {
            "clients": None if selection.clients is None else [token.text for token in selection.clients],
            "groups": list(selection.groups),
            "not_groups": list(selection.not_groups),
            "owner": selection.owner,
            "where": selection.where,
            "all": selection.all_clients or None,
        }
        async with in_the_users_words(selection):
            return await self._clients.select({name: value for name, value in said.items() if value not in (None, [])})

    async def all_of(self, selection: Selection) -> list[Client]:
        """Every client of a selection, in memory, for a plan."""
        if selection.names_nobody:
            return []
        return await self.listed({"selection": (await self.resolve(selection)).id})

    async def in_group(self, slug: str) -> list[Client]:
        """Every client in a group, in memory."""
        return await self.listed({"group": slug})

    async def under_rule(self, rule: str, place: str) -> list[Client]:
        """Every client that a group with this rule would have; a mistake in it is told at its place.

        Raises:
            WhereInvalid: it cannot be read, or cannot be the rule of a group.
        """
        try:
            resolved = await self._clients.select({"rule": rule})
        except WhereInvalid as fault:
            point_into(fault, rule, place)
            raise
        return await self.listed({"selection": resolved.id})

    async def listed(self, query: Mapping[str, Any]) -> list[Client]:
        """Every client that fits a query by the contract's names, in memory."""
        return await all_of(self._names.of_clients(self._clients.list(query), whole=False))


def check_sort(sort: str | None, sortable: tuple[str, ...]) -> None:
    """See that the platform can sort by this key.

    Raises:
        BadUsage: it cannot; the fix says by which it can.
    """
    if sort is not None and sort.removeprefix("-") not in sortable:
        raise BadUsage(f"this list cannot be sorted by {sort.removeprefix('-')}", fix=f"sort by {', '.join(sortable)}")


@asynccontextmanager
async def in_the_users_words(selection: Selection) -> AsyncIterator[None]:
    """Tell a mistake in the selection where the user made it: in the expression, or on a line of a file."""
    try:
        yield
    except WhereInvalid as fault:
        point_into(fault, selection.where or "", "--where")
        raise
    except (ClientNotFound, ClientAmbiguous) as fault:
        _name_the_tokens(fault, selection.clients or ())
        raise


NOTHING: tuple[Sequence[Any], ...] = ()


class _Nobody:
    """The stream of a list of clients that is empty; the platform would take no selection for all of them."""

    total = 0
    as_of = None

    async def batches(self) -> AsyncGenerator[Sequence[Any], None]:
        """Give nothing."""
        for batch in NOTHING:
            yield batch


class _Explained(Generic[T]):
    """A stream whose mistakes are told in the user's words too: nothing is sent before it is walked."""

    def __init__(self, stream: Stream[T], selection: Selection) -> None:
        self._stream = stream
        self._selection = selection

    @property
    def total(self) -> int | None:
        return self._stream.total

    @property
    def as_of(self) -> datetime | None:
        return self._stream.as_of

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        async with in_the_users_words(self._selection), aclosing(self._stream.batches()) as batches:
            async for batch in batches:
                yield batch


def _direct(selection: Selection) -> dict[str, Any]:
    return {
        "group": selection.groups,
        "not_group": selection.not_groups,
        "owner": selection.owner,
        "where": selection.where,
    }


def point_into(fault: BureauError, expression: str, place: str) -> None:
    """Show the expression with a caret under the mistake, and where it was written."""
    found = next((finding for finding in fault.findings if finding.position is not None), None)
    if found is not None and found.position is not None and 0 <= found.position <= len(expression):
        fault.details = (Detail("", expression), Detail("", " " * found.position + "^"))
        fault.message = f"{place}: {found.message} (at character {found.position + 1})"


def _name_the_tokens(fault: BureauError, tokens: tuple[Token, ...]) -> None:
    """One bad token is all the sentence says; several are listed below it."""
    found = [
        _told(finding, tokens[finding.index])
        for finding in fault.findings
        if finding.index is not None and finding.index < len(tokens)
    ]
    if len(found) == 1:
        fault.message, fault.details = f"{found[0].where}: {found[0].message}".removeprefix(": "), ()
    elif found:
        fault.message, fault.details = f"{len(found)} of {len(tokens)} names fit no single client", tuple(found)


def _told(finding: Finding, token: Token) -> Detail:
    """A bad token at the place where it was written, with the candidates of an ambiguous one."""
    candidates = f": {', '.join(finding.candidates)}" if finding.candidates else ""
    return Detail(token.place, f"{token.text}: {finding.message}{candidates}")
