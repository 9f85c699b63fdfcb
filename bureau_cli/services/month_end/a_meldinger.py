"""A-meldinger across clients."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bureau_cli.domain.a_meldinger import AMelding, MessageFilter
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import ThingNotFound
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_month_end import AMeldingerPort
from bureau_cli.services.streams import all_of


class AMeldinger:
    """Messages of any client about a month."""

    def __init__(self, messages: AMeldingerPort, clients: Clients) -> None:
        self._messages = messages
        self._clients = clients

    async def search(
        self, selection: Selection, narrowed: MessageFilter, *, most: int | None = None
    ) -> Stream[AMelding]:
        """The messages of a selection of clients about a month, narrowed further.

        Those whose place another one has taken are left out, unless `settled` asks for them.
        """

        def found(chosen: Mapping[str, Any]) -> Stream[AMelding]:
            if narrowed.settled:
                return self._messages.list({**narrowed.asked(), **chosen}, most=most)
            return _ThoseThatStand(self._messages.list({**narrowed.asked(), **chosen}))

        return await self._clients.belonging(selection, found)

    async def show(self, message_id: str) -> AMelding:
        """The one message with this id.

        Raises:
            ThingNotFound: there is none, or none that the caller may see.
        """
        try:
            return await self._messages.get(message_id)
        except ThingNotFound as fault:
            fault.message, fault.fix = f"there is no a-melding {message_id}", "bureau a-melding list"
            raise


class _ThoseThatStand:
    """A stream without the messages whose place is taken: one batch, so that it is known how many are left."""

    def __init__(self, stream: Stream[AMelding]) -> None:
        self._stream = stream
        self.total: int | None = None

    @property
    def as_of(self) -> datetime | None:
        return self._stream.as_of

    async def batches(self) -> AsyncGenerator[Sequence[AMelding], None]:
        standing = [message for message in await all_of(self._stream) if message.stands]
        self.total = len(standing)
        yield standing
