"""Connections: a lane is one httpx client with one connection.

httpx's own pool costs more CPU a request the more connections it holds; single-connection clients side by side do not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
import httpx

WIDEN_AFTER = 50


class Lanes:
    """Up to `width` lanes, made when first needed and used again; halved when the platform asks for patience."""

    def __init__(self, make: Callable[[], httpx.AsyncClient], width: int) -> None:
        self._make = make
        self._width = width
        self._free: list[httpx.AsyncClient] = []
        self._all: list[httpx.AsyncClient] = []
        self._places = anyio.CapacityLimiter(width)
        self._successes = 0
        self.narrowings = 0

    @property
    def width(self) -> int:
        """How many requests may be under way now."""
        return int(self._places.total_tokens)

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[httpx.AsyncClient]:
        """Hold a lane for one request."""
        async with self._places:
            client = self._free.pop() if self._free else self._new()
            try:
                yield client
            finally:
                self._free.append(client)

    def narrow(self, began: int) -> None:
        """Halve the width, down to one, for a request that began after so many narrowings.

        What began before the last one says nothing of the width since: a burst of refusals halves once.
        """
        if began < self.narrowings:
            return
        self.narrowings += 1
        self._successes = 0
        self._places.total_tokens = max(1, self.width // 2)

    def succeeded(self) -> None:
        """Count a success; after many in a row a narrowed road grows by one lane."""
        self._successes += 1
        if self._successes >= WIDEN_AFTER and self.width < self._width:
            self._successes = 0
            self._places.total_tokens = self.width + 1

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._all:
            await client.aclose()

    def _new(self) -> httpx.AsyncClient:
        client = self._make()
        self._all.append(client)
        return client
