"""Months as they are said, and what a mistaken one was meant to be."""

from __future__ import annotations

from datetime import date

import pytest

from bureau_cli.domain.period import first_day, last_day, month_of, read_period, shifted
from bureau_cli.errors import BadUsage

TODAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("this", "2026-01"), (" LAST ", "2025-12"), ("2026-11", "2026-11"), ("1999-01", "1999-01")],
)
def test_a_month_is_said_by_its_name_or_from_today(said: str, meant: str) -> None:
    assert read_period(said, TODAY) == meant


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ("2026-5", "--period 2026-05"),
        ("2026/05", "--period 2026-05"),
        ("202605", "--period 2026-05"),
        ("05.2026", "--period 2026-05"),
        ("2026-T5", "2026-T5 is a term of two months: --period 2026-09 or --period 2026-10"),
        ("2026-13", "write it like --period 2026-11, --period this or --period last"),
        ("2026-00", "write it like --period 2026-11, --period this or --period last"),
        ("", "write it like --period 2026-11, --period this or --period last"),
        ("2026-\N{ARABIC-INDIC DIGIT ZERO}5", "write it like --period 2026-11, --period this or --period last"),
    ],
)
def test_what_is_no_month_says_what_was_meant(said: str, fix: str) -> None:
    with pytest.raises(BadUsage) as refused:
        read_period(said, TODAY)
    assert refused.value.fix == fix


def test_months_follow_each_other_over_the_years() -> None:
    assert [shifted("2026-11", months) for months in (-11, -10, 0, 1, 2, 14)] == [
        "2025-12", "2026-01", "2026-11", "2026-12", "2027-01", "2028-01",
    ]  # fmt: skip
    assert (first_day("2028-02"), last_day("2028-02")) == (date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(last_day("2026-12")) == "2026-12"
