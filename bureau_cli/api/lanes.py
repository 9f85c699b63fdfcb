"""Connections: a lane is one httpx client with one connection.

httpx's own pool costs more CPU a request the more connections it holds; single-connection clients side by side do not.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx

from bureau_cli.api.origin import Origin

READ_LANES = 16
WRITE_LANES = 4
WIDEN_AFTER = 50
CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 30.0

AsgiApp = Callable[..., Any]


class Lanes:
    """Up to `width` lanes, made when first needed and used again; halved when the platform asks for patience."""

    def __init__(self, make: Callable[[], httpx.AsyncClient], width: int) -> None:
        self._make = make
        self._width = width
        self._free: list[httpx.AsyncClient] = []
        self._all: list[httpx.AsyncClient] = []
        self._places = anyio.CapacityLimiter(width)
        self._successes = 0

    @property
    def width(self) -> int:
        """How many requests may be under way now."""
        return int(self._places.total_tokens)

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[httpx.AsyncClient]:
        """Hold a lane for one request."""
        async with self._places:
            client = self._free.pop() if self._free else self._new()
            try:
                yield client
            finally:
                self._free.append(client)

    def narrow(self) -> None:
        """Halve the width, down to one."""
        self._successes = 0
        self._places.total_tokens = max(1, self.width // 2)

    def succeeded(self) -> None:
        """Count a success; after many in a row a narrowed road grows by one lane."""
        self._successes += 1
        if self._successes >= WIDEN_AFTER and self.width < self._width:
            self._successes = 0
            self._places.total_tokens = self.width + 1

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._all:
            await client.aclose()

    def _new(self) -> httpx.AsyncClient:
        client = self._make()
        self._all.append(client)
        return client


def client_maker(origin: Origin, auth: httpx.Auth, headers: dict[str, str]) -> Callable[[], httpx.AsyncClient]:
    """Makes lanes to a platform over the network.

    Certificates are checked against certifi or SSL_CERT_FILE, and proxies taken from the environment, for https;
    http goes to this machine alone and needs neither.
    """
    secure = origin.scheme == "https"
    verify: ssl.SSLContext | bool = httpx.create_ssl_context() if secure else False

    def make() -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=str(origin),
            auth=auth,
            headers=headers,
            verify=verify,
            trust_env=secure,
            follow_redirects=False,
            timeout=httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )

    return make


def in_process_maker(
    transport: httpx.AsyncBaseTransport, origin: Origin, auth: httpx.Auth, headers: dict[str, str]
) -> Callable[[], httpx.AsyncClient]:
    """Makes lanes that end in this process: the embedded platform, or a test's stand-in for the network."""

    def make() -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=str(origin), auth=auth, headers=headers, transport=transport)

    return make


class EmbeddedTransport(httpx.ASGITransport):
    """The embedded platform as a transport; a connection it drops looks as it does on the network."""

    def __init__(self, app: AsgiApp) -> None:
        super().__init__(app=app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Run the request through the application.

        Raises:
            httpx.ReadError: the application dropped the connection.
        """
        try:
            return await super().handle_async_request(request)
        except ConnectionError as dropped:
            raise httpx.ReadError("connection dropped", request=request) from dropped
