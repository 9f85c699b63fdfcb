"""What each client pays for one of a kind, from a price list and the groups its clients are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bureau_cli.domain.clients import Client, ClientReference
from bureau_cli.domain.prices import ClientPrices, GroupPrices, PriceList, Prices
from bureau_cli.errors import DocumentInvalid, GroupNotFound
from bureau_cli.services.clients import Clients
from bureau_cli.services.reports.named import named_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """Prices as they hold of clients: `special` are those of clients that do not pay what is usual, by their ids."""

    usual: Prices
    special: Mapping[str, Prices]

    def price(self, client: ClientReference, kind: str) -> Decimal | None:
        """What one of a kind costs a client, None where nothing says it."""
        return self.special.get(client.id, {}).get(kind, self.usual.get(kind))


class Tariffs:
    """Finds out which clients a price list means."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    async def of(self, prices: PriceList) -> Tariff:
        """The prices of each client.

        Raises:
            ClientNotFound, ClientAmbiguous, GroupNotFound: the list has prices of somebody who is not there.
            DocumentInvalid: a client is in two groups that pay differently, or stands there twice.
        """
        of_client = await self._of_clients(prices)
        special: dict[str, dict[str, Decimal]] = {}
        said: dict[tuple[str, str], GroupPrices] = {}
        for group in prices.groups:
            for client in await self._members(group):
                own = of_client.get(client.id, {})
                for kind, price in group.prices.items():
                    before = said.setdefault((client.id, kind), group)
                    if before.prices[kind] != price and kind not in own:
                        raise _torn(client, kind, before, group)
                special.setdefault(client.id, {}).update(group.prices)
        for client_id, own in of_client.items():
            special.setdefault(client_id, {}).update(own)
        return Tariff(usual=prices.usual, special=special)

    async def _members(self, group: GroupPrices) -> Sequence[Client]:
        try:
            return await self._clients.in_group(group.slug)
        except GroupNotFound as fault:
            fault.message = f"{group.place}: {fault.message}"
            raise

    async def _of_clients(self, prices: PriceList) -> dict[str, Prices]:
        """The prices of those named, by their ids."""
        clients = await named_in(self._clients, (one.client for one in prices.clients))
        priced: dict[str, Prices] = {}
        for one in prices.clients:
            client = clients[one.client.text]
            if client.id in priced:
                raise _twice(one, client)
            priced[client.id] = one.prices
        return priced


def _torn(client: Client, kind: str, one: GroupPrices, other: GroupPrices) -> DocumentInvalid:
    return DocumentInvalid(
        f"{other.place}.{kind}: {client.number} {client.name} is in {one.slug}, too, where it has another price",
        fix=f"give it a price of its own: [clients.{client.number}]",
    )


def _twice(one: ClientPrices, client: ClientReference) -> DocumentInvalid:
    return DocumentInvalid(
        f"{one.client.place}: {client.number} {client.name} has prices already", fix="leave one of the two"
    )
