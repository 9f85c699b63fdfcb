"""Builds the way to a platform: over the network, or to one in this process."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from bureau_cli.api.lanes import Lanes
from bureau_cli.api.origin import BoundToken, Origin
from bureau_cli.api.wire import Patience, Wire

READ_LANES = 16
CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 30.0
EMBEDDED = "http://localhost"

Transport = httpx.AsyncBaseTransport
Maker = Callable[[], httpx.AsyncClient]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls and how: the token, the name of the program, how many changes side by side, and its patience."""

    token: str
    agent: str
    jobs: int
    patience: Patience


def connect(base_url: str, caller: Caller, transport: Transport | None = None) -> Wire:
    """The wire to a remote platform; `transport` stands in for the network in tests.

    Raises:
        ConfigInvalid: the base URL is not one a token may be sent to.
    """
    origin = Origin.of_base_url(base_url)
    options = network_options(origin) if transport is None else {"transport": transport}
    return _wire(origin, origin.host, caller, options)


def connect_embedded(application: Callable[..., Any], caller: Caller) -> Wire:
    """The wire to the embedded platform, an ASGI application in this process."""
    options = {"transport": EmbeddedTransport(app=application)}
    return _wire(Origin.of_base_url(EMBEDDED), "the embedded platform", caller, options)


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


def network_options(origin: Origin) -> dict[str, Any]:
    """Certificates are checked and proxies taken from the environment for https; http stays on this machine.

    One context serves all lanes: making one reads every certificate there is.
    """
    secure = origin.scheme == "https"
    return {
        "verify": _certificates() if secure else False,
        "trust_env": secure,
        "timeout": httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
        "limits": httpx.Limits(max_connections=1, max_keepalive_connections=1),
    }


def _certificates() -> ssl.SSLContext:
    """Those the system or SSL_CERT_FILE trusts; SSLKEYLOGFILE would give whoever records the traffic its keys."""
    context = httpx.create_ssl_context()
    context.keylog_filename = None  # type: ignore[assignment]  # None is what turns it off
    return context


def _wire(origin: Origin, host: str, caller: Caller, options: dict[str, Any]) -> Wire:
    auth = BoundToken(caller.token, origin)
    headers = {"User-Agent": caller.agent, "Bureau-Run": os.urandom(8).hex()}

    def make() -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=str(origin), auth=auth, headers=headers, follow_redirects=False, **options)

    return Wire(Lanes(make, READ_LANES), Lanes(make, caller.jobs), host=host, patience=caller.patience)
