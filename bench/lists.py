"""The CPU that the platform spends on a page of each list, on 10 000 clients: the first page and one far in."""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.processes import BUREAU, own_environment
from bench.seed import PLATFORM
from bureau_cli import contract
from bureau_cli.platform.application import Application
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform

CLIENTS = 10_000
TODAY = datetime(2026, 11, 23, 12, tzinfo=OSLO)
ROUNDS = 9
FAR = 3
"""Strides of `ahead` that lie before the page far in."""
ASKED = {
    "id": "cl_000018",
    "slug": "payday-20",
    "period": "2026-10",
    "month": "2026-10",
    "year": "2026",
    "state": "locked",
    "status": "active",
    "group": "payday-20",
    "not_group": "payday-20",
    "owner": "kari.nordmann",
    "where": "payday == 20",
    "from": "2026-10-01",
    "to": "2026-10-31",
}
"""What is asked of a parameter of this name: those that are required at once, the others one at a time."""


def main() -> None:
    """Print milliseconds of CPU, slowest last; what SQLite and the JSON cost is in them, sockets are not."""
    with tempfile.TemporaryDirectory() as home:
        environ = own_environment(HOME=home)
        seed = [BUREAU, "platform", "seed", "--clients", str(CLIENTS), "--today", f"{TODAY:%Y-%m-%d}", "--yes"]
        subprocess.run(seed, env=environ, check=True, capture_output=True)
        with Platform.open(Path(home) / PLATFORM, clock=lambda: TODAY) as platform:
            token = platform.token(platform.demo_login, timedelta(hours=1))
            figures = asyncio.run(_measure(Caller(platform.asgi(), token)))
    for first, far, label in sorted(figures):
        print(f"first {first:6.1f} ms  far {far:6.1f} ms  {label}")


class Caller:
    """Asks the application by its own interface, so that nobody else's work is measured."""

    def __init__(self, app: Application, token: str) -> None:
        self._app = app
        self._headers = [(b"authorization", f"Bearer {token}".encode()), (b"host", b"platform")]

    async def ask(self, path: str, asked: Mapping[str, str]) -> tuple[float, dict[str, Any]]:
        """Give the milliseconds of CPU a request takes, and its answer."""
        query = urlencode(asked).encode()
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http"}
        scope |= {"path": path, "raw_path": path.encode(), "query_string": query, "headers": self._headers}
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        begin = time.process_time()
        await self._app(scope, receive, send)
        spent = (time.process_time() - begin) * 1000
        body = json.loads(b"".join(message.get("body", b"") for message in sent))
        if sent[0]["status"] != 200:  # noqa: PLR2004 - the one that is no failure
            raise SystemExit(f"{path}?{query.decode()}: {body}")
        return spent, body

    async def median_of(self, path: str, asked: Mapping[str, str]) -> float:
        """Ask again and again."""
        return median([(await self.ask(path, asked))[0] for _ in range(ROUNDS)])


async def _measure(caller: Caller) -> list[tuple[float, float, str]]:
    figures = []
    for path, asked in _lists():
        far = dict(asked)
        for _ in range(FAR):
            _, page = await caller.ask(path, {**far, "ahead": "32"})
            cursors = [*page.get("ahead", []), page["next"]] if page["next"] else []
            far |= {"cursor": cursors[-1]} if cursors else {}
        label = f"{path}?{urlencode(asked)}  {page.get('total', '')}"
        figures.append((await caller.median_of(path, asked), await caller.median_of(path, far), label))
    return figures


def _lists() -> Iterator[tuple[str, dict[str, str]]]:
    """Every list of the contract, with what it requires, and with each filter that something can be asked of."""
    described = contract.load()
    shared = described["components"]["parameters"]
    for path, operations in described["paths"].items():
        parameters = [
            shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
            for one in [*operations.get("parameters", []), *operations.get("get", {}).get("parameters", [])]
        ]
        if "cursor" not in {one["name"] for one in parameters} or "/jobs" in path:
            continue
        required = {
            one["name"]: ASKED[one["name"]] for one in parameters if one.get("required") and one["in"] == "query"
        }
        yield path.format_map(ASKED), required
        for one in parameters:
            if one["in"] == "query" and one["name"] in ASKED.keys() - required.keys():
                yield path.format_map(ASKED), {**required, one["name"]: ASKED[one["name"]]}


if __name__ == "__main__":
    main()
