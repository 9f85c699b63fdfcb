"""The guard that keeps a token where it belongs."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable

import httpx

from bureau_cli.domain.origin import DEFAULT_PORTS, Origin
from bureau_cli.errors import OriginRefused


class SameOrigin(httpx.Auth):
    """Lets a request pass to one origin; to any other it is not sent."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Let it pass, or refuse.

        Raises:
            OriginRefused: the request goes somewhere else.
        """
        target = origin_of_url(request.url)
        if target != self._origin:
            raise OriginRefused(f"a request to {target} was not sent: the token belongs to {self._origin}")
        await self._dress(request)
        yield request

    async def _dress(self, request: httpx.Request) -> None:
        """Add nothing: a request for a token carries none."""


class BoundToken(SameOrigin):
    """A bearer token that is added only to requests to its own origin."""

    def __init__(self, current: Callable[[], Awaitable[str]], origin: Origin) -> None:
        super().__init__(origin)
        self._current = current

    async def _dress(self, request: httpx.Request) -> None:
        request.headers["Authorization"] = f"Bearer {await self._current()}"


def origin_of_url(url: httpx.URL) -> Origin:
    """The origin a request is about to go to, its host as it is asked for: `url.host` would decode xn-- names."""
    return Origin(url.scheme, url.raw_host.decode("ascii"), url.port or DEFAULT_PORTS.get(url.scheme, 0))
