"""A thousand pages from a served platform that takes 20 ms a request, beside curl fetching the same pages 16 wide."""

from __future__ import annotations

import json
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.processes import BUREAU, alternate
from bench.served import PROFILE, seeded, served

CLIENTS = 10_000
PAGE_SIZE = 10
WIDTH = 16
ROUNDS = 5


def main() -> None:
    """Print walls, the ratio to curl with and without the cost of a first page, and peak memory."""
    with tempfile.TemporaryDirectory() as home, _slow_bureau(Path(home)) as (base_url, environ):
        walk = [BUREAU, "clients", "list", "-p", PROFILE, "-o", "ndjson"]
        urls = _page_urls(base_url, environ["BUREAU_TOKEN"])
        commands = {
            "curl, all pages": _curl(Path(home) / "all", urls, environ["BUREAU_TOKEN"]),
            "curl, one page": _curl(Path(home) / "one", urls[:1], environ["BUREAU_TOKEN"]),
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


def _page_urls(base_url: str, token: str) -> list[str]:
    """Every page's address, walked ahead of the timing: curl cannot follow cursors by itself."""
    first = f"{base_url}/v1/clients?limit={PAGE_SIZE}"
    urls, following = [first], first
    while following:
        request = urllib.request.Request(f"{following}&ahead=32", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own loopback
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
            page = json.load(answer)
        urls += [f"{first}&cursor={cursor}" for cursor in page["ahead"]]
        following = urls[-1] if page["ahead"] else ""
    return urls


def _curl(folder: Path, urls: list[str], token: str) -> list[str]:
    """A command line for curl with a configuration file; what it fetches is written away, as ours is."""
    lines = [f'header = "Authorization: Bearer {token}"']
    lines += [f'url = "{url}"\noutput = "/dev/null"' for url in urls]
    folder.with_suffix(".curl").write_text("\n".join(lines), encoding="utf-8")
    return ["curl", "--silent", "--fail", "--parallel", "--parallel-max", str(WIDTH), "-K", f"{folder}.curl"]


if __name__ == "__main__":
    main()
