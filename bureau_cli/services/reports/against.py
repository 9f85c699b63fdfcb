"""Usage held against an invoice of it: what is too much, too little, or priced otherwise, in units and øre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.invoice import Invoice, InvoiceLine

TOO_MANY, TOO_FEW = "too_many", "too_few"
NOT_USED, NOT_INVOICED = "not_used", "not_invoiced"
OTHER_PRICE = "other_price"
UNKNOWN_CLIENT = "unknown_client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a client used of a kind in a month; `amount` is what it comes to, None where nothing says it."""

    client: ClientReference
    month: str
    kind: str
    count: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where an invoice is not as it was used; `month` is None of an invoice that tells none, amounts where unknown.

    `units` and `amount_difference` are what was invoiced less what was used: positive is too much. Of somebody who is
    no client there is only what the invoice has: the word for it is `called`.
    """

    finding: str
    client: ClientReference | None
    called: str
    month: str | None
    kind: str
    count: int | None
    invoiced: int
    amount: Decimal | None
    invoiced_amount: Decimal | None
    place: str | None

    @property
    def units(self) -> int | None:
        """How many too many were invoiced."""
        return None if self.count is None else self.invoiced - self.count

    @property
    def amount_difference(self) -> Decimal | None:
        """How much too much."""
        if self.amount is None or self.invoiced_amount is None:
            return None
        return self.invoiced_amount - self.amount


@dataclass(slots=True)
class _Line:
    """What is known of a client, month and kind on either side."""

    count: int = 0
    amount: Decimal | None = Decimal(0)
    invoiced: int = 0
    invoiced_amount: Decimal | None = Decimal(0)
    places: list[str] = field(default_factory=list)

    def use(self, one: Used) -> None:
        """Add what was used; an amount that is not known makes the sum unknown."""
        self.count += one.count
        self.amount = None if self.amount is None or one.amount is None else self.amount + one.amount

    def bill(self, one: InvoiceLine) -> None:
        """Add what was invoiced."""
        self.invoiced += one.count
        known = self.invoiced_amount is not None and one.amount is not None
        self.invoiced_amount = (self.invoiced_amount or Decimal(0)) + (one.amount or 0) if known else None
        self.places.append(one.client.place)

    def finding(self) -> str | None:
        """What is wrong with it, None where nothing is."""
        if self.count != self.invoiced:
            if not self.places:
                return NOT_INVOICED
            return NOT_USED if not self.count else TOO_MANY if self.invoiced > self.count else TOO_FEW
        is_known = self.amount is not None and self.invoiced_amount is not None
        return OTHER_PRICE if is_known and self.amount != self.invoiced_amount else None


_Key = tuple[str, str | None, str]
"""A client's id, the month and the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came of it: the differences by client, and how many lines there are on either side."""

    differences: Sequence[Difference]
    lines: int


def held_against(invoice: Invoice, used: Iterable[Used], clients: Mapping[str, ClientReference]) -> Held:
    """Hold usage against an invoice; `clients` are those that its words mean, as far as there are such clients."""
    lines: dict[_Key, _Line] = {}
    known: dict[str, ClientReference] = {}
    for one in used:
        known[one.client.id] = one.client
        month = one.month if invoice.by_month else None
        lines.setdefault((one.client.id, month, one.kind), _Line()).use(one)
    strange: dict[_Key, _Line] = {}
    for billed in invoice.lines:
        client = clients.get(billed.client.text)
        if client is not None:
            known[client.id] = client
        of, to = (billed.client.text, strange) if client is None else (client.id, lines)
        to.setdefault((of, billed.month, billed.kind), _Line()).bill(billed)
    found = [
        _difference(finding, key, line, client=known[key[0]], priced=invoice.priced)
        for key, line in lines.items()
        if (finding := line.finding()) is not None
    ]
    found += [
        _difference(UNKNOWN_CLIENT, key, line, client=None, priced=invoice.priced) for key, line in strange.items()
    ]
    return Held(differences=sorted(found, key=_place), lines=len(lines) + len(strange))


def _difference(finding: str, key: _Key, line: _Line, *, client: ClientReference | None, priced: bool) -> Difference:
    called, month, kind = key
    return Difference(
        finding=finding,
        client=client,
        called=called if client is None else client.name,
        month=month,
        kind=kind,
        count=None if client is None else line.count,
        invoiced=line.invoiced,
        amount=None if client is None else line.amount,
        invoiced_amount=line.invoiced_amount if priced else None,
        place=line.places[0] if line.places else None,
    )


def _place(one: Difference) -> tuple[str, str, str, str]:
    """Clients by number; before them those who are none."""
    return one.client.number if one.client else "", one.called, one.month or "", one.kind
