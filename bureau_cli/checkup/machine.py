"""The machine: time zones, room on the disk, locks and left-overs, and the terminal."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from shlex import join
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bureau_cli.checkup.processes import lock_holders
from bureau_cli.checkup.verdicts import Surroundings, Verdict, not_checked, ok, problem, warning
from bureau_cli.files.folders import nearest

LITTLE_BYTES = 200 << 20
TOO_LITTLE_BYTES = 20 << 20
LEFT_OVER_AFTER_S = 3600
NARROW = 80
_MIB = 1 << 20


def time_zones(surroundings: Surroundings) -> Iterator[Verdict]:
    """The zone every deadline is reckoned in."""
    try:
        oslo = ZoneInfo("Europe/Oslo")
    except ZoneInfoNotFoundError:
        yield problem("time-zones", "Europe/Oslo is not known here", "pip install tzdata")
        return
    yield ok("time-zones", f"it is {surroundings.now().astimezone(oslo):%Y-%m-%d %H:%M} in Oslo")


def disk(surroundings: Surroundings) -> Iterator[Verdict]:
    """Room where files are written."""
    written = map(nearest, (surroundings.folders.config, surroundings.folders.data))
    for folder in {folder.stat().st_dev: folder for folder in written}.values():
        free = shutil.disk_usage(folder).free
        found = f"{free // _MIB:,} MiB free in {folder}".replace(",", " ")
        if free < TOO_LITTLE_BYTES:
            yield problem("disk", found, "free some space")
        elif free < LITTLE_BYTES:
            yield warning("disk", found, "free some space")
        else:
            yield ok("disk", found)


def locks(surroundings: Surroundings) -> Iterator[Verdict]:
    """Locks that are held: another bureau is at work, or hangs."""
    files = [path for folder in surroundings.kept for path in folder.rglob("*.lock")]
    held = [(path, who) for path in files for who in lock_holders(path)]
    for path, who in held:
        yield warning("locks", f"{path} is held by {who}", "wait for it to end, or end it")
    if not held:
        yield ok("locks", f"lock files: {len(files)}, none held")


def left_overs(surroundings: Surroundings) -> Iterator[Verdict]:
    """Files half written by a process that was killed."""
    names = (".*.part", "*.db.new")
    found = [path for folder in surroundings.kept for name in names for path in folder.rglob(name)]
    old = [path for path in found if time.time() - path.stat().st_mtime > LEFT_OVER_AFTER_S]
    if old:
        told = join(["rm", *map(str, old)])
        yield warning("left-overs", f"half written by a process that was killed: {len(old)} in all", told)
    else:
        yield ok("left-overs", "none")


def terminal(surroundings: Surroundings) -> Iterator[Verdict]:
    """What can be shown: letters beyond ASCII, and how many to a line."""
    screen = surroundings.screen
    if not screen.terminal:
        yield not_checked("terminal", "stdout is no terminal: tables are written as tsv")
        return
    found = f"{screen.width} columns, {'ASCII only' if screen.ascii_only else 'UTF-8'}"
    if screen.ascii_only:
        yield warning("terminal", found, "set LANG to a UTF-8 locale such as C.UTF-8")
    elif screen.width < NARROW:
        yield warning("terminal", found, "make the window wider, or choose columns with --fields")
    else:
        yield ok("terminal", found)


CHECKS = (time_zones, disk, locks, left_overs, terminal)
