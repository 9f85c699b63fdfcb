"""Norwegian working days and pay days, against dates worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bureau_cli.platform import calendar


def test_the_public_holidays_of_2026():
    assert sorted(calendar.public_holidays(2026)) == [
        date(2026, month, day)
        for month, day in (
            (1, 1), (4, 2), (4, 3), (4, 5), (4, 6), (5, 1), (5, 14), (5, 17), (5, 24), (5, 25), (12, 25), (12, 26),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1981, 4, 19),
        (1954, 4, 18),
        (2000, 4, 23),
        (2008, 3, 23),
        (2025, 4, 20),
        (2027, 3, 28),
        (2038, 4, 25),
        (2285, 3, 22),
    ],
)
def test_easter_is_on_its_earliest_latest_and_exceptional_days(year, month, day):
    assert calendar.easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("period", "payday", "day"),
    [
        ("2026-03", 20, 20),
        ("2026-06", 20, 19),
        ("2026-09", 20, 18),
        ("2026-12", 20, 18),
        ("2025-04", 20, 16),
        ("2026-02", 31, 27),
        ("2026-05", 31, 29),
        ("2026-05", 25, 22),
    ],
)
def test_a_pay_day_moves_back_to_a_working_day(period, payday, day):
    assert calendar.pay_date(period, payday).day == day


def test_periods_are_counted_over_the_turn_of_the_year():
    assert [calendar.shifted("2026-01", months) for months in (-14, -1, 0, 1, 12)] == [
        "2024-11", "2025-12", "2026-01", "2026-02", "2027-01",
    ]  # fmt: skip
    assert calendar.last_day("2028-02") == date(2028, 2, 29)
