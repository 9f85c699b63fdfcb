"""An a-melding: what a client reports about a month's payments, and what the authorities answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.runs import AgaLine


class MessageState(StrEnum):
    """Where a message is."""

    NOT_SENT = "not_sent"
    SENT = "sent"
    RECEIVED = "received"
    RECEIVED_GUIDELINE = "received_guideline"
    RECEIVED_IMMEDIATE = "received_immediate"
    REJECTED = "rejected"


class Severity(StrEnum):
    """How bad a deviation is, the worst first."""

    REJECTION = "rejection"
    IMMEDIATE = "immediate"
    GUIDELINE = "guideline"


SETTLED = frozenset({"replaced", "made_good"})
"""The standings of messages whose place another one has taken that was received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """What the authorities found wrong with a message, in their words, and how many times."""

    severity: str
    code: str
    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSums:
    """What a message reports, in whole kroner."""

    withholding: Decimal
    attachment: Decimal
    aga: Decimal
    finansskatt: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What is to be paid by what was received; `pay_date` is None for what is paid by the term."""

    kind: str
    amount: Decimal
    account: str
    kid: str
    due: date
    pay_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AMelding:
    """One message about a month. `standing` is what it counts for: many are replaced, or sent again.

    `runs` are the ids of the payroll runs it carries; sums and payments are None where the caller may not see pay.
    """

    id: str
    client: ClientReference
    month: str
    state: str
    standing: str
    created_at: datetime
    sent_at: datetime | None
    feedback_at: datetime | None
    replaces: str | None
    replaced_by: str | None
    runs: tuple[str, ...]
    recipients: int
    deviations: tuple[Deviation, ...]
    sums: ReportedSums | None
    aga_lines: tuple[AgaLine, ...] | None
    payments: tuple[Payment, ...] | None
    withheld: str | None
    """Why amounts are missing, or None where nothing is withheld."""
    fetched_at: datetime

    @property
    def stands(self) -> bool:
        """Whether no other message has taken its place."""
        return self.standing not in SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFilter:
    """What a list of messages asks beside a selection of clients.

    `settled` is for those that were replaced or made good too.
    """

    month: str
    states: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    code: str | None = None
    payday: int | None = None
    settled: bool = False

    def asked(self) -> dict[str, Any]:
        """It by the contract's names."""
        return {
            "month": self.month,
            "state": self.states,
            "severity": self.severities,
            "code": self.code,
            "payday": self.payday,
        }

    def described(self) -> str:
        """Say it as a person would: `month 2026-11, state rejected`."""
        lists = {"state": self.states, "severity": self.severities}
        parts = [f"{name} {' or '.join(words)}" for name, words in lists.items() if words]
        single = {"month": self.month, "code": self.code, "payday": self.payday}
        told = [f"{name} {word}" for name, word in single.items() if word is not None]
        return ", ".join([*told, *parts, *(["with what was replaced"] if self.settled else [])])
