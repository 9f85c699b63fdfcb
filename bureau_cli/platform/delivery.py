"""How an answer leaves the application: whole, or as a fault wants it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.types import Receive, Send

from bureau_cli.platform.faults import DROP, DROP_AFTER, TRUNCATE, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @classmethod
    def of(cls, content: Any, *, status: int, headers: Mapping[str, str], media_type: str) -> "Reply":
        """Make an answer with a JSON body, or without one for None."""
        if content is None:
            return cls(status=status, headers=headers, body=b"")
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        described = {"Content-Type": media_type, "Content-Length": str(len(body))}
        return cls(status=status, headers={**headers, **described}, body=body)


async def deliver(reply: Reply, plan: Plan, receive: Receive, send: Send) -> None:
    """Send an answer, as late and as badly as planned."""
    if plan.delay:
        await anyio.sleep(plan.delay)
    if plan.delivery in {DROP, DROP_AFTER}:
        await _drop(receive, send)
        return
    await send(
        {
            "type": "http.response.start",
            "status": reply.status,
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers.items()
            ],
        }
    )
    if plan.delivery == TRUNCATE:
        await _truncate(reply.body, receive, send)
    else:
        await send({"type": "http.response.body", "body": reply.body})


async def _drop(receive: Receive, send: Send) -> None:
    transport = _transport(send)
    if transport is None:
        raise ConnectionResetError("the connection was dropped, as a fault wanted")
    transport.abort()
    await _disconnection(receive)


async def _truncate(body: bytes, receive: Receive, send: Send) -> None:
    transport = _transport(send)
    half = body[: len(body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": transport is not None})
    if transport is not None:
        transport.close()
        await _disconnection(receive)


def _transport(send: Send) -> asyncio.Transport | None:
    """Find the connection under a server that has one; in process there is none."""
    transport: asyncio.Transport | None = getattr(getattr(send, "__self__", None), "transport", None)
    return transport


async def _disconnection(receive: Receive) -> None:
    """Wait until the server knows of it, so that it does not try to answer in our place."""
    while (await receive())["type"] != "http.disconnect":
        pass
