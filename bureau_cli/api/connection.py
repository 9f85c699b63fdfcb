"""Builds the way to a platform: over the network, or to one in this process."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import httpx

from bureau_cli.api.lanes import Lanes
from bureau_cli.api.origin import BoundToken, SameOrigin
from bureau_cli.api.token_endpoint import TokenEndpoint
from bureau_cli.api.tokens import Tokens
from bureau_cli.api.wire import Patience, Wire
from bureau_cli.domain.origin import Origin

READ_LANES = 16
CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 30.0
EMBEDDED = "http://localhost"

Transport = httpx.AsyncBaseTransport
Maker = Callable[[], httpx.AsyncClient]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """How it is called: the names of program and run, how many changes side by side, its patience and its clock."""

    agent: str
    run: str
    jobs: int
    patience: Patience
    now: Callable[[], datetime]


def origin_of(base_url: str) -> str:
    """Scheme, host and port of a base URL, in the one form they are compared in.

    Raises:
        ConfigInvalid: the base URL is not one a token may be sent to.
    """
    return str(Origin.of_base_url(base_url))


def connect(base_url: str, caller: Caller, tokens: Tokens, transport: Transport | None = None) -> Wire:
    """The wire to a remote platform; `transport` stands in for the network in tests.

    Raises:
        ConfigInvalid: the base URL is not one a token may be sent to.
    """
    origin = Origin.of_base_url(base_url)
    make = _maker(origin, BoundToken(tokens.current, origin), caller, _options(origin, transport))
    reads, writes = Lanes(make, READ_LANES), Lanes(make, caller.jobs)
    return Wire(reads, writes, tokens, host=origin.host, patience=caller.patience)


def connect_embedded(application: Callable[..., Any], caller: Caller, tokens: Tokens) -> Wire:
    """The wire to the embedded platform, an ASGI application in this process."""
    origin = Origin.of_base_url(EMBEDDED)
    options = {"transport": EmbeddedTransport(app=application)}
    make = _maker(origin, BoundToken(tokens.current, origin), caller, options)
    reads, writes = Lanes(make, READ_LANES), Lanes(make, caller.jobs)
    return Wire(reads, writes, tokens, host="the embedded platform", patience=caller.patience)


def connect_recalled(transport: Transport, caller: Caller, host: str) -> Wire:
    """The wire to what stands in the place of a platform: it takes no token, and is called `host` in what is told."""
    origin = Origin.of_base_url(EMBEDDED)
    lanes = Lanes(_maker(origin, SameOrigin(origin), caller, {"transport": transport}), 1)
    return Wire(lanes, lanes, None, host=host, patience=caller.patience)


def token_endpoint(base_url: str, caller: Caller, transport: Transport | None = None) -> TokenEndpoint:
    """The way to the token endpoint of a remote platform: the same origin, and no token.

    Raises:
        ConfigInvalid: the base URL is not one a token may be sent to.
    """
    origin = Origin.of_base_url(base_url)
    make = _maker(origin, SameOrigin(origin), caller, _options(origin, transport))
    lane = Lanes(make, 1)
    return TokenEndpoint(Wire(lane, lane, None, host=origin.host, patience=caller.patience), caller.now)


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
    """Certificates are checked and proxies taken from the environment for https; http stays on this machine."""
    secure = origin.scheme == "https"
    return {
        "verify": _certificates() if secure else False,
        "trust_env": secure,
        "timeout": httpx.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
        "limits": httpx.Limits(max_connections=1, max_keepalive_connections=1),
    }


@cache
def _certificates() -> ssl.SSLContext:
    """Those the system or SSL_CERT_FILE trusts; SSLKEYLOGFILE would give whoever records the traffic its keys.

    One context serves all lanes: making one reads every certificate there is.
    """
    context = httpx.create_ssl_context()
    context.keylog_filename = None  # type: ignore[assignment]  # None is what turns it off
    return context


def _options(origin: Origin, transport: Transport | None) -> dict[str, Any]:
    return network_options(origin) if transport is None else {"transport": transport}


def _maker(origin: Origin, auth: httpx.Auth, caller: Caller, options: dict[str, Any]) -> Maker:
    headers = {"User-Agent": caller.agent, "Bureau-Run": caller.run}

    def make() -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=str(origin), auth=auth, headers=headers, follow_redirects=False, **options)

    return make
