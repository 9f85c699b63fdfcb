"""Lists on their way to the user; the names in them are kept for completion at a prompt as they pass."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Generic, TypeVar

from bureau_cli.domain.clients import Client
from bureau_cli.domain.groups import Group
from bureau_cli.files.notebook import Notebook
from bureau_cli.services.ports import Stream

T = TypeVar("T")

Name = tuple[str, str, str]
"""Of which kind, what is typed, and what it is called."""


class Noted(Generic[T]):
    """A stream whose names are kept once it has been walked to its end: one that breaks off does not say what there is.

    `kinds` are those that `names_of` gives; `whole` says that the stream has all there are of them.
    """

    def __init__(
        self, stream: Stream[T], notebook: Notebook, names_of: Callable[[T], Iterator[Name]], *, whole: bool
    ) -> None:
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
        passed: dict[str, dict[str, str]] = {}
        async with aclosing(self._stream.batches()) as batches:
            async for batch in batches:
                for thing in batch:
                    for kind, value, text in self._names_of(thing):
                        passed.setdefault(kind, {})[value] = text
                yield batch
        for kind, named in passed.items():
            self._notebook.note(kind, named, whole=self._whole)


class PassingNames:
    """Implements `services.ports.NamesPort`."""

    def __init__(self, notebook: Notebook, masked: Callable[[str], str]) -> None:
        self._notebook = notebook
        self._masked = masked

    def of_clients(self, stream: Stream[Client], *, whole: bool) -> Stream[Client]:
        """Keep the names of clients, and of their owners and members."""
        return Noted(stream, self._notebook, self._seen(_of_client), whole=whole)

    def of_groups(self, stream: Stream[Group], *, whole: bool) -> Stream[Group]:
        """Keep the names of groups."""
        return Noted(stream, self._notebook, self._seen(_of_group), whole=whole)

    def _seen(self, names_of: Callable[[T], Iterator[Name]]) -> Callable[[T], Iterator[Name]]:
        """The names as they are shown: a file keeps no fødselsnummer that stands in one."""
        return lambda thing: ((kind, value, self._masked(text)) for kind, value, text in names_of(thing))


def _of_client(client: Client) -> Iterator[Name]:
    yield "clients", client.number, client.name
    yield "orgnrs", client.orgnr, client.name
    for person in (client.owner, *client.members):
        if person is not None:
            yield "users", person.login, person.name


def _of_group(group: Group) -> Iterator[Name]:
    yield "groups", group.slug, group.title
