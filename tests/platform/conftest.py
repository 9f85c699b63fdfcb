"""A small platform for each test, on a day that stands still, with every exchange held against the contract."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from contract.checking import CheckedAgainstContract
from platform_files import behind_its_back

from bureau_cli.platform.admin import Admin
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform

CLIENTS = 45
TODAY = date(2026, 3, 16)
NOON = datetime(2026, 3, 16, 12, tzinfo=OSLO)


class HandClock:
    """A clock that a test moves by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now = (self.now.astimezone(UTC) + timedelta(**by)).astimezone(OSLO)  # summer time begins in between


class Api:
    """One user's way to the platform, synchronous for the tests' sake."""

    def __init__(self, app: Any, token: str, runner: asyncio.Runner) -> None:
        self._runner = runner
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://platform",
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )
        self._keys = 0

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self("GET", path, **more)

    def post(self, path: str, json: Any = None, *, key: str | None = None, **headers: str) -> httpx.Response:
        """Post with an idempotency key, a fresh one when none is given."""
        self._keys += 1
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self("POST", path, json=json, headers={"Idempotency-Key": key or f"test-{self._keys}", **named})

    def all(self, path: str, **params: Any) -> list[dict[str, Any]]:
        """Walk every page of a list."""
        items: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            page = self.get(path, params={**params, **({"cursor": cursor} if cursor else {})})
            assert page.status_code == 200, page.text
            items += page.json()["items"]
            cursor = page.json()["next"]
            if cursor is None:
                return items

    def as_task(self, method: str, path: str, **more: Any) -> asyncio.Task[httpx.Response]:
        """Begin a request, inside a coroutine given to `run`."""
        return asyncio.ensure_future(self._client.request(method, path, **more))

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(coroutine)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "demo.db"
    Admin(path).seed(CLIENTS, 1, TODAY)
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "demo.db"))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def admin(path: Path, clock: HandClock) -> Admin:
    return Admin(path, clock=clock)


@pytest.fixture
def platform(path: Path, clock: HandClock) -> Iterator[Platform]:
    with Platform.open(path, clock=clock) as opened:
        yield opened


@pytest.fixture
def sql(path: Path) -> Callable[..., list[sqlite3.Row]]:
    """Look into, or plant things in, the store behind the platform's back."""

    def run(statement: str, *values: Any) -> list[sqlite3.Row]:
        with behind_its_back(path) as db:
            return db.execute(statement, values).fetchall()

    return run


@pytest.fixture
def other_bureau(sql: Callable[..., list[sqlite3.Row]]) -> str:
    """Plant another bureau with one client, cl_x, and give its leader's login."""
    sql("INSERT INTO bureau VALUES ('bu_x', 'Other', '310000001')")
    sql(
        "INSERT INTO user (id, bureau_id, login, name, email, role, left_on)"
        " VALUES ('us_x', 'bu_x', 'other.leader', 'Other', 'o@other.example', 'leader', NULL)"
    )
    sql(
        "INSERT INTO client (id, bureau_id, number, name, name_key, name_order, orgnr, form, linked_via,"
        " altinn_settings, delegation, onboarded, active_from, uses_approval, payments_known, status, active_employees,"
        " owner) SELECT 'cl_x', 'bu_x', '1', 'Other', 'other', 'other', orgnr, form, 'onboarded',"
        " altinn_settings, delegation, onboarded, active_from, uses_approval, payments_known, status, 3,"
        " 'other.leader' FROM client WHERE id = 'cl_000001'"
    )
    return "other.leader"


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as one:
        yield one


@pytest.fixture
def api_of(platform: Platform, runner: asyncio.Runner) -> Callable[[str], Api]:
    """Give any user's way in; an empty login has no token."""
    app = CheckedAgainstContract(platform.asgi(fault_header=True), bad_requests=True)

    def of(login: str) -> Api:
        return Api(app, platform.token(login, timedelta(days=400)) if login else "", runner)

    return of


@pytest.fixture
def leader(api_of: Callable[[str], Api], platform: Platform) -> Api:
    return api_of(platform.demo_login)


@pytest.fixture
def administrator(api_of: Callable[[str], Api]) -> Api:
    return api_of("ola.admin")


@pytest.fixture
def officer(api_of: Callable[[str], Api], sql: Callable[..., list[sqlite3.Row]]) -> Api:
    return api_of(sql("SELECT login FROM user WHERE id = 'us_0005'")[0]["login"])
