"""RFC 8785: the one way to write a JSON value, so that its hash is the same whoever makes it."""

from __future__ import annotations

from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

LARGEST = 2**53 - 1
"""Beyond this a whole number is not the same to everybody who reads JSON."""


def canonical(value: Any) -> str:
    """The value in its canonical form: no space, the keys of an object in the order of their UTF-16 units.

    Raises:
        ValueError: it holds a fraction, a number too large, or what is no JSON. Nobody hashes those here, and what
            would be written for them is where implementations part.
    """
    match value:
        case str():
            return encode_basestring(value)
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() if abs(value) <= LARGEST:
            return str(value)
        case dict():
            members = [f"{encode_basestring(key)}:{canonical(value[key])}" for key in _in_order(value)]
            return f"{{{','.join(members)}}}"
        case list():
            return f"[{','.join([canonical(one) for one in value])}]"
    raise ValueError(f"a {type(value).__name__} that has no canonical form")


def _in_order(keys: Iterable[str]) -> list[str]:
    """By their UTF-16 units; among ASCII alone, as nearly all keys are, that is the order there is."""
    return sorted(keys, key=None if "".join(keys).isascii() else _units)


def _units(key: str) -> bytes:
    return key.encode("utf-16-be")
