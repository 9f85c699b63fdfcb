"""The law as the platform knows it, against dates and sums worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from oracle import calendar as oracle

from bureau_cli.platform import calendar
from bureau_cli.platform.errors import LawUnknownError
from bureau_cli.platform.law import aga, due, payee

BASE_OF_2026 = 2_428_571_428
"""850 000 kr is 3.5 % of it, in øre."""


def every_month(first=1950, last=2099):
    return (f"{year}-{month:02}" for year in range(first, last + 1) for month in range(1, 13))


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-01", date(2026, 2, 5)),
        ("2026-02", date(2026, 3, 5)),
        ("2026-03", date(2026, 4, 7)),
        ("2026-04", date(2026, 5, 5)),
        ("2026-06", date(2026, 7, 6)),
        ("2026-08", date(2026, 9, 7)),
        ("2026-11", date(2026, 12, 7)),
        ("2026-12", date(2027, 1, 5)),
    ],
)
def test_an_a_melding_is_due_on_the_fifth_moved_forward(month, day):
    assert due.a_melding_due(month) == day


def test_a_meldinger_of_2020_were_due_when_the_agency_said():
    said = "5.3 6.4 5.5 5.6 6.7 5.8 7.9 5.10 5.11"
    days = [due.a_melding_due(f"2020-{month:02}") for month in range(2, 11)]
    assert " ".join(f"{day.day}.{day.month}" for day in days) == said


@pytest.mark.parametrize(
    ("months", "number", "day"),
    [
        (("2025-01", "2025-02"), 1, date(2025, 3, 17)),
        (("2025-11", "2025-12"), 6, date(2026, 1, 15)),
        (("2026-01", "2026-02"), 1, date(2026, 3, 16)),
        (("2026-05", "2026-06"), 3, date(2026, 7, 15)),
        (("2026-09", "2026-10"), 5, date(2026, 11, 16)),
        (("2027-03", "2027-04"), 2, date(2027, 5, 18)),
        (("2027-11", "2027-12"), 6, date(2028, 1, 17)),
    ],
)
def test_a_term_is_two_months_and_due_on_the_fifteenth_after_it_moved_forward(months, number, day):
    for month in months:
        assert (due.term_months(month), due.term_number(month), due.term_due(month)) == (months, number, day)


@pytest.mark.parametrize(
    ("paid", "day"),
    [
        (date(2026, 1, 20), date(2026, 1, 21)),
        (date(2026, 2, 20), date(2026, 2, 23)),
        (date(2026, 4, 1), date(2026, 4, 7)),
        (date(2026, 4, 30), date(2026, 5, 4)),
        (date(2026, 5, 13), date(2026, 5, 15)),
        (date(2026, 12, 18), date(2026, 12, 21)),
        (date(2025, 12, 19), date(2026, 1, 15)),
        (date(2025, 4, 16), date(2025, 5, 15)),
    ],
)
def test_withholding_is_due_with_the_term_until_2025_and_the_working_day_after_the_pay_from_2026_on(paid, day):
    assert due.withholding_due(paid) == day


def test_nothing_is_ever_due_before_its_day_or_on_one_that_banks_do_not_settle():
    for month in every_month():
        after, fifth = due.term_due(month), due.a_melding_due(month)
        assert calendar.is_working_day(after)
        assert calendar.is_working_day(fifth)
        assert 5 <= fifth.day <= 10
        assert 15 <= after.day <= 21
        assert fifth > calendar.last_day(month) < after


def test_every_day_moves_to_the_nearest_working_day_on_its_side():
    """By the oracle's calendar, which finds Easter in another way and counts day by day."""
    for number in range(date(1950, 1, 1).toordinal(), date(2100, 1, 1).toordinal()):
        day = date.fromordinal(number)
        assert calendar.is_working_day(day) == oracle.is_working(day), day
        assert calendar.moved_back(day) == oracle.on_or_before(day) <= day
        assert calendar.moved_forward(day) == oracle.on_or_after(day) >= day


def test_pay_moves_back_from_every_agreed_day_and_its_withholding_is_due_after_it():
    for month in every_month():
        last = calendar.last_day(month)
        for payday in range(1, 32):
            paid = calendar.pay_date(month, payday)
            assert paid == oracle.pay_day(month, payday), (month, payday)
            assert paid <= min(last, calendar.first_day(month) + timedelta(days=payday - 1))
            assert due.withholding_due(paid) == oracle.withholding_due(paid) > paid


def test_what_is_due_before_a_pay_day_is_so_many_working_days_before_it():
    for month in every_month(2000, 2050):
        paid = calendar.pay_date(month, 20)
        for count in range(1, 6):
            before = calendar.working_days_from(paid, -count)
            between = [before + timedelta(days=number) for number in range((paid - before).days)]
            assert oracle.is_working(before)
            assert sum(map(oracle.is_working, between)) == count
            assert calendar.working_days_from(before, count) == paid


def test_working_days_are_counted_both_ways_over_easter():
    thursday_before, tuesday_after = date(2026, 3, 26), date(2026, 4, 7)
    assert calendar.working_days_from(thursday_before, 5) == tuesday_after
    assert calendar.working_days_from(tuesday_after, -5) == thursday_before
    assert calendar.working_days_from(date(2026, 4, 3), 0) == tuesday_after


@pytest.mark.parametrize(
    ("zone", "ordinary", "agriculture"),
    [
        ("1", 1410, 1410),
        ("1a", 1060, 1060),
        ("2", 1060, 1060),
        ("3", 640, 640),
        ("4", 510, 510),
        ("4a", 790, 510),
        ("5", 0, 0),
    ],
)
def test_each_zone_has_its_rates(zone, ordinary, agriculture):
    for day in (date(2025, 1, 1), date(2026, 12, 31)):
        assert (aga.rate(zone, "ordinary", day), aga.rate(zone, aga.AGRICULTURE, day)) == (ordinary, agriculture)


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2027, 1, 1)])
def test_a_day_outside_every_validity_is_refused_and_not_guessed(day):
    for ask in (aga.AGA.on, aga.FINANSSKATT.on, payee.ACCOUNT.on, aga.reduced_base):
        with pytest.raises(LawUnknownError, match=f"on {day} is not known"):
            ask(day)


def test_the_fribelop_is_that_of_the_year():
    assert aga.reduced_base(date(2026, 6, 1)) == BASE_OF_2026
    assert aga.reduced_base(date(2023, 6, 1)) == 50_000_000 * 1000 // 35
    assert [aga.has_fribelop(*site) for site in (("1a", "ordinary"), ("1a", aga.AGRICULTURE), ("1", "ordinary"))] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "base", "parts"),
    [
        (0, 100, [(100, 1060)]),
        (BASE_OF_2026 - 100, 100, [(100, 1060)]),
        (BASE_OF_2026 - 100, 150, [(100, 1060), (50, 1410)]),
        (BASE_OF_2026, 150, [(150, 1410)]),
        (BASE_OF_2026 + 30, -50, [(-20, 1060), (-30, 1410)]),
        (BASE_OF_2026 + 90, -50, [(-50, 1410)]),
        (70, -50, [(-50, 1060)]),
    ],
)
def test_the_run_that_crosses_the_fribelop_is_split_and_a_refund_takes_back_the_full_rate_first(before, base, parts):
    assert list(aga.split_at_fribelop(before, base, date(2026, 8, 20))) == parts


def test_the_worked_months_of_2026_come_to_the_krone():
    january = aga.charge(500_000_00, 1410) + aga.charge(120_000_50, 640)
    february = aga.charge(512_345_50, 1410) + aga.charge(118_000_00, 640)
    assert [aga.whole_kroner(january), aga.whole_kroner(february)] == [78_180_00, 79_793_00]


def test_halves_are_rounded_up():
    assert [aga.charge(base, 5000) for base in (1, 3, -1)] == [1, 2, 0]
    assert [aga.whole_kroner(ore) for ore in (49, 50, 149, 150)] == [0, 100, 100, 200]
    assert aga.charge(9_99, 500, unit=aga.KRONE) == 0
    assert aga.charge(10_00, 500, unit=aga.KRONE) == 1_00


@pytest.mark.parametrize(
    "kid", ["602243", "0095755263306220219", "0095755263305220215", payee.kid("957552633", "forskuddstrekk", "260220")]
)
def test_a_kid_holds_by_mod10_or_mod11(kid):
    assert payee.is_kid(kid)


@pytest.mark.parametrize("kid", ["", "6", "602244", "60224x", "-", "²²43", "1" * 26, "0095755263306220218"])
def test_what_is_no_kid_is_told_for_none(kid):
    assert not payee.is_kid(kid)


def test_the_kids_made_are_digits_that_hold_and_differ_by_employer_kind_and_time():
    made = {
        payee.kid(orgnr, kind, when)
        for orgnr in ("312978083", "211785462", "314768949")
        for kind in ("aga", "finansskatt", "forskuddstrekk", "utleggstrekk")
        for when in ("2601", "2602", "260120", "260220")
    }
    assert len(made) == 48
    assert all(kid.isdigit() and payee.is_kid(kid) and len(kid) <= 25 for kid in made)
