"""Builds the way to a platform: over the network, or to one in this process."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from typing import Any

import httpx

from bureau_cli.api.lanes import Lanes
from bureau_cli.api.origin import BoundToken, Origin
from bureau_cli.api.wire import Patience, Wire

READ_LANES = 16
WRITE_LANES = 4
CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 30.0
EMBEDDED = "http://localhost"

Transport = httpx.AsyncBaseTransport
Maker = Callable[[], httpx.AsyncClient]


def connect(base_url: str, token: str, *, agent: str, patience: Patience, transport: Transport | None = None) -> Wire:
    """The wire to a remote platform; `transport` stands in for the network in tests.

    Raises:
        ConfigInvalid: the base URL is not one a token may be sent to.
    """
    origin = Origin.of_base_url(base_url)
    options = _network(origin) if transport is None else {"transport": transport}
    return _wire(origin, token, agent, options, host=origin.host, patience=patience)


def connect_embedded(application: Callable[..., Any], token: str, *, agent: str, patience: Patience) -> Wire:
    """The wire to the embedded platform, an ASGI application in this process."""
    options = {"transport": EmbeddedTransport(app=application)}
    host = "the embedded platform"
    return _wire(Origin.of_base_url(EMBEDDED), token, agent, options, host=host, patience=patience)


class EmbeddedTransport(httpx.ASGITransport):
    """The embedded platform as a transport; a connection it drops looks as it does on the network."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Run the request through the application.

        Raises:
            httpx.ReadError: the application dropped the connection.
        """
        try:
            return await super().handle_async_request(request)
        except ConnectionError as dropped:
            raise httpx.ReadError("connection dropped", request=request) from dropped


def _network(origin: Origin) -> dict[str, Any]:
    """Certificates are checked and proxies taken from the environment for https; http stays on this machine.

    One context serves all lanes: making one reads every certificate there is.
    """
    secure = origin.scheme == "https"
    verify: ssl.SSLContext | bool = httpx.create_ssl_context() if secure else False
    return {
        "verify": verify,
        "trust_env": secure,
        "timeout": httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
        "limits": httpx.Limits(max_connections=1, max_keepalive_connections=1),
    }


def _wire(  # noqa: PLR0913 - what a wire is made of
    origin: Origin, token: str, agent: str, options: dict[str, Any], *, host: str, patience: Patience
) -> Wire:
    auth = BoundToken(token, origin)
    headers = {"User-Agent": agent, "Bureau-Run": os.urandom(8).hex()}

    def make() -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=str(origin), auth=auth, headers=headers, follow_redirects=False, **options)

    return Wire(Lanes(make, READ_LANES), Lanes(make, WRITE_LANES), host=host, patience=patience)
