"""Lists on their way to the user; the names in them are kept for completion at a prompt as they pass."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Generic, TypeVar

from bureau_cli.domain.access import Access
from bureau_cli.domain.clients import Client
from bureau_cli.domain.groups import Group
from bureau_cli.domain.users import User
from bureau_cli.files.notebook import Notebook
from bureau_cli.services.ports import Stream

T = TypeVar("T")

NamesOf = Mapping[str, Callable[[T], Iterable[tuple[str, str]]]]
"""By kind, what is typed and what it is called of one thing in a list."""


def _people(client: Client) -> Iterator[tuple[str, str]]:
    for person in (client.owner, *client.members):
        if person is not None:
            yield person.login, person.name


OF_CLIENT: NamesOf[Client] = {
    "clients": lambda client: [(client.number, client.name)],
    "orgnrs": lambda client: [(client.orgnr, client.name)],
    "users": _people,
}
OF_GROUP: NamesOf[Group] = {"groups": lambda group: [(group.slug, group.title)]}
OF_ACCESS: NamesOf[Access] = {
    "clients": lambda access: [(access.client.number, access.client.name)],
    "users": lambda access: [(access.user.login, access.user.name)],
}
OF_USER: NamesOf[User] = {"users": lambda user: [(user.login, user.name)]}


class Noted(Generic[T]):
    """A stream whose names are kept once it has been walked to its end: one that breaks off does not say what there is.

    `whole` says that nothing is left out of it.
    """

    def __init__(self, stream: Stream[T], notebook: Notebook, names_of: NamesOf[T], *, whole: bool) -> None:
        self._stream = stream
        self._notebook = notebook
        self._names_of = names_of
        self._whole = whole

    @property
    def total(self) -> int | None:
        """How many there are in all."""
        return self._stream.total

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""
        return self._stream.as_of

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        """The batches as they come."""
        passed: dict[str, dict[str, str]] = {kind: {} for kind in self._names_of}
        async with aclosing(self._stream.batches()) as batches:
            async for batch in batches:
                for kind, names_of in self._names_of.items():
                    passed[kind].update(name for thing in batch for name in names_of(thing))
                yield batch
        for kind, named in passed.items():
            self._notebook.note(kind, named, whole=self._whole)


class PassingNames:
    """Implements `services.ports.NamesPort`."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def of_clients(self, stream: Stream[Client], *, whole: bool) -> Stream[Client]:
        """Keep the names of clients, and of their owners and members."""
        return Noted(stream, self._notebook, OF_CLIENT, whole=whole)

    def of_groups(self, stream: Stream[Group], *, whole: bool) -> Stream[Group]:
        """Keep the names of groups."""
        return Noted(stream, self._notebook, OF_GROUP, whole=whole)

    def of_users(self, stream: Stream[User], *, whole: bool) -> Stream[User]:
        """Keep the names of users."""
        return Noted(stream, self._notebook, OF_USER, whole=whole)

    def of_accesses(self, stream: Stream[Access]) -> Stream[Access]:
        """Keep the names of clients and of users."""
        return Noted(stream, self._notebook, OF_ACCESS, whole=False)


class Unnoted:
    """Implements `services.ports.NamesPort` where names are of another day: those that are offered stay as they are."""

    def of_clients(self, stream: Stream[Client], *, whole: bool) -> Stream[Client]:  # noqa: ARG002 - the port's
        """The same stream."""
        return stream

    def of_groups(self, stream: Stream[Group], *, whole: bool) -> Stream[Group]:  # noqa: ARG002 - the port's
        """The same stream."""
        return stream

    def of_users(self, stream: Stream[User], *, whole: bool) -> Stream[User]:  # noqa: ARG002 - the port's
        """The same stream."""
        return stream

    def of_accesses(self, stream: Stream[Access]) -> Stream[Access]:
        """The same stream."""
        return stream
