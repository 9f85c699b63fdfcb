"""Requests, read and checked by what the contract says of their operation."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from bureau_cli.platform.problems import Flaw, Problem, flaw, flawed, invalid
from bureau_cli.platform.words import Check, Compiler, Schema

MOST_BODY_BYTES = 1024 * 1024
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_AUDITED = "x-audited-with"
"""On a query parameter: who gives it must give this header, and leaves an audit event."""
_METHODS = ("get", "post", "patch", "put", "delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRequest:
    """A request as it came: header names in lower case, the body complete."""

    method: str
    path: str
    path_values: Mapping[str, str]
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What an operation was asked: checked, defaults filled in; what was not given is not there."""

    path: Mapping[str, str]
    query: Mapping[str, Any]
    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One query or header parameter of an operation."""

    name: str
    required: bool
    schema: Schema
    check: Check

    @property
    def is_list(self) -> bool:
        """Tell whether the parameter may be repeated."""
        return bool(self.schema.get("type") == "array")

    def read(self, texts: list[str], pointer: str, flaws: list[Flaw]) -> Any:
        """Turn the texts given for the parameter into its value."""
        if len(texts) > 1 and not self.is_list:
            flaws.append(flaw(pointer, "may be given only once"))
            return None
        value: Any = texts if self.is_list else _typed(texts[0], self.schema)
        found: list[Flaw] = []
        self.check(value, "", found)
        flaws.extend(flaw(pointer, one["message"]) for one in found)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the requests of an operation are read: compiled of what the contract says of them."""

    query: Mapping[str, Parameter]
    headers: Mapping[str, Parameter]
    media_type: str | None
    check_body: Check | None


class Operation:
    """One operation of the contract: what it is called, where it lies, and how its requests are read."""

    def __init__(self, method: str, path: str, item: Mapping[str, Any], compiler: Compiler) -> None:
        self._described: Mapping[str, Any] = item[method]
        self._compiler = compiler
        self.id: str = self._described["operationId"]
        self.method = method.upper()
        self.path = path
        self.needs_token: bool = self._described.get("security") != []
        parameters = (*item.get("parameters", ()), *self._described.get("parameters", ()))
        self._parameters = [compiler.resolve(one) for one in parameters]
        self._audited = {one["name"]: one[_AUDITED] for one in self._parameters if _AUDITED in one}

    @cached_property
    def reading(self) -> Reading:
        """Compiled when the first request comes: most commands need two or three operations of all."""
        content = self._described.get("requestBody", {}).get("content", {})
        media_type = next(iter(content), None)
        return Reading(
            query=_parameters(self._parameters, "query", self._compiler),
            headers=_parameters(self._parameters, "header", self._compiler),
            media_type=media_type,
            check_body=self._compiler.compile(content[media_type]["schema"]) if media_type else None,
        )

    @property
    def changes(self) -> bool:
        """Tell whether the operation may write to the store; without a token nobody changes anything."""
        return self.method != "GET" and self.needs_token

    def is_audited(self, raw: RawRequest) -> bool:
        """Tell whether what becomes of a request belongs in the audit trail: some that only look do, too."""
        return self.changes or any(name in self._audited for name, _ in parse_qsl(raw.query, keep_blank_values=True))

    def read(self, raw: RawRequest) -> Arguments:
        """Check a request and give its arguments; raise the Problem that lists every flaw."""
        flaws: list[Flaw] = []
        query = self._read_query(raw.query, flaws)
        headers = self._read_headers(raw.headers, flaws)
        wanted = {self._audited[name] for name in query if name in self._audited}
        flaws.extend(flaw(f"/header/{name}", "is required") for name in wanted if name.lower() not in raw.headers)
        body = self._read_body(raw, flaws)
        if flaws:
            raise flawed(flaws)
        return Arguments(path=raw.path_values, query=query, headers=headers, body=body)

    def _read_query(self, text: str, flaws: list[Flaw]) -> dict[str, Any]:
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(text, keep_blank_values=True):
            given.setdefault(name, []).append(value)
        flaws.extend(flaw(f"/query/{name}", "is not known here") for name in given if name not in self.reading.query)
        return _read(self.reading.query, "query", given, flaws)

    def _read_headers(self, headers: Mapping[str, str], flaws: list[Flaw]) -> dict[str, Any]:
        given = {name: [headers[name.lower()]] for name in self.reading.headers if name.lower() in headers}
        return _read(self.reading.headers, "header", given, flaws)

    def _read_body(self, raw: RawRequest, flaws: list[Flaw]) -> Any:
        if self.reading.check_body is None:
            return None
        if len(raw.body) > MOST_BODY_BYTES:
            raise Problem("payload_too_large", f"The body may have at most {MOST_BODY_BYTES} bytes.")
        media_type = raw.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != self.reading.media_type:
            raise Problem("unsupported_media_type", f"The body must be {self.reading.media_type}.")
        body = _read_form(raw.body) if media_type == FORM else _read_json(raw.body)
        self.reading.check_body(body, "", flaws)
        return body


def operations(contract: Mapping[str, Any]) -> Iterator[Operation]:
    """Give every operation of the contract."""
    compiler = Compiler(contract)
    for path, item in contract["paths"].items():
        for method in _METHODS:
            if method in item:
                yield Operation(method, path, item, compiler)


def _parameters(described: list[Schema], place: str, compiler: Compiler) -> dict[str, Parameter]:
    return {
        one["name"]: Parameter(
            name=one["name"],
            required=one.get("required", False),
            schema=compiler.resolve(one["schema"]),
            check=compiler.compile(one["schema"]),
        )
        for one in described
        if one["in"] == place
    }


def _read(
    parameters: Mapping[str, Parameter], place: str, given: Mapping[str, list[str]], flaws: list[Flaw]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, parameter in parameters.items():
        pointer = f"/{place}/{name}"
        if name in given:
            values[name] = parameter.read(given[name], pointer, flaws)
        elif parameter.required:
            flaws.append(flaw(pointer, "is required"))
        elif "default" in parameter.schema:
            values[name] = parameter.schema["default"]
    return values


def _typed(text: str, schema: Schema) -> Any:
    """Turn a parameter's text into a number where one is wanted; what is none stays text, for the check to refuse."""
    if schema.get("type") == "integer" and _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return text


def _read_form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise invalid("", "must be UTF-8") from None
    return _members(pairs)


def _read_json(body: bytes) -> Any:
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_members, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a surrogate pair has no UTF-8
    except Problem:
        raise
    except (ValueError, RecursionError):
        raise invalid("", "must be JSON in UTF-8") from None
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise invalid("", "must not name a member twice")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise invalid("", f"must be JSON, which has no {name}")
