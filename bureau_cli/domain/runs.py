"""A payroll run (lønnskjøring): what one pay group is paid on one day, and how far that has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bureau_cli.domain.clients import ClientReference, PayGroup, Person


class RunState(StrEnum):
    """How far a run has come."""

    OPEN = "open"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    LOCKED = "locked"


class RunType(StrEnum):
    """The kind of a run."""

    ORDINARY = "ordinary"
    EXTRA = "extra"
    VACATION = "vacation"
    UNTIL_NOW = "until_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgaLine:
    """Arbeidsgiveravgift of one site, zone and kind; `rate` in percent, `base` negative for a refund."""

    site: str
    zone: str
    sector: str
    kind: str
    base: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PayrollRun:
    """One payroll run. What has not happened is None; amounts are None where the caller may not see pay.

    `period` is the month of the agreed pay day, `pay_date` the day it is paid. Of what is paid, None means that it was
    not, as far as payments are known: until `payments_as_of`, which is None where the client's bank tells nothing.
    """

    id: str
    client: ClientReference
    period: str
    type: str
    pay_group: PayGroup
    pay_date: date
    state: str
    created_at: datetime
    created_by: Person
    submitted_at: datetime | None
    approved_at: datetime | None
    locked_at: datetime | None
    paid_at: datetime | None
    payslips_sent_at: datetime | None
    withholding_paid_at: datetime | None
    attachment_paid_at: datetime | None
    booked_at: datetime | None
    payments_as_of: datetime | None
    payslips: int
    payslips_untouched: int
    gross: Decimal | None
    net: Decimal | None
    withholding: Decimal | None
    attachment: Decimal | None
    aga_base: Decimal | None
    aga: Decimal | None
    aga_lines: tuple[AgaLine, ...] | None
    withheld: str | None
    """Why amounts are missing, or None where nothing is withheld."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFilter:
    """What a list of runs asks beside a selection of clients; `since` and `until` are days they are paid on."""

    period: str | None = None
    since: date | None = None
    until: date | None = None
    states: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    payday: int | None = None

    def asked(self) -> dict[str, Any]:
        """It by the contract's names."""
        return {
            "period": self.period,
            "from": self.since,
            "to": self.until,
            "state": self.states,
            "type": self.types,
            "payday": self.payday,
        }

    def described(self) -> str:
        """Say it as a person would: `state open or approved, payday 20`."""
        lists = {"state": self.states, "type": self.types}
        parts = [f"{name} {' or '.join(words)}" for name, words in lists.items() if words]
        single = {"period": self.period, "from": self.since, "to": self.until, "payday": self.payday}
        return ", ".join([*(f"{name} {word}" for name, word in single.items() if word is not None), *parts])
