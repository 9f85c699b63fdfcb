"""What a client is asked in a letter: `bureau_cli.domain.letters`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.letters import Removal, letters

REMOVAL = Removal(
    client=ClientReference(id="cl_2", number="10002", name="Bølgen & Sønn AS", orgnr="310000002"),
    leaver=Person(login="kari.nordmann", name="Kari Nordmann"),
    last_day=date(2026, 12, 31),
    successor="Ola Dunk",
)
WRITTEN = date(2026, 11, 23)


def test_a_letter_says_who_to_whom_what_to_do_until_when_and_who_comes_next(golden: Callable[[str, str], None]) -> None:
    golden("letter.txt", REMOVAL.letter("Lønnsbyrået AS", WRITTEN))


def test_who_is_gone_already_is_to_be_removed_at_once() -> None:
    letter = replace(REMOVAL, last_day=None, successor=None).letter("Lønnsbyrået AS", WRITTEN)
    assert "Kari Nordmann arbeider ikke lenger hos Lønnsbyrået AS." in letter
    assert "så snart dere kan" in letter
    assert "ansvaret" not in letter


def test_each_letter_begins_on_a_page_of_its_own() -> None:
    other = replace(REMOVAL, client=replace(REMOVAL.client, number="10001", name="Fjord Bakeri AS"))
    first, second = letters([REMOVAL, other], "Lønnsbyrået AS", WRITTEN).split("\f")
    assert first.startswith("Fjord Bakeri AS\n")
    assert second.lstrip("\n").startswith("Bølgen & Sønn AS\n")
