"""A demo bureau of its own, served on a free port of this machine, and the environment in which commands reach it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import BUREAU, own_environment

PROFILE = "served"


def seeded(home: Path, clients: int) -> dict[str, str]:
    """Make a bureau of so many clients, and give the environment of whoever leads it."""
    environ = own_environment(HOME=str(home))
    asked(environ, "platform", "seed", "--clients", str(clients), "--yes")
    status = json.loads(asked(environ, "platform", "status", "-o", "json"))["data"]
    return environ | {"BUREAU_TOKEN": asked(environ, "platform", "token", status["login"]).strip()}


@contextmanager
def served(home: Path, environ: dict[str, str], *options: str) -> Iterator[str]:
    """Serve what was made, with the options of `platform serve`; gives the address, where PROFILE leads."""
    command = [BUREAU, "platform", "serve", "--port", "0", *options]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None  # noqa: S101 - it was asked for
            base_url = server.stdout.readline().strip()
            config = home / ".config" / "bureau" / "config.toml"
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text(f'[profiles.{PROFILE}]\nbase_url = "{base_url}"\ncredential = "env"\n', encoding="utf-8")
            yield base_url
        finally:
            server.terminate()


def asked(environ: dict[str, str], *words: str) -> str:
    """Give what a command prints."""
    return subprocess.run([BUREAU, *words], env=environ, check=True, capture_output=True, text=True).stdout


def requests_of(environ: dict[str, str], *words: str) -> int:
    """How many requests a command makes."""
    told = subprocess.run([BUREAU, *words, "--trace"], env=environ, check=False, capture_output=True, text=True).stderr
    return len(re.findall(r"^[A-Z]+ /\S+ → \d+,", told, re.MULTILINE))
