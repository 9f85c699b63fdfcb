"""A wire whose far end is a respx router, whose waits are noted instead of slept, and whose dice are loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import anyio
import httpx
import respx

from bureau_cli.api.connection import Caller, connect
from bureau_cli.api.tokens import FixedToken
from bureau_cli.api.wire import Call, Patience

HOST = "https://platform.example"
PATH = f"{HOST}/v1/things"
THINGS = Call(method="GET", path="/v1/things")


class Dial:
    def __init__(self) -> None:
        self.router = respx.Router(assert_all_called=False)
        self.waits: list[float] = []
        self.traced: list[str] = []
        patience = Patience(sleep=self._sleep, chance=lambda: 1.0, trace=self.traced.append)
        far_end = httpx.MockTransport(self.router.async_handler)
        caller = Caller(
            agent="test", run="r1", jobs=4, patience=patience, now=lambda: datetime(2026, 11, 23, tzinfo=UTC)
        )
        self.wire = connect(HOST, caller, FixedToken("s3cret"), far_end)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def send(self, call: Call = THINGS) -> Any:
        return anyio.run(self.wire.send, call)
