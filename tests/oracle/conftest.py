"""The demo portfolio as the oracle opens it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from oracle.store import OSLO, opened
from running import TODAY

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=OSLO)


@pytest.fixture(scope="session")
def audited(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The oracle's own copy of the portfolio, at noon of its day."""
    with opened(Path(shutil.copy(template, tmp_path_factory.mktemp("oracle") / "store.db")), NOON) as db:
        yield db


@pytest.fixture
def damageable(audited: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The same, and whatever is done to it is undone."""
    audited.execute("SAVEPOINT whole")
    yield audited
    audited.execute("ROLLBACK TO whole")
