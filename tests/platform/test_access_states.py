"""Whatever is granted, ended and waited for: a client has one owner at most, a user one access that is not over."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau_cli.platform.embedded import Platform

from .conftest import Api, HandClock

CLIENT = "cl_000001"
USERS = ("kari.nordmann", "anne.aas", "fatima.dahl")
DAYS = st.one_of(st.none(), st.integers(0, 6))
CHANGES = st.fixed_dictionaries(
    {"action": st.sampled_from(["grant", "end"]), "user": st.sampled_from(USERS), "to": DAYS},
    optional={
        "role": st.sampled_from(["owner", "member"]),
        "from": st.integers(0, 6),
        "new_owner": st.sampled_from([None, *USERS]),
    },
)
STEPS = st.lists(st.one_of(CHANGES, st.integers(-5, 5)), max_size=12)

NOT_OVER = "client_id = ? AND until >= ? AND (ended_at IS NULL OR ended_at > ?)"
OWNERS = f"SELECT count(*) FROM access WHERE role = 'owner' AND starts <= ? AND {NOT_OVER}"  # noqa: S608 - ours


def item(number, step, today):
    days = {name: str(today + timedelta(days=step[name])) for name in ("from", "to") if step.get(name) is not None}
    named = {name: value for name, value in step.items() if name not in {"from", "to"}}
    return {"key": f"k{number}", "client": CLIENT, **named, **days}


def owners(path, now):
    day, seconds = str(now.date()), int(now.timestamp())
    with closing(sqlite3.connect(path)) as db:
        return db.execute(OWNERS, (day, CLIENT, day, seconds)).fetchone()[0]


@pytest.fixture
def play(template, tmp_path):
    """Play steps, changes and days to pass or to go back, on a store of their own; look after each one."""
    path = tmp_path / "played.db"

    def run(steps):
        shutil.copy(template, path)
        clock = HandClock()
        with asyncio.Runner() as runner, Platform.open(path, clock=clock) as platform:
            app = platform.asgi()
            leader = Api(app, platform.token("peder.as", timedelta(days=400)), runner)
            users = {login: Api(app, platform.token(login, timedelta(days=400)), runner) for login in USERS}
            for number, step in enumerate(steps):
                if isinstance(step, int):
                    clock.advance(days=step)
                else:
                    changed = leader.post("/v1/access/changes", {"items": [item(number, step, clock.now.date())]})
                    assert changed.status_code == 200, changed.text
                look(path, clock.now, leader, users)

    return run


def look(path, now, leader, users):
    assert owners(path, now) <= 1
    running = {one["user"]["login"] for one in leader.all("/v1/access", client=CLIENT, state="running")}
    for login, api in users.items():
        shown = api.get(f"/v1/clients/{CLIENT}").json()
        assert (shown["my_access"] is not None) == (login in running)
        if login not in running and shown["last_run"] is not None:
            assert shown["last_run"]["gross"] is None


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_no_order_of_changes_and_days_leaves_two_owners_or_figures_to_those_without_access(play, steps):
    play(steps)
