"""One process at a time: a lock on a file of this user, which the system frees when its holder dies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
from filelock import FileLock, Timeout

from bureau_cli.errors import LockHeld, PlaceInvalid
from bureau_cli.files.folders import made

PATIENCE_S = 30.0
LOOK_AGAIN_S = 0.05


@asynccontextmanager
async def alone(path: Path) -> AsyncIterator[None]:
    """Hold the lock at `path` for the block. The wait leaves the event loop free, for Ctrl-C too.

    Raises:
        LockHeld: another process did not let go of it within 30 s.
        PlaceInvalid: there cannot be such a file.
    """
    made(path.parent)
    # A lock that is only a file nobody may forget to remove would outlive its holder: none rather than that.
    lock = FileLock(path, mode=0o600, thread_local=False, fallback_to_soft=False)
    await _taken(lock, path)
    try:
        yield
    finally:
        lock.release()


async def _taken(lock: FileLock, path: Path) -> None:
    with anyio.move_on_after(PATIENCE_S):
        while True:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                await anyio.sleep(LOOK_AGAIN_S)
            except OSError as fault:
                raise PlaceInvalid(f"the lock {path} cannot be had: {fault.strerror}") from fault
            else:
                return
    raise LockHeld(f"another bureau process has held {path} for {PATIENCE_S:.0f} s")
