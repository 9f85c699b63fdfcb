"""Reports as they come, a client each, and the lines they are told in; nothing is kept that need not be."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any, Generic, TypeVar

from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_reports import ReportStream

T = TypeVar("T")
R = TypeVar("R")

NOBODY = Coverage(clients=0, of=0)


class Asked(Generic[T]):
    """The reports of a selection of clients; `source` is what the platform answers, None where nobody is meant.

    It has begun: the first batch is here, and with it what the report tells of all of them.
    """

    def __init__(self, stream: Stream[T], source: ReportStream[T] | None, first: Sequence[T]) -> None:
        self._stream = stream
        self._source = source
        self._first = first
        self._rest = stream.batches()

    @classmethod
    async def begun(cls, stream: Stream[T], source: ReportStream[T] | None) -> Asked[T]:
        """The same, with the first batch."""
        reports = cls(stream, source, ())
        reports._first = await anext(reports._rest, [])
        return reports

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""
        return self._stream.as_of

    @property
    def coverage(self) -> Coverage:
        """Of how many of them there are figures."""
        return NOBODY if self._source is None else self._source.coverage

    @property
    def definition(self) -> str | None:
        """How the figure is worked out, None where it needs no telling."""
        return None if self._source is None else self._source.definition

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        """The clients' reports in order, to be walked once."""
        async with aclosing(self._rest) as rest:
            yield self._first
            async for batch in rest:
                yield batch


async def asked(
    clients: Clients, selection: Selection, listed: Callable[[Mapping[str, Any]], ReportStream[T]]
) -> Asked[T]:
    """A report of the clients of a selection: `listed` takes the part of the query that chooses them."""
    source: list[ReportStream[T]] = []

    def found(chosen: Mapping[str, Any]) -> Stream[T]:
        source.append(listed(chosen))
        return source[0]

    stream = await clients.belonging(selection, found)
    return await Asked.begun(stream, source[0] if source else None)


class Lines(Generic[T, R]):
    """The lines of each client's report in order; how many there are is known when the last has come.

    `last` is asked then for lines that are about all of them.
    """

    def __init__(
        self, reports: Asked[T], lines: Callable[[T], Iterable[R]], last: Callable[[], Iterable[R]] = tuple
    ) -> None:
        self._reports = reports
        self._lines = lines
        self._last = last
        self.total: int | None = None

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""
        return self._reports.as_of

    @property
    def coverage(self) -> Coverage:
        """Of how many of the clients meant there are figures."""
        return self._reports.coverage

    @property
    def definition(self) -> str | None:
        """How the figure is worked out, None where it needs no telling."""
        return self._reports.definition

    async def batches(self) -> AsyncGenerator[Sequence[R], None]:
        """The lines of a batch of clients each, and the last ones."""
        count = 0
        async with aclosing(self._reports.batches()) as batches:
            async for batch in batches:
                lines = [line for report in batch for line in self._lines(report)]
                count += len(lines)
                yield lines
        last = list(self._last())
        self.total = count + len(last)
        yield last


async def each_of(reports: Asked[T]) -> AsyncGenerator[T, None]:
    """The clients' reports one after another."""
    async with aclosing(reports.batches()) as batches:
        async for batch in batches:
            for report in batch:
                yield report
