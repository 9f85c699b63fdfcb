"""How new an answer says it is: as new as the newest fact in it, and never newer than now."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bureau_cli.platform.admin import Admin
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform

from .conftest import NOON, Api, HandClock

LISTS = (
    "/v1/clients",
    "/v1/groups",
    "/v1/jobs",
    "/v1/audit-events",
    "/v1/deadlines",
    "/v1/dashboard",
    "/v1/me",
    "/v1/meta",
)


def as_of(api, place):
    return datetime.fromisoformat(api.get(place).json()["as_of"])


@pytest.fixture
def quiet(sql):
    """Let nothing happen at the clients from the test's own day on."""
    sql("DELETE FROM fact_instant WHERE at > ?", int(NOON.replace(hour=0).timestamp()))


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("place", LISTS)
def test_an_answer_is_as_new_as_the_day_on_which_its_clients_were_fetched(leader, clock, place):
    assert as_of(leader, place) == NOON.replace(hour=0)
    clock.advance(days=1)
    assert as_of(leader, place) == datetime(2026, 3, 17, tzinfo=OSLO)
    assert leader.get("/v1/clients/cl_000001").json()["fetched_at"] == "2026-03-17T00:00:00+01:00"


@pytest.mark.parametrize("place", [place for place in LISTS if place != "/v1/meta"])
def test_an_answer_is_as_new_as_what_happened_last_at_the_clients(leader, clock, sql, place):
    (row,) = sql("SELECT max(at) AS last FROM fact_instant WHERE at <= ?", int(NOON.timestamp()))
    assert as_of(leader, place) == datetime.fromtimestamp(row["last"], OSLO) > NOON.replace(hour=0)
    sql("INSERT INTO fact_instant VALUES ('bu_0001', ?)", int(NOON.timestamp()) + 60)
    assert as_of(leader, place) < NOON
    clock.advance(minutes=1)
    assert as_of(leader, place) == clock.now


@pytest.mark.usefixtures("quiet")
def test_a_change_is_the_newest_fact_at_once(leader, clock):
    leader.post("/v1/groups", {"slug": "vip"})
    clock.advance(hours=1)
    assert as_of(leader, "/v1/clients") == NOON


@pytest.mark.parametrize("place", LISTS)
def test_no_answer_is_newer_than_a_clock_that_was_set_back(leader, admin, place):
    leader.post("/v1/groups", {"slug": "vip"})
    past = datetime(2026, 2, 1, 5, tzinfo=OSLO)
    admin.clock(past)
    assert as_of(leader, place) == past.replace(hour=0)


def test_no_answer_is_newer_than_now_in_a_demo_of_a_later_day(tmp_path):
    path, clock = tmp_path / "demo.db", HandClock()
    Admin(path, clock=clock).seed(3, 1, NOON.date() + timedelta(days=30))
    with Platform.open(path, clock=clock) as platform, asyncio.Runner() as runner:
        api = Api(platform.asgi(), platform.token(platform.demo_login, timedelta(hours=1)), runner)
        assert all(as_of(api, place) <= NOON for place in LISTS)
