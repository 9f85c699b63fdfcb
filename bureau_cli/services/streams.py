"""Streams walked to their end."""

from __future__ import annotations

from contextlib import aclosing
from typing import TypeVar

from bureau_cli.services.ports import Stream

T = TypeVar("T")


async def all_of(stream: Stream[T]) -> list[T]:
    """Everything that a stream brings, in memory."""
    async with aclosing(stream.batches()) as batches:
        return [one async for batch in batches for one in batch]
