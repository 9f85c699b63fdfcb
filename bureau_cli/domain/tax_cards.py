"""Tax cards (skattekort): what the tax authority answered about an employee, and where clients stand with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bureau_cli.domain.clients import ClientReference, Person

CARD = "skattekortopplysningerOK"
NO_CARD = "ikkeSkattekort"
NO_DUTY = "ikkeTrekkplikt"

RESULTS: Mapping[str, str] = {
    CARD: "There is a card, and it says how much is withheld.",
    NO_CARD: "There is no card, so half is withheld (50 %) until there is one.",
    NO_DUTY: "Nothing is withheld: the person has no duty to pay it.",
    "vurderArbeidstillatelse": "The employer has to look at the person's work permit first.",
    "ugyldigOrganisasjonsnummer": "The authority does not know the employer's number, so nobody there has a card.",
    "ugyldigFoedselsEllerDnummer": "The authority does not know the person's number; look at how it was written.",
    "utgaattDnummerSkattekortForFoedselsnummerErLevert": (
        "The D-number has expired and the person has a fødselsnummer: enter that, and fetch with --again."
    ),
}
"""The authority's own results and what they mean; more may come, and are shown as they came."""


class Mode(StrEnum):
    """What is asked of the authority: everybody's card, or what has changed since a client's was last fetched."""

    ALL = "all"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One forskuddstrekk: `code` is what kind of pay it is for, `kind` table, percent or free_card.

    Of a free card, `free_amount` None is no limit and 0 is that nothing is left for this employer. A kind that is
    new is the word it came under.
    """

    code: str
    kind: str
    table: str | None = None
    percent: Decimal | None = None
    months: Decimal | None = None
    free_amount: Decimal | None = None

    def __str__(self) -> str:
        """`table 8140 (43 %)`, `34.5 %`, `free card up to 65000.00`, `free card without limit`."""
        percent = "" if self.percent is None else f"{self.percent.normalize():f} %"
        match self.kind:
            case "table":
                return f"table {self.table}" + (f" ({percent})" if percent else "")
            case "percent":
                return percent
            case "free_card" if self.free_amount is None:
                return "free card without limit"
            case "free_card":
                return f"free card up to {self.free_amount:.2f}"
        return self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """Somebody a client employs."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What was last answered about an employee: `applies` is what this employer goes by, None for none or withheld."""

    result: str
    applies: Deduction | None
    employer_role: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxCard:
    """The newest answer for one employee and year. `fnr` is masked unless it was asked for."""

    id: str
    client: ClientReference
    employee: Employee
    fnr: str
    year: int
    result: str
    applies: Deduction | None
    deductions: Sequence[Deduction] | None
    employer_role: str
    extra_info: Sequence[str]
    issued: date | None
    fetched_at: datetime
    withheld: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastOrder:
    """The newest order that a client was in."""

    job: str
    mode: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStatus:
    """Where a client stands: of those who are to be paid, how many have a card and how many would meet 50 %.

    `at_50_on` is the first pay date on which somebody does; `oldest` and `newest` tell when their cards were fetched.
    """

    client: ClientReference
    owner: Person | None
    year: int
    employees: int
    fetched: int
    missing: int
    at_50: int
    next_pay_date: date | None
    at_50_on: date | None
    oldest: datetime | None
    newest: datetime | None
    delegation: str
    last_order: LastOrder | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Employees for whom no card would be ordered, and the code of why."""

    reason: str
    employees: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """For whom at a client cards would be ordered: ids of employees, who is left out, and what forbids it all.

    `ordered_before` says that an order of everybody was completed for the year, which one of changes builds on.
    """

    client: ClientReference
    owner: Person | None
    blocked: str | None
    why_blocked: str | None
    people: Sequence[str]
    left_out: Sequence[LeftOut]
    ordered_before: bool
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardResult:
    """What an order or a file came to for one employee; a client that fails as a whole has one without an employee.

    `outcome` is done, unchanged or refused, `code` and `message` say why; `result` is the authority's own word.
    """

    key: str
    outcome: str
    code: str | None
    message: str | None
    employee: Employee | None
    fnr: str | None
    result: str | None
    previous: Card | None
    card: Card | None
    changed: bool
    withheld: str | None

    @property
    def is_new_at_50(self) -> bool:
        """Whether half is withheld from the employee now, and was not before."""
        return self.changed and self.result == NO_CARD and (self.previous is None or self.previous.result != NO_CARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChange:
    """An employee whose card says something else than before; `result_before` is None where there was none."""

    client: ClientReference
    owner: Person | None
    employee: Employee
    fnr: str
    year: int
    result_before: str | None
    before: Deduction | None
    result: str
    after: Deduction | None
    changed_at: datetime
    withheld: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedEmployee:
    """An employee of a client, whether a card would be ordered for them, and why not or since when one is."""

    employee: Employee
    fnr: str
    starts: date
    ends: date | None
    due: bool
    reason: str | None
    ordered_at: datetime | None
    card: Card | None
    withheld: str | None
    fetched_at: datetime


def says(result: str | None, applies: Deduction | None) -> str | None:
    """What an employer goes by, in a few words; None where nobody can tell."""
    if result == NO_CARD:
        return "50 %"
    if result == NO_DUTY:
        return "nothing withheld"
    return None if applies is None else str(applies)
