"""The lock that lets one process at a time renew a token or change the settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from bureau_cli.errors import LockHeld, PlaceInvalid
from bureau_cli.files import lock
from bureau_cli.files.lock import alone

HOLD = """
import sys, anyio
from pathlib import Path
from bureau_cli.files.lock import alone

async def hold():
    async with alone(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.readline()

anyio.run(hold)
"""


def test_only_one_process_has_it_and_it_is_free_when_that_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locks" / "prod.lock"
    monkeypatch.setattr(lock, "PATIENCE_S", 0.2)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeld):
            anyio.run(take, path)
        holder.kill()
    anyio.run(take, path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "prod.lock"
    victim.write_text("mine", encoding="utf-8")
    path.symlink_to(victim)
    with pytest.raises(PlaceInvalid, match="cannot be had"):
        anyio.run(take, path)
    assert victim.read_text(encoding="utf-8") == "mine"


async def take(path: Path) -> None:
    async with alone(path):
        pass
