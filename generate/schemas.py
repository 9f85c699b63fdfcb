"""A JSON Schema for each shape that the commands declare: what `-o json` prints, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import bureau_cli.commands
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.results import Column, Kind
from generate.tree import Node

TYPES: dict[Kind, dict[str, Any]] = {
    Kind.MONEY: {"type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.COUNT: {"type": "integer"},
    Kind.FLAG: {"type": "boolean"},
    Kind.OBJECT: {"type": "object"},
    Kind.MEASURE: {"type": ["integer", "string"]},
    Kind.TREND: {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"period": {"type": "string"}, "value": {"type": ["integer", "string", "null"]}},
            "required": ["period", "value"],
            "additionalProperties": False,
        },
    },
}
META: dict[str, dict[str, Any]] = {
    "count": {"type": "integer"},
    "total": {"type": ["integer", "null"]},
    "truncated": {"type": "boolean"},
    "as_of": {"type": ["string", "null"], "format": "date-time"},
    "profile": {"type": "string"},
    "selection": {"type": "string"},
    "snapshot": {"type": "string"},
    "notes": {"type": "array", "items": {"type": "string"}},
    "warnings": {"type": "array", "items": {"type": "string"}},
}


def files(_tree: Sequence[Node], _root: Path) -> Iterator[tuple[str, str]]:
    """`docs/schemas/clients.list@1.json` and its siblings."""
    for shape in shapes():
        yield f"docs/schemas/{shape.name}@1.json", json.dumps(_schema(shape), indent=2, ensure_ascii=False) + "\n"


def shapes() -> list[Shape]:
    """Every shape a module of the commands declares."""
    names = sorted(module.name for module in iter_modules(bureau_cli.commands.__path__))
    modules = [import_module(f"bureau_cli.commands.{name}") for name in names]
    found = {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Shape)}
    return [found[name] for name in sorted(found)]


def _schema(shape: Shape) -> dict[str, Any]:
    row = {
        "type": "object",
        "properties": {column.key: _value(column) for column in shape.columns},
        "additionalProperties": False,
    }
    meta = {
        "type": "object",
        "properties": META,
        "required": [key for key in META if key not in {"snapshot", "notes"}],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"bureau/{shape.name}@1",
        "type": "object",
        "properties": {
            "schema": {"const": f"bureau/{shape.name}@1"},
            "data": row if shape.one else {"type": "array", "items": row},
            "meta": meta,
        },
        "required": ["schema", "data", "meta"],
    }


def _value(column: Column) -> dict[str, Any]:
    """The value, or null where it is missing; with `--fields` a key may be absent altogether.

    Of many values there may be none; only objects, which hold amounts, may be withheld together.
    """
    one = TYPES.get(column.kind, {"type": "string"})
    if column.many:
        return {"type": ["array", "null"] if column.kind is Kind.OBJECT else "array", "items": one}
    types = one["type"] if isinstance(one["type"], list) else [one["type"]]
    return {**one, "type": [*types, "null"]}
