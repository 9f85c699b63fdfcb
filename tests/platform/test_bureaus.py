"""Two bureaus in one store: neither sees, changes or hears of anything of the other's."""

from __future__ import annotations

from datetime import datetime

import pytest

from .conftest import NOON
from .test_audit import chain_is_whole
from .test_groups import change, item, outcomes
from .test_jobs import order


@pytest.fixture
def other(api_of, other_bureau):
    return api_of(other_bureau)


@pytest.fixture
def busy_bureaus(leader, other, clock):
    """Both have a group, a job that has ended and a trail; give each one's way in, its job and its actor."""
    leader.post("/v1/groups", {"slug": "ours"})
    other.post("/v1/groups", {"slug": "theirs"})
    jobs = order(leader, item("a", "cl_000001"), slug="ours"), order(other, item("a", "cl_x"), slug="theirs")
    clock.advance(minutes=1)
    return (leader, jobs[0], "kari.nordmann"), (other, jobs[1], "other.leader")


@pytest.mark.parametrize("whose", [0, 1])
def test_jobs_are_seen_and_stopped_by_their_own_bureau_only(busy_bureaus, whose):
    (api, job, actor), (_, alien, _) = busy_bureaus[whose], busy_bureaus[1 - whose]
    assert [(one["id"], one["by"], one["state"]) for one in api.all("/v1/jobs")] == [(job, actor, "completed")]
    assert len(api.all(f"/v1/jobs/{job}/results")) == 1
    for answer in (
        api.get(f"/v1/jobs/{alien}"),
        api.get(f"/v1/jobs/{alien}/results"),
        api.post(f"/v1/jobs/{alien}/cancel"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


@pytest.mark.parametrize("whose", [0, 1])
def test_each_bureau_has_a_trail_of_its_own(busy_bureaus, whose):
    api, _, actor = busy_bureaus[whose]
    events = api.all("/v1/audit-events")
    assert [(event["actor"], event["action"]) for event in events] == [
        (actor, "group.create"),
        (actor, "group.member.add"),
    ]
    assert chain_is_whole(events)


@pytest.mark.usefixtures("busy_bureaus")
def test_groups_are_listed_and_changed_by_their_own_bureau_only(leader, other):
    assert [group["slug"] for group in other.all("/v1/groups")] == ["theirs"]
    assert "theirs" not in [group["slug"] for group in leader.all("/v1/groups")]
    for api, alien in ((leader, "theirs"), (other, "ours")):
        for answer in (
            api("PATCH", f"/v1/groups/{alien}", json={"title": "Taken"}),
            api("DELETE", f"/v1/groups/{alien}"),
            change(api, alien, item("b", "cl_000001")),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "group_not_found")
        assert api.post("/v1/groups", {"slug": alien}).status_code == 201
    assert outcomes(change(leader, "ours", item("c", "cl_x"))) == ["client_not_found"]
    assert outcomes(change(other, "theirs", item("c", "cl_000001"))) == ["client_not_found"]


def test_what_happens_in_one_bureau_makes_no_answer_of_the_other_newer(leader, other, sql):
    sql("DELETE FROM fact_instant WHERE at > ?", int(NOON.replace(hour=0).timestamp()))
    sql("INSERT INTO fact_instant VALUES ('bu_x', ?)", int(NOON.timestamp()) - 60)

    def as_of(api):
        return datetime.fromisoformat(api.get("/v1/clients").json()["as_of"])

    assert (as_of(leader), as_of(other)) == (NOON.replace(hour=0), NOON.replace(hour=11, minute=59))
    leader.post("/v1/groups", {"slug": "ours"})
    assert (as_of(leader), as_of(other)) == (NOON, NOON.replace(hour=11, minute=59))
