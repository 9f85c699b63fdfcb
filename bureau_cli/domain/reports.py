"""What the bureau's reports tell of one client: how it stands, what it used, and how much of its pay ran by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.month_end import NextStep

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRun:
    """A payroll run, as reports name it."""

    id: str
    period: str
    type: str
    pay_date: date
    payslips: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDeadline:
    """What falls due next and is not known to be done; `met` is False where it is not, None where nobody can tell."""

    kind: str
    due: date
    met: bool | None
    period: str | None
    term: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientReport:
    """One client as its owner follows it up. The three truths and what follows are None where withheld."""

    client: ClientReference
    owner: Person | None
    members: tuple[Person, ...]
    groups: tuple[str, ...]
    paydays: tuple[int, ...]
    status: str
    active_employees: int
    access: str | None
    last_run: ReportedRun | None
    period: str
    closed: bool | None
    reported: bool | None
    done: bool | None
    outside: str | None
    a_melding: str | None
    next: NextStep | None
    next_deadline: NextDeadline | None
    tax_cards_missing: int | None
    withheld: str | None
    """Why the caller may not look into the client, or None."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageMonth:
    """How many there were of each kind in a month; None where nothing is known of the month."""

    month: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReport:
    """What one client used, a month each; `months` is None where it is withheld."""

    client: ClientReference
    owner: Person | None
    months: tuple[UsageMonth, ...] | None
    withheld: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationMonth:
    """Payslips of ordinary runs paid in a month and those that nobody touched; None where nothing is known of it."""

    month: str
    payslips: int | None
    untouched: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualRun:
    """An ordinary run with payslips that were entered or changed by hand, and whose those were."""

    month: str
    run: ReportedRun
    employees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationReport:
    """How much of one client's ordinary pay nobody touched; `months` and `runs` are None where withheld.

    `runs` are those with manual payslips, None where they were not asked for.
    """

    client: ClientReference
    owner: Person | None
    months: tuple[AutomationMonth, ...] | None
    runs: tuple[ManualRun, ...] | None
    withheld: str | None
    fetched_at: datetime


def degree(untouched: int, payslips: int) -> Decimal | None:
    """The untouched of the payslips in percent with two decimals, None where there are no payslips."""
    if not payslips:
        return None
    return (Decimal(untouched) * 100 / payslips).quantize(_HUNDREDTH, ROUND_HALF_UP)
