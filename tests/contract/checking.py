"""An ASGI wrapper that holds every request and every answer against the contract, independently of the platform."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

from bureau_cli import contract

Scope = dict[str, Any]
Message = dict[str, Any]

_URN = "urn:contract"
_PLAIN_HEADERS = frozenset({"content-type", "content-length"})
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")


class CheckedAgainstContract:
    """Wraps an ASGI application; raises AssertionError when a request or an answer breaks the contract.

    With `bad_requests=True` a request may break it, as tests of refusals do: then it must be refused, and no request
    that keeps to the contract may be called invalid.
    """

    def __init__(self, app: Any, *, bad_requests: bool = False) -> None:
        self._app = app
        self._bad_requests = bad_requests
        self._contract = _Contract.shared()
        self.seen: list[tuple[str, int]] = []

    async def __call__(self, scope: Scope, receive: Callable[[], Any], send: Callable[[Message], Any]) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope=scope)

        async def hear() -> Message:
            message: Message = await receive()
            exchange.request_body += message.get("body", b"")
            return message

        async def say(message: Message) -> None:
            exchange.sent.append(message)
            if not _is_last(message):
                await send(message)

        await self._app(scope, hear, say)
        # The last part is held back until the whole is checked, so that a broken answer is never believed.
        exchange.check(self._contract, bad_requests=self._bad_requests)
        self.seen.append((exchange.operation_id(self._contract), exchange.status))
        await send(exchange.sent[-1])


@dataclass(slots=True)
class _Exchange:
    """One request and its answer."""

    scope: Scope
    request_body: bytes = b""
    sent: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    def operation_id(self, known: _Contract) -> str:
        _, methods, _ = known.find(self.scope["path"])
        return str(methods.get(self.scope["method"].lower(), {}).get("operationId", ""))

    def check(self, known: _Contract, *, bad_requests: bool) -> None:
        where = f"{self.scope['method']} {self.scope['path']} -> {self.status}"
        template, methods, shared = known.find(self.scope["path"])
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in self.sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in self.sent[1:])
        if "bureau-fault" in headers:
            known.require(known.problem, json.loads(body), where)
            return
        if template is None:
            _require(self.status == 404, f"{where}: an unknown path is 404")
            known.require(known.problem, json.loads(body), where)
            return
        operation = methods.get(self.scope["method"].lower())
        if operation is None:
            _require(self.status == 405 and "allow" in headers, f"{where}: an unknown method is 405 with Allow")
            known.require(known.problem, json.loads(body), where)
            return
        answer = _Answer(where=where, status=self.status, headers=headers, body=body)
        answer.check(known, operation)
        flaws = list(known.flaws(operation, shared, self.scope, self.request_body))
        self._check_request(answer, flaws, bad_requests=bad_requests)

    def _check_request(self, answer: _Answer, flaws: list[str], *, bad_requests: bool) -> None:
        if flaws and not bad_requests:
            raise AssertionError(f"{answer.where}: the request breaks the contract: {'; '.join(flaws)}")
        if flaws:
            _require(400 <= answer.status < 500, f"{answer.where}: a bad request was not refused: {'; '.join(flaws)}")
        elif answer.status == 400:
            code = json.loads(answer.body)["code"]
            _require(code != "invalid_request", f"{answer.where}: a good request was called invalid: {answer.body!r}")


@dataclass(slots=True, kw_only=True)
class _Answer:
    """What came back."""

    where: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def check(self, known: _Contract, operation: Mapping[str, Any]) -> None:
        documented = operation["responses"].get(str(self.status))
        _require(documented is not None, f"{self.where}: this status is not in the contract: {self.body!r}")
        response = known.resolve(documented)
        self._check_headers(known, response)
        content = response.get("content", {})
        if not content:
            _require(self.body == b"", f"{self.where}: there should be no body")
            return
        media_type = self.headers["content-type"].partition(";")[0]
        _require(media_type in content, f"{self.where}: {media_type} is not in the contract")
        known.require(known.validator_of_answer(content[media_type]["schema"]), json.loads(self.body), self.where)
        _require(self.headers["content-length"] == str(len(self.body)), f"{self.where}: Content-Length is wrong")

    def _check_headers(self, known: _Contract, response: Mapping[str, Any]) -> None:
        documented = {name.lower(): known.resolve(one) for name, one in response.get("headers", {}).items()}
        unknown = self.headers.keys() - documented.keys() - _PLAIN_HEADERS - {"date"}
        _require(not unknown, f"{self.where}: headers that are not in the contract: {sorted(unknown)}")
        for name, described in documented.items():
            if name in self.headers:
                value = _typed(self.headers[name], known.resolve(described["schema"]))
                known.require(known.validator(described["schema"]), value, f"{self.where}: header {name}")
            else:
                _require(not described.get("required"), f"{self.where}: the header {name} is missing")


class _Contract:
    """The contract, with a validator for each of its schemas."""

    _one: _Contract | None = None

    def __init__(self) -> None:
        self.document = contract.load()
        self._closed = _closed(self.document)
        self._registry = jsonschema_rs.Registry([(_URN, self.document), (f"{_URN}:closed", self._closed)])
        self._validators: dict[str, Any] = {}
        self.problem = self.validator_of_answer({"$ref": "#/components/schemas/Problem"})
        self._paths = [(_regex(path), path) for path in self.document["paths"]]

    @classmethod
    def shared(cls) -> _Contract:
        cls._one = cls._one or cls()
        return cls._one

    def find(self, path: str) -> tuple[str | None, Mapping[str, Any], list[Any]]:
        for regex, template in self._paths:
            if regex.fullmatch(path):
                item = self.document["paths"][template]
                return template, item, item.get("parameters", [])
        return None, {}, []

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            target: Any = self.document
            for step in node["$ref"][2:].split("/"):
                target = target[step]
            node = target
        return node

    def validator(self, schema: Mapping[str, Any]) -> Any:
        return self._validator(schema, _URN)

    def validator_of_answer(self, schema: Mapping[str, Any]) -> Any:
        """Like `validator`, but the platform may say nothing that the contract does not know."""
        return self._validator({"allOf": [schema], "unevaluatedProperties": False}, f"{_URN}:closed")

    def require(self, validator: Any, value: Any, where: str) -> None:
        flaws = [f"{'/'.join(map(str, one.instance_path))}: {one.message}" for one in validator.iter_errors(value)]
        _require(not flaws, f"{where}: {'; '.join(flaws[:5])}")

    def flaws(self, operation: Mapping[str, Any], shared: list[Any], scope: Scope, body: bytes) -> Iterator[str]:
        parameters = [self.resolve(one) for one in (*shared, *operation.get("parameters", []))]
        query: dict[str, list[str]] = {}
        for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
            query.setdefault(name, []).append(value)
        headers = {name.decode("latin-1").lower(): [value.decode("latin-1")] for name, value in scope["headers"]}
        known = {one["name"] for one in parameters if one["in"] == "query"}
        yield from (f"query {name} is unknown" for name in query if name not in known)
        for one in parameters:
            given = {"query": query, "header": headers}.get(one["in"], {})
            name = one["name"].lower() if one["in"] == "header" else one["name"]
            if one["in"] != "path":
                yield from self._flaws_of(one, given.get(name))
            if name in given and one.get("x-audited-with", "").lower() not in {"", *headers}:
                yield f"{name} is given without {one['x-audited-with']}"
        yield from self._flaws_of_body(operation, headers, body)

    def _flaws_of(self, parameter: Mapping[str, Any], texts: list[str] | None) -> Iterator[str]:
        if texts is None:
            if parameter.get("required"):
                yield f"{parameter['name']} is missing"
            return
        schema = self.resolve(parameter["schema"])
        value: Any = texts
        if schema.get("type") != "array":
            if len(texts) > 1:
                yield f"{parameter['name']} is repeated"
            value = _typed(texts[0], schema)
        yield from (f"{parameter['name']}: {one.message}" for one in self.validator(schema).iter_errors(value))

    def _flaws_of_body(
        self, operation: Mapping[str, Any], headers: Mapping[str, list[str]], body: bytes
    ) -> Iterator[str]:
        if "requestBody" not in operation:
            return
        ((media_type, described),) = operation["requestBody"]["content"].items()
        if headers.get("content-type", [""])[0].partition(";")[0] != media_type:
            yield f"the body is not {media_type}"
            return
        try:
            value = _parsed(body, media_type)
        except (ValueError, RecursionError) as error:
            yield f"the body cannot be read: {error}"
            return
        yield from (f"body: {one.message}" for one in self.validator(described["schema"]).iter_errors(value))

    def _validator(self, schema: Mapping[str, Any], base: str) -> Any:
        key = base + json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            absolute = json.loads(json.dumps(schema).replace('"$ref": "#/', f'"$ref": "{base}#/'))
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                absolute, registry=self._registry, validate_formats=True
            )
        return self._validators[key]


def _closed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the contract with every object of an answer closed, except those that others are composed of."""
    closed = copy.deepcopy(dict(document))
    schemas = closed["components"]["schemas"]
    parts = {ref.rsplit("/", 1)[1] for ref in re.findall(r'"allOf": \[\{"\$ref": "([^"]+)"', json.dumps(document))}
    for name, schema in schemas.items():
        _close(schema, is_part=name in parts)
    return closed


def _close(schema: Any, *, is_part: bool = False) -> None:
    if not isinstance(schema, dict):
        return
    if not is_part and ("properties" in schema or "allOf" in schema):
        schema.setdefault("unevaluatedProperties", False)
    for one in (*schema.get("properties", {}).values(), *schema.get("anyOf", ()), schema.get("items")):
        _close(one)
    for one in schema.get("allOf", ()):
        for inner in one.get("properties", {}).values():
            _close(inner)


def _regex(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(template)))


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    return int(text) if schema.get("type") == "integer" and _WHOLE_NUMBER.fullmatch(text) else text


def _parsed(body: bytes, media_type: str) -> Any:
    text = body.decode()
    if media_type != "application/json":
        return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
    value = json.loads(text, object_pairs_hook=_without_twins, parse_constant=_not_json)
    json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair is no text
    return value


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a member stands twice")
    return dict(pairs)


def _not_json(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _is_last(message: Message) -> bool:
    return message["type"] == "http.response.body" and not message.get("more_body", False)


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - it is the one thing asked
    if not holds:
        raise AssertionError(message)
