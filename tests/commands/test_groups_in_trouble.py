"""`groups` when others were first, when an answer is lost, when the work becomes a job: once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from commands.outside import Counted, Waits, child, unhurried
from contract.checking import CheckedAgainstContract

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

ADD_TWO = ("groups", "add", "paused", "--clients", "10001,10013,10002")

# --- somebody else was there first -----------------------------------------------------------------------------------


class Meanwhile:
    """Wraps the platform: just before the first request of this method, something else happens."""

    def __init__(self, app: Any, *, method: str, act: Callable[[], object]) -> None:
        self._app = CheckedAgainstContract(app)
        self._method = method
        self._left = [act]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == self._method and self._left:
            await anyio.to_thread.run_sync(self._left.pop())
        await self._app(scope, receive, send)


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("DELETE", ("groups", "delete", "finance", "--yes")),
        ("PATCH", ("groups", "rename", "finance", "--title", "Finans")),
    ],
)
def test_a_group_that_moved_since_it_was_read_is_left_alone(bureau: Any, members: Any, method: str, line: Any) -> None:
    """A second process adds a client between the reading and the change."""

    def second() -> None:
        assert child("groups", "add", "finance", "--clients", "10001", "--yes").returncode == 0

    moved = bureau(*line, wiring=Wiring(around=partial(Meanwhile, method=method, act=second)))
    assert (moved.code, moved.out) == (6, b"")
    assert "[precondition_failed" in moved.err
    assert members("finance") == ["10001", "10028"]
    assert bureau("groups", "show", "finance", "-o", "json").json["data"]["title"] == "Finansskatt"


def test_a_group_deleted_by_another_is_not_reported_as_deleted_by_us(bureau: Any) -> None:
    def second() -> None:
        assert child("groups", "delete", "finance", "--yes").returncode == 0

    gone = bureau(
        "groups", "delete", "finance", "--yes", wiring=Wiring(around=partial(Meanwhile, method="DELETE", act=second))
    )
    assert (gone.code, gone.out) == (5, b"")


# --- an answer that was lost -----------------------------------------------------------------------------------------

LOST = [
    (("groups", "create", "oslo", "--title", "Oslo"), "POST", ["group.create"]),
    (("groups", "rename", "paused", "--to", "pauset", "--title", "Pause"), "PATCH", ["group.change"]),
    (("groups", "delete", "paused", "--yes"), "DELETE", ["group.delete"]),
    ((*ADD_TWO, "--yes"), "POST", ["group.member.add", "group.member.add"]),
    (("groups", "remove", "paused", "--clients", "10013", "--yes"), "POST", ["group.member.remove"]),
]


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("change", LOST, ids=[" ".join(line) for line, _, _ in LOST])
def test_a_change_whose_answer_was_lost_is_done_once_and_told_as_done(
    bureau: Any, events: Any, faults: Any, change: Any, times: int
) -> None:
    line, method, actions = change
    faults(f"drop_after;path=/v1/groups;method={method};times={times}")
    counted = Counted()
    done = bureau(*line, "-o", "json", wiring=Wiring(around=counted.around, patience=Waits().patience))
    assert done.code == 0, done.err
    assert [action for action, _, outcome in events() if outcome == "done"] == actions
    assert sum(request.startswith(f"{method} /v1/groups") for request in counted.requests) == times + 1
    data = done.json["data"]
    if isinstance(data, list):
        assert {one["outcome"] for one in data} <= {"done", "unchanged"}
        assert sum(one["outcome"] == "done" for one in data) == len(actions)


def test_a_change_that_nobody_answers_is_told_as_unknown_and_worth_another_try(
    bureau: Any, members: Any, faults: Any
) -> None:
    faults("drop_after;method=POST;path=/v1/groups")
    lost = bureau(*ADD_TWO, "--yes", "-o", "json", wiring=unhurried())
    assert lost.code == 75
    assert [one["outcome"] for one in lost.json["data"]] == ["unknown", "unknown", "unchanged"]
    assert "2 unknown (2 network)" in lost.err
    faults()
    again = bureau(*ADD_TWO, "--yes")
    assert (again.code, again.err.splitlines()[-1]) == (0, "nothing to do")
    assert len(members("paused")) == 5


# --- a job -----------------------------------------------------------------------------------------------------------


class PreferringJobs:
    """Wraps the platform: every change of members asks to be done later, as a remote platform may choose itself."""

    def __init__(self, app: Any) -> None:
        self._app = CheckedAgainstContract(app)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].endswith("/members"):
            scope = {**scope, "headers": [*scope["headers"], (b"prefer", b"respond-async")]}
        await self._app(scope, receive, send)


@pytest.fixture
def with_jobs(platform_file: Path) -> Callable[[], tuple[Wiring, Waits]]:
    """A platform that makes jobs, and a patience that moves its clock on instead of waiting."""

    def make() -> tuple[Wiring, Waits]:
        admin = Admin(platform_file)

        def move(seconds: float) -> None:
            admin.clock(datetime.fromisoformat(admin.status()["clock"]) + timedelta(seconds=seconds))

        waits = Waits(meanwhile=move)
        return Wiring(around=PreferringJobs, patience=waits.patience), waits

    return make


def test_a_change_that_becomes_a_job_is_waited_for_and_told_the_same(bureau: Any, with_jobs: Any, members: Any) -> None:
    wiring, waits = with_jobs()
    later = bureau(*ADD_TWO, "--yes", "-o", "json", wiring=wiring)
    assert (later.code, len(members("paused"))) == (0, 5)
    assert waits.seconds
    assert bureau("groups", "remove", "paused", "--clients", "10001,10002", "--yes").code == 0
    at_once = bureau(*ADD_TWO, "--yes", "-o", "json")
    assert (later.out, later.err) == (at_once.out, at_once.err)


def test_a_job_with_refusals_is_partial_too(bureau: Any, with_jobs: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    line = ("groups", "add", "finance", "--clients", "10000,10001", "--yes", "-o", "json")
    later = bureau(*line, wiring=with_jobs()[0])
    assert later.code == 3
    assert [(one["outcome"], one["code"]) for one in later.json["data"]] == [("done", None), ("refused", "no_access")]


def test_a_job_is_ordered_once_though_its_answer_was_lost(bureau: Any, with_jobs: Any, sql: Any, faults: Any) -> None:
    faults("drop_after;method=POST;path=/v1/groups;times=2")
    assert bureau(*ADD_TWO, "--yes", wiring=with_jobs()[0]).code == 0
    assert sql("SELECT count(*) FROM job")[0][0] == 1
