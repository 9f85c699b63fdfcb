"""The contract itself: valid, tidy, closed where it says so, and implemented operation by operation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from bureau_cli import contract
from bureau_cli.platform.requests import operations
from bureau_cli.platform.resources import MODULES, performed_by

CONTRACT = contract.load()
CODES = CONTRACT["components"]["schemas"]["ProblemCode"]
PROBLEM_STATUSES_OUTSIDE_OPERATIONS = {404, 405}


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from nodes(value)
    elif isinstance(node, list):
        for value in node:
            yield from nodes(value)


def described_operations() -> list[dict[str, Any]]:
    methods = {"get", "post", "patch", "put", "delete"}
    return [item[method] for item in CONTRACT["paths"].values() for method in item if method in methods]


def test_it_is_valid_openapi_3_1():
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(CONTRACT)] == []


def test_it_is_written_with_sorted_keys_and_two_spaces_so_that_changes_are_easy_to_review():
    text = resources.files(contract).joinpath("openapi.json").read_text(encoding="utf-8")
    assert text == json.dumps(CONTRACT, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_every_reference_leads_somewhere_and_every_component_is_used():
    used = set()
    for node in nodes(CONTRACT):
        for ref in [value for key, value in node.items() if key == "$ref"]:
            used.add(ref)
            target = CONTRACT
            for step in ref.removeprefix("#/").split("/"):
                target = target[step]
    used |= {ref for node in nodes(CONTRACT) for ref in node.get("mapping", {}).values()}
    kinds = {kind: parts for kind, parts in CONTRACT["components"].items() if kind != "securitySchemes"}
    assert {f"#/components/{kind}/{name}" for kind, parts in kinds.items() for name in parts} == used


def test_every_link_leads_to_an_operation():
    known = {operation["operationId"] for operation in described_operations()}
    assert {link["operationId"] for link in CONTRACT["components"]["links"].values()} <= known


def test_every_problem_code_has_a_status_and_a_meaning():
    assert CODES["enum"] == sorted(CODES["x-codes"])
    for code in CODES["x-codes"].values():
        assert 400 <= code["status"] < 600
        assert code["meaning"].endswith(".")


def test_every_status_of_a_problem_has_a_code_and_the_other_way_round():
    statuses = {int(status) for one in described_operations() for status in one["responses"] if status >= "4"}
    assert statuses | PROBLEM_STATUSES_OUTSIDE_OPERATIONS == {code["status"] for code in CODES["x-codes"].values()}


def test_everything_a_stranger_reads_is_described():
    for operation in described_operations():
        assert operation["summary"]
        assert operation["description"].endswith(".")
    for kind in ("parameters", "headers", "responses", "links"):
        for name, part in CONTRACT["components"][kind].items():
            assert part["description"].endswith("."), name
    for name, schema in CONTRACT["components"]["schemas"].items():
        assert "description" in schema, name


@pytest.mark.parametrize("operation", described_operations(), ids=lambda one: one["operationId"])
def test_every_operation_names_the_problems_any_request_may_meet(operation):
    expected = {"400", "429", "500", "503"}
    if operation.get("security") != []:
        expected.add("401")
    if "requestBody" in operation:
        expected |= {"413", "415"}
    assert expected <= operation["responses"].keys()


@pytest.mark.parametrize("operation", described_operations(), ids=lambda one: one["operationId"])
def test_a_request_body_is_closed(operation):
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = resolve(content["schema"])
        for one in schema.get("oneOf", [schema]):
            assert resolve(one)["additionalProperties"] is False


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    return CONTRACT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def test_the_platform_performs_every_operation_and_no_other():
    assert {one.id for one in operations(CONTRACT)} == MODULES.keys()
    assert len(described_operations()) == len(MODULES)
    assert [performed_by(one).__name__ for one in MODULES] == list(MODULES)
