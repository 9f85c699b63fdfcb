"""From what went wrong on the wire to our own error tree: every status, every problem code, every httpx fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from bureau_cli import errors
from bureau_cli.api.retry import TOO_MANY_REQUESTS, Failure, Trouble, retry_after_seconds
from bureau_cli.errors import BureauError, Detail, Finding

BY_CODE: dict[str, type[BureauError]] = {leaf.code: leaf for leaf in BureauError.leaves()}

BY_STATUS: dict[int, type[BureauError]] = {
    400: errors.InvalidRequest,
    401: errors.Unauthenticated,
    403: errors.RoleForbids,
    404: errors.ThingNotFound,
    405: errors.MethodNotAllowed,
    408: errors.AnswerTimeout,
    409: errors.OtherConflict,
    412: errors.PreconditionFailed,
    413: errors.PayloadTooLarge,
    415: errors.UnsupportedMediaType,
    422: errors.RuleForbids,
    429: errors.RateLimited,
    500: errors.InternalFault,
    502: errors.Busy,
    503: errors.Busy,
    504: errors.Busy,
}

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def error_of_answer(status: int, headers: httpx.Headers, body: bytes) -> BureauError:
    """The error a 4xx or 5xx answer stands for: by its problem code, else by its status.

    A code that this version does not know keeps its text and gets the leaf of its status.
    """
    problem = _problem(headers, body)
    code = str(problem.get("code", ""))
    leaf = BY_CODE.get(code) or BY_STATUS.get(status) or (errors.Busy if status >= 500 else errors.InvalidRequest)  # noqa: PLR2004 - the HTTP boundary
    message = str(problem.get("detail") or problem.get("title") or f"the platform answered {status}")
    items = _errors(problem)
    details = [Detail(_place(item), str(item.get("message", ""))) for item in items]
    if len(details) == 1 and details[0].message.casefold() in message.casefold():
        # The one thing wrong is all the sentence says: it is told once, by the name the user knows it by.
        message, details = f"{details[0].where}: {details[0].message}".removeprefix(": "), []
    error = leaf(
        message.removesuffix("."),
        details=details,
        request_id=str(problem.get("request_id") or headers.get("Request-Id") or "") or None,
    )
    error.findings = [_finding(item) for item in items]
    return error


def failure_of_answer(status: int, headers: httpx.Headers, error: BureauError) -> Failure:
    """The same answer as the retry rules see it."""
    return Failure(
        trouble=Trouble.STATUS,
        status=status,
        code=error.code,
        retry_after=retry_after_seconds(_asked_wait(status, headers), headers.get("Date")),
    )


def _asked_wait(status: int, headers: httpx.Headers) -> str | None:
    """Retry-After; on a 429 alone also RateLimit-Reset, which healthy answers carry too."""
    reset: str | None = headers.get("RateLimit-Reset") if status == TOO_MANY_REQUESTS else None
    asked: str | None = headers.get("Retry-After", reset)
    return asked


def trouble_of(fault: httpx.TransportError) -> Trouble:
    """How an attempt failed that got no whole answer."""
    if isinstance(fault, UNSENT):
        return Trouble.UNSENT
    return Trouble.TIMEOUT if isinstance(fault, httpx.TimeoutException) else Trouble.BROKEN


def error_of_fault(fault: httpx.TransportError, host: str) -> BureauError:
    """The error to show when an attempt got no whole answer and is not to be repeated."""
    if isinstance(fault, httpx.TimeoutException):
        return caused(errors.AnswerTimeout(f"{host} did not answer in time"), fault)
    if isinstance(fault, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        # Without its cause, which quotes the header that it would not send: that may be the token's.
        return errors.UnexpectedFault("the request could not be formed")
    reason = "could not be reached" if isinstance(fault, UNSENT) else "broke the connection"
    return caused(errors.NetworkFailed(f"{host} {reason}"), fault)


def caused(error: BureauError, fault: Exception) -> BureauError:
    """The error with its cause, for one that is raised later and elsewhere."""
    error.__cause__ = fault
    return error


def _problem(headers: httpx.Headers, body: bytes) -> Mapping[str, Any]:
    if "json" not in headers.get("Content-Type", ""):
        return {}
    try:
        problem = json.loads(body)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _errors(problem: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = problem.get("errors")
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def _finding(item: Mapping[str, Any]) -> Finding:
    tail = str(item.get("pointer", "")).rpartition("/")[2]
    position, candidates = item.get("position"), item.get("candidates")
    named = [one for one in candidates if isinstance(one, dict)] if isinstance(candidates, list) else []
    return Finding(
        message=str(item.get("message", "")),
        index=int(tail) if tail.isascii() and tail.isdecimal() else None,
        position=position if isinstance(position, int) else None,
        candidates=tuple(f"{one.get('number')} {one.get('name')}" for one in named),
    )


def _place(item: Mapping[str, Any]) -> str:
    """A pointer as a person reads it: `/query/limit` is about `limit`."""
    return str(item.get("pointer", "")).removeprefix("/query/").removeprefix("/header/").lstrip("/")
