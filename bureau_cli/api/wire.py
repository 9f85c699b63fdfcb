"""One operation on the platform: sent, repeated where that is safe, bounded in time and size, and understood."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import anyio
import httpx

from bureau_cli import errors
from bureau_cli.api import problems
from bureau_cli.api.lanes import Lanes
from bureau_cli.api.retry import (
    ATTEMPTS,
    TOO_MANY_REQUESTS,
    Budget,
    Failure,
    Safety,
    Trouble,
    is_transient,
    may_resend,
    wait_before,
)
from bureau_cli.api.tokens import Tokens
from bureau_cli.redaction import HIDDEN, spellings

OPERATION_LIMIT_S = 120.0
LARGEST_BODY = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What to ask: a path below the base URL, never holding anything personal.

    The body is JSON, or with `form` what a form would send; `secrets` are in it and must not be in what is told.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    body: Any = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
    secrets: Sequence[str] = field(default=(), repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    safety: Safety = Safety.READ


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, decoded. `resent` tells that an earlier attempt may have reached the platform."""

    status: int
    headers: httpx.Headers
    content: Any
    resent: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request's answer as it came, and the token it was asked with, None where it carried none."""

    status: int
    headers: httpx.Headers
    body: bytes
    token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How the client waits: how long at most on the platform's word, and by which clock, dice and diary."""

    longest_wait_s: float = 300.0
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep
    chance: Callable[[], float] = random.random
    trace: Callable[[str], None] | None = None


class Wire:
    """Sends calls over the lanes. One budget of repeats and one stop rule serve the whole run."""

    def __init__(self, reads: Lanes, writes: Lanes, tokens: Tokens | None, *, host: str, patience: Patience) -> None:
        self.reads = reads
        self._writes = writes
        self._tokens = tokens
        self._host = host
        self._patience = patience
        self._budget = Budget()
        self.accepted_jobs: list[str] = []
        """Jobs the platform has accepted and not finished: they are waited for, and never to be ordered again."""

    async def send(self, call: Call) -> Answer:
        """Carry out one operation, with its repeats, within 120 s.

        Raises:
            BureauError: the leaf that the answer, or the lack of one, stands for.
        """
        if self._budget.is_spent:
            raise errors.Busy(f"stopped: the last {Budget.STOP_AFTER} requests to {self._host} all failed")
        with anyio.move_on_after(OPERATION_LIMIT_S):
            return await self._send_with_repeats(call)
        self._budget.gave_up()
        raise errors.AnswerTimeout(f"{self._host} did not finish within {OPERATION_LIMIT_S:.0f} s")

    async def pause(self, seconds: float) -> None:
        """Wait, by the same clock as between repeats."""
        await self._patience.sleep(seconds)

    async def aclose(self) -> None:
        """Close every connection."""
        await self.reads.aclose()
        await self._writes.aclose()
        if self._tokens is not None:
            await self._tokens.aclose()

    async def _send_with_repeats(self, call: Call) -> Answer:
        lanes = self.reads if call.safety is Safety.READ else self._writes
        resent = False
        for attempt in range(1, ATTEMPTS + 1):
            began = lanes.narrowings
            outcome = await self._attempt(call, lanes, resent=resent)
            if isinstance(outcome, Answer):
                self._budget.succeeded()
                lanes.succeeded()
                return outcome
            failure, error = outcome
            if failure.status == TOO_MANY_REQUESTS:
                lanes.narrow(began)
            repeat = attempt < ATTEMPTS and may_resend(call.safety, failure) and self._can_wait(failure)
            if not repeat or not self._budget.spend(failure):
                self._give_up(failure, error)
            resent = resent or failure.trouble is not Trouble.UNSENT
            wait = wait_before(attempt + 1, failure, chance=self._patience.chance())
            self._trace(f"{call.method} {call.path} failed ({error.code}), again in {wait:.1f} s")
            await self._patience.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _can_wait(self, failure: Failure) -> bool:
        """Whether the wait asked for fits our patience and the time that is left for the operation and the run."""
        left = anyio.current_effective_deadline() - anyio.current_time()
        return (failure.retry_after or 0.0) < min(self._patience.longest_wait_s, left)

    def _give_up(self, failure: Failure, error: errors.BureauError) -> NoReturn:
        if is_transient(failure):
            self._budget.gave_up()
            if failure.retry_after and not self._can_wait(failure):
                error.fix = f"run it again in {failure.retry_after:.0f} s"
        raise error

    async def _attempt(self, call: Call, lanes: Lanes, *, resent: bool) -> Answer | tuple[Failure, errors.BureauError]:
        try:
            async with lanes.lane() as client:
                came = await self._exchange_once_renewed(client, call)
        except httpx.TransportError as fault:
            return Failure(trouble=problems.trouble_of(fault)), problems.error_of_fault(fault, self._host)
        if came.status >= httpx.codes.BAD_REQUEST:
            error = problems.error_of_answer(came.status, came.headers, came.body)
            error.resent = resent
            return problems.failure_of_answer(came.status, came.headers, error), error
        if not httpx.codes.is_success(came.status):
            raise errors.OriginRefused(f"{self._host} answered with a redirect ({came.status}); it was not followed")
        try:
            return Answer(came.status, came.headers, decoded(came.body), resent)
        except ValueError as fault:
            broken = errors.AnswerBroken(f"{self._host} sent an answer that is not whole JSON")
            return Failure(trouble=Trouble.BROKEN), problems.caused(broken, fault)

    def _trace(self, line: str) -> None:
        if self._patience.trace:
            self._patience.trace(line)

    async def _exchange_once_renewed(self, client: httpx.AsyncClient, call: Call) -> Exchange:
        """One request; where its token is refused and can be renewed, one more: what was refused was not done."""
        came = await self._exchange(client, call)
        if came.status != httpx.codes.UNAUTHORIZED or came.token is None or self._tokens is None:
            return came
        return await self._exchange(client, call) if await self._tokens.renewed(came.token) else came

    async def _exchange(self, client: httpx.AsyncClient, call: Call) -> Exchange:
        """One request and its whole body, read under a bound so that no answer can fill the memory."""
        request = client.build_request(
            call.method,
            call.path,
            params=list(call.query) or None,
            json=call.body,
            data=call.form,
            # What arrives compressed could unpack to anything; pages are small, so nothing is lost.
            headers={"Accept-Encoding": "identity", **call.headers},
        )
        response = await client.send(request, stream=True)
        try:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise errors.AnswerInvalid(f"{self._host} sent a compressed answer that was not asked for")
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise errors.AnswerInvalid(f"{self._host} sent more than {LARGEST_BODY >> 20} MiB in one answer")
        finally:
            await response.aclose()
        token = _token_of(request)
        safe = _hiding([*call.secrets, *filter(None, [token])])
        self._trace(safe(_traced(request, response, len(body))))
        if not response.is_error:
            return Exchange(response.status_code, response.headers, bytes(body), token)
        # What refuses a request may quote it, to people and to logs.
        headers = httpx.Headers({name: safe(value) for name, value in response.headers.items()}, encoding="utf-8")
        return Exchange(response.status_code, headers, safe(body.decode(errors="replace")).encode(), token)


def new_key() -> str:
    """A key for one change: made once, before the first attempt, and the same in every repeat."""
    return os.urandom(16).hex()


def decoded(body: bytes) -> Any:
    """The JSON value of a body, None where it is empty; numbers that JSON does not know are refused."""
    return json.loads(body, parse_constant=_refuse_constant) if body else None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _token_of(request: httpx.Request) -> str | None:
    carried: str | None = request.headers.get("Authorization")
    return None if carried is None else carried.removeprefix("Bearer ")


def _hiding(secrets: Sequence[str]) -> Callable[[str], str]:
    """What takes them out of a text, however short they are: a refusal may be kept where no redactor sees it."""
    hidden = sorted({form for secret in secrets for form in spellings(secret)}, key=len, reverse=True)

    def hide(text: str) -> str:
        for secret in hidden:
            text = text.replace(secret, HIDDEN)
        return text

    return hide


SHOWN_HEADERS = ("content-type", "etag", "request-id", "retry-after", "bureau-run", "idempotency-key", "if-match")
SHOWN_QUERY = ("limit", "ahead", "sort", "status", "payday", "access", "group", "not_group", "selection")


def _traced(request: httpx.Request, response: httpx.Response, size: int) -> str:
    """One exchange in one line: only headers and query values on the lists above are shown."""
    query = "&".join(f"{k}={v if k in SHOWN_QUERY else '…'}" for k, v in request.url.params.multi_items())
    headers = [(k, v) for source in (request.headers, response.headers) for k, v in source.items()]
    shown = " ".join(f"{name}={value}" for name, value in headers if name in SHOWN_HEADERS)
    target = f"{request.url.path}?{query}" if query else request.url.path
    return f"{request.method} {target} → {response.status_code}, {size} bytes [{shown}]"
