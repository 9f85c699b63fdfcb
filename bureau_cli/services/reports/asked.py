"""Reports as they come, a client each, and the lines they are told in; nothing is kept that need not be."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any, Generic, TypeVar

from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.terminoppgave import TermLaw
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.reports.ports import ReportStream

T = TypeVar("T")
R = TypeVar("R")

NOBODY = Coverage(clients=0, of=0)


class Asked(Generic[T]):
    """The reports of a selection of clients; `source` is what the platform answers, None where nobody is meant.

    What is told of all of them is known from the first batch on.
    """

    def __init__(self, stream: Stream[T], source: ReportStream[T] | None) -> None:
        self._stream = stream
        self._source = source

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

    @property
    def law(self) -> TermLaw | None:
        """The rules of law it was worked out by, None where it was by none."""
        return None if self._source is None else self._source.law

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        """The clients' reports in order."""
        async with aclosing(self._stream.batches()) as batches:
            async for batch in batches:
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
    return Asked(stream, source[0] if source else None)


class Lines(Generic[T, R]):
    """The lines of each client's report in order; how many there are is known when the last has come.

    `last` is asked then for lines that are about all of them, and `ended` hears of how many clients there are figures.
    """

    def __init__(
        self,
        reports: Asked[T],
        lines: Callable[[T], Iterable[R]],
        *,
        ended: Callable[[Coverage], None],
        last: Callable[[], Iterable[R]] = tuple,
    ) -> None:
        self._reports = reports
        self._lines = lines
        self._ended = ended
        self._last = last
        self.total: int | None = None

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""
        return self._reports.as_of

    @property
    def law(self) -> TermLaw | None:
        """The rules of law it was worked out by, known from the first batch on."""
        return self._reports.law

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
        self._ended(self._reports.coverage)
        yield last


async def each_of(reports: Asked[T]) -> AsyncGenerator[T, None]:
    """The clients' reports one after another."""
    async with aclosing(reports.batches()) as batches:
        async for batch in batches:
            for report in batch:
                yield report
