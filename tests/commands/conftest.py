"""What the command tests share: the store behind the platform's back, who is asking, and a platform far away."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commands.kept import PERIOD, kept_files
from commands.oracle import in_group, numbers_where
from commands.outside import Waits, serving, with_profile
from platform_files import behind_its_back
from running import Bureau, call_in_process

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

Sql = Callable[..., list[Any]]

TOLD = {
    "employee", "card_content", "tax_card", "pay_run", "payslip", "pay_run_aga", "no_pay", "zone_1a_opening",
    "a_melding", "a_melding_run", "a_melding_aga", "deviation", "payment", "registration", "usage_month",
    "fact_instant",
}  # fmt: skip
"""The tables of what happened at the clients."""


@pytest.fixture
def sql(platform_file: Path) -> Sql:
    """Look into, or plant things in, the store behind the platform's back."""

    def run(statement: str, *values: Any) -> list[Any]:
        with behind_its_back(platform_file) as db:
            return db.execute(statement, values).fetchall()

    return run


@pytest.fixture
def everything(platform_file: Path) -> Callable[..., Mapping[str, Any]]:
    """All that the platform holds, to be compared with later; selections come and go and change nothing.

    Of what a source told, rows are only counted: no operation of the platform has a way to change them.
    """

    def held(but: str = "selection") -> dict[str, Any]:
        with closing(sqlite3.connect(platform_file)) as db:
            tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            asked = {table: "count(*)" if table in TOLD else "*" for table in tables}
            left_out = ("selection", but)
            return {
                table: db.execute(f"SELECT {what} FROM {table}").fetchall()  # noqa: S608 - tables of the schema
                for table, what in asked.items()
                if not table.startswith(left_out)
            }

    return held


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


@pytest.fixture(scope="session")
def october(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a snapshot of October, as the leader of the demo sees it; made once, copied by each test."""
    home = tmp_path_factory.mktemp("saved")
    folder = home / ".local/share/bureau"
    folder.mkdir(parents=True, mode=0o700)
    shutil.copy(template, folder / "platform.db")
    with pytest.MonkeyPatch.context() as world:
        world.setenv("HOME", str(home))
        assert call_in_process("snapshot", "save", "autumn", "--period", PERIOD).code == 0
        (file,) = kept_files()
    return file


@pytest.fixture
def saved(bureau: Bureau, october: Path) -> Path:  # noqa: ARG001 - the platform is to be there too
    """The test's own copy, where the product looks for it."""
    folder = Path.home() / ".local/share/bureau" / "snapshots/demo" / october.parent.name
    folder.mkdir(parents=True, mode=0o700)
    return Path(shutil.copy(october, folder))
