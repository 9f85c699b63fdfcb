"""What stands in for the outside world: waits that do not wait, requests that are counted, a platform on a port."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import httpx
from contract.checking import CheckedAgainstContract

from bureau_cli.app import Wiring

BUREAU = (sys.executable, "-m", "bureau_cli")
WHOLE_WORLD_S = 20
"""How long a test waits for something that is sure to happen; only a failing test ever does."""


class Waits:
    """The client's patience, noted instead of waited; `meanwhile` happens in each wait."""

    def __init__(self, meanwhile: Callable[[float], None] = lambda _: None) -> None:
        self.seconds: list[float] = []
        self._meanwhile = meanwhile

    @property
    def patience(self) -> Mapping[str, Any]:
        return {"sleep": self._sleep, "chance": lambda: 1.0}

    async def _sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)
        # Elsewhere, as the store is not to be written by the thread that reads it.
        await anyio.to_thread.run_sync(self._meanwhile, seconds)


class Counted:
    """Wraps the embedded platform: every request's method and path and every header, noted before it is taken."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []

    def around(self, app: Any) -> Any:
        """Every exchange is also held against the contract."""
        return self.plainly_around(CheckedAgainstContract(app))

    def plainly_around(self, app: Any) -> Any:
        """Whatever is answered is passed on."""

        async def noting(scope: Any, receive: Any, send: Any) -> None:
            self.requests.append(f"{scope['method']} {scope['path']}")
            self.headers.append({name.decode(): value.decode() for name, value in scope["headers"]})
            await app(scope, receive, send)

        return noting


def refusing() -> Wiring:
    """A platform whose requests may be wrong: then they must be refused."""
    return Wiring(around=partial(CheckedAgainstContract, bad_requests=True))


def unhurried() -> Wiring:
    """Repeats come at once."""
    return Wiring(around=CheckedAgainstContract, patience=Waits().patience)


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """The test's platform on a port of this machine, in a process of its own; gives its address."""
    command = [*BUREAU, "platform", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert url, process.communicate()[1]
            yield url
        finally:
            process.terminate()
            process.communicate(timeout=WHOLE_WORLD_S)


def with_profile(home: Path, *lines: str, name: str = "far") -> Path:
    """The user's configuration: one profile, which is the default."""
    config = home / ".config" / "bureau" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("\n".join([f"defaults.profile = '{name}'", f"[profiles.{name}]", *lines]), encoding="utf-8")
    return config


def child(*argv: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """A whole process, as a shell would start it."""
    environ = os.environ | more.pop("environ", {})
    return subprocess.run(
        [*BUREAU, *argv], env=environ, capture_output=True, text=True, timeout=WHOLE_WORLD_S, check=False, **more
    )


ELSEWHERE = "https://platform.example"
ME = {
    "user": {"login": "kari.nordmann", "name": "Kari Nordmann"},
    "role": "leader",
    "bureau": {"name": "Byrået", "orgnr": "310000001"},
    "token": {"expires_at": "2036-11-23T00:00:00+01:00"},
}
"""Whom a remote platform of a test takes the caller for: whoever changes many is written down with it."""


def far(home: Path, answer: Callable[[httpx.Request], httpx.Response]) -> Wiring:
    """A remote platform that answers as the test says, and the profile that leads there."""
    with_profile(home, f"base_url = '{ELSEWHERE}'", "credential = 'env'")
    return Wiring(network=httpx.MockTransport(answer), patience=Waits().patience)


def problem(status: int, code: str, **more: str) -> httpx.Response:
    """An answer that refuses."""
    body = {"status": status, "code": code, "title": "No", "detail": "It was refused.", "request_id": "rq-1"}
    return httpx.Response(status, json=body, headers={"Content-Type": "application/problem+json", **more})


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that is sure to happen."""
    last = time.monotonic() + WHOLE_WORLD_S
    while not holds():
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.01)
