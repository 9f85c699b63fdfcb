from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.formatters.text import clean, clean_lines, for_xml


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Blåbær & Sønner AS", "Blåbær & Sønner AS"),
        ("a\u00a0b\u202fc\u3000d", "a b c d"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("a\tb\nc\rd\x00", "a\\tb\\nc\\rd\\x00"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        ("\ufffe", "\\ufffe"),
        ("\U000e0041", "\\U000e0041"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("family", ["👨\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "👩🏽\u200d💻"])
def test_a_joiner_between_pictographs_stays(family: str) -> None:
    assert clean(family) == family


@pytest.mark.parametrize("text", ["a\u200db", "\u200d👩", "👩\u200d", "👩\u200db", "a\u200d👩"])
def test_a_joiner_that_could_hide_something_is_shown(text: str) -> None:
    assert "\\u200d" in clean(text)


def test_lines_and_tabs_of_a_text_of_many_lines_stay() -> None:
    assert clean_lines("a\n\tb\x1b\n") == "a\n\tb\\x1b\n"


def test_xml_loses_only_what_it_cannot_hold() -> None:
    assert for_xml("a\x00\x0b\ud800\uffffb\t\n\r\x7f\x85\u202e😀") == "ab\t\n\r\x7f\x85\u202e😀"


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_holds_nothing_a_terminal_would_act_upon(text: str) -> None:
    assert clean(text).replace("\u200d", "").isprintable()
