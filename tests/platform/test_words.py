"""The interpreter of the contract's JSON Schema words agrees with a real validator, and knows its own limits."""

from __future__ import annotations

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bureau_cli import contract
from bureau_cli.platform.requests import operations
from bureau_cli.platform.words import Compiler, UnknownWordError

CONTRACT = contract.load()
BODIES = ("NewGroup", "GroupChange", "MemberChanges", "NewSelection", "AccessChanges", "AltinnChanges", "UserChange")
COMPILED = {name: Compiler(CONTRACT).compile({"$ref": f"#/components/schemas/{name}"}) for name in BODIES}
REGISTRY = jsonschema_rs.Registry([("urn:contract", CONTRACT)])
REAL = {
    name: jsonschema_rs.Draft202012Validator({"$ref": f"urn:contract#/components/schemas/{name}"}, registry=REGISTRY)
    for name in BODIES
}
MEMBERS = (
    "slug",
    "title",
    "items",
    "key",
    "client",
    "action",
    "clients",
    "groups",
    "owner",
    "where",
    "all",
    "rule",
    "kind",
    "user",
    "users",
    "role",
    "reason",
    "to",
    "new_owner",
    "on_top_of",
    "other",
)
scalars = st.sampled_from(
    [
        "",
        "a",
        "payday-20",
        "-a",
        "add",
        "manual",
        "remove",
        "grant",
        "tag",
        "owner",
        "2026-02-28",
        "2026-02-30",
        "x" * 121,
        "a b",
        "a\n",
        0,
        1,
        1.0,
        True,
        False,
        None,
    ]
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=400)
@given(name=st.sampled_from(BODIES), value=values)
def test_a_body_is_refused_exactly_when_a_real_validator_refuses_it(name, value):
    flaws = []
    COMPILED[name](value, "", flaws)
    assert bool(flaws) is not REAL[name].is_valid(value)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "multipleOf": 2},
        {"type": "string", "format": "uri"},
        {"type": "object", "properties": {}, "additionalProperties": {}},
        {"type": "object", "not": {"properties": {}}},
        {"type": ["integer", "string", "null"]},
        {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]},
        {"anyOf": [{"type": "integer"}]},
    ],
)
def test_a_word_that_is_not_known_is_an_error_when_the_schema_is_compiled(schema):
    with pytest.raises(UnknownWordError):
        Compiler(CONTRACT).compile(schema)


def test_every_word_of_the_contract_is_known():
    assert all(one.reading for one in operations(CONTRACT))


def test_an_operation_with_an_unknown_word_cannot_be_read():
    grown = contract.load()
    grown["components"]["schemas"]["Slug"]["contentEncoding"] = "base64"
    with pytest.raises(UnknownWordError):
        [one.reading for one in operations(grown)]
