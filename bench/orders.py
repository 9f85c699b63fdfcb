"""The CPU that the platform spends on tax cards of 600 clients: ordered by the thousand, done step by step, read."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.lists import Caller
from bench.processes import BUREAU, own_environment
from bench.seed import PLATFORM
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform

CLIENTS = 600
NOW = datetime(2026, 11, 23, 12, tzinfo=OSLO)
MOST_PEOPLE, LONGEST_PAGE = 1000, 500


class Hand:
    """A clock that is moved by hand."""

    now = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now


def main() -> None:
    """Print milliseconds of CPU; SQLite and JSON are in them, sockets are not."""
    with tempfile.TemporaryDirectory() as home:
        seed = [BUREAU, "platform", "seed", "--clients", str(CLIENTS), "--today", f"{NOW:%Y-%m-%d}", "--yes"]
        subprocess.run(seed, env=own_environment(HOME=home), check=True, capture_output=True)
        path, clock = Path(home) / PLATFORM, Hand()
        with Platform.open(path, clock=clock) as platform:
            caller = Caller(platform.asgi(), platform.token("kari.nordmann", timedelta(hours=1)))
            asyncio.run(_measure(caller, clock))


async def _measure(caller: Caller, clock: Hand) -> None:
    await _open_everything(caller)
    status, _ = await _walk(caller, f"/v1/tax-card-status?limit={LONGEST_PAGE}")
    candidates, rows = await _walk(caller, f"/v1/tax-card-candidates?limit={LONGEST_PAGE}")
    free = [(row["client"]["id"], row["people"]) for row in rows if row["people"]]
    print(f"{len(free)} clients, {sum(len(people) for _, people in free)} people")
    begin = time.process_time()
    jobs = [
        (await caller.ask("POST", "/v1/tax-card-orders", order, key=order["items"][0]["key"]))[1]
        for order in _orders(free)
    ]
    ordered = _since(begin)
    begin, seconds = time.process_time(), 0
    while any(job["ended_at"] is None for job in jobs):
        clock.now += timedelta(seconds=1)
        seconds += 1
        jobs = [(await caller.ask("GET", f"/v1/jobs/{job['id']}"))[1] for job in jobs]
    done = _since(begin)
    read, results = 0.0, 0
    for job in jobs:
        spent, found = await _walk(caller, f"/v1/jobs/{job['id']}/results?limit={LONGEST_PAGE}")
        read, results = read + spent, results + len(found)
    print(f"status {status:.0f} ms  candidates {candidates:.0f} ms  {len(jobs)} orders {ordered:.0f} ms", end="  ")
    print(f"done in {seconds} s of the clock, {done:.0f} ms  {results} results {read:.0f} ms")


async def _open_everything(caller: Caller) -> None:
    """Give the caller access to every client."""
    _, rows = await _walk(caller, f"/v1/clients?limit={LONGEST_PAGE}")
    terms = {"action": "grant", "user": "kari.nordmann", "role": "member"}
    items = [{**terms, "client": row["id"], "key": row["id"]} for row in rows if row["my_access"] is None]
    for start in range(0, len(items), LONGEST_PAGE):
        body = {"items": items[start : start + LONGEST_PAGE]}
        await caller.ask("POST", "/v1/access/changes", body, key=f"access-{start}")


def _orders(free: list[tuple[str, list[str]]]) -> Iterator[dict[str, Any]]:
    """Pack clients into as few orders as hold a thousand people each."""
    items: list[dict[str, Any]] = []
    for client, people in free:
        if sum(len(item["employees"]) for item in items) + len(people) > MOST_PEOPLE:
            yield {"year": NOW.year, "mode": "all", "items": items}
            items = []
        items.append({"key": f"order-{client}", "client": client, "employees": people})
    yield {"year": NOW.year, "mode": "all", "items": items}


async def _walk(caller: Caller, address: str) -> tuple[float, list[dict[str, Any]]]:
    spent, page = await caller.ask("GET", address)
    rows = list(page["items"])
    while page["next"]:
        more, page = await caller.ask("GET", f"{address}&cursor={page['next']}")
        spent, rows = spent + more, rows + page["items"]
    return spent, rows


def _since(begin: float) -> float:
    return (time.process_time() - begin) * 1000


if __name__ == "__main__":
    main()
