"""Where a client stands in a month: its steps, what stands in the way, and the facts behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bureau_cli.domain.clients import ClientReference, Person

STEPS = ("created", "approved", "locked", "paid", "payslips", "withholding", "a_melding", "feedback")
"""The steps of a client's month, in the order of work."""

RULES: Mapping[str, str] = {
    "created": "Each pay group has its run, or a record that nobody is paid; due 5 working days before the pay date.",
    "approved": "The client has approved each run, where it uses approval; due 2 working days before the pay date.",
    "locked": "Each run is locked before it is paid; due 1 working day before the pay date.",
    "paid": "Net pay is paid; due on the pay date, which moves back to a working day.",
    "payslips": "The payslips are sent; due on the pay date.",
    "withholding": "Forskuddstrekk and utleggstrekk are paid; due on the first working day after the actual pay date, "
    "for 2025 and before with the term, on the 15th after it.",
    "a_melding": "Each run paid in the month is in an a-melding that is sent; with people employed all "
    "through it, one is sent without pay, too; due on the 5th of the next month, or the working day after "
    "(a-opplysningsloven § 4).",
    "feedback": "The a-melding is received with nothing that must be mended; due on the same day as the message.",
}
"""What it takes for a step to be done, and by when."""

OVERDUE = frozenset({"late", "problem", "unknown"})
"""The states of a step that is overdue, or may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step over all runs and messages of the month. `due` is the last day it is in time.

    `since` is when it came to be so, None where no instant tells.
    """

    state: str
    due: date | None
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReason:
    """One thing that keeps a gate shut, and what it makes of the step by itself; what it is not about is None."""

    gate: str
    code: str
    step: str
    state: str
    due: date | None
    run: str | None
    message: str | None
    pay_group: str | None
    pay_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What is to be done next at a client."""

    step: str
    state: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStatus:
    """A client's month. The three truths are None where nothing of the month applies, or when withheld.

    `outside` is why nothing applies: onboarding or left. `a_melding` is what all messages about the month come to.
    `steps` is None when withheld.
    """

    client: ClientReference
    owner: Person | None
    period: str
    outside: str | None
    pay_dates: tuple[date, ...]
    steps: Mapping[str, Step] | None
    a_melding: str | None
    closed: bool | None
    reported: bool | None
    done: bool | None
    reasons: tuple[PeriodReason, ...]
    next: NextStep | None
    withheld: str | None
    """Why the caller may not look into the client, or None."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """One fact that a step is judged by, and what it makes of the step; what it is not about is None."""

    step: str
    fact: str
    state: str
    due: date | None
    at: datetime | None
    run: str | None
    run_type: str | None
    message: str | None
    pay_group: str | None
    pay_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStatusFacts:
    """A client's month with the facts behind it. What was due on `known_until` or later cannot be known to be late."""

    status: PeriodStatus
    facts: tuple[StepFact, ...]
    known_until: date
