"""Of how many clients the amounts in a list speak."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.services.ports import Stream


class OfClient(Protocol):
    """A row whose amounts may be held back."""

    @property
    def client(self) -> ClientReference:
        """Whose it is."""

    @property
    def withheld(self) -> str | None:
        """Why amounts are missing, None where they are not."""


T = TypeVar("T", bound=OfClient)


class Covered(Generic[T]):
    """A stream that tells, once it has ended, of how many of its clients with amounts it has them."""

    def __init__(
        self, stream: Stream[T], told: Callable[[Coverage], None], has_amount: Callable[[T], bool] = lambda _: True
    ) -> None:
        self._stream = stream
        self._told = told
        self._has_amount = has_amount

    @property
    def total(self) -> int | None:
        """How many rows there are in all."""
        return self._stream.total

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""
        return self._stream.as_of

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        """The same batches."""
        withheld: dict[str, bool] = {}
        async with aclosing(self._stream.batches()) as batches:
            async for batch in batches:
                for row in filter(self._has_amount, batch):
                    withheld[row.client.id] = row.withheld is not None or withheld.get(row.client.id, False)
                yield batch
        self._told(Coverage(clients=sum(not held for held in withheld.values()), of=len(withheld)))
