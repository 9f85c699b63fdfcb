"""One process at a time: a lock on a file of this user, which the system frees when its holder dies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
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
    lock = _lock(path)
    await _taken(lock, path)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def held(path: Path, *, patience_s: float | None) -> Iterator[None]:
    """Hold the lock at `path` for the block, where no event loop runs; without a `patience_s` it waits for ever.

    Raises:
        LockHeld: another process did not let go of it in that time.
        PlaceInvalid: there cannot be such a file.
    """
    lock = _lock(path)
    try:
        lock.acquire(timeout=-1 if patience_s is None else patience_s)
    except Timeout:
        raise LockHeld(f"another bureau process holds {path}") from None
    except OSError as fault:
        raise _not_to_be_had(path, fault) from fault
    try:
        yield
    finally:
        lock.release()


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock at `path` now."""
    try:
        with held(path, patience_s=0):
            return True
    except LockHeld:
        return False


def _lock(path: Path) -> FileLock:
    made(path.parent)
    # A lock that is only a file nobody may forget to remove would outlive its holder: none rather than that.
    return FileLock(path, mode=0o600, thread_local=False, fallback_to_soft=False)


def _not_to_be_had(path: Path, fault: OSError) -> PlaceInvalid:
    return PlaceInvalid(f"the lock {path} cannot be had: {fault.strerror}")


async def _taken(lock: FileLock, path: Path) -> None:
    with anyio.move_on_after(PATIENCE_S):
        while True:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                await anyio.sleep(LOOK_AGAIN_S)
            except OSError as fault:
                raise _not_to_be_had(path, fault) from fault
            else:
                return
    raise LockHeld(f"another bureau process has held {path} for {PATIENCE_S:.0f} s")
