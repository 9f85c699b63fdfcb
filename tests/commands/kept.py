"""Snapshots that tests look at: where they are, and that no platform is asked beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bureau_cli.app import Wiring

PERIOD = "2026-10"


def kept_files() -> list[Path]:
    """Everything that is where snapshots are."""
    return sorted(path for path in (Path.home() / ".local/share/bureau/snapshots").rglob("*") if path.is_file())


def no_platform(_app: Any) -> Any:
    async def application(*_: Any) -> None:
        raise AssertionError("the platform was asked")

    return application


OFFLINE = Wiring(around=no_platform)
