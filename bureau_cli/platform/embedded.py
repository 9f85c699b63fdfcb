"""The platform, opened: a store, a worker thread, and the ASGI application over them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Self

from bureau_cli import contract
from bureau_cli.platform import tokens
from bureau_cli.platform.application import Application
from bureau_cli.platform.clock import OSLO, Clock, business_time, real_time, to_seconds
from bureau_cli.platform.engine import Engine
from bureau_cli.platform.problems import ProblemCodes
from bureau_cli.platform.requests import Operation, operations
from bureau_cli.platform.store import BUSY_SECONDS, Store, setting

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path
    from types import TracebackType


class Platform:
    """The opened platform. `seeded` is the number of clients that opening it has made, or None if it was there."""

    def __init__(self, store: Store, clock: Clock, *, seeded: int | None) -> None:
        self.seeded = seeded
        self._store = store
        self._clock = clock
        self._codes, self._operations = _described()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="platform")
        self._engine = Engine(store, clock, self._codes)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock = real_time,
        busy_seconds: float = BUSY_SECONDS,
    ) -> Self:
        """Open the store at a path; fill it first, with the default demo, if there is none.

        A write waits `busy_seconds` for other processes before it is refused. Raises PlatformError.
        """
        is_new = not path.exists() and _seed(path, clock, busy_seconds)
        store = Store.open(path, busy_seconds=busy_seconds)
        return cls(store, clock, seeded=_count_clients(store) if is_new else None)

    @property
    def demo_login(self) -> str:
        """The login of the user the platform takes a caller for who names none."""
        return self._worker.submit(_default_login, self._store).result()

    def token(self, login: str, lifetime: timedelta) -> str:
        """Make an access token of a user; raise LookupError if there is no such user, or not any more."""
        return self._worker.submit(make_token, self._store, self._clock, login, lifetime).result()

    def asgi(self, *, fault_header: bool = False, delay: timedelta = timedelta()) -> Application:
        """Give the ASGI application; `delay` is added to every answer."""
        return Application(
            self._engine, self._operations, self._codes, self._worker, fault_header=fault_header, delay=delay
        )

    def close(self) -> None:
        """Let the request under way end, then release the thread and the file."""
        self._worker.shutdown(wait=True)
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


@cache
def _described() -> tuple[ProblemCodes, tuple[Operation, ...]]:
    """What the contract says, read once: it is the same for every platform of a process."""
    described = contract.load()
    return ProblemCodes(described), tuple(operations(described))


def make_token(store: Store, clock: Clock, login: str, lifetime: timedelta) -> str:
    """Make an access token of a user; raise LookupError if there is no such user, or not any more."""
    with store.reading() as db:
        now = business_time(db, clock)
        return tokens.issue(db, require_user(db, login, now.date()), to_seconds(now + lifetime))


def require_user(db: sqlite3.Connection, login: str, today: date) -> sqlite3.Row:
    """Find a user who has not left by login, or raise LookupError."""
    row = db.execute("SELECT id FROM user WHERE login = ?", (login,)).fetchone()
    user = tokens.present_user(db, row["id"], today) if row else None
    if user is None:
        raise LookupError(login)
    return user


def _seed(path: Path, clock: Clock, busy_seconds: float) -> bool:
    from bureau_cli.platform import seeding  # noqa: PLC0415 - needed once in a store's life; starting is to be quick

    source = seeding.default_source(clock().astimezone(OSLO).date())
    return seeding.seed_if_absent(path, source, busy_seconds=busy_seconds)


def _default_login(store: Store) -> str:
    with store.reading() as db:
        return setting(db, "default_login")


def _count_clients(store: Store) -> int:
    with store.reading() as db:
        (count,) = db.execute("SELECT count(*) FROM client").fetchone()
    return int(count)
