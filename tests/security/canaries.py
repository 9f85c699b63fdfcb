"""Secrets and fødselsnummer planted wherever they could come through, and the search where they must not be."""

from __future__ import annotations

import io
import json
import os
import signal
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx

from bureau_cli.platform.embedded import Platform
from bureau_cli.redaction import Redactor

TOKEN = "canary-token-5f0c2b7e9d"  # noqa: S105 - made up, as are the others
CLIENT_SECRET = "canary-client-secret-81aa"  # noqa: S105
OF_PROXY = "canary-of-the-proxy-33dd"
SECRETS = (TOKEN, CLIENT_SECRET, OF_PROXY)
GRANTED = "canary-granted-access-94fe"
"""The access token that the platform grants for the client secret: known once it has been granted."""
NUMBERS = ("01819010001", "17825510079", "29927910096")
"""Synthetic: their months are moved by 80, so no person has them; their check digits are right."""

POISON = f"{CLIENT_SECRET} {OF_PROXY} fnr {NUMBERS[0]}, {NUMBERS[1][:6]} {NUMBERS[1][6:]} ({NUMBERS[2]})"
"""What is known before anything is asked; a platform knows the token it was sent, too."""
_SOUGHT = (*SECRETS, GRANTED, *NUMBERS, *(f"{number[:6]} {number[6:]}" for number in NUMBERS))
_FREE_TEXT = frozenset({"name", "title", "detail", "message", "text", "owner_name", "bureau"})
Answer = Callable[[httpx.Request], Any]


class Off(Redactor):
    """A redactor that takes nothing out: with it the search finds what was planted."""

    def word(self, text: str) -> str:
        return text

    def prose(self, text: str) -> str:
        return text


def hits(text: str) -> list[str]:
    """What of the planted is in a text."""
    return [canary for canary in _SOUGHT if canary in text]


def hits_below(folder: Path, planted: frozenset[Path]) -> list[str]:
    """What of the planted is in the files of a folder or in their names, and in what they are packed of."""
    found = []
    for path in folder.rglob("*"):
        found += hits(path.name)
        if path.is_file() and path not in planted:
            found += [f"{canary} in {path}" for content in _contents(path) for canary in hits(content)]
    return found


def _contents(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode(errors="replace") for name in archive.namelist())
    yield content.decode(errors="replace")


class PoisonedPlatform:
    """A real platform, far away, whose every free text holds what must not be seen."""

    def __init__(self, store: Path) -> None:
        self._platform = Platform.open(store)
        self._transport = httpx.ASGITransport(self._platform.asgi())
        self._login = self._platform.demo_login
        self.asked = 0

    async def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if request.url.path == "/oauth/token":
            assert CLIENT_SECRET in request.content.decode()
            return httpx.Response(200, json={"access_token": GRANTED, "expires_in": 3600, "token_type": "Bearer"})
        sent = request.headers["Authorization"].removeprefix("Bearer ")
        assert sent in {TOKEN, GRANTED}
        request.headers["Authorization"] = f"Bearer {self._platform.token(self._login, timedelta(hours=1))}"
        answer = await self._transport.handle_async_request(request)
        body = await answer.aread()
        content = poisoned(json.loads(body), poison_of(request, sent)) if body else None
        kept = {name: value for name, value in answer.headers.items() if name not in {"content-length", "content-type"}}
        kind = {"Content-Type": answer.headers["content-type"]} if body else {}
        return httpx.Response(answer.status_code, content=json.dumps(content) if body else b"", headers=kept | kind)

    def close(self) -> None:
        self._platform.close()


def poison_of(request: httpx.Request, sent: str | None = None) -> str:
    """All that a platform could quote: what it was sent, by whom, and the personal things it holds."""
    sent = sent or request.headers.get("Authorization", "").removeprefix("Bearer ")
    return f"{POISON} {sent} {request.content.decode()}"


def poisoned(content: Any, poison: str, key: str = "") -> Any:
    if isinstance(content, dict):
        return {name: poisoned(value, poison, name) for name, value in content.items()}
    if isinstance(content, list):
        return [poisoned(one, poison, key) for one in content]
    if key == "fnr" and content is not None:  # in clear, though nobody asked for that
        return NUMBERS[0]
    return f"{content} {poison}" if isinstance(content, str) and key in _FREE_TEXT else content


def refusing(status: int, code: str) -> Answer:
    """An answer that tells in its error what it was sent, and more."""

    def answer(request: httpx.Request) -> httpx.Response:
        sent = poison_of(request)
        flaw = {"pointer": f"/{sent}", "message": sent, "candidates": [{"number": "1", "name": sent}]}
        body = {"status": status, "code": code, "title": sent, "detail": sent, "request_id": sent, "errors": [flaw]}
        headers = {
            "Content-Type": "application/problem+json",
            "Request-Id": sent.split()[-1],
            "ETag": f'"{sent.split()[-1]}"',
        }
        return httpx.Response(status, json=body, headers=headers)

    return answer


def crashing(request: httpx.Request) -> httpx.Response:
    raise RuntimeError(poison_of(request))


def redirecting(request: httpx.Request) -> httpx.Response:
    place = f"https://user:{poison_of(request).split()[0]}@evil.example/{NUMBERS[0]}"
    return httpx.Response(302, headers={"Location": place})


def of_another_contract(request: httpx.Request) -> httpx.Response:
    poison = poison_of(request)
    return httpx.Response(200, json={poison: poison, "items": [{"id": poison}], "next": poison})


async def interrupted(_: httpx.Request) -> httpx.Response:
    os.kill(os.getpid(), signal.SIGINT)
    return await anyio.sleep_forever()


class FarAway(httpx.MockTransport):
    """The network; who asks from a thread, as `doctor` does, is told who the platform is."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.handler(request)
        if isinstance(answer, httpx.Response):
            return answer
        answer.close()
        return httpx.Response(200, json={"platform": {"name": POISON, "version": POISON}}, headers={"Date": POISON})


ANSWERS: Mapping[str, Answer] = {
    "401": refusing(401, "unauthenticated"),
    "422": refusing(422, "a_code_of_tomorrow"),
    "500": refusing(500, "internal"),
    "redirect": redirecting,
    "no JSON": lambda request: httpx.Response(200, text=f"<html>{poison_of(request)}</html>"),
    "another contract": of_another_contract,
    "crash": crashing,
    "Ctrl-C": interrupted,
}
