"""What 600 clients feel like where every request takes 20 ms more: whole commands, beside one that asks for nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from bench.grants import without_access
from bench.processes import BUREAU, alternate
from bench.seed import PLATFORM
from bench.served import PROFILE, requests_of, seeded, served

CLIENTS = 600
ROUNDS = 5
LOGIN = "geir.berg"
CHANGING = ("--all-clients", "--yes", "-p", PROFILE)
COMMANDS = {
    "bureau --version": ("--version",),
    "clients list": ("clients", "list", "-p", PROFILE),
    "access list": ("access", "list", "-p", PROFILE),
    "access grant": ("access", "grant", "--user", LOGIN, *CHANGING),
    "access revoke": ("access", "revoke", "--user", LOGIN, *CHANGING),
}


def main() -> None:
    """Print the wall and the CPU of each; what is granted in one is revoked in the next, so all of it is done."""
    with tempfile.TemporaryDirectory() as home:
        environ = seeded(Path(home), CLIENTS)
        without_access(Path(home) / PLATFORM)
        with served(Path(home), environ, "--delay", "20ms"):
            commands = {name: (BUREAU, *words) for name, words in COMMANDS.items()}
            timings = alternate(commands, ROUNDS, environ)
            requests = {name: requests_of(environ, *words) for name, words in COMMANDS.items()}
    for name, timing in timings.items():
        wall, cpu = median(timing.wall), median(timing.cpu)
        print(f"{name:18} wall {wall:.3f} s  CPU {cpu:.3f} s  {requests[name]} requests")


if __name__ == "__main__":
    main()
