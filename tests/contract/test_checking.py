"""The checker catches what breaks the contract: it can fail."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from contract.checking import CheckedAgainstContract

TOKEN = {"access_token": "t", "token_type": "Bearer", "expires_in": 3600}
GRANT = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}
GOOD = {"Request-Id": "r", "Cache-Control": "no-store"}
PROBLEM = {
    "type": "urn:bureau:problem:invalid_request",
    "title": "t",
    "status": 400,
    "detail": "d",
    "instance": "/",
    "code": "invalid_request",
    "errors": [],
    "request_id": "r",
    "error": "invalid_request",
}


def exchange(
    *,
    status: int = 200,
    body: Any = TOKEN,
    headers: dict[str, str] = GOOD,
    media_type: str = "application/json",
    form: Any = GRANT,
    method: str = "POST",
    path: str = "/oauth/token",
    bad_requests: bool = False,
) -> httpx.Response:
    """Send one request to an application that answers as it is told."""

    async def app(_: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        content = json.dumps(body).encode()
        given = {**headers, "Content-Type": media_type, "Content-Length": str(len(content))}
        raw = [(name.lower().encode(), value.encode()) for name, value in given.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": content})

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=CheckedAgainstContract(app, bad_requests=bad_requests))
        async with httpx.AsyncClient(transport=transport, base_url="http://platform") as client:
            return await client.request(method, path, data=form)

    return asyncio.run(run())


def test_what_keeps_to_the_contract_passes_unchanged():
    assert exchange().json() == TOKEN


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 418},
        {"body": TOKEN | {"expires_in": "soon"}},
        {"body": TOKEN | {"extra": 1}},
        {"body": {"access_token": "t"}},
        {"headers": {"Request-Id": "r"}},
        {"headers": GOOD | {"Request-Id": "not valid!"}},
        {"headers": GOOD | {"X-Own": "1"}},
        {"media_type": "text/html"},
        {"path": "/nowhere"},
        {"method": "PUT"},
        {"form": GRANT | {"scope": "all"}},
        {"form": {"grant_type": "password"}},
    ],
)
def test_what_breaks_the_contract_is_caught(broken):
    with pytest.raises(AssertionError):
        exchange(**broken)


def test_a_bad_request_must_be_refused_and_a_good_one_may_not_be_called_invalid():
    refusal = {"status": 400, "body": PROBLEM, "media_type": "application/problem+json", "bad_requests": True}
    assert exchange(form={"grant_type": "password"}, **refusal).status_code == 400
    with pytest.raises(AssertionError, match="was not refused"):
        exchange(form={"grant_type": "password"}, bad_requests=True)
    with pytest.raises(AssertionError, match="was called invalid"):
        exchange(**refusal)
