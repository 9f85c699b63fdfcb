"""The demo portfolio as the oracle opens it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from oracle.store import HERE, OSLO, blocks, opened
from running import TODAY

EXPECTED = dict(blocks("answer", (HERE / "answers.sql").read_text(encoding="utf-8")))
MOMENTS = ("2026-11-04T09:00", "2026-11-23T12:00", "2026-12-16T16:00")
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


@pytest.fixture(params=MOMENTS)
def expected(request, bureau, platform_file):
    """What SQL finds at a moment, for which the platform's clock is set too."""
    assert bureau("platform", "clock", request.param).code == 0
    with opened(platform_file, datetime.fromisoformat(request.param).replace(tzinfo=OSLO)) as db:
        yield lambda name: {tuple(row) for row in db.execute(EXPECTED[name])}


@pytest.fixture
def ask(bureau):
    """What the platform answers."""

    def answer(path, *fields):
        return json.loads(bureau("api", "GET", path, *(f"-f{name}={value}" for name, value in fields)).text)

    return answer


@pytest.fixture
def every(ask):
    """Every row of a list, page after page."""

    def rows(path, *asked):
        items, cursor = [], None
        while True:
            page = ask(path, ("limit", 500), *asked, *([("cursor", cursor)] if cursor else []))
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                assert page["total"] == len(items)
                return items

    return rows
