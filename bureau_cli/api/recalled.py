"""What stands in the place of a platform, as a transport: requests are answered in this process, on no wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

Answering = Callable[[str, str, Sequence[tuple[str, str]], Any], Mapping[str, Any]]
"""Takes the method, the path, the query and the body of a request, and gives the JSON of the answer."""


class RecalledTransport(httpx.AsyncBaseTransport):
    """Lets `answering` answer; what it raises is raised to whoever asked."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        body = await request.aread()
        content = self._answering(
            request.method, request.url.path, request.url.params.multi_items(), json.loads(body) if body else None
        )
        headers = {"Content-Type": "application/json"}
        return httpx.Response(httpx.codes.OK, headers=headers, content=json.dumps(content).encode())
