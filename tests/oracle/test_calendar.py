"""The oracle's own calendar against dates worked out by hand and by the agency."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from oracle.calendar import a_melding_due, easter, holidays, is_working, pay_day, shifted, term_due, withholding_due

EASTERS = (
    "1954-04-18 1981-04-19 2000-04-23 2008-03-23 2011-04-24 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2038-04-25"
)
A_MELDINGER = {
    2020: "03-05 04-06 05-05 06-05 07-06 08-05 09-07 10-05 11-05",  # from February's on, as the agency moved them
    2026: "03-05 04-07 05-05 06-05 07-06 08-05 09-07 10-05 11-05 12-07 01-05",
}
TERMS = {
    2025: ("2025-03-17", "2025-05-15", "2025-07-15", "2025-09-15", "2025-11-17", "2026-01-15"),
    2026: ("2026-03-16", "2026-05-15", "2026-07-15", "2026-09-15", "2026-11-16", "2027-01-15"),
    2027: ("2027-03-15", "2027-05-18", "2027-07-15", "2027-09-15", "2027-11-15", "2028-01-17"),
}
PAID_ON_THE_20TH = {  # in 2026: the day it was paid, the day its withholding was due
    "2026-01": ("2026-01-20", "2026-01-21"),
    "2026-02": ("2026-02-20", "2026-02-23"),
    "2026-03": ("2026-03-20", "2026-03-23"),
    "2026-04": ("2026-04-20", "2026-04-21"),
    "2026-05": ("2026-05-20", "2026-05-21"),
    "2026-06": ("2026-06-19", "2026-06-22"),
    "2026-07": ("2026-07-20", "2026-07-21"),
    "2026-08": ("2026-08-20", "2026-08-21"),
    "2026-09": ("2026-09-18", "2026-09-21"),
    "2026-10": ("2026-10-20", "2026-10-21"),
    "2026-11": ("2026-11-20", "2026-11-23"),
    "2026-12": ("2026-12-18", "2026-12-21"),
}
HOLIDAYS = {
    2026: "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26",
    2027: "01-01 03-25 03-26 03-28 03-29 05-01 05-06 05-16 05-17 12-25 12-26",
}


def test_easter_falls_where_it_fell():
    assert [easter(int(day[:4])).isoformat() for day in EASTERS.split()] == EASTERS.split()


@pytest.mark.parametrize("year", HOLIDAYS)
def test_a_year_has_its_public_holidays(year):
    assert " ".join(f"{day:%m-%d}" for day in sorted(holidays(year))) == HOLIDAYS[year]


def test_christmas_eve_and_the_last_day_of_the_year_are_working_days():
    assert is_working(date(2026, 12, 24))
    assert is_working(date(2026, 12, 31))


@pytest.mark.parametrize("year", A_MELDINGER)
def test_an_a_melding_is_due_when_the_agency_says(year):
    days = A_MELDINGER[year].split()
    assert [f"{a_melding_due(f'{year}-{month:02}'):%m-%d}" for month in range(2, 2 + len(days))] == days


@pytest.mark.parametrize(("year", "term"), [(year, term) for year in TERMS for term in range(1, 7)])
def test_a_term_is_due_when_the_agency_says(year, term):
    due = date.fromisoformat(TERMS[year][term - 1])
    assert [term_due(f"{year}-{month:02}") for month in (2 * term - 1, 2 * term)] == [due, due]


@pytest.mark.parametrize("period", PAID_ON_THE_20TH)
def test_pay_moves_back_and_its_withholding_forward(period):
    paid, due = PAID_ON_THE_20TH[period]
    assert pay_day(period, 20).isoformat() == paid
    assert withholding_due(date.fromisoformat(paid)).isoformat() == due


@pytest.mark.parametrize(
    ("paid", "due"),
    [("2026-04-01", "2026-04-07"), ("2026-04-30", "2026-05-04"), ("2026-05-13", "2026-05-15")],
)
def test_withholding_waits_for_the_first_working_day(paid, due):
    assert withholding_due(date.fromisoformat(paid)).isoformat() == due


def test_before_2026_withholding_is_due_with_the_term():
    assert pay_day("2025-04", 20) == date(2025, 4, 16)
    assert withholding_due(date(2025, 4, 16)) == date(2025, 5, 15)
    assert withholding_due(date(2025, 12, 19)) == date(2026, 1, 15)


def test_an_agreed_day_moves_back_over_easter_and_over_the_end_of_a_month():
    assert pay_day("2026-04", 5) == date(2026, 4, 1)
    assert pay_day("2027-05", 1) == date(2027, 4, 30)
    assert [pay_day("2026-02", day) for day in (28, 29, 31)] == [date(2026, 2, 27)] * 3


def test_no_due_date_is_a_day_off_or_on_the_wrong_side():
    for year in range(1950, 2100):
        for month in (f"{year}-{number:02}" for number in range(1, 13)):
            after = date.fromisoformat(f"{shifted(month, 1)}-05")
            assert is_working(a_melding_due(month))
            assert timedelta() <= a_melding_due(month) - after <= timedelta(days=5)
            assert is_working(term_due(month))
            assert f"{term_due(month):%d}" >= "15"
            assert is_working(pay_day(month, 31))
            assert f"{pay_day(month, 31):%Y-%m}" == month
