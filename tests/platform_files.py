"""Platform files made for tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from bureau_cli.platform.admin import Admin


def pinned_demo(path: Path, *, today: date, clients: int = 120) -> Path:
    """The demo portfolio as of a day, its clock standing at noon of that day."""
    admin = Admin(path)
    admin.seed(clients, 1, today)
    admin.clock(datetime(today.year, today.month, today.day, 12))  # noqa: DTZ001 - Oslo's, as the platform reads it
    return path


@contextmanager
def behind_its_back(path: Path) -> Iterator[sqlite3.Connection]:
    """A platform file to look into and to plant things in; nothing waits for the disk, as no test outlives a crash."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.row_factory = sqlite3.Row
        yield db
