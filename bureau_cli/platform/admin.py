"""Looking after the embedded platform's file: filling it, its clock, its faults, its tokens."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bureau_cli.platform import faults, tokens
from bureau_cli.platform.clock import OSLO, Clock, business_time, is_pinned, pin, real_time, to_seconds
from bureau_cli.platform.embedded import make_token, require_user
from bureau_cli.platform.errors import PlatformError
from bureau_cli.platform.faults import Fault
from bureau_cli.platform.seeding import DEFAULT_CLIENTS, DEFAULT_SEED, replace
from bureau_cli.platform.sources.demo import DemoSource
from bureau_cli.platform.store import BUSY_SECONDS, Store, setting

_DAYS_OF_DEMOS = (date(1980, 1, 1), date(2100, 1, 1))
"""Between these a demo may be made: it reaches back decades, and the clock may be set years ahead."""
_FARTHEST = timedelta(days=5 * 366)
"""How far from the portfolio's day the clock may be set: every month in between is written."""


class Admin:
    """The store at a path. Every method opens it, does one thing and closes it; all raise PlatformError."""

    def __init__(self, path: Path, *, clock: Clock = real_time, busy_seconds: float = BUSY_SECONDS) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._clock = clock

    def seed(self, clients: int = DEFAULT_CLIENTS, seed: int = DEFAULT_SEED, today: date | None = None) -> None:
        """Put a fresh demo in the place of whatever is there, as of a day or as of today."""
        if clients < 1 or seed < 0:
            raise PlatformError("seed_invalid", "a demo has at least one client, and a seed of 0 or more")
        day = today or self._clock().astimezone(OSLO).date()
        first, last = _DAYS_OF_DEMOS
        if not first <= day <= last:
            raise PlatformError("seed_invalid", f"a demo is made as of a day from {first} to {last}")
        source = DemoSource(seed=seed, clients=clients, today=day)
        replace(self._path, source, today_given=today is not None, busy_seconds=self._busy_seconds)

    def reset(self) -> None:
        """Put the demo back as it was seeded: same size and seed; same day if a day was given, else today."""
        with self._store() as store, store.reading() as db:
            recipe, today_given = json.loads(setting(db, "source")), setting(db, "today_given") == "1"
        today = date.fromisoformat(recipe["today"]) if today_given else None
        self.seed(int(recipe["clients"]), int(recipe["seed"]), today)

    def status(self) -> dict[str, Any]:
        """Tell what the store holds: paths, counts, the recipe it was filled by, its clock and faults."""
        with self._store() as store, store.reading() as db:
            recipe = json.loads(setting(db, "source"))
            return {
                "path": str(self._path),
                "size": recipe["clients"],
                "seed": recipe["seed"],
                "today": recipe["today"],
                **{f"{table}s": _count(db, table) for table in ("client", "user")},
                "groups": _count(db, "client_group"),
                "login": setting(db, "default_login"),
                "clock": business_time(db, self._clock).isoformat(),
                "pinned": is_pinned(db),
                "faults": [str(rule) for rule in faults.stored(db)],
                "horizon": setting(db, "horizon"),
                "bytes": self._path.stat().st_size,
            }

    def clock(self, set_to: datetime | None) -> None:
        """Let the platform's clock stand still at a moment, or with None follow the real time again.

        A moment without an offset is one in Oslo.
        """
        if set_to is not None and set_to.tzinfo is None:
            set_to = set_to.replace(tzinfo=OSLO)
        with self._store() as store, store.writing() as db:
            if set_to is not None:
                day = date.fromisoformat(json.loads(setting(db, "source"))["today"])
                if abs(set_to.astimezone(OSLO).date() - day) > _FARTHEST:
                    raise PlatformError("clock_out_of_reach", f"the clock may be set within five years of {day}")
            pin(db, set_to)

    def faults(self) -> list[str]:
        """Give the rules of the faults that are on, as `faults.py` writes them."""
        with self._store() as store, store.reading() as db:
            return [str(rule) for rule in faults.stored(db)]

    def set_faults(self, rules: Sequence[str]) -> None:
        """Turn these faults on, and all others off."""
        parsed = [Fault.parse(rule) for rule in rules]
        with self._store() as store, store.writing() as db:
            faults.store(db, parsed)

    def token(self, login: str, lifetime: timedelta) -> str:
        """Make an access token of a user; raise LookupError if there is no such user, or not any more."""
        with self._store() as store:
            return make_token(store, self._clock, login, lifetime)

    def issue_static_token(self, login: str) -> str:
        """Make a static access token of a user; this is the only time it is shown."""
        secret = tokens.make_secret()
        with self._store() as store, store.writing() as db:
            now = business_time(db, self._clock)
            user = require_user(db, login, now.date())
            db.execute(
                "INSERT INTO static_token VALUES (?, ?, ?)", (tokens.hashed(secret), user["id"], to_seconds(now))
            )
        return secret

    def issue_client_credentials(self, login: str) -> tuple[str, str]:
        """Make a client id and its secret for a user; this is the only time the secret is shown."""
        client_id, secret = f"bc_{tokens.make_secret()[:16]}", tokens.make_secret()
        with self._store() as store, store.writing() as db:
            now = business_time(db, self._clock)
            user = require_user(db, login, now.date())
            row = (client_id, tokens.hashed(secret), user["id"], to_seconds(now))
            db.execute("INSERT INTO client_credential VALUES (?, ?, ?, ?)", row)
        return client_id, secret

    @contextmanager
    def _store(self) -> Iterator[Store]:
        with closing(Store.open(self._path, busy_seconds=self._busy_seconds)) as store:
            yield store


def _count(db: sqlite3.Connection, table: str) -> int:
    (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a table of ours
    return int(count)
