"""Whose figures are added up: each client's, those of an owner's clients, or all of the bureau's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.dashboard import Coverage


class By(StrEnum):
    """Who a line of totals is about."""

    CLIENT = "client"
    OWNER = "owner"
    BUREAU = "bureau"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """A client by its number, an owner by the login, or the bureau; `id` and `name` are None where nobody owns them."""

    kind: By
    id: str | None = None
    name: str | None = None

    def place(self) -> tuple[bool, str]:
        """Where an owner stands among owners: by login, those without one last."""
        return self.id is None, self.id or ""


def whose(by: By, client: ClientReference, owner: Person | None) -> Whose:
    """To whom a client's figures are added."""
    if by is By.CLIENT:
        return Whose(kind=by, id=client.number, name=client.name)
    if by is By.OWNER and owner is not None:
        return Whose(kind=by, id=owner.login, name=owner.name)
    return Whose(kind=by)


@dataclass(slots=True)
class Counted:
    """Of how many clients figures were added, and how many there are."""

    clients: int = 0
    of: int = 0

    def see(self, *, withheld: bool) -> None:
        """Count a client."""
        self.of += 1
        self.clients += not withheld

    @property
    def coverage(self) -> Coverage:
        """It as it is told."""
        return Coverage(clients=self.clients, of=self.of)


def in_order(by: By, found: Iterable[Whose]) -> list[Whose]:
    """Owners by login, those without one last; clients as they came."""
    return sorted(found, key=Whose.place) if by is By.OWNER else list(found)
