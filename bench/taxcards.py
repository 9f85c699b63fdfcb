"""The tax cards of everybody at 600 clients ordered, waited for and tabulated, and the status of those clients.

Each fetch is on a fresh copy of the same bureau, as nobody is ordered twice a day.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median

from bench.processes import BUREAU, Timing, once
from bench.seed import PLATFORM
from bench.served import PROFILE, asked, requests_of, seeded, served

SIZE = 600
ROUNDS = 3
FETCH = ("taxcards", "fetch", "--all-clients", "--yes", "-p", PROFILE)
PLAN = ("taxcards", "fetch", "--all-clients", "--plan", "-p", PROFILE)


def main() -> None:
    """Print the wall, the CPU and the peak memory of each, and for how many employees of how many clients it was."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environ = seeded(home, SIZE)
        _may_order_all(home / PLATFORM)
        shutil.copy(home / PLATFORM, home / "fresh.db")
        commands = {
            "bureau --version": ("--version",),
            "taxcards status": ("taxcards", "status", "-p", PROFILE),
            "check taxcards": ("check", "taxcards", "-p", PROFILE),
            "taxcards fetch --plan": PLAN,
            "taxcards fetch": FETCH,
            "taxcards fetch -o xlsx": (*FETCH, "--out", str(home / "cards.xlsx"), "--force"),
        }
        timings = {name: Timing() for name in commands}
        for name in [*commands] * ROUNDS:
            shutil.copy(home / "fresh.db", home / PLATFORM)
            with served(home, environ):
                wall, cpu, peak = once([BUREAU, *commands[name]], environ)
            timings[name].wall.append(wall)
            timings[name].cpu.append(cpu)
            timings[name].peak.append(peak)
        shutil.copy(home / "fresh.db", home / PLATFORM)
        with served(home, environ):
            planned = json.loads(asked(environ, *PLAN, "-o", "json"))["data"]
            requests = requests_of(environ, *FETCH)
    _tell(timings)
    people = [row["employees"] for row in planned if row["employees"]]
    print(f"{sum(people)} employees of {len(people)} clients, {requests} requests")


def _may_order_all(store: Path) -> None:
    """Let the leader have access to every client, and every client have delegated its rights."""
    with closing(sqlite3.connect(store, isolation_level=None)) as db:
        db.execute("UPDATE client SET delegation = 'granted'")
        db.execute("DELETE FROM access")
        db.execute(
            "INSERT INTO access (client_id, user_id, role, starts, source)"
            " SELECT client.id, user.id, 'member', '2020-01-01', 'manual' FROM client, user"
            " WHERE login = 'kari.nordmann' AND client.status <> 'left'"
        )


def _tell(timings: dict[str, Timing]) -> None:
    for name, timing in timings.items():
        wall, cpu, peak = median(timing.wall), median(timing.cpu), max(timing.peak)
        print(f"{name:24} wall {wall:6.3f} s  CPU {cpu:6.3f} s  peak {peak:5.0f} MB")


if __name__ == "__main__":
    main()
