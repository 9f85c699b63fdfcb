"""What the platform says of itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bureau_cli.api.reading import day, instant, read_as, whole
from bureau_cli.api.wire import Call, Wire


class MetaApi:
    """The platform's own description."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def keys_are_kept(self) -> timedelta:
        """How long the platform knows a change again by its key."""
        answer = await self._wire.send(Call(method="GET", path="/v1/meta"))
        return read_as(
            "its description", lambda meta: timedelta(seconds=whole(meta["idempotency_ttl_s"])), answer.content
        )

    async def today(self) -> date:
        """The business day by the platform's clock, which every rule about days goes by."""
        answer = await self._wire.send(Call(method="GET", path="/v1/meta"))
        return read_as("its description", lambda meta: day(meta["clock"]["today"]), answer.content)

    async def now(self) -> datetime:
        """The platform's clock, which stands still on a pinned demo."""
        answer = await self._wire.send(Call(method="GET", path="/v1/meta"))
        return read_as("its description", lambda meta: instant(meta["clock"]["now"]), answer.content)
