"""The port between the platform and where its data come from.

The platform asks a source for the portfolio once, and for what happened, month by month, up to its horizon. A source
gives the same answer however often and in whatever order it is asked; what the platform has written it never asks for
again. Money is whole øre. Instants are seconds since 1970 and lie in the past or the future: what is shown is what the
platform's clock makes of them. An instant that is None is not known, or never comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from bureau_cli.platform.sources.portfolio import Access, Bureau, Client, Group, PayGroup, Portfolio, Site, User

__all__ = [
    "AMelding",
    "Access",
    "AgaLine",
    "Bureau",
    "Chapter",
    "Client",
    "Deduction",
    "Deviation",
    "Employee",
    "Group",
    "NoPay",
    "Opening",
    "PayGroup",
    "PayRun",
    "Payment",
    "Payslip",
    "Portfolio",
    "Registration",
    "Site",
    "Source",
    "TaxCard",
    "User",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """Someone employed by a client; `fnr` is a synthetic fødselsnummer or D-number, `ends` the last day."""

    id: str
    client_id: str
    pay_group_id: str
    site_orgnr: str
    name: str
    fnr: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One forskuddstrekk of a tax card: `kind` is table, percent or free_card.

    `percent` is in hundredths of a percent, `months` in tenths of a month. `free_amount` is None for a free card
    without a limit, and 0 for one of which nothing is left for this employer.
    """

    code: str
    kind: str
    table: str | None = None
    percent: int | None = None
    months: int | None = None
    free_amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxCard:
    """What the tax authority answered for an employee and a year; `result` is its own code.

    `applies` is the place in `deductions` of the one this employer goes by, None where there is none.
    """

    employee_id: str
    year: int
    result: str
    employer_role: str
    deductions: tuple[Deduction, ...]
    applies: int | None
    extra_info: tuple[str, ...]
    issued: date | None
    fetched_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgaLine:
    """Arbeidsgiveravgift of one site, zone and kind: pay, pension, refund (negative), or extra.

    `rate` is in hundredths of a percent; `amount` is base times rate, rounded half up to a whole øre. What is extra is
    the avgift of 2023 and 2024 on high pay, as it was reported: its base is part of that of the pay as well.
    """

    site_orgnr: str
    zone: str
    sector: str
    kind: str
    base: int
    rate: int
    amount: int


class Payslip(NamedTuple):
    """One employee's part of a run; `touched` if a line was entered or changed by hand.

    A tuple, because a portfolio has millions of them.
    """

    employee_id: str
    gross: int
    withholding: int
    attachment: int
    net: int
    touched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRun:
    """One payroll run. Its sums are those of its payslips: gross - withholding - attachment = net.

    It is open from `created_at`, awaits approval from `submitted_at`, is approved from `approved_at` and locked from
    `locked_at`; a client without approval locks what was never submitted. Nothing withheld is never paid: its
    instant is None too. `created_by` is a user's id.
    """

    id: str
    client_id: str
    pay_group_id: str
    period: str
    type: str
    pay_date: date
    created_by: str
    created_at: int
    submitted_at: int | None
    approved_at: int | None
    locked_at: int | None
    payslips_sent_at: int | None
    paid_at: int | None
    withholding_paid_at: int | None
    attachment_paid_at: int | None
    booked_at: int | None
    payslips: Sequence[Payslip]
    aga: Sequence[AgaLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """What the tax authority finds wrong with a message, so many times."""

    severity: str
    code: str
    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What is to be paid by what the authority received; `pay_date` is None for what is paid by the term."""

    kind: str
    pay_date: date | None
    amount: int
    account: str
    kid: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AMelding:
    """One message about a month of payments, and the feedback to it.

    It is not sent before `sent_at`, and sent until `feedback_at`; then its state is `result`. Its sums are whole
    kroner, in øre, as reported; `payments` are the authority's, none when the message was rejected.
    """

    id: str
    client_id: str
    month: str
    replaces: str | None
    run_ids: Sequence[str]
    recipients: int
    created_at: int
    sent_at: int | None
    feedback_at: int | None
    result: str | None
    deviations: Sequence[Deviation]
    aga: Sequence[AgaLine]
    aga_sum: int
    finansskatt_sum: int
    withholding_sum: int
    attachment_sum: int
    payments: Sequence[Payment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A travel or expense claim, or an absence, entered at an instant; claims have an amount, absences days."""

    employee_id: str
    kind: str
    at: int
    amount: int | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPay:
    """A record that a pay group has no pay in a period."""

    pay_group_id: str
    period: str
    recorded_at: int
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The base of zone 1a's arbeidsgiveravgift a client had in a year before the months a source tells of."""

    client_id: str
    year: int
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What happened at one client over some months: all that began in them, whenever its instants lie.

    The chapter with a source's first month also has who was employed before, their tax cards, and the openings.
    """

    client_id: str
    employees: Sequence[Employee]
    tax_cards: Sequence[TaxCard]
    runs: Sequence[PayRun]
    no_pay: Sequence[NoPay]
    messages: Sequence[AMelding]
    registrations: Sequence[Registration]
    openings: Sequence[Opening]


class Source(Protocol):
    """Where a bureau's data come from."""

    @property
    def recipe(self) -> Mapping[str, str | int]:
        """What `sources.known.reopen` needs to make this source again; `name` says which kind it is."""

    @property
    def today(self) -> date:
        """The day for which the portfolio was made."""

    @property
    def first_period(self) -> str:
        """The first month it tells of."""

    def portfolio(self) -> Portfolio:
        """Give the bureau as it is at first."""

    def chapters(self, first: str, last: str) -> Iterable[Chapter]:
        """Give what happened from the first period to the last, a chapter a client in the portfolio's order."""
