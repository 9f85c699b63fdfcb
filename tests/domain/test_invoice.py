"""The lines of an invoice, as accounting programs and people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bureau_cli.domain.invoice import invoice
from bureau_cli.domain.selection import Token
from bureau_cli.errors import DocumentInvalid


def row(**cells: str) -> dict[str, Token]:
    usual = {"client": "10001", "kind": "payslip", "count": "12"}
    return {key: Token(text=text, place=f"invoice.csv:2 {key}") for key, text in (usual | cells).items()}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("150", "150"),
        ("1234.5", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\N{NO-BREAK SPACE}234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("-12,00", "-12.00"),
        ("\N{MINUS SIGN}12", "-12"),
        ("29.299999999999997", "29.30"),
    ],
)
def test_an_amount_is_read_however_it_is_written(written: str, meant: str) -> None:
    assert invoice("invoice.csv", [row(amount=written)]).lines[0].amount == Decimal(meant)


def test_a_sheet_tells_months_and_amounts_only_where_it_has_such_columns() -> None:
    bare = invoice("invoice.csv", [row()])
    assert (bare.by_month, bare.priced) == (False, False)
    assert (bare.lines[0].month, bare.lines[0].count, bare.lines[0].amount) == (None, 12, None)
    full = invoice("invoice.csv", [row(month="2026-11-30", amount="3", count="1 200,0")])
    assert (full.by_month, full.priced) == (True, True)
    assert (full.lines[0].month, full.lines[0].count) == ("2026-11", 1200)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"kind": "coffee"}, "invoice.csv:2 kind: 'coffee' is no kind"),
        ({"count": "twelve"}, "invoice.csv:2 count: 'twelve' is no number of units"),
        ({"count": "1.5"}, "invoice.csv:2 count: '1.5' is no number of units"),
        ({"count": "1.000"}, "invoice.csv:2 count: '1.000' is no number of units"),
        ({"month": "november"}, "invoice.csv:2 month: 'november' is no month"),
        ({"amount": "12.345"}, "invoice.csv:2 amount: '12.345' is no amount"),
        ({"amount": "1.500"}, "invoice.csv:2 amount: '1.500' is no amount"),
        ({"amount": "12,500"}, "invoice.csv:2 amount: '12,500' is no amount"),
    ],
)
def test_a_cell_that_says_nothing_is_told(cells: dict[str, str], complaint: str) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        invoice("invoice.csv", [row(**cells)])
    assert refused.value.message == complaint
    assert refused.value.fix
