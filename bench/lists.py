"""The CPU that the platform spends on a page of each list, on 10 000 clients: the first page and one far in.

The total of a list is counted once and remembered until the store changes; «counting» is the first page with its count.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.processes import BUREAU, own_environment
from bench.seed import PLATFORM
from bureau_cli import contract
from bureau_cli.platform.application import Application
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform

CLIENTS = 10_000
NOW = datetime(2026, 11, 23, 12, tzinfo=OSLO)
ROUNDS = 9
STRIDES = 3
"""How often 33 pages are skipped on the way to the page far in."""
CLIENT, GROUP = "cl_000018", "payday-20"
OF_SOME_CLIENTS = ("group=payday-20", "not_group=payday-20", "owner=kari.nordmann", "where=payday%20%3D%3D%2020")
NARROWED = {
    "/v1/clients": (*OF_SOME_CLIENTS, "status=active", "access=mine", "sort=-active_employees"),
    "/v1/payroll-runs": (
        *OF_SOME_CLIENTS,
        *("period=2026-10", "period=2026-10&state=open", "period=2026-10&type=extra", "period=2026-10&group=payday-20"),
        *(
            "payday=20",
            "period=2026-10&payday=12",
            "from=2026-10-01&to=2026-10-31",
            "state=open",
            "type=vacation",
            "sort=-pay_date",
        ),
    ),
    "/v1/a-meldinger": (
        *OF_SOME_CLIENTS,
        *("month=2026-10", "month=2026-10&state=rejected", "month=2026-10&severity=immediate", "state=rejected"),
        *("severity=immediate", "month=2026-10&group=payday-20", "sort=-month", "payday=20", "month=2026-10&payday=12"),
    ),
    "/v1/tax-cards": (*OF_SOME_CLIENTS, "year=2026", "result=ikkeSkattekort", "year=2026&group=payday-20"),
    "/v1/tax-card-status": (*OF_SOME_CLIENTS, f"client={CLIENT}", "year=2025", "limit=500"),
    "/v1/tax-card-candidates": (*OF_SOME_CLIENTS, f"client={CLIENT}", "mode=changes", "limit=500"),
    "/v1/tax-card-changes": (
        *OF_SOME_CLIENTS,
        *(f"client={CLIENT}", "year=2025", "since=2026-11-01T00:00:00%2B01:00", "since=2025-12-01T00:00:00%2B01:00"),
    ),
    "/v1/usage": (*OF_SOME_CLIENTS, "month=2026-10", "month=2026-10&kind=payslip", "from=2026-01&to=2026-10"),
    "/v1/access/inferred-owners": (
        *OF_SOME_CLIENTS,
        *(
            f"client={CLIENT}",
            "verdict=same",
            "verdict=no_owner",
            "verdict=runner_left",
            "verdict=no_owner&verdict=differs",
        ),
    ),
    "/v1/altinn-settings": (
        *OF_SOME_CLIENTS,
        *(f"client={CLIENT}", "partner_settings=true", "partner_settings=false", "delegation=missing"),
        *("user=kari.nordmann", "user=ola.admin&user=kari.nordmann"),
    ),
    "/v1/period-status": (
        *OF_SOME_CLIENTS,
        *(
            "period=2026-10",
            "limit=500",
            "limit=500&period=2026-10",
            "overdue=true",
            "overdue=true&owner=kari.nordmann",
        ),
        *(f"client={CLIENT}", "overdue=true&period=2026-11", "overdue=true&group=payday-20"),
    ),
    "/v1/clients/{id}/employees": ("active=all", "active=all&begins_within=366"),
    "/v1/clients/{id}/registrations": ("month=2026-10", "kind=payslip"),
}
"""What may be asked of a list beside all of it; whatever lists clients' rows is asked for a selection as well."""


def main() -> None:
    """Print milliseconds of CPU, the slowest last; SQLite and JSON are in them, sockets are not."""
    with tempfile.TemporaryDirectory() as home:
        seed = [BUREAU, "platform", "seed", "--clients", str(CLIENTS), "--today", f"{NOW:%Y-%m-%d}", "--yes"]
        subprocess.run(seed, env=own_environment(HOME=home), check=True, capture_output=True)
        with Platform.open(Path(home) / PLATFORM, clock=lambda: NOW) as platform:
            token = platform.token(platform.demo_login, timedelta(hours=1))
            figures = asyncio.run(_measure(Caller(platform.asgi(), token)))
    for counting, first, far, label in sorted(figures, key=lambda row: max(row[1:3])):
        print(f"first {first:5.1f} ms  far {far:5.1f} ms  counting {counting:5.1f} ms  {label}")


class Caller:
    """Asks the application by its own interface, so that nobody else's work is measured."""

    def __init__(self, app: Application, token: str) -> None:
        self._app = app
        described = {"authorization": f"Bearer {token}", "host": "platform", "content-type": "application/json"}
        self._headers = [(name.encode(), value.encode()) for name, value in described.items()]

    async def ask(self, method: str, address: str, body: Any = None, *, key: str = "") -> tuple[float, dict[str, Any]]:
        """Give the milliseconds of CPU a request takes, and its answer; what changes something has a key."""
        path, _, query = address.partition("?")
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": method}
        scope |= {"path": path, "raw_path": path.encode(), "query_string": query.encode()}
        scope["headers"] = [*self._headers, *([(b"idempotency-key", key.encode())] if key else [])]
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": json.dumps(body).encode() if body else b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        begin = time.process_time()
        await self._app(scope, receive, send)
        spent = (time.process_time() - begin) * 1000
        answer = json.loads(b"".join(message.get("body", b"") for message in sent))
        if sent[0]["status"] >= 300:  # noqa: PLR2004 - no success
            raise SystemExit(f"{address}: {answer}")
        return spent, answer

    async def median_of(self, address: str) -> float:
        """Ask for a page again and again."""
        return median([(await self.ask("GET", address))[0] for _ in range(ROUNDS)])


async def _measure(caller: Caller) -> list[tuple[float, float, float, str]]:
    _, selection = await caller.ask("POST", "/v1/selections", {"groups": [GROUP]})
    figures = []
    for address in _lists(str(selection["id"])):
        counting, page = await caller.ask("GET", address)
        label, far = f"{address} of {page['total']}", address
        for _ in range(STRIDES):
            _, page = await caller.ask("GET", f"{far}&ahead=32")
            cursors = [*page["ahead"], *filter(None, [page["next"]])]
            far = f"{address}&cursor={cursors[-1]}" if cursors else far
        figures.append((counting, await caller.median_of(address), await caller.median_of(far), label))
    return figures


def _lists(selection: str) -> Iterator[str]:
    """Every list of the contract but those of jobs: whole, and as it may be narrowed."""
    described = contract.load()
    for path, operations in described["paths"].items():
        parameters = [*operations.get("parameters", []), *operations.get("get", {}).get("parameters", [])]
        references = {one.get("$ref", "").rpartition("/")[2] for one in parameters}
        if "Cursor" in references and not path.startswith("/v1/jobs"):
            of_selection = (f"selection={selection}",) if "Selection" in references else ()
            for query in ("limit=100", *NARROWED.get(path, ()), *of_selection):
                yield f"{path.format(id=CLIENT)}?{query}"


if __name__ == "__main__":
    main()
