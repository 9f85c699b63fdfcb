"""A-meldinger across clients."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Any

from bureau_cli.domain.a_meldinger import AMelding, MessageFilter
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients, check_sort
from bureau_cli.services.month_end.periods import Periods
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_month_end import AMeldingerPort

SORTABLE = ("month",)
SETTLED = frozenset({"replaced", "made_good"})
"""The standings of messages that another one was received in the place of."""


class AMeldinger:
    """Messages of any client about a month."""

    def __init__(self, messages: AMeldingerPort, clients: Clients, periods: Periods) -> None:
        self._messages = messages
        self._clients = clients
        self._periods = periods

    async def search(
        self, selection: Selection, narrowed: MessageFilter, *, sort: str | None = None, most: int | None = None
    ) -> Stream[AMelding]:
        """The messages of a selection of clients about a month, narrowed further, sorted by the platform.

        Without `settled` those that were replaced or made good are left out.

        Raises:
            BadUsage: `sort` is none of SORTABLE, or the period is no month.
        """
        check_sort(sort, SORTABLE)
        query = {**narrowed.asked(), "month": await self._periods.read(narrowed.period), "sort": sort}
        wanted = most if narrowed.settled else None

        def found(chosen: Mapping[str, Any]) -> Stream[AMelding]:
            listed = self._messages.list({**query, **chosen}, most=wanted)
            return listed if narrowed.settled else _Standing(listed)

        return await self._clients.belonging(selection, found)

    async def show(self, message_id: str) -> AMelding:
        """The one message with this id."""
        return await self._messages.get(message_id)


class _Standing:
    """A stream of messages without those that are settled; how many that leaves is known when it has ended."""

    def __init__(self, stream: Stream[AMelding]) -> None:
        self._stream = stream

    @property
    def total(self) -> int | None:
        return None

    @property
    def as_of(self) -> datetime | None:
        return self._stream.as_of

    async def batches(self) -> AsyncGenerator[Sequence[AMelding], None]:
        async with aclosing(self._stream.batches()) as batches:
            async for batch in batches:
                yield [message for message in batch if message.standing not in SETTLED]
