"""What the command tests share: the store behind the platform's back, and who is asking."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

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
