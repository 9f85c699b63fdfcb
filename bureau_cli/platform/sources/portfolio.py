"""The portfolio a source gives: a bureau with its people, clients and groups, as they are at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


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
    two_factor: bool = True


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
    """A user's role on a client; `ends` is the last day, `ended_on` the day it was ended before its time.

    `granted_by` is the id of who gave it on its first day, None where nobody knows.
    """

    user_id: str
    role: str
    starts: date
    ends: date | None = None
    ended_on: date | None = None
    origin: str = "manual"
    granted_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client company and what belongs to it.

    It is onboarding until `active_from`, leaving from `notice_on` and has left after `left_on`. `payments_known` says
    that its bank tells what was paid; otherwise a payment nobody entered is unknown, not missing. `feed_stopped_on` is
    the last day its data could be fetched.
    """

    id: str
    number: str
    name: str
    orgnr: str
    form: str
    linked_via: str
    altinn_settings: bool
    delegation: str
    onboarded: date
    active_from: date
    notice_on: date | None
    left_on: date | None
    uses_approval: bool
    payments_known: bool
    feed_stopped_on: date | None
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
