"""10 000 grants, 20 users on 500 clients each, to a served platform, beside curl posting the same bodies bare.

Each time on a fresh copy of the same bureau, in which nobody has access to anything yet.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

from bench.processes import BUREAU, once
from bench.seed import PLATFORM
from bench.served import PROFILE, requests_of, seeded, served

SIZE = 600
USERS, CLIENTS = 20, 500
A_REQUEST = 500
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """Who is to have access to what: logins, and ids and numbers of clients."""

    users: list[str]
    clients: list[tuple[str, str]]

    def __len__(self) -> int:
        return len(self.users) * len(self.clients)

    def words(self) -> list[str]:
        """What is typed after `bureau`."""
        numbers = ",".join(number for _, number in self.clients)
        users = [word for user in self.users for word in ("--user", user)]
        return ["access", "grant", *users, "--clients", numbers, "--yes", "-p", PROFILE]

    def bodies(self) -> list[str]:
        """The same as requests of 500."""
        granted = [
            {"action": "grant", "user": user, "client": client, "role": "member", "key": uuid4().hex}
            for user in self.users
            for client, _ in self.clients
        ]
        return [json.dumps({"items": granted[at : at + A_REQUEST]}) for at in range(0, len(granted), A_REQUEST)]


def main() -> None:
    """Print seconds, requests a thousand grants, and the ratio to curl, which plans and writes down nothing."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environ = seeded(home, SIZE)
        grants = without_access(home / PLATFORM)
        shutil.copy(home / PLATFORM, home / "fresh.db")
        timings: dict[str, list[tuple[float, float, float]]] = {"bureau": [], "curl": []}
        for name in [*timings] * ROUNDS:
            shutil.copy(home / "fresh.db", home / PLATFORM)
            with served(home, environ) as url:
                command = [BUREAU, *grants.words()] if name == "bureau" else _curl(home, url, grants, environ)
                timings[name].append(once(command, environ))
            _require(home / PLATFORM, len(grants))
        shutil.copy(home / "fresh.db", home / PLATFORM)
        with served(home, environ):
            requests = requests_of(environ, *grants.words())
    _tell(timings, requests, len(grants))


def without_access(store: Path) -> Grants:
    """Let it be as if nobody had ever had access."""
    with closing(sqlite3.connect(store, isolation_level=None)) as db:
        db.execute("DELETE FROM access")
        users = db.execute("SELECT login FROM user WHERE left_on IS NULL ORDER BY login LIMIT ?", (USERS,)).fetchall()
        clients = db.execute("SELECT id, number FROM client ORDER BY number LIMIT ?", (CLIENTS,)).fetchall()
    return Grants(users=[login for (login,) in users], clients=clients)


def _require(store: Path, grants: int) -> None:
    """See that what was timed was done."""
    with closing(sqlite3.connect(store)) as db:
        (found,) = db.execute("SELECT count(*) FROM access").fetchone()
    if found != grants:
        raise SystemExit(f"{found} of {grants} were granted")


def _curl(home: Path, url: str, grants: Grants, environ: dict[str, str]) -> list[str]:
    """A command line for curl, four requests side by side as ours; the bodies are made ahead of the timing."""
    lines = ["parallel", "parallel-max = 4"]
    for number, content in enumerate(grants.bodies()):
        body = home / f"body-{number}.json"
        body.write_text(content, encoding="utf-8")
        lines += ["next"] * (number > 0)
        lines += ["silent", "fail-with-body", f'url = "{url}/v1/access/changes"', f'data = "@{body}"']
        lines += ['output = "/dev/null"', f'header = "Authorization: Bearer {environ["BUREAU_TOKEN"]}"']
        lines += ['header = "Content-Type: application/json"', f'header = "Idempotency-Key: {uuid4().hex}"']
    (home / "grants.curl").write_text("\n".join(lines), encoding="utf-8")
    return ["curl", "-K", str(home / "grants.curl")]


def _tell(timings: dict[str, list[tuple[float, float, float]]], requests: int, grants: int) -> None:
    walls = {name: median(wall for wall, _, _ in rounds) for name, rounds in timings.items()}
    for name, rounds in timings.items():
        cpu, peak = median(cpu for _, cpu, _ in rounds), max(peak for _, _, peak in rounds)
        print(f"{name:7} wall {walls[name]:6.3f} s  CPU {cpu:6.3f} s  peak {peak:6.1f} MB")
    ratio = walls["bureau"] / walls["curl"]
    print(f"{grants} grants, {requests / grants * 1000:.1f} requests a thousand, {ratio:.2f} x curl")


if __name__ == "__main__":
    main()
