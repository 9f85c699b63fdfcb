"""Streams walked to their end, one or several side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Generic, TypeVar

from bureau_cli.services.ports import Stream

T = TypeVar("T")


async def all_of(stream: Stream[T]) -> list[T]:
    """Everything that a stream brings, in memory."""
    async with aclosing(stream.batches()) as batches:
        return [one async for batch in batches for one in batch]


async def first_of(stream: Stream[T]) -> T | None:
    """The first thing that a stream brings, if any; how many there are in all it tells then."""
    async with aclosing(stream.batches()) as batches:
        async for batch in batches:
            for one in batch:
                return one
    return None


class Together(Generic[T]):
    """Several streams as one, a batch each: they are walked side by side, and told when all have ended."""

    def __init__(self, *streams: Stream[T]) -> None:
        self._streams = streams

    @property
    def total(self) -> int | None:
        """How many there are in all, None until every stream can tell."""
        totals = [stream.total for stream in self._streams]
        return None if None in totals else sum(total for total in totals if total is not None)

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest of it is."""
        return min((stream.as_of for stream in self._streams if stream.as_of is not None), default=None)

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        """All of each stream."""
        for batch in await asyncio.gather(*map(all_of, self._streams)):
            yield batch
