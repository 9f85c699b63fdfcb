"""What was done once is answered again, not done again."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bureau_cli.platform.idempotency import KEPT_SECONDS

from .test_groups import change, item, outcomes


def test_the_same_request_gives_the_first_answer_again(leader):
    first = leader.post("/v1/groups", {"slug": "vip"}, key="k")
    leader("PATCH", "/v1/groups/vip", json={"slug": "other"})
    again = leader.post("/v1/groups", {"slug": "vip"}, key="k")
    assert again.headers["idempotent-replayed"] == "true"
    assert (again.status_code, again.json(), again.headers["location"]) == (201, first.json(), "/v1/groups/vip")
    assert leader.get("/v1/groups/vip").status_code == 404


def test_the_same_key_with_another_body_is_refused(leader):
    leader.post("/v1/groups", {"slug": "vip"}, key="k")
    refused = leader.post("/v1/groups", {"slug": "other"}, key="k")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_mismatch")
    assert leader.get("/v1/groups/other").status_code == 404


def test_a_refusal_is_not_kept_so_the_key_can_be_used_again(leader):
    assert leader.post("/v1/groups", {"slug": "paused"}, key="k").status_code == 409
    leader("DELETE", "/v1/groups/paused")
    assert leader.post("/v1/groups", {"slug": "paused"}, key="k").status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "ø", "x" * 129])
def test_a_key_that_is_none_is_refused(leader, key):
    refused = leader("POST", "/v1/groups", json={"slug": "vip"}, headers={"Idempotency-Key": key.encode()})
    assert refused.json()["errors"][0]["pointer"] == "/header/Idempotency-Key"


def test_a_change_without_a_key_is_refused(leader):
    refused = leader("POST", "/v1/groups", json={"slug": "vip"})
    assert refused.json()["errors"] == [{"pointer": "/header/Idempotency-Key", "message": "is required"}]


def test_keys_of_different_users_do_not_meet(leader, api_of):
    assert leader.post("/v1/groups", {"slug": "vip"}, key="k").status_code == 201
    assert api_of("peder.as").post("/v1/groups", {"slug": "two"}, key="k").status_code == 201


def test_a_key_is_forgotten_after_the_time_meta_names(leader, clock):
    assert leader.get("/v1/meta").json()["idempotency_ttl_s"] == KEPT_SECONDS
    leader.post("/v1/groups", {"slug": "vip"}, key="k")
    clock.advance(seconds=KEPT_SECONDS - 1)
    assert leader.post("/v1/groups", {"slug": "vip"}, key="k").status_code == 201
    clock.advance(seconds=1)
    assert leader.post("/v1/groups", {"slug": "vip"}, key="k").json()["code"] == "group_exists"


def test_a_twin_of_a_request_under_way_is_told_to_wait(leader, path):
    """While another connection holds the store neither can be performed: the one that ends first is the twin."""

    async def both():
        with closing(sqlite3.connect(path, isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            create = {"json": {"slug": "vip"}, "headers": {"Idempotency-Key": "k"}}
            twins = [leader.as_task("POST", "/v1/groups", **create) for _ in range(2)]
            (refused,), (waiting,) = await asyncio.wait(twins, return_when=asyncio.FIRST_COMPLETED)
        return refused.result(), await waiting

    refused, performed = leader.run(both())
    assert (refused.status_code, refused.json()["code"]) == (409, "idempotency_in_progress")
    assert int(refused.headers["retry-after"]) >= 1
    assert performed.status_code == 201
    (event,) = leader.all("/v1/audit-events")
    assert (event["action"], event["code"]) == ("group.create", None)


def test_items_may_be_regrouped_and_are_done_once(leader):
    change(leader, "paused", item("a", "cl_000001"), item("b", "cl_000002"))
    change(leader, "paused", item("undo", "cl_000001", "remove"))
    answer = change(leader, "paused", item("c", "cl_000005"), item("b", "cl_000002"), item("a", "cl_000001"))
    assert [(one["outcome"], one.get("replayed", False)) for one in answer.json()["results"]] == [
        ("done", False),
        ("done", True),
        ("done", True),
    ]
    assert leader.get("/v1/groups/paused").json()["count"] == 5


def test_a_key_twice_in_one_request_is_one_item(leader):
    answer = change(leader, "paused", item("a", "cl_000001"), item("a", "cl_000001"))
    assert [one.get("replayed", False) for one in answer.json()["results"]] == [False, True]


@pytest.mark.parametrize(
    "items",
    [
        [item("new", "cl_000005"), item("a", "cl_000002")],
        [item("new", "cl_000005"), item("a", "cl_000001", "remove")],
        [item("twice", "cl_000005"), item("twice", "cl_000006")],
    ],
)
def test_a_key_with_other_content_stops_the_whole_request(leader, items):
    change(leader, "paused", item("a", "cl_000001"))
    refused = change(leader, "paused", *items)
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_mismatch")
    assert refused.json()["errors"][0]["pointer"] == "/items/1/key"
    assert leader.get("/v1/groups/paused").json()["count"] == 4


def test_a_key_used_for_another_group_is_a_mismatch(leader):
    change(leader, "paused", item("a", "cl_000001"))
    assert change(leader, "finance", item("a", "cl_000001")).json()["code"] == "idempotency_mismatch"


def test_a_refused_items_key_is_not_kept(administrator, sql):
    assert outcomes(change(administrator, "paused", item("a", "cl_000009"))) == ["no_access"]
    sql(
        "INSERT INTO access (id, client_id, user_id, role, starts, ends, ended_at, source)"
        " VALUES (9999, 'cl_000009', 'us_0001', 'member', '2020-01-01', NULL, NULL, 'manual')"
    )
    assert outcomes(change(administrator, "paused", item("a", "cl_000009"))) == ["done"]


def test_a_job_is_ordered_once_by_its_key(leader):
    first = change(leader, "paused", item("a", "cl_000001"), key="k", Prefer="respond-async")
    again = change(leader, "paused", item("a", "cl_000001"), key="k", Prefer="respond-async")
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert len(leader.all("/v1/jobs")) == 1


@pytest.mark.parametrize(
    "items",
    [
        [item("new", "cl_000005"), item("used", "cl_000002")],
        [item("twice", "cl_000005"), item("twice", "cl_000006")],
    ],
)
def test_a_job_with_a_key_of_other_content_is_not_ordered(leader, items):
    change(leader, "paused", item("used", "cl_000001"))
    refused = change(leader, "paused", *items, Prefer="respond-async")
    assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_mismatch")
    assert refused.json()["errors"][0]["pointer"] == "/items/1/key"
    assert leader.all("/v1/jobs") == []


def rename(leader, slug):
    leader("PATCH", "/v1/groups/paused", json={"slug": slug})


@pytest.mark.parametrize("slug", ["paused", "waiting"])
@pytest.mark.parametrize("headers", [{}, {"key": "k", "Prefer": "respond-async"}])
def test_a_change_sent_again_after_its_group_was_renamed_gives_the_first_answer(leader, slug, headers):
    first = change(leader, "paused", item("a", "cl_000001"), **headers)
    rename(leader, "waiting")
    again = change(leader, slug, item("a", "cl_000001"), **headers)
    assert again.status_code == first.status_code
    assert again.json().get("id") == first.json().get("id")
    assert [one["replayed"] for one in again.json().get("results", ())] == [True] * (not headers)


@pytest.mark.parametrize("headers", [{}, {"key": "k", "Prefer": "respond-async"}])
def test_a_change_sent_again_after_its_group_was_deleted_gives_the_first_answer(leader, headers):
    first = change(leader, "paused", item("a", "cl_000001"), **headers)
    leader("DELETE", "/v1/groups/paused")
    assert change(leader, "paused", item("a", "cl_000001"), **headers).status_code == first.status_code
    more = change(leader, "paused", item("a", "cl_000001"), item("b", "cl_000002"))
    assert (more.status_code, more.json()["code"]) == (404, "group_not_found")


def test_a_key_used_for_a_group_is_a_mismatch_for_the_next_group_of_its_name(leader):
    change(leader, "paused", item("a", "cl_000001"))
    rename(leader, "waiting")
    leader.post("/v1/groups", {"slug": "paused"})
    assert change(leader, "paused", item("a", "cl_000001")).json()["code"] == "idempotency_mismatch"


def test_an_item_sent_again_leaves_the_groups_version_alone(leader):
    change(leader, "paused", item("a", "cl_000001"))
    etag = leader.get("/v1/groups/paused").headers["etag"]
    change(leader, "paused", item("a", "cl_000001"))
    assert leader.get("/v1/groups/paused").headers["etag"] == etag


def test_an_items_key_is_forgotten_after_the_time_meta_names(leader, clock):
    change(leader, "paused", item("a", "cl_000001"))
    clock.advance(seconds=KEPT_SECONDS - 1)
    assert change(leader, "paused", item("a", "cl_000001", "remove")).status_code == 422
    clock.advance(seconds=1)
    assert outcomes(change(leader, "paused", item("a", "cl_000001", "remove"))) == ["done"]
