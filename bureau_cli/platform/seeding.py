"""How a store comes into being: whole or not at all, however many processes begin at once."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from bureau_cli.platform import elapsed, filling, migrations
from bureau_cli.platform.errors import StoreUnreadableError
from bureau_cli.platform.sources import Source
from bureau_cli.platform.sources.demo import DemoSource
from bureau_cli.platform.store import BUSY_SECONDS, connect, put_setting

DEFAULT_CLIENTS = 120
DEFAULT_SEED = 1
_SIBLINGS_OF_A_STORE = ("-wal", "-shm", "-journal")
_SECRET_BYTES = 32
_ROWS_ANALYSED = 400  # of each index: enough for SQLite to tell the selective ones


def seed_if_absent(path: Path, source: Source) -> bool:
    """Make the store unless another process has just made it; tell whether this call did."""
    with _lock(path):
        if path.exists():
            return False
        made = _make(path, source, today_given=False)
        for ending in _SIBLINGS_OF_A_STORE:  # of a store someone has removed by hand
            path.with_name(path.name + ending).unlink(missing_ok=True)
        made.rename(path)
    return True


def replace(path: Path, source: Source, *, today_given: bool) -> None:
    """Put a fresh store in the place of whatever is there.

    An existing file is overwritten in one transaction rather than renamed away: others may have it open, and a
    write-ahead log left beside a new file would destroy it.
    """
    with _lock(path):
        made = _make(path, source, today_given=today_given)
        if not path.exists():
            made.rename(path)
            return
        try:
            with closing(connect(made)) as fresh, closing(connect(path, BUSY_SECONDS)) as old:
                fresh.backup(old)
        except sqlite3.DatabaseError as cause:
            raise StoreUnreadableError(path) from cause
        finally:
            made.unlink()


def default_source(today: date) -> Source:
    """Give the demo that a store is filled from when nothing else is said."""
    return DemoSource(seed=DEFAULT_SEED, clients=DEFAULT_CLIENTS, today=today)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make(path: Path, source: Source, *, today_given: bool) -> Path:
    """Write a whole store beside the path, under the lock, and give its place."""
    made = path.with_name(path.name + ".new")
    made.unlink(missing_ok=True)
    os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(made, isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        migrations.create(db)
        db.execute("BEGIN")
        put_setting(db, "secret", os.urandom(_SECRET_BYTES).hex())
        put_setting(db, "today_given", str(int(today_given)))
        filling.fill(db, source)
        elapsed.turn_day(db, source.today)
        db.execute("COMMIT")
        db.execute(f"PRAGMA analysis_limit = {_ROWS_ANALYSED}")
        db.execute("ANALYZE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA journal_mode = WAL")
    return made
