"""The port between the platform and where its data come from.

The platform asks a source for the portfolio once, and for payroll runs a month at a time. A source gives the same
answer however often and in whatever order it is asked; what the platform has written it never asks for again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """The payroll bureau."""

    id: str
    name: str
    orgnr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Someone who works, or worked, at the bureau; `left_on` is the last day."""

    id: str
    login: str
    name: str
    email: str
    role: str
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayGroup:
    """Employees of one client who are paid on the same agreed day, 31 being the month's last."""

    id: str
    name: str
    payday: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A virksomhet of a client, with its zone and sector of arbeidsgiveravgift."""

    orgnr: str
    zone: str
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A user's role on a client; `ends` is the last day, `ended_on` the day it was ended before its time."""

    user_id: str
    role: str
    starts: date
    ends: date | None = None
    ended_on: date | None = None
    origin: str = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client company and what belongs to it."""

    id: str
    number: str
    name: str
    orgnr: str
    form: str
    status: str
    linked_via: str
    active_employees: int
    altinn_settings: bool
    delegation: str
    onboarded: date
    left_on: date | None
    pay_groups: Sequence[PayGroup]
    sites: Sequence[Site]
    access: Sequence[Access]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group: with a rule, or with the clients that are put in by hand."""

    slug: str
    title: str
    rule: str | None = None
    client_ids: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """A bureau with all it has; `default_login` is the user the platform takes a caller for who names none."""

    bureau: Bureau
    users: Sequence[User]
    clients: Sequence[Client]
    groups: Sequence[Group]
    default_login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRun:
    """One payroll run; gross and net in øre, `paid_at` in seconds since 1970."""

    client_id: str
    pay_group_id: str
    period: str
    type: str
    pay_date: date
    paid_at: int
    payslips: int
    gross: int
    net: int


class Source(Protocol):
    """Where a bureau's data come from."""

    @property
    def recipe(self) -> Mapping[str, str | int]:
        """What `sources.known.reopen` needs to make this source again; `name` says which kind it is."""

    @property
    def today(self) -> date:
        """The day for which the portfolio was made."""

    def portfolio(self) -> Portfolio:
        """Give the bureau as it is at first."""

    def pay_runs(self, period: str) -> Iterable[PayRun]:
        """Give every payroll run of a period, those still to be paid too."""
