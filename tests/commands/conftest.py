"""What the command tests share: the store behind the platform's back, who is asking, and a platform far away."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commands.oracle import in_group, numbers_where
from commands.outside import Waits, serving, with_profile

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

Sql = Callable[..., list[Any]]


@pytest.fixture
def sql(platform_file: Path) -> Sql:
    """Look into, or plant things in, the store behind the platform's back."""

    def run(statement: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(platform_file, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            return db.execute(statement, values).fetchall()

    return run


@pytest.fixture
def everything(platform_file: Path) -> Callable[..., Sequence[str]]:
    """All that the platform holds, to be compared with later; selections come and go and change nothing."""

    def dump(but: str = "selection") -> list[str]:
        left_out = tuple(f'INSERT INTO "{table}' for table in ("selection", but))
        with closing(sqlite3.connect(platform_file)) as db:
            return [line for line in db.iterdump() if not line.startswith(left_out)]

    return dump


@pytest.fixture
def acting_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """The embedded platform takes the caller for this user from now on."""
    return lambda login: monkeypatch.setenv("BUREAU_DEMO_USER", login)


@pytest.fixture
def faults(platform_file: Path) -> Callable[..., None]:
    """The platform makes these faults from now on, and no others."""
    return lambda *rules: Admin(platform_file).set_faults(rules)


@pytest.fixture
def afar(bureau: Any, clean_world: Path, platform_file: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on the test's platform, served on a port by another process; repeats come at once."""
    monkeypatch.setenv("BUREAU_TOKEN", Admin(platform_file).token("kari.nordmann", timedelta(hours=1)))
    with serving() as url:
        with_profile(clean_world, f"base_url = '{url}'", "credential = 'env'")
        yield lambda *argv: bureau(*argv, wiring=Wiring(patience=Waits().patience))


@pytest.fixture
def members(sql: Any) -> Callable[[str], list[str]]:
    """The numbers of the clients in a group, as the store has them."""
    return lambda slug: [row["number"] for row in sql(numbers_where(in_group(slug)))]


@pytest.fixture
def events(sql: Any) -> Callable[[], list[Any]]:
    """The audit trail: action, subject and outcome of every event."""

    def read() -> list[Any]:
        rows = [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event ORDER BY seq")]
        return [(event["action"], event["subject"], event["outcome"]) for event in rows]

    return read
