"""Saving a snapshot, killed while it fetches and while it writes: it is kept whole or not at all.

The control writes where the snapshot is to be, a piece at a time, and leaves halves behind.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S

pytestmark = pytest.mark.slow

KILLS = 8
WRITER = """
import sys
with open(sys.argv[1], "rb") as whole, open(sys.argv[2], "wb", buffering=0) as copy:
    for letter in whole.read():
        copy.write(bytes([letter]))
"""


@pytest.fixture
def saved(platform_file: Path, clean_world: Path) -> Path:  # noqa: ARG001 - the product looks for the file itself
    """A snapshot that was saved undisturbed, in the folder of all that are."""
    subprocess.run([*BUREAU, "snapshot", "save", "whole"], check=True, capture_output=True)
    (path,) = clean_world.rglob("whole.snapshot")
    return path


def test_killed_while_it_fetches_or_writes_a_save_leaves_a_whole_snapshot_or_none(saved: Path) -> None:
    begin = time.monotonic()
    saves = names_to_save()
    subprocess.run(next(saves), check=True, capture_output=True)
    usual = time.monotonic() - begin
    chance = random.Random(1)  # noqa: S311 - instants, no secrets
    known = set(saved.parent.iterdir())
    for _ in range(KILLS):
        killed_when(after(chance.uniform(0, usual)), next(saves))
        assert is_every_one_whole(saved.parent)
    seen_writing = sum(killed_when(lambda: set(saved.parent.iterdir()) != known, next(saves)) for _ in range(KILLS))
    assert seen_writing, "the control: it was there to be killed"
    assert is_every_one_whole(saved.parent)


def test_a_name_whose_save_was_killed_can_be_saved_again(saved: Path) -> None:
    known = set(saved.parent.iterdir())
    again = [*BUREAU, "snapshot", "save", "again"]
    killed_when(lambda: set(saved.parent.iterdir()) != known, again)
    assert subprocess.run(again, capture_output=True, check=False).returncode in {0, 6}, "6: it was whole already"
    assert is_every_one_whole(saved.parent)
    assert "again" in listed()


def test_the_control_whoever_writes_in_place_leaves_halves(saved: Path) -> None:
    half = saved.with_name("half.snapshot")
    killed_when(
        lambda: half.exists() and half.stat().st_size > 0, [sys.executable, "-c", WRITER, str(saved), str(half)]
    )
    assert 0 < half.stat().st_size < saved.stat().st_size
    assert not is_every_one_whole(saved.parent)
    assert "half" not in listed()


def names_to_save() -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        yield [*BUREAU, "snapshot", "save", f"try-{number}"]


def after(seconds: float) -> Callable[[], bool]:
    last = time.monotonic() + seconds
    return lambda: time.monotonic() >= last


def killed_when(holds: Callable[[], bool], line: Sequence[str]) -> bool:
    """Kill a process as soon as something holds; whether it was still there."""
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not holds():
            pass
        is_there = process.poll() is None
        process.kill()
        process.wait(WHOLE_WORLD_S)
    return is_there


def is_every_one_whole(folder: Path) -> bool:
    """Whether each is listed, and shown with all of its rows."""
    names = {path.name.removesuffix(".snapshot") for path in folder.glob("[!.]*.snapshot")}
    return names == listed() and all(is_shown(name) for name in names)


def is_shown(name: str) -> bool:
    line = [*BUREAU, "diff", name, "whole", "-o", "json"]
    return subprocess.run(line, capture_output=True, check=False).returncode == 0


def listed() -> set[str]:
    told: dict[str, Any] = json.loads(subprocess.check_output([*BUREAU, "snapshot", "list", "-o", "json"]))
    return {one["snapshot"] for one in told["data"]}
