"""An invoice of what clients have used, as the rows of a sheet have it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bureau_cli.domain.period import WRITTEN
from bureau_cli.domain.prices import KINDS, ORE
from bureau_cli.domain.selection import Token
from bureau_cli.errors import DocumentInvalid

_UNITS = re.compile(r"-?\d+(?:[.,]0{1,2})?")
_AMOUNT = re.compile(r"-?\d+(?:[.,](?!\d{3}$)\d+)?")
"""No number has three digits at its end after a mark: whether they are thousands or decimals nobody can tell."""
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d{1,2}")
_GAPS = re.compile(r"[\s\u00a0\u202f']")
_MINUS = "\N{MINUS SIGN}"
_HAIR = Decimal("0.000001")
"""How far from a whole øre an amount may be that a program kept as a binary fraction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine:
    """What was invoiced of a kind to a client; `month` and `amount` are None where the sheet does not tell them."""

    client: Token
    kind: str
    month: str | None
    count: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """All lines of a sheet, and whether it tells months and amounts."""

    name: str
    lines: Sequence[InvoiceLine]
    by_month: bool
    priced: bool


def invoice(name: str, rows: Sequence[Mapping[str, Token]]) -> Invoice:
    """What the rows of a sheet say: each has a `client`, a `kind` and a `count`, perhaps a `month` and an `amount`.

    Raises:
        DocumentInvalid: a cell says none of that; it is told.
    """
    return Invoice(
        name=name,
        lines=list(_lines(rows)),
        by_month=any("month" in row for row in rows),
        priced=any("amount" in row for row in rows),
    )


def _lines(rows: Sequence[Mapping[str, Token]]) -> Iterator[InvoiceLine]:
    for row in rows:
        client = row["client"]
        yield InvoiceLine(
            client=Token.written(client.text, client.place),
            kind=_kind(row["kind"]),
            month=_month(row["month"]) if "month" in row else None,
            count=_count(row["count"]),
            amount=_amount(row["amount"]) if "amount" in row and row["amount"].text else None,
        )


def _kind(cell: Token) -> str:
    if cell.text not in KINDS:
        raise DocumentInvalid(f"{cell.place}: {cell.text!r} is no kind", fix=f"one of {', '.join(KINDS)}")
    return cell.text


def _month(cell: Token) -> str:
    if not WRITTEN.fullmatch(cell.text[:7]):
        raise DocumentInvalid(f"{cell.place}: {cell.text!r} is no month", fix="write it like 2026-11")
    return cell.text[:7]


def _count(cell: Token) -> int:
    written = _plain(cell.text)
    if not _UNITS.fullmatch(written):
        raise DocumentInvalid(f"{cell.place}: {cell.text!r} is no number of units", fix="a whole number, like 12")
    return int(re.split("[.,]", written)[0])


def _amount(cell: Token) -> Decimal:
    written = _plain(cell.text)
    if _GROUPED.fullmatch(written):
        written = written.replace(".", "")
    amount = Decimal(written.replace(",", ".")) if _AMOUNT.fullmatch(written) else None
    if amount is None or abs(amount - amount.quantize(ORE)) > _HAIR:
        raise DocumentInvalid(
            f"{cell.place}: {cell.text!r} is no amount", fix="kroner and øre, like 1234.50 or 1 234,50"
        )
    return amount.quantize(ORE)


def _plain(text: str) -> str:
    """A number without the gaps between its digits, and with the minus of a keyboard."""
    return _GAPS.sub("", text).replace(_MINUS, "-")
