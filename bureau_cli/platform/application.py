"""The ASGI application: it reads requests, lets the engine perform them in one thread, and sends what comes back."""

import asyncio
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import timedelta

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from bureau_cli.platform.calls import Answer
from bureau_cli.platform.delivery import Reply, deliver
from bureau_cli.platform.engine import Engine, Outcome
from bureau_cli.platform.faults import NOTHING_WRONG
from bureau_cli.platform.problems import Problem, ProblemCodes
from bureau_cli.platform.requests import MOST_BODY_BYTES, Operation, RawRequest
from bureau_cli.platform.resources.token import dressed_for_oauth

_VALID_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_OAUTH = "/oauth/"
_RETRY_SECONDS = 1
_FAULT_HEADER = "bureau-fault"


class Application:
    """The platform over ASGI. It needs no lifespan, so it works in process as well as under a server."""

    def __init__(  # noqa: PLR0913 - the parts it is composed of
        self,
        engine: Engine,
        operations: Sequence[Operation],
        codes: ProblemCodes,
        worker: Executor,
        *,
        fault_header: bool = False,
        delay: timedelta = timedelta(),
    ) -> None:
        self._engine = engine
        self._codes = codes
        self._worker = worker
        self._fault_header = fault_header
        self._delay = delay.total_seconds()
        self._under_way: set[tuple[str, str]] = set()
        routes = [Route(path, self._endpoint(operations, path)) for path in {one.path: None for one in operations}]
        self._router = Router(routes, redirect_slashes=False, default=self._refuse_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request."""
        await self._router(scope, receive, send)

    def _endpoint(self, operations: Sequence[Operation], path: str) -> ASGIApp:
        by_method = {one.method: one for one in operations if one.path == path}
        return _Endpoint(self, by_method)

    async def _refuse_path(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.refuse(Problem("not_found", "There is no such path."), scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})

    async def refuse(self, problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that no operation takes."""
        outcome = Outcome(result=problem, plan=NOTHING_WRONG)
        await self._send(outcome, _request_id(_headers(scope)), scope, receive, send)

    async def perform(self, operation: Operation, scope: Scope, receive: Receive, send: Send) -> None:
        """Perform an operation and answer."""
        headers = _headers(scope)
        body = await _body(receive)
        if body is None:
            return
        if not self._fault_header:
            headers.pop(_FAULT_HEADER, None)
        raw = RawRequest(
            method=operation.method,
            path=scope["path"],
            path_values=scope["path_params"],
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            body=body,
        )
        request_id = _request_id(headers)
        outcome = await self._perform_alone(operation, raw, request_id)
        await self._send(outcome, request_id, scope, receive, send)

    async def _perform_alone(self, operation: Operation, raw: RawRequest, request_id: str) -> Outcome:
        """Perform a request unless its twin, with the same key of the same caller, is still under way."""
        key = raw.headers.get("idempotency-key")
        if key is None or not operation.changes:
            return await self._in_worker(operation, raw, request_id)
        twin = raw.headers.get("authorization", ""), key
        if twin in self._under_way:
            headers = {"Retry-After": str(_RETRY_SECONDS)}
            problem = Problem("idempotency_in_progress", "The first request is still under way.", headers=headers)
            return Outcome(result=problem, plan=NOTHING_WRONG)
        self._under_way.add(twin)
        try:
            return await self._in_worker(operation, raw, request_id)
        finally:
            self._under_way.discard(twin)

    async def _in_worker(self, operation: Operation, raw: RawRequest, request_id: str) -> Outcome:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, self._engine.perform, operation, raw, request_id)

    async def _send(self, outcome: Outcome, request_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        reply = self._reply(outcome.result, request_id, scope["path"])
        plan = replace(outcome.plan, delay=outcome.plan.delay + self._delay)
        await deliver(reply, plan, receive, send)

    def _reply(self, result: Answer | Problem, request_id: str, path: str) -> Reply:
        own = {"Request-Id": request_id}
        if isinstance(result, Answer):
            headers = {**result.headers, **own}
            return Reply.of(result.body, status=result.status, headers=headers, media_type="application/json")
        body = self._codes.body(result, path=path, request_id=request_id)
        headers = {**result.headers, **own}
        if path.startswith(_OAUTH):
            body, headers = dressed_for_oauth(body, headers)
        return Reply.of(body, status=body["status"], headers=headers, media_type="application/problem+json")


class _Endpoint:
    """The operations of one path."""

    def __init__(self, application: Application, by_method: Mapping[str, Operation]) -> None:
        self._application = application
        self._by_method = by_method

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        operation = self._by_method.get(scope["method"])
        if operation is not None:
            await self._application.perform(operation, scope, receive, send)
            return
        headers = {"Allow": ", ".join(sorted(self._by_method))}
        problem = Problem("method_not_allowed", f"This path does not know {scope['method']}.", headers=headers)
        await self._application.refuse(problem, scope, receive, send)


def _headers(scope: Scope) -> dict[str, str]:
    """Give the headers by their lower-case names; one that is repeated becomes a list, as RFC 9110 has it."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _request_id(headers: Mapping[str, str]) -> str:
    given = headers.get("request-id", "")
    return given if _VALID_REQUEST_ID.fullmatch(given) else os.urandom(8).hex()


async def _body(receive: Receive) -> bytes | None:
    """Read a body, one byte past the most that is accepted at the farthest; None when the caller went away."""
    parts: list[bytes] = []
    length = 0
    while length <= MOST_BODY_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part: bytes = message.get("body", b"")
        parts.append(part)
        length += len(part)
        if not message.get("more_body", False):
            break
    return b"".join(parts)
