"""A look at a store that changes nothing, not even the files that SQLite keeps beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bureau_cli.platform import faults, migrations
from bureau_cli.platform.clock import business_time, is_pinned, real_time
from bureau_cli.platform.errors import StoreMissingError
from bureau_cli.platform.store import require_store, telling_what_is_wrong

_WHOLE = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a store is and how it is set."""

    version: int
    clock: datetime
    pinned: bool
    faults: tuple[str, ...]


def look(path: Path) -> Look:
    """Look at a store; raise a PlatformError where it cannot be used."""
    with _opened(path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        return Look(
            version=version,
            clock=business_time(db, real_time),
            pinned=is_pinned(db),
            faults=tuple(str(rule) for rule in faults.stored(db)),
        )


def damage(path: Path) -> str | None:
    """Read the whole store and give the first thing broken in it, or None."""
    with _opened(path) as db:
        (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    return None if found == _WHOLE else str(found)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a store for reading; without a log beside it nobody has it open, and then not even a lock is taken."""
    with telling_what_is_wrong(path):
        if not path.is_file():
            raise StoreMissingError(path)
        how = "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as db:
            db.row_factory = sqlite3.Row
            require_store(db)
            migrations.is_current(db, migrations.LIFTS)
            yield db
