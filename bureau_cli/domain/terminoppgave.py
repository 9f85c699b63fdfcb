"""What a client is to pay of a term: by the term (part 1), after each pay date (part 2), and what that is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bureau_cli.domain.clients import ClientReference, Person

LEVIES = ("aga", "finansskatt", "forskuddstrekk", "utleggstrekk")
"""What is paid to the tax authority, in the order it is told."""

BY_TERM, BY_PAY_DATE = 1, 2
"""The parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSums:
    """What is to be paid of a term, or of a month of it; None where nothing is known of it."""

    aga: Decimal | None
    finansskatt: Decimal | None
    forskuddstrekk: Decimal | None
    utleggstrekk: Decimal | None

    def of(self, levy: str) -> Decimal | None:
        """The sum of one of LEVIES."""
        found: Decimal | None = getattr(self, levy)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMonth:
    """What a month adds; `basis` says whether the messages received tell of it, or the runs made."""

    month: str
    basis: str
    sums: TermSums


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """What an amount is made of; `rate` is in percent. What does not apply to its kind is None."""

    month: str
    kind: str
    site: str | None
    zone: str | None
    sector: str | None
    base: Decimal | None
    rate: Decimal | None
    amount: Decimal
    lawful: bool | None

    @property
    def levy(self) -> str:
        """Which of LEVIES it is part of."""
        return "finansskatt" if self.kind == "finansskatt" else "aga"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPayment:
    """What is paid in one amount. `kid` is the authority's own, None until it has told one; `paid` None: unknown."""

    part: int
    kind: str
    pay_date: date | None
    amount: Decimal
    reported: Decimal | None
    due: date
    account: str | None
    kid: str | None
    kid_valid: bool | None
    paid: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fribelop:
    """How much of its fribeløp a client has used in zone 1a, from the year's first day to the term's last."""

    limit: Decimal
    base: Decimal
    used: Decimal
    left: Decimal
    used_up_in: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceReason:
    """Why a sum reported is not that of the runs; `message` and `run` where one is the reason."""

    reason: str
    message: str | None
    run: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDifference:
    """A sum of the feedback that is not that of the runs; `difference` is what is reported less what is expected."""

    month: str
    kind: str
    reported: Decimal
    expected: Decimal
    difference: Decimal
    reasons: tuple[DifferenceReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermReport:
    """A client's term. Everything but who it is about is None where it is withheld."""

    client: ClientReference
    owner: Person | None
    term: str
    differs: bool | None
    sums: TermSums | None
    months: tuple[TermMonth, ...] | None
    lines: tuple[TermLine, ...] | None
    payments: tuple[TermPayment, ...] | None
    fribelop: Fribelop | None
    differences: tuple[TermDifference, ...] | None
    withheld: str | None
    """Why the figures are missing, or None."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """From which day to which a rule is known to hold, and where it is written."""

    first: date
    last: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLaw:
    """The rules a term is worked out by. `due` is the day of what is paid by the term."""

    due: date
    aga: Validity
    finansskatt: Validity
    extra: Validity | None
    account: Validity
    withholding: Validity

    def told(self) -> tuple[tuple[str, Validity], ...]:
        """Each rule there is, and what it is called."""
        rules = {
            "aga": self.aga,
            "extra": self.extra,
            "finansskatt": self.finansskatt,
            "account": self.account,
            "withholding": self.withholding,
        }
        return tuple((name, rule) for name, rule in rules.items() if rule is not None)
