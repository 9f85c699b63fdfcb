"""The JSON Schema words the contract's requests are written in, each turned into a check.

Only these words are known. A schema with another one cannot be compiled, so a contract that grows past this
interpreter is noticed by the first request of the operation that uses it, and no bad request slips through.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from operator import ge, le
from typing import Any

from bureau_cli.platform.problems import Flaw, Problem, flaw

Schema = Mapping[str, Any]
Check = Callable[[Any, str, list[Flaw]], None]
"""Looks at a value, found at a pointer, and adds what is wrong with it to the list."""

_ANNOTATIONS = {"default", "description", "discriminator", "examples", "title"}
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}
_IN_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "object": "an object",
    "string": "text",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(rf"{_DAY.pattern}[Tt][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{1,9}})?[+-][0-9]{{2}}:[0-9]{{2}}")


class UnknownWordError(Exception):
    """The contract uses a JSON Schema word that this interpreter does not know."""


Word = Callable[["Compiler", Any, Schema], Check]
"""Makes the check of one word from its value and the schema it stands in."""


class Compiler:
    """Compiles schemas of one contract, following its references."""

    def __init__(self, contract: Mapping[str, Any]) -> None:
        self._contract = contract

    def compile(self, schema: Schema) -> Check:
        """Turn a schema into one check."""
        schema = self.resolve(schema)
        if isinstance(schema.get("type"), list):
            return _or_null(self.compile({**schema, "type": _only_type(schema["type"])}))
        of_type = _of_type(schema["type"]) if "type" in schema else None
        checks = [self._word(word, schema) for word in schema if word != "type" and not _is_silent(word)]

        def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
            before = len(flaws)
            if of_type is not None:
                of_type(value, pointer, flaws)
            if len(flaws) == before:  # the other words only make sense of the right type
                for one in checks:
                    one(value, pointer, flaws)

        return check

    def resolve(self, schema: Schema) -> Schema:
        """Follow a reference; the words beside it hold as well."""
        if "$ref" not in schema:
            return schema
        target: Any = self._contract
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return {**self.resolve(target), **{word: value for word, value in schema.items() if word != "$ref"}}

    def _word(self, word: str, schema: Schema) -> Check:
        make = _WORDS.get(word)
        if make is None:
            raise UnknownWordError(word)
        return make(self, schema[word], schema)


def _only_type(types: list[str]) -> str:
    wanted, *more = [name for name in types if name != "null"]
    if more or len(types) == 1:
        raise UnknownWordError("type of anything but one and null")
    return wanted


def _or_null(check: Check) -> Check:
    def check_unless_null(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        if value is not None:
            check(value, pointer, flaws)

    return check_unless_null


def _of_type(wanted: str) -> Check:
    fits = _TYPES[wanted]
    return _simple(fits, f"must be {_IN_WORDS[wanted]}")


def _any_of(compiler: Compiler, branches: list[Schema], _: Schema) -> Check:
    wanted, *more = [branch for branch in branches if branch != {"type": "null"}]
    if more or len(branches) == 1:
        raise UnknownWordError("anyOf of anything but one and null")
    return _or_null(compiler.compile(wanted))


def _enum(_: Compiler, allowed: list[Any], __: Schema) -> Check:
    return _simple(lambda value: value in allowed, f"must be one of {', '.join(map(str, allowed))}")


def _const(_: Compiler, only: Any, __: Schema) -> Check:
    shown = str(only).lower() if isinstance(only, bool) else str(only)
    return _simple(lambda value: value == only and type(value) is type(only), f"must be {shown}")


def _pattern(_: Compiler, pattern: str, __: Schema) -> Check:
    # In the contract $ is the very end; Python's also matches before a last newline.
    search = re.compile(re.sub(r"\$$", r"\\Z", pattern)).search
    return _simple(lambda value: search(value) is not None, f"must match {pattern}")


def _format(_: Compiler, name: str, __: Schema) -> Check:
    if name not in _FORMATS:
        raise UnknownWordError(f"format {name}")
    return _simple(*_FORMATS[name])


def _bounded(measure: Callable[[Any], int], holds: Callable[[int, int], bool], message: str) -> Word:
    def word(_: Compiler, bound: int, __: Schema) -> Check:
        return _simple(lambda value: holds(measure(value), bound), message.format(bound))

    return word


def _items(compiler: Compiler, items: Schema, _: Schema) -> Check:
    check_item = compiler.compile(items)

    def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        for position, item in enumerate(value):
            check_item(item, f"{pointer}/{position}", flaws)

    return check


def _required(_: Compiler, names: list[str], __: Schema) -> Check:
    def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        flaws.extend(flaw(f"{pointer}/{name}", "is required") for name in names if name not in value)

    return check


def _properties(compiler: Compiler, properties: Mapping[str, Schema], _: Schema) -> Check:
    checks = {name: compiler.compile(schema) for name, schema in properties.items()}

    def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        for name, check_member in checks.items():
            if name in value:
                check_member(value[name], f"{pointer}/{name}", flaws)

    return check


def _additional_properties(_: Compiler, allowed: bool, schema: Schema) -> Check:  # noqa: FBT001 - the word's own value
    if allowed is not False:
        raise UnknownWordError("additionalProperties other than false")
    known = schema["properties"]

    def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        flaws.extend(flaw(f"{pointer}/{_escaped(name)}", "is not known here") for name in value if name not in known)

    return check


def _not(_: Compiler, unwanted: Schema, __: Schema) -> Check:
    if unwanted.keys() != {"required"}:
        raise UnknownWordError("not of anything but required")
    names: list[str] = unwanted["required"]
    return _simple(lambda value: not value.keys() >= set(names), f"must not have {' and '.join(names)} together")


def _one_of(compiler: Compiler, _: list[Schema], schema: Schema) -> Check:
    """Let the discriminator choose the branch; x-unknown-code is the problem of a value that chooses none."""
    discriminator = schema["discriminator"]
    decider = discriminator["propertyName"]
    branches = {value: compiler.compile({"$ref": ref}) for value, ref in discriminator["mapping"].items()}

    def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        kind = value.get(decider) if isinstance(value, dict) else None
        if kind is None:
            flaws.append(flaw(f"{pointer}/{decider}", "is required"))
        elif isinstance(kind, str) and kind in branches:
            branches[kind](value, pointer, flaws)
        else:
            message = f"must be one of {', '.join(branches)}"
            raise Problem(
                discriminator["x-unknown-code"],
                f"{decider} {message}",
                errors=[flaw(f"{pointer}/{decider}", message)],
            )

    return check


_WORDS: Mapping[str, Word] = {
    "additionalProperties": _additional_properties,
    "anyOf": _any_of,
    "const": _const,
    "enum": _enum,
    "format": _format,
    "items": _items,
    "maxItems": _bounded(len, le, "must have at most {} items"),
    "maxLength": _bounded(len, le, "must have at most {} characters"),
    "maximum": _bounded(int, le, "must be at most {}"),
    "minItems": _bounded(len, ge, "must have at least {} item(s)"),
    "minLength": _bounded(len, ge, "must have at least {} character(s)"),
    "minProperties": _bounded(len, ge, "must have at least {} member(s)"),
    "minimum": _bounded(int, ge, "must be at least {}"),
    "not": _not,
    "oneOf": _one_of,
    "pattern": _pattern,
    "properties": _properties,
    "required": _required,
}


def _is_silent(word: str) -> bool:
    return word in _ANNOTATIONS or word.startswith("x-")


def _simple(fits: Callable[[Any], bool], message: str) -> Check:
    def check(value: Any, pointer: str, flaws: list[Flaw]) -> None:
        if not fits(value):
            flaws.append(flaw(pointer, message))

    return check


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _is_instant(text: str) -> bool:
    if _INSTANT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


_FORMATS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "date": (_is_day, "must be a day, YYYY-MM-DD"),
    "date-time": (_is_instant, "must be an instant with its offset, such as 2026-01-31T08:00:00+01:00"),
}
