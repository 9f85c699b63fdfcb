"""The oracle's check digits against numbers that are known to be right, and those a slip away."""

from __future__ import annotations

import pytest
from oracle.numbers import account_holds, fnr_holds, fnr_is_synthetic, kid_holds, orgnr_holds

RIGHT = [
    *((orgnr_holds, number) for number in ("312978083", "211785462", "314768949", "924616733")),
    (account_holds, "76940524802"),
    (fnr_holds, "02013299997"),
]


@pytest.mark.parametrize(("holds", "number"), RIGHT)
def test_a_right_number_holds_and_none_with_one_other_digit(holds, number):
    assert holds(number)
    for place, digit in enumerate(number):
        others = (number[:place] + other + number[place + 1 :] for other in "0123456789" if other != digit)
        held = [other for other in others if holds(other)]
        assert held == [], "a check digit of MOD10 or MOD11 finds every single slip"


def test_what_is_no_number_holds_nowhere():
    for holds in (orgnr_holds, fnr_holds, account_holds, kid_holds):
        assert not any(map(holds, ("", "1", "12345678x", "1234567890123456789012345678")))


@pytest.mark.parametrize("kid", ["602243", "0095755263306220219", "0095755263305220215"])
def test_a_kid_ends_in_one_of_two_check_digits(kid):
    assert kid_holds(kid)
    assert sum(kid_holds(kid[:-1] + last) for last in "0123456789-") == 2, "one of MOD10 and one of MOD11"


def test_a_kid_may_end_in_a_hyphen():
    assert kid_holds("6-")
    assert not kid_holds("60-")


def test_a_synthetic_number_has_80_added_to_its_month():
    assert fnr_is_synthetic("01912412345")
    assert fnr_is_synthetic("41912412345")
    assert not any(map(fnr_is_synthetic, ("01112412345", "01512412345", "32912412345", "00912412345", "40812412345")))
