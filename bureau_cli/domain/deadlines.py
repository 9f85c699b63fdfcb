"""What is due at a client, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bureau_cli.domain.clients import ClientReference, Person

KINDS = ("pay_day", "forskuddstrekk", "utleggstrekk", "a_melding", "term", "tax_cards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One thing that is due at one client; `agreed` is the day before it was moved to a working day.

    `met` is None where nobody can tell. `amount` is None where nothing is known or to be paid, or when withheld.
    """

    id: str
    kind: str
    client: ClientReference
    owner: Person | None
    due: date
    agreed: date
    period: str | None
    term: str | None
    pay_date: date | None
    run: str | None
    amount: Decimal | None
    met: bool | None
    withheld: str | None
    """Why the amount is missing, or None where nothing is withheld."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFilter:
    """What a list of deadlines asks beside a selection of clients; without days it is the thirty from today on."""

    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()

    def asked(self) -> dict[str, Any]:
        """The parts that were said, by the contract's names."""
        return {"from": self.since, "to": self.until, "kind": self.kinds}

    def described(self) -> str:
        """Say it as a person would: `from 2026-11-01, kind term or a_melding`."""
        days = [f"{name} {day}" for name, day in (("from", self.since), ("to", self.until)) if day is not None]
        return ", ".join([*days, *([f"kind {' or '.join(self.kinds)}"] if self.kinds else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """All that is due of one kind on one day. `about` are the months or terms, `clients` sorted by number, each once.

    `amount` is the sum at `amount_clients` of the clients, None where no amount is known. A client has `met` its part
    when all of it is done; at some of the `unmet` a part may be done, and of `unknown` ones nobody can tell.
    """

    uid: str
    due: date
    kind: str
    about: tuple[str, ...]
    clients: Sequence[ClientReference]
    met: int
    unmet: int
    unknown: int
    amount: Decimal | None
    amount_clients: int
    withheld: int
    """At how many clients the amount is held back."""
