"""A thousand pages from a served platform that takes 20 ms a request, beside curl fetching the same pages 16 wide."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.fetching import curl, page_urls
from bench.processes import BUREAU, alternate
from bench.served import PROFILE, seeded, served

CLIENTS = 10_000
PAGE_SIZE = 10
ROUNDS = 5


def main() -> None:
    """Print walls, the ratio to curl with and without the cost of a first page, and peak memory."""
    with tempfile.TemporaryDirectory() as home, _slow_bureau(Path(home)) as (base_url, environ):
        walk = [BUREAU, "clients", "list", "-p", PROFILE, "-o", "ndjson"]
        urls = page_urls(f"{base_url}/v1/clients?limit={PAGE_SIZE}", environ["BUREAU_TOKEN"])
        commands = {
            "curl, all pages": curl(Path(home) / "all.curl", urls, environ["BUREAU_TOKEN"]),
            "curl, one page": curl(Path(home) / "one.curl", urls[:1], environ["BUREAU_TOKEN"]),
            "bureau, all pages": walk,
            "bureau, one page": [*walk, "--limit", str(PAGE_SIZE)],
        }
        timings = alternate(commands, ROUNDS, environ)
    for name, timing in timings.items():
        wall, cpu, peak = median(timing.wall), median(timing.cpu), max(timing.peak)
        print(f"{name:18} wall {wall:6.3f} s  CPU {cpu:6.3f} s  peak {peak:6.1f} MB")
    walls = {name: median(timing.wall) for name, timing in timings.items()}
    net = [walls[f"{who}, all pages"] - walls[f"{who}, one page"] for who in ("bureau", "curl")]
    print(f"{len(urls)} pages, beyond the first: {net[0] / net[1]:.2f} x curl")
    print(f"{len(urls)} pages, whole process:    {walls['bureau, all pages'] / walls['curl, all pages']:.2f} x curl")


@contextmanager
def _slow_bureau(home: Path) -> Iterator[tuple[str, dict[str, str]]]:
    environ = seeded(home, CLIENTS) | {"BUREAU_PAGE_SIZE": str(PAGE_SIZE)}
    with served(home, environ, "--delay", "20ms") as base_url:
        yield base_url, environ


if __name__ == "__main__":
    main()
