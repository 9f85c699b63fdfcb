"""Jobs advance by the clock alone, and end as the instant they were due."""

from __future__ import annotations

import pytest

from .test_groups import change, item


def order(api, *items, slug="paused"):
    answer = change(api, slug, *items, Prefer="respond-async; wait=5")
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    return answer.json()["id"]


def state(api, job):
    return api.get(f"/v1/jobs/{job}").json()["state"]


def test_a_job_is_queued_runs_and_is_completed_by_the_clock(leader, clock):
    job = order(leader, *(item(f"k{number}", f"cl_{number:06x}") for number in range(45)))
    seen = [state(leader, job)]
    for _ in range(2):
        clock.advance(seconds=1)
        seen.append(state(leader, job))
    assert seen == ["queued", "running", "completed"]
    shown = leader.get(f"/v1/jobs/{job}")
    assert shown.json()["counts"] == {"total": 45, "done": 42, "unchanged": 3, "refused": 0}
    assert shown.json()["ended_at"] == "2026-03-16T12:00:02+01:00"
    assert "retry-after" not in shown.headers


def test_larger_jobs_run_longer(leader, clock):
    job = order(leader, *(item(f"k{number}", f"cl_{number:06x}") for number in range(250)))
    assert leader.get(f"/v1/jobs/{job}").headers["retry-after"] == "4"
    clock.advance(seconds=3)
    assert state(leader, job) == "running"
    clock.advance(seconds=1)
    assert state(leader, job) == "completed_with_errors"
    assert leader.get(f"/v1/jobs/{job}").json()["counts"]["refused"] == 205


def test_nothing_is_changed_before_a_job_is_due_and_whoever_looks_then_sees_it_done(leader, officer, clock):
    order(leader, item("a", "cl_000001"))
    clock.advance(seconds=1)
    assert officer.get("/v1/groups/paused").json()["count"] == 3
    clock.advance(hours=5)
    assert officer.get("/v1/groups/paused").json()["count"] == 4
    (event,) = leader.all("/v1/audit-events")
    assert event["at"] == "2026-03-16T12:00:02+01:00"


def test_a_write_after_the_job_was_due_comes_after_it(leader, clock):
    order(leader, item("a", "cl_000001"))
    clock.advance(minutes=1)
    change(leader, "paused", item("b", "cl_000001", "remove"))
    assert leader.get("/v1/groups/paused").json()["count"] == 3
    assert [event["action"] for event in leader.all("/v1/audit-events")] == ["group.member.add", "group.member.remove"]


def test_results_come_in_the_order_of_the_items_and_only_when_the_job_has_ended(leader, clock):
    job = order(leader, item("a", "cl_000001"), item("b", "cl_none"), item("c", "cl_00000d"))
    assert leader.get(f"/v1/jobs/{job}/results").json()["items"] == []
    clock.advance(seconds=2)
    results = leader.all(f"/v1/jobs/{job}/results", limit=1)
    assert [(one["key"], one["outcome"]) for one in results] == [("a", "done"), ("b", "refused"), ("c", "unchanged")]


def test_a_cancelled_job_changes_nothing(leader, clock):
    job = order(leader, item("a", "cl_000001"))
    cancelled = leader.post(f"/v1/jobs/{job}/cancel", key="k")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    clock.advance(minutes=1)
    assert leader.get("/v1/groups/paused").json()["count"] == 3
    assert leader.post(f"/v1/jobs/{job}/cancel", key="k").headers["idempotent-replayed"] == "true"


def test_a_job_that_has_ended_cannot_be_cancelled(leader, clock):
    job = order(leader, item("a", "cl_000001"))
    clock.advance(seconds=2)
    refused = leader.post(f"/v1/jobs/{job}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (422, "rule_forbids")


@pytest.mark.parametrize(
    "case",
    [
        ("UPDATE user SET left_on = '2026-03-15' WHERE id = 'us_0001'", "needs_authentication"),
        ("UPDATE user SET role = 'officer' WHERE id = 'us_0001'", "failed"),
        ("DELETE FROM client_group WHERE slug = 'finance'", "failed"),
    ],
)
def test_a_job_that_cannot_be_done_any_more_says_so_and_changes_nothing(leader, administrator, sql, clock, case):
    event, expected = case
    before = leader.get("/v1/clients/cl_000006").json()["groups"]
    job = order(administrator, item("a", "cl_000006"), slug="finance")
    sql(event)
    clock.advance(minutes=1)
    assert state(leader, job) == expected
    assert leader.get("/v1/clients/cl_000006").json()["groups"] == before


def test_a_job_whose_key_was_used_for_something_else_meanwhile_fails_whole(leader, clock):
    job = order(leader, item("a", "cl_000001"), item("b", "cl_000002"))
    change(leader, "paused", item("b", "cl_000005"))
    clock.advance(minutes=1)
    assert state(leader, job) == "failed"
    assert leader.get("/v1/groups/paused").json()["count"] == 4
    assert [event["code"] for event in leader.all("/v1/audit-events")] == [None, "idempotency_mismatch"]


def test_jobs_are_listed_newest_first_and_only_overseers_see_those_of_others(leader, administrator, sql):
    own = order(administrator, item("a", "cl_000006"))
    newer = order(leader, item("a", "cl_000006"))
    assert [job["id"] for job in leader.all("/v1/jobs", limit=1)] == [newer, own]
    assert [job["by"] for job in administrator.all("/v1/jobs")] == ["kari.nordmann", "ola.admin"]
    sql("UPDATE user SET role = 'officer' WHERE id = 'us_0001'")
    assert [job["id"] for job in administrator.all("/v1/jobs")] == [own]
    assert administrator.get(f"/v1/jobs/{newer}").json()["code"] == "job_not_found"
    assert administrator.post(f"/v1/jobs/{newer}/cancel").json()["code"] == "job_not_found"
