"""A wire whose far end is a respx router, whose waits are noted instead of slept, and whose dice are loaded."""

from __future__ import annotations

from typing import Any

import anyio
import httpx
import respx

from bureau_cli.api.lanes import Lanes, in_process_maker
from bureau_cli.api.origin import BoundToken, Origin
from bureau_cli.api.wire import Call, Patience, Wire

HOST = "https://platform.example"
PATH = f"{HOST}/v1/things"
THINGS = Call(method="GET", path="/v1/things")


class Dial:
    def __init__(self) -> None:
        self.router = respx.Router(assert_all_called=False)
        self.waits: list[float] = []
        self.traced: list[str] = []
        origin = Origin.of_base_url(HOST)
        make = in_process_maker(
            httpx.MockTransport(self.router.async_handler), origin, BoundToken("s3cret", origin), {"Bureau-Run": "r1"}
        )
        patience = Patience(sleep=self._sleep, chance=lambda: 1.0, trace=self.traced.append)
        self.wire = Wire(Lanes(make, 4), Lanes(make, 2), host="platform.example", patience=patience)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def send(self, call: Call = THINGS) -> Any:
        return anyio.run(self.wire.send, call)
