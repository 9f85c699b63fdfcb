"""What the services of tax cards need from the outside; `app` hands them the real things."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bureau_cli.domain.tax_cards import Candidate, CardChange, CardResult, CardStatus, OrderedEmployee, TaxCard
from bureau_cli.services.ports import Stream


class StatusStream(Stream[CardStatus], Protocol):
    """Where clients stand, by the clock of the platform."""

    @property
    def now(self) -> datetime | None:
        """That clock as it stood, None where it was not told."""


class TaxCardsPort(Protocol):
    """Tax cards, and orders of them."""

    def statuses(self, query: Mapping[str, Any]) -> StatusStream:
        """A row a client that has not left."""

    def candidates(self, query: Mapping[str, Any]) -> Stream[Candidate]:
        """A row a client: whom an order would be about."""

    def cards(self, query: Mapping[str, Any], *, reveal: str | None = None, most: int | None = None) -> Stream[TaxCard]:
        """The newest card of each employee; `reveal` is the reason for which numbers are not masked."""

    def changes(self, query: Mapping[str, Any]) -> Stream[CardChange]:
        """What newer cards changed."""

    def employees(self, client: str, query: Mapping[str, Any]) -> Stream[OrderedEmployee]:
        """Who is employed by a client, and whether an order would be about them."""

    async def order(
        self, said: Mapping[str, Any], items: Sequence[Mapping[str, Any]], *, wait: bool, ended: Callable[[int], None]
    ) -> Sequence[CardResult]:
        """Order cards of up to 1000 people; one result an employee, of a client that fails one in all."""

    async def take_in(self, items: Sequence[Mapping[str, Any]]) -> Sequence[CardResult]:
        """Take in what a file has of up to 500 employees; one result an item, in order."""
