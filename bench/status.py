"""The month's end of 600 and of 10 000 clients, served and embedded, beside curl fetching the same pages bare."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from bench.fetching import curl, page_urls
from bench.processes import BUREAU, alternate
from bench.served import PROFILE, requests_of, seeded, served

SIZES = (600, 10_000)
ROUNDS = 5
LIST = "/v1/period-status?limit=500"
COMMANDS = {
    "status": ("status",),
    "check done": ("check", "done"),
    "deadlines": ("deadlines",),
    "dashboard": ("dashboard",),
}
PLACES = {"served": PROFILE, "embedded": "demo"}


def main() -> None:
    """Print the wall, the CPU and the requests of each; in what is embedded is the platform's own work, too."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), size)


def _measure(home: Path, size: int) -> None:
    environ = seeded(home, size)
    asked = {
        f"{name}, {place}": (*words, "-p", profile)
        for name, words in COMMANDS.items()
        for place, profile in PLACES.items()
    }
    with served(home, environ) as base_url:
        urls = page_urls(f"{base_url}{LIST}", environ["BUREAU_TOKEN"])
        commands = {
            "bureau --version": [BUREAU, "--version"],
            "curl, the pages of status": curl(home / "status.curl", urls, environ["BUREAU_TOKEN"]),
            **{name: [BUREAU, *words] for name, words in asked.items()},
        }
        timings = alternate(commands, ROUNDS, environ)
        requests = {name: requests_of(environ, *words) for name, words in asked.items()}
    for name, timing in timings.items():
        wall, cpu, peak = median(timing.wall), median(timing.cpu), max(timing.peak)
        told = f"  {requests[name]} requests" if name in requests else ""
        print(f"{size:6} clients  {name:25} wall {wall:6.3f} s  CPU {cpu:6.3f} s  peak {peak:5.0f} MB{told}")


if __name__ == "__main__":
    main()
