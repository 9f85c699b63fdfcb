"""The other spelling of the published answers: words in capitals, numbers as text."""

import re
from collections.abc import Mapping
from typing import Any

_BEGINS_A_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERS = frozenset({"tabellnummer", "prosentsats", "antallMaanederForTrekk", "frikortbeloep"})


def in_capitals(person: Mapping[str, Any]) -> dict[str, Any]:
    """Write what is said of a person as the official example does: `LOENN_FRA_HOVEDARBEIDSGIVER`, "43"."""
    return {name: _in_capitals(name, value) for name, value in person.items()}


def _in_capitals(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {inner: _in_capitals(inner, one) for inner, one in value.items()}
    if name == "tilleggsopplysning":
        return [_shouted(one) for one in value]
    if isinstance(value, list):
        return [_in_capitals(name, one) for one in value]
    if name == "trekkode":
        return _shouted(value)
    return str(value) if name in _NUMBERS else value


def _shouted(word: str) -> str:
    return _BEGINS_A_WORD.sub("_", word).upper()
