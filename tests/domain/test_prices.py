"""A price list: what it says, and what it cannot say."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from bureau_cli.domain.prices import PriceList, price_list
from bureau_cli.errors import DocumentInvalid


def read(text: str) -> PriceList:
    return price_list("prices.toml", tomllib.loads(text, parse_float=Decimal))


def test_prices_are_read_as_they_were_written() -> None:
    usual = '[prices]\npayslip = 12.10\ntravel = 8\nexpense = "7.55"\n'
    listed = read(f'{usual}[groups.large]\npayslip = 0\n[clients."310 000 001"]\n')
    assert listed.usual == {"payslip": Decimal("12.10"), "travel": 8, "expense": Decimal("7.55")}
    assert [(one.slug, one.prices, one.place) for one in listed.groups] == [
        ("large", {"payslip": 0}, "prices.toml: groups.large")
    ]
    assert [(one.client.text, one.prices) for one in listed.clients] == [("310000001", {})]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "prices.toml has no prices"),
        ("[prices]", "prices.toml has no prices"),
        ("prices = 3", "prices.toml: prices is a table"),
        ("[prices]\npayslips = 3", "prices.toml: prices: there is no 'payslips' here"),
        ("[price]\npayslip = 3", "prices.toml: there is no 'price' here"),
        ("[prices]\npayslip = -3", "prices.toml: prices.payslip: -3 is no price"),
        ("[prices]\npayslip = 3.005", "prices.toml: prices.payslip: 3.005 is no price"),
        ("[prices]\npayslip = nan", "prices.toml: prices.payslip: NaN is no price"),
        ("[prices]\npayslip = true", "prices.toml: prices.payslip: True is no price"),
        ('[prices]\npayslip = "3,50"', "prices.toml: prices.payslip: 3,50 is no price"),
        ("[groups]\nlarge = 3", "prices.toml: groups are tables, each like [groups.payday-20]"),
        ("[clients.10001]\ntravel = 1e9", "prices.toml: clients.10001.travel: 1E+9 is no price"),
    ],
)
def test_what_is_no_price_is_told_at_its_place(text: str, complaint: str) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        read(text)
    assert refused.value.message == complaint
    assert refused.value.fix
