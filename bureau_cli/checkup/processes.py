"""Which processes have a file open or locked, from what Linux tells of them; elsewhere nobody is known."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROCESSES = Path("/proc")
_PROCESS_OF_LOCK, _FILE_OF_LOCK = 4, 5


def holders(path: Path) -> list[str]:
    """The other processes of this user that have the file open, like `python (pid 4711)`."""
    status = path.stat()
    return [_named(pid) for pid in _others() if (status.st_dev, status.st_ino) in _open_in(pid)]


def lock_holders(path: Path) -> list[str]:
    """The processes that hold a lock on the file.

    Linux tells the file by device and inode, but a layered file system's device is not the one a process sees.
    """
    status = path.stat()
    inode = str(status.st_ino)
    held = {pid for pid, locked in _locks() if locked == inode}
    return [_named(pid) for pid in sorted(held) if (status.st_dev, status.st_ino) in _open_in(pid)]


def _locks() -> Iterator[tuple[int, str]]:
    """Each lock's process and the inode of its file."""
    with suppress(OSError):
        for line in (PROCESSES / "locks").read_text(encoding="ascii").splitlines():
            words = line.replace("->", "").split()
            yield int(words[_PROCESS_OF_LOCK]), words[_FILE_OF_LOCK].rpartition(":")[2]


def _others() -> Iterator[int]:
    with suppress(OSError):
        for entry in os.scandir(PROCESSES):
            if entry.name.isdecimal() and int(entry.name) != os.getpid():
                yield int(entry.name)


def _open_in(pid: int) -> set[tuple[int, int]]:
    """Device and inode of each open file; empty for a process of somebody else, or one that has just ended."""
    found = set()
    with suppress(OSError):
        for entry in os.scandir(PROCESSES / str(pid) / "fd"):
            with suppress(OSError):
                status = entry.stat()
                found.add((status.st_dev, status.st_ino))
    return found


def _named(pid: int) -> str:
    name = "a process"
    with suppress(OSError):
        name = (PROCESSES / str(pid) / "comm").read_text(encoding="utf-8", errors="replace").strip()
    return f"{name} (pid {pid})"
