"""Where clients stand with tax cards, the cards themselves, and what newer ones changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bureau_cli.bulk.report import counted
from bureau_cli.domain.clients import Client
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.tax_cards import CardChange, CardStatus, OrderedEmployee, TaxCard
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.streams import all_of
from bureau_cli.services.tax_cards.ports import TaxCardsPort

KNOWN_AHEAD_DAYS = 366
"""How far ahead somebody may begin and be told of, with why no card is ordered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """What only `taxcards list` asks beside a selection."""

    year: int | None = None
    result: str | None = None

    def asked(self) -> dict[str, Any]:
        """The parts that were said, by the contract's names."""
        return {"year": self.year, "result": self.result}

    def described(self) -> str:
        """Say it as a person would: `year 2026, result ikkeSkattekort`; empty where nothing was said."""
        return ", ".join(f"{name} {value}" for name, value in self.asked().items() if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where some clients stand, and how old the oldest of that is."""

    rows: Sequence[CardStatus]
    as_of: datetime | None

    @property
    def told(self) -> str:
        """It in a line, of all clients together."""
        rows = self.rows
        people = sum(row.employees for row in rows)
        told = f"{counted(len(rows), 'client')}: {counted(people, 'employee')} to be paid"
        parts = [f"{sum(row.fetched for row in rows)} fetched", f"{sum(row.missing for row in rows)} missing"]
        at_50 = sum(row.at_50 for row in rows)
        if at_50:
            days = [row.at_50_on for row in rows if row.at_50_on is not None]
            parts.append(f"{at_50} would meet 50 %" + (f", the first on {min(days)}" if days else ""))
        return f"{told}, {', '.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What newer cards changed, and how old the oldest of that is."""

    rows: Sequence[CardChange]
    as_of: datetime | None

    @property
    def told(self) -> str:
        """It in a line."""
        clients = len({row.client.id for row in self.rows})
        return f"{counted(len(self.rows), 'card')} changed at {counted(clients, 'client')}"


class TaxCards:
    """Lists about tax cards, of the clients of a selection."""

    def __init__(self, cards: TaxCardsPort, clients: Clients) -> None:
        self._cards = cards
        self._clients = clients

    async def standing(self, selection: Selection, year: int | None) -> Standing:
        """Where each client stands, by their names."""

        def found(chosen: Mapping[str, Any]) -> Stream[CardStatus]:
            return self._cards.statuses({"year": year, **chosen})

        stream = await self._clients.belonging(selection, found)
        rows = await all_of(stream)
        return Standing(rows=rows, as_of=stream.as_of)

    async def explain(self, named: str, year: int | None) -> tuple[Client, Sequence[OrderedEmployee]]:
        """One client, and each of its employees with whether a card would be ordered and why not."""
        client = await self._clients.show(named)
        query = {"active": "all", "begins_within": KNOWN_AHEAD_DAYS, "year": year}
        return client, await all_of(self._cards.employees(client.id, query))

    async def search(
        self, selection: Selection, narrowed: CardFilter, *, reveal: str | None = None, most: int | None = None
    ) -> Stream[TaxCard]:
        """The newest card of each employee; `reveal` is the reason for which numbers are not masked."""

        def found(chosen: Mapping[str, Any]) -> Stream[TaxCard]:
            return self._cards.cards({**narrowed.asked(), **chosen}, reveal=reveal, most=most)

        return await self._clients.belonging(selection, found)

    async def changes(self, selection: Selection, year: int | None, since: datetime | None) -> Changes:
        """What newer cards changed, since an instant or since each client's cards were last fetched."""
        query = {"year": year, "since": None if since is None else since.isoformat()}
        stream = await self._clients.belonging(selection, lambda chosen: self._cards.changes({**query, **chosen}))
        return Changes(rows=await all_of(stream), as_of=stream.as_of)


def explained(client: Client, rows: Iterable[OrderedEmployee]) -> str:
    """How many of a client's employees a card would be ordered for, and how many not."""
    due = [row.due for row in rows]
    told = f"{client.number} {client.name} · {counted(sum(due), 'card')} would be ordered"
    return f"{told}, {len(due) - sum(due)} left out"
