"""What is taken out of a text, and what never is."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.formatters.masking import masked_column, masked_document
from bureau_cli.formatters.results import Column, Kind
from bureau_cli.redaction import HIDDEN, Redactor, is_personal_number, secrets_of

FIRST_DAY = date(1940, 1, 1)


def check_digits(digits: str, remainder: int = 0) -> str | None:
    """The two that make nine digits a number, None where there are none (Skatteetaten's rule, written once more)."""
    first = (remainder - sum(map(int.__mul__, (3, 7, 6, 1, 8, 9, 4, 5, 2), map(int, digits)))) % 11
    second = -sum(map(int.__mul__, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*map(int, digits), first])) % 11
    return None if 10 in {first, second} else f"{first}{second}"


@st.composite
def personal_numbers(draw: st.DrawFn) -> str:
    """Synthetic ones: no day of a real person has its month moved by 80, and the others are made up all the same."""
    born = FIRST_DAY + timedelta(days=draw(st.integers(0, 36_000)))
    day = born.day + draw(st.sampled_from([0, 40]))
    month = born.month + draw(st.sampled_from([0, 40, 80]))
    serial = draw(st.integers(0, 999))
    nine = f"{day:02}{month:02}{born:%y}{serial:03}"
    checked = check_digits(nine, draw(st.integers(0, 3)))
    return nine + checked if checked else draw(personal_numbers())


redactor = Redactor()


@pytest.mark.parametrize("number", ["02013299997", "30108299920", "30108299939", "02013299903"])
def test_the_numbers_of_2032_are_known(number: str) -> None:
    assert is_personal_number(number)


@given(
    personal_numbers(),
    st.sampled_from(["{}", "fnr {}.", "({})", "[fnr={}]", '"{}"', "a,{};b", "%20{}", "/{}/", "æ{}ø"]),
)
def test_a_personal_number_is_masked_wherever_it_stands(number: str, around: str) -> None:
    masked = around.format(f"{number[:6]} *****")
    assert redactor.prose(around.format(number)) == masked
    assert redactor.prose(around.format(f"{number[:6]} {number[6:]}")) == masked
    assert redactor.prose(masked) == masked


@given(personal_numbers(), st.integers(0, 10), st.integers(1, 9))
def test_a_number_with_a_wrong_digit_is_mostly_none(number: str, place: int, more: int) -> None:
    """At most four of ten last digits but one, and one of ten last ones, can be right."""
    changed = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    if place in {4, 5, 10}:  # a year has no wrong digit of its own, and the last digit has one right one
        assert is_personal_number(changed) is False


@given(st.from_regex(r"[0-9]{1,10}|[0-9]{12,25}", fullmatch=True))
def test_no_other_count_of_digits_is_touched(digits: str) -> None:
    """Orgnr, client numbers, KIDs of other lengths, long ids."""
    assert redactor.prose(f"orgnr {digits}, KID {digits}") == f"orgnr {digits}, KID {digits}"


@given(personal_numbers())
def test_eleven_digits_inside_a_longer_word_are_its_own(number: str) -> None:
    for word in (
        f"a{number}",
        f"{number}f",
        f"1{number}",
        f"1234.{number}5",
        f"{number[:4]}.{number[4:6]}.{number[6:]}",
    ):
        assert redactor.prose(word) == word


@given(personal_numbers())
def test_an_account_that_looks_like_a_person_is_never_masked_where_accounts_stand(number: str) -> None:
    ids = masked_column(Column("account", Kind.ID, lambda row: row), redactor)
    assert (ids.read(number), ids.read(f"Kari {number}")) == (number, f"Kari {number[:6]} *****")
    assert masked_document({"account": number, "KID": number, "client_id": number}, redactor) == {
        "account": number,
        "KID": number,
        "client_id": number,
    }


@given(personal_numbers())
def test_a_text_of_a_row_is_masked_alone_and_among_others(number: str) -> None:
    one = masked_column(Column("name", value=lambda row: row), redactor)
    many = masked_column(Column("names", value=lambda row: row, many=True), redactor)
    masked = f"Kari {number[:6]} *****"
    assert (one.read(f"Kari {number}"), one.read(None)) == (masked, None)
    assert (many.read((f"Kari {number}", "Ola")), many.read(None)) == ((masked, "Ola"), None)
    assert masked_document({"names": [f"Kari {number}"]}, redactor) == {"names": [masked]}


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=8))
def test_a_secret_is_taken_out_in_every_spelling(secret: str) -> None:
    hiding = Redactor([secret])
    for spelt in (secret, json.dumps(secret), quote(secret), quote(secret, safe="")):
        assert secret not in hiding.prose(f"<{spelt}>")
        assert HIDDEN in hiding.word(f"<{spelt}>")


def test_what_is_too_short_to_be_a_secret_takes_no_word_apart() -> None:
    assert Redactor(["", "123"]).prose("client 10123") == "client 10123"


def test_a_secret_that_is_no_text_is_hidden_too() -> None:
    """As the environment gives it where its bytes are no UTF-8."""
    assert Redactor(["secret-\udcff-1"]).prose("is secret-\udcff-1") == f"is {HIDDEN}"


def test_a_longer_secret_is_taken_out_whole() -> None:
    assert Redactor(["secret-1", "secret-1-and-more"]).prose("is secret-1-and-more") == f"is {HIDDEN}"


def test_the_secrets_of_the_environment_are_known_before_anybody_uses_them() -> None:
    environ = {
        "BUREAU_TOKEN": "a-token",
        "https_proxy": "http://u:pr0xy@proxy.example:3128",
        "ALL_PROXY": "http://[::1",
        "X": "y",
    }
    assert {"a-token", "pr0xy"} <= set(secrets_of(environ)) <= {"a-token", "pr0xy", ""}
