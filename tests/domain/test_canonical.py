"""RFC 8785, by its own examples and by what it forbids us to guess."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle.trail import canonical as by_hand

from bureau_cli.domain.canonical import LARGEST, canonical

WEIRD = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\U0001f600": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
}
"""The example of section 3.2.3: sorted by UTF-16 units the emoji comes before the Hebrew letter."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


def test_keys_stand_in_the_order_of_their_utf_16_units() -> None:
    names = [name for name, _ in json.loads(canonical(WEIRD), object_pairs_hook=list)]
    assert names == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert names != sorted(WEIRD), "the control: the order of code points is another"


def test_text_is_escaped_where_it_must_be_and_nowhere_else() -> None:
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u007f\u2028/"
    assert canonical(text) == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"\u007f\u2028/"'


def test_literals_and_whole_numbers_are_as_they_are() -> None:
    assert canonical([None, True, False, 0, -1, LARGEST]) == f"[null,true,false,0,-1,{LARGEST}]"


@pytest.mark.parametrize("value", [0.5, 1.0, float("nan"), LARGEST + 1, -LARGEST - 1, {"a": [1.5]}, {1: "a"}, "\ud800"])
def test_what_readers_of_json_might_take_differently_is_refused(value: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical(value).encode()


@given(JSON)
def test_it_is_what_the_oracle_writes_and_reads_back_as_it_was(value: Any) -> None:
    written = canonical(value)
    assert written == by_hand(value)
    assert json.loads(written) == value
