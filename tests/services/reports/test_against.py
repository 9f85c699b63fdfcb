"""Usage held against an invoice: every way in which the two can differ, and none that is no difference."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.invoice import Invoice, InvoiceLine
from bureau_cli.domain.selection import Token
from bureau_cli.services.reports.against import Held, Used, held_against

ONE = ClientReference(id="c1", number="10001", name="En AS", orgnr="310000001")
OTHER = ClientReference(id="c2", number="10002", name="To AS", orgnr="310000002")
CLIENTS = {"10001": ONE, "310000002": OTHER}


def used(
    client: ClientReference, count: int, amount: str | None, month: str = "2026-11", kind: str = "payslip"
) -> Used:
    return Used(client=client, month=month, kind=kind, count=count, amount=None if amount is None else Decimal(amount))


def line(client: str, count: int, amount: str | None, month: str | None = "2026-11") -> InvoiceLine:
    return InvoiceLine(
        client=Token(text=client, place="invoice.csv:2"),
        kind="payslip",
        month=month,
        count=count,
        amount=None if amount is None else Decimal(amount),
    )


def held(lines: list[InvoiceLine], uses: list[Used]) -> Held:
    by_month = any(one.month for one in lines)
    priced = any(one.amount is not None for one in lines)
    return held_against(Invoice(name="invoice.csv", lines=lines, by_month=by_month, priced=priced), uses, CLIENTS)


@pytest.mark.parametrize(
    ("lines", "uses", "finding", "units", "amount"),
    [
        ([line("10001", 13, "130.00")], [used(ONE, 12, "120.00")], "too_many", 1, "10.00"),
        ([line("10001", 11, "110.00")], [used(ONE, 12, "120.00")], "too_few", -1, "-10.00"),
        ([line("10001", 12, "120.01")], [used(ONE, 12, "120.00")], "other_price", 0, "0.01"),
        ([line("310000002", 2, "20.00")], [], "not_used", 2, "20.00"),
        ([], [used(OTHER, 2, "20.00")], "not_invoiced", -2, None),
    ],
)
def test_a_difference_is_told_in_units_and_ore(
    lines: list[InvoiceLine], uses: list[Used], finding: str, units: int, amount: str | None
) -> None:
    (difference,) = held(lines, uses).differences
    assert (difference.finding, difference.units) == (finding, units)
    assert difference.amount_difference == (None if amount is None else Decimal(amount))


def test_somebody_who_is_no_client_is_a_difference_of_which_only_the_invoice_is_known() -> None:
    lines = [line("Ukjent AS", 2, "20.00"), line("Ukjent AS", 1, "10.00"), line("10001", 12, "120.00")]
    found = held(lines, [used(ONE, 12, "120.00")])
    (strange,) = found.differences
    assert (strange.finding, strange.client, strange.called) == ("unknown_client", None, "Ukjent AS")
    assert (strange.invoiced, strange.invoiced_amount) == (3, Decimal("30.00"))
    assert (strange.count, strange.units, strange.amount, strange.amount_difference) == (None, None, None, None)
    assert found.lines == 2


def test_lines_of_the_same_are_added_before_they_are_held_against_what_was_used() -> None:
    lines = [line("10001", 8, "80.00"), line("10001", 4, "40.00"), line("10001", 1, "10.00", "2026-10")]
    uses = [used(ONE, 12, "120.00"), used(ONE, 1, "10.00", "2026-10")]
    found = held(lines, uses)
    assert (found.differences, found.lines) == ([], 2)


def test_an_invoice_without_months_is_held_against_the_whole_period() -> None:
    uses = [used(ONE, 12, "120.00"), used(ONE, 1, "10.00", "2026-10")]
    assert held([line("10001", 13, "130.00", None)], uses).differences == []


def test_amounts_that_nobody_knows_are_no_difference_and_no_nought() -> None:
    assert held([line("10001", 12, "120.00")], [used(ONE, 12, None)]).differences == []
    (difference,) = held([line("10001", 13, "130.00")], [used(ONE, 12, None)]).differences
    assert (difference.amount, difference.invoiced_amount, difference.amount_difference) == (
        None,
        Decimal("130.00"),
        None,
    )
    assert held([line("10001", 12, None)], [used(ONE, 12, "120.00")]).differences == []


def test_differences_come_by_client_month_and_kind() -> None:
    uses = [used(OTHER, 1, None), used(ONE, 1, None, "2026-11"), used(ONE, 1, None, "2026-10")]
    found = held([line("10001", 9, None, "2026-12")], uses)
    assert [(one.client.number, one.month) for one in found.differences] == [
        ("10001", "2026-10"), ("10001", "2026-11"), ("10001", "2026-12"), ("10002", "2026-11"),
    ]  # fmt: skip
