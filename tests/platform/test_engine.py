"""One instant a request: told when the store is held, so that nothing can come in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from bureau_cli.platform.embedded import Platform

from .conftest import NOON, Api
from .test_groups import change, item, outcomes
from .test_jobs import order


class WaitingClock:
    """A clock for a caller who has waited a minute for the store: only who holds it is told the later time."""

    def __init__(self, path):
        self._path = path

    def __call__(self):
        with closing(sqlite3.connect(self._path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return NOON + timedelta(minutes=1)
            return NOON


@pytest.fixture
def late(path, runner):
    """The way in of someone who waits."""
    with Platform.open(path, clock=WaitingClock(path)) as platform:
        yield lambda login: Api(platform.asgi(), platform.token(login, timedelta(hours=1)), runner)


def test_access_that_ended_while_a_change_waited_for_the_store_is_not_honoured(late, sql):
    ended = int((NOON + timedelta(seconds=30)).timestamp())
    sql("UPDATE access SET ended_at = ? WHERE user_id = 'us_0001' AND client_id = 'cl_000006'", ended)
    assert outcomes(change(late("ola.admin"), "paused", item("a", "cl_000006"))) == ["no_access"]


def test_a_job_that_fell_due_while_a_change_waited_for_the_store_is_done_before_it(late, leader):
    order(leader, item("a", "cl_000001"))
    assert outcomes(change(late("kari.nordmann"), "paused", item("b", "cl_000001", "remove"))) == ["done"]
    events = leader.all("/v1/audit-events")
    assert [event["action"] for event in events] == ["group.member.add", "group.member.remove"]
    assert [event["at"] for event in events] == ["2026-03-16T12:00:02+01:00", "2026-03-16T12:01:00+01:00"]
