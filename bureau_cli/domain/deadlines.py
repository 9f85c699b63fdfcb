"""What is due at a client, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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
