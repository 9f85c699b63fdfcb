"""How a store comes into being: whole or not at all, however many processes begin at once."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from bureau_cli.platform import elapsed, filling, migrations
from bureau_cli.platform.clock import start_of_day, to_moment
from bureau_cli.platform.errors import StoreBusyError
from bureau_cli.platform.sources import Source
from bureau_cli.platform.sources.demo import DemoSource
from bureau_cli.platform.store import BUSY_SECONDS, connect, put_setting, require_store, telling_what_is_wrong

DEFAULT_CLIENTS = 120
DEFAULT_SEED = 1
_SIBLINGS_OF_A_STORE = ("-wal", "-shm", "-journal")
_SECRET_BYTES = 32
_LOOKS_AGAIN_SECONDS = 0.02
_ROWS_ANALYSED = 400  # of each index: enough for SQLite to tell the selective ones


def seed_if_absent(path: Path, source: Source, *, busy_seconds: float = BUSY_SECONDS) -> bool:
    """Make the store unless another process has just made it; tell whether this call did.

    Raises StoreBusyError when another process takes longer than that, or StoreOutOfReachError.
    """
    with telling_what_is_wrong(path), _lock(path, time.monotonic() + busy_seconds):
        if path.exists():
            return False
        _move(_make(path, source, today_given=False), path)
    return True


def replace(path: Path, source: Source, *, today_given: bool, busy_seconds: float = BUSY_SECONDS) -> None:
    """Put a fresh store in the place of an old one, or of nothing.

    Raises StoreBusyError, StoreOutOfReachError, or StoreUnreadableError for a file that is not a store.
    """
    deadline = time.monotonic() + busy_seconds
    with telling_what_is_wrong(path), _lock(path, deadline):
        made = _make(path, source, today_given=today_given)
        try:
            if path.exists():
                _overwrite(path, made, deadline)
            else:
                _move(made, path)
        finally:
            made.unlink(missing_ok=True)


def default_source(today: date) -> Source:
    """Give the demo that a store is filled from when nothing else is said."""
    return DemoSource(seed=DEFAULT_SEED, clients=DEFAULT_CLIENTS, today=today)


def _move(made: Path, path: Path) -> None:
    """Put a store where there is none: not beside the log of one that was removed by hand, which would destroy it."""
    for ending in _SIBLINGS_OF_A_STORE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    made.rename(path)


def _overwrite(path: Path, made: Path, deadline: float) -> None:
    """Copy a store over another in one transaction: others may have the old one open, and it has a log of its own."""

    def give_up_in_time(status: int, _remaining: int, _total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > deadline:
            raise StoreBusyError

    with closing(connect(made)) as fresh, closing(connect(path, max(0.0, deadline - time.monotonic()))) as old:
        require_store(old)
        old.execute("BEGIN IMMEDIATE")  # copying does not wait for who holds the store; this does
        old.execute("ROLLBACK")
        fresh.backup(old, progress=give_up_in_time)


@contextmanager
def _lock(path: Path, deadline: float) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        while not _is_locked(descriptor):
            if time.monotonic() > deadline:
                raise StoreBusyError
            time.sleep(_LOOKS_AGAIN_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    """Try to lock, and tell whether it is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _make(path: Path, source: Source, *, today_given: bool) -> Path:
    """Write a whole store beside the path, under the lock, and give its place."""
    made = path.with_name(path.name + ".new")
    made.unlink(missing_ok=True)
    os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _write(made, source, today_given=today_given)
    except BaseException:  # half of it would only fill a full disk
        made.unlink(missing_ok=True)
        raise
    return made


def _write(made: Path, source: Source, *, today_given: bool) -> None:
    with closing(sqlite3.connect(made, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        migrations.create(db)
        db.execute("BEGIN")
        put_setting(db, "secret", os.urandom(_SECRET_BYTES).hex())
        put_setting(db, "today_given", str(int(today_given)))
        filling.fill(db, source)
        elapsed.turn_day(db, to_moment(start_of_day(source.today)))
        db.execute("COMMIT")
        db.execute(f"PRAGMA analysis_limit = {_ROWS_ANALYSED}")
        db.execute("ANALYZE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA journal_mode = WAL")
