"""One SQLite file behind one connection: read transactions, write transactions, settings."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from bureau_cli.platform import migrations
from bureau_cli.platform.errors import StoreBusyError, StoreMissingError, StoreOutOfReachError, StoreUnreadableError
from bureau_cli.platform.migrations import LIFTS, Lifts
from bureau_cli.platform.names import search_key

BUSY_SECONDS = 10.0


class Store:
    """An opened store. One thread at a time may use it; several processes may share the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = BUSY_SECONDS, lifts: Lifts = LIFTS) -> Self:
        """Open the file and lift it to the newest version if it is older.

        Raises StoreMissingError, StoreUnreadableError, StoreOutOfReachError, StoreTooNewError or StoreBusyError.
        """
        with telling_what_is_wrong(path):
            if not path.is_file():
                raise StoreMissingError(path)
            store = cls(connect(path, busy_seconds))
            try:
                store._make_current(lifts)
            except BaseException:
                store.close()
                raise
        return store

    def _make_current(self, lifts: Lifts) -> None:
        self._connection.execute("PRAGMA synchronous = NORMAL")
        with self.reading() as db:
            require_store(db)
            current = migrations.is_current(db, lifts)
        if not current:
            with self.writing() as db:
                migrations.lift(db, lifts)
        self._connection.execute("PRAGMA foreign_keys = ON")  # only now: lifting may rebuild a table others refer to

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Show one snapshot of the store."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the store for writing; commit at the end, roll back on any exception."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        db = self._connection
        try:
            db.execute(begin)
            yield db
            db.execute("COMMIT")
        except sqlite3.OperationalError as cause:
            if _is_busy(cause):
                raise StoreBusyError from cause
            raise
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")

    def change_mark(self) -> tuple[int, int]:
        """Give a value that differs whenever anyone may have changed the store."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return version, self._connection.total_changes

    def close(self) -> None:
        """Release the file."""
        self._connection.close()


def connect(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open the file: explicit transactions, rows by name, `search_key` in SQL, waiting for other processes."""
    connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.create_function("search_key", 1, lambda text: text and search_key(text), deterministic=True)
    return connection


def require_store(db: sqlite3.Connection) -> None:
    """Raise the DatabaseError of a file that is another program's."""
    if not migrations.is_store(db):
        raise sqlite3.DatabaseError("written by another program")


@contextmanager
def telling_what_is_wrong(path: Path) -> Iterator[None]:
    """Tell in the platform's own errors what keeps a file from being opened or written."""
    try:
        yield
    except sqlite3.OperationalError as cause:
        if _is_busy(cause):
            raise StoreBusyError from cause
        raise StoreOutOfReachError(path, str(cause)) from cause
    except sqlite3.DatabaseError as cause:
        raise StoreUnreadableError(path) from cause
    except OSError as cause:
        raise StoreOutOfReachError(path, cause.strerror or str(cause)) from cause


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def setting(db: sqlite3.Connection, name: str) -> str:
    """Read one setting of the store; empty when it is not set."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return "" if row is None else str(row["value"])


def put_setting(db: sqlite3.Connection, name: str, value: str) -> None:
    """Write one setting of the store; empty means not set."""
    db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
