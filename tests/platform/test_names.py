"""Names compared as a Norwegian reader compares them."""

from __future__ import annotations

import unicodedata

import pytest

from bureau_cli.platform.names import order_key, search_key

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
TWINS = {"ä": "æ", "ö": "ø", "é": "e", "è": "e", "ü": "u", "ó": "o", "ç": "c"}


def plain(name):
    """Fold a name by a table written by hand, with nothing of the platform's own."""
    return "".join(TWINS.get(letter, letter) for letter in unicodedata.normalize("NFC", name).lower())


def alphabetical(name):
    """Give the places of a name's letters in the alphabet, other characters before or after it."""
    return tuple(
        (1, ALPHABET.index(letter)) if letter in ALPHABET else (0 if letter.isascii() else 2, ord(letter))
        for letter in plain(name)
    )


def test_names_sort_in_norwegian_order():
    names = [
        "1A",
        "Åse",
        "Zebra",
        "Ærlig",
        "Ägir",
        "Øy",
        "Kafz",
        "Kafé",
        "kafe 2",
        "Élan",
        "Elg",
        "Ülo",
        "Öl",
        "Ål",
        "å",
    ]
    in_order = [
        "1A",
        "Élan",
        "Elg",
        "Kafé",
        "kafe 2",
        "Kafz",
        "Ülo",
        "Zebra",
        "Ägir",
        "Ærlig",
        "Öl",
        "Øy",
        "å",
        "Ål",
        "Åse",
    ]
    assert sorted(names, key=order_key) == sorted(names, key=alphabetical) == in_order


@pytest.mark.parametrize("name", ["Ærlig Øl på Å", "Café Ñandú", "Strøm Æ", "Ångström", "Händel", "한국"])
def test_a_name_is_the_same_however_its_letters_are_encoded_and_in_either_case(name):
    for form in ("NFC", "NFD", "NFKC"):
        assert search_key(unicodedata.normalize(form, name)) == search_key(name.upper()) == search_key(name.lower())
        assert order_key(unicodedata.normalize(form, name)) == order_key(name)


@pytest.mark.parametrize(("one", "other"), [("æ", "{"), ("ø", "|"), ("å", "}"), ("å", "a"), ("æ", "ae"), ("ø", "o")])
def test_letters_that_are_not_the_same_are_not_found_for_each_other(one, other):
    assert search_key(one) != search_key(other)
