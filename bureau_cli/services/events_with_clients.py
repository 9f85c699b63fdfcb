"""Events of the audit trail with the clients they happened at: the trail itself knows these by opaque ids only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from bureau_cli.domain.audit import AuditEvent
from bureau_cli.domain.clients import ClientReference
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream

MOST_IDS = 100
"""How many clients one request may name."""


class EventsWithClients:
    """A stream of events, each with its client; the clients of a batch are looked up together, and each once."""

    def __init__(self, events: Stream[AuditEvent], clients: Clients) -> None:
        self._events = events
        self._clients = clients
        self._known: dict[str, ClientReference | None] = {}

    @property
    def total(self) -> int | None:
        """How many there are in all."""
        return self._events.total

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""
        return self._events.as_of

    async def batches(self) -> AsyncGenerator[Sequence[AuditEvent], None]:
        """The batches in order."""
        async with aclosing(self._events.batches()) as batches:
            async for batch in batches:
                await self._look_up({event.client_id: None for event in batch})
                yield [replace(event, client=self._known.get(event.client_id or "")) for event in batch]

    async def _look_up(self, named: dict[str | None, None]) -> None:
        unknown = [client_id for client_id in named if client_id is not None and client_id not in self._known]
        parts = [unknown[at : at + MOST_IDS] for at in range(0, len(unknown), MOST_IDS)]
        found = await asyncio.gather(*(self._clients.listed({"id": part}) for part in parts))
        self._known |= dict.fromkeys(unknown)
        self._known |= {client.id: client.reference for clients in found for client in clients}
