"""Terms as they are said, and what a mistaken one was meant to be."""

from __future__ import annotations

from datetime import date

import pytest

from bureau_cli.domain.term import is_term, months_of, read_term, term_of
from bureau_cli.errors import BadUsage

TODAY = date(2026, 1, 31)
UNKNOWN = "write it like --term 2026-T5, --term this or --term last; a year has T1 to T6"


@pytest.mark.parametrize(
    ("said", "meant"), [("this", "2026-T1"), (" LAST ", "2025-T6"), ("2026-T5", "2026-T5"), ("1999-T1", "1999-T1")]
)
def test_a_term_is_said_by_its_name_or_from_today(said: str, meant: str) -> None:
    assert read_term(said, TODAY) == meant


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ("2026-5", "--term 2026-T5, which is 2026-09 and 2026-10"),
        ("2026-05", "2026-05 is a month; its term is --term 2026-T3"),
        ("2026-t5", "--term 2026-T5, which is 2026-09 and 2026-10"),
        ("2026T5", "--term 2026-T5, which is 2026-09 and 2026-10"),
        ("T5 2026", "--term 2026-T5, which is 2026-09 and 2026-10"),
        ("5/2026", "--term 2026-T5, which is 2026-09 and 2026-10"),
        ("2026-12", "2026-12 is a month; its term is --term 2026-T6"),
        ("2026-T7", UNKNOWN),
        ("2026-T0", UNKNOWN),
        ("2026", UNKNOWN),
        ("", UNKNOWN),
        ("2026-T\N{ARABIC-INDIC DIGIT FIVE}", UNKNOWN),
    ],
)
def test_what_is_no_term_says_what_was_meant(said: str, fix: str) -> None:
    with pytest.raises(BadUsage) as refused:
        read_term(said, TODAY)
    assert refused.value.fix == fix
    assert not is_term(said)


def test_every_month_lies_in_a_term_that_has_it() -> None:
    months = [f"2026-{month:02}" for month in range(1, 13)]
    assert [term_of(month) for month in months] == [f"2026-T{term}" for term in (1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6)]
    assert all(month in months_of(term_of(month)) for month in months)
