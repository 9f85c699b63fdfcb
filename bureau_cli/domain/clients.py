"""A client company of the bureau, and the people and groups around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user of the bureau, as named on a client."""

    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientReference:
    """The client that something else belongs to."""

    id: str
    number: str
    name: str
    orgnr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayGroup:
    """A lønnsgruppe: the employees of a client who are paid on one agreed day (1-31, 31 is the last of the month)."""

    id: str
    name: str
    payday: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A virksomhet (sub-unit): its own orgnr, AGA zone and sector."""

    orgnr: str
    zone: str
    sector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The newest payroll run that has been paid. `gross` and `net` are None where the caller may not see pay."""

    period: str
    type: str
    pay_date: date
    payslips: int
    gross: Decimal | None
    net: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One lønnsklient. States are words as the platform gives them: an unknown one is shown, never dropped."""

    id: str
    number: str
    name: str
    orgnr: str
    form: str
    status: str
    paydays: tuple[int, ...]
    pay_groups: tuple[PayGroup, ...]
    linked_via: str
    sites: tuple[Site, ...]
    owner: Person | None
    members: tuple[Person, ...]
    groups: tuple[str, ...]
    active_employees: int
    my_access: str | None
    altinn_settings: bool
    altinn_delegation: str
    onboarded: date
    left: date | None
    last_run: LastRun | None
    withheld: str | None
    """Why pay figures are missing, or None where nothing is withheld."""
    fetched_at: datetime

    @property
    def reference(self) -> ClientReference:
        """It as what belongs to it names it."""
        return ClientReference(id=self.id, number=self.number, name=self.name, orgnr=self.orgnr)
