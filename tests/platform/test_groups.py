"""Groups: made, renamed, deleted, and their members changed many at a time."""

from __future__ import annotations

import pytest

from .test_names import alphabetical


def item(key, client, action="add"):
    return {"key": key, "client": client, "action": action}


def change(api, slug, *items, **headers):
    return api.post(f"/v1/groups/{slug}/members", {"items": list(items)}, **headers)


def outcomes(answer):
    assert answer.status_code == 200, answer.text
    return [result.get("code", result["outcome"]) for result in answer.json()["results"]]


def test_a_group_is_made_empty_with_its_slug_as_title(leader):
    made = leader.post("/v1/groups", {"slug": "vip"})
    assert made.status_code == 201
    assert made.headers["location"] == "/v1/groups/vip"
    shown = leader.get("/v1/groups/vip")
    assert shown.json() == made.json()
    assert (shown.json()["title"], shown.json()["count"], shown.json()["kind"]) == ("vip", 0, "manual")
    assert shown.headers["etag"] == made.headers["etag"] == shown.json()["etag"]


def test_a_slug_can_be_taken_only_once(leader):
    assert leader.post("/v1/groups", {"slug": "paused"}).json()["code"] == "group_exists"
    renamed = leader("PATCH", "/v1/groups/finance", json={"slug": "paused"})
    assert (renamed.status_code, renamed.json()["code"]) == (409, "group_exists")


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a_b", "å", "a" * 41, "a\n", "a b"])
def test_a_slug_that_is_none_is_refused(leader, slug):
    refused = leader.post("/v1/groups", {"slug": slug})
    assert refused.json()["errors"][0]["pointer"] == "/slug"


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/slug"]),
        ({"slug": "ok", "title": ""}, ["/title"]),
        ({"slug": "ok", "colour": "red", "a/b~c": 1}, ["/colour", "/a~1b~0c"]),
        ({"slug": 3, "title": None}, ["/slug", "/title"]),
        ([], [""]),
    ],
)
def test_every_flaw_of_a_body_is_listed_with_its_pointer(leader, body, pointers):
    refused = leader.post("/v1/groups", body)
    assert refused.json()["code"] == "invalid_request"
    assert sorted(flaw["pointer"] for flaw in refused.json()["errors"]) == sorted(pointers)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"slug": "a", "slug": "b"}', b'{"slug": NaN}', b"\xff", b'{"slug": "\\ud800"}', b"[" * 100_000,
     b'{"slug": 1' + b"0" * 5000 + b"}"],
)  # fmt: skip
def test_a_body_that_is_not_json_is_refused(leader, body):
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    refused = leader("POST", "/v1/groups", content=body, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")


def test_a_body_of_another_kind_or_too_large_is_refused(leader):
    wrong = leader(
        "POST", "/v1/groups", content=b"slug=a", headers={"Idempotency-Key": "k", "Content-Type": "text/plain"}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (415, "unsupported_media_type")
    large = leader.post("/v1/groups", {"slug": "a", "title": "x" * 1024 * 1024})
    assert (large.status_code, large.json()["code"]) == (413, "payload_too_large")


def test_a_change_of_what_has_changed_since_is_refused(leader):
    etag = leader.get("/v1/groups/paused").headers["etag"]
    renamed = leader("PATCH", "/v1/groups/paused", json={"title": "Venter"}, headers={"If-Match": etag})
    assert (renamed.status_code, renamed.json()["title"]) == (200, "Venter")
    for method, body in (("PATCH", {"json": {"title": "Nei"}}), ("DELETE", {})):
        refused = leader(method, "/v1/groups/paused", headers={"If-Match": etag}, **body)
        assert (refused.status_code, refused.json()["code"]) == (412, "precondition_failed")
    for header in (renamed.headers["etag"], f'"other", {renamed.headers["etag"]}', "*"):
        assert (
            leader("PATCH", "/v1/groups/paused", json={"slug": "paused"}, headers={"If-Match": header}).status_code
            == 200
        )


def test_changing_members_moves_the_etag_and_changing_nothing_does_not(leader):
    etag = leader.get("/v1/groups/paused").headers["etag"]
    change(leader, "paused", item("a", "cl_000001", "remove"))
    assert leader.get("/v1/groups/paused").headers["etag"] == etag
    change(leader, "paused", item("b", "cl_000001", "add"))
    assert leader.get("/v1/groups/paused").headers["etag"] != etag


def test_a_renamed_group_keeps_its_clients(leader):
    renamed = leader("PATCH", "/v1/groups/paused", json={"slug": "waiting"})
    assert (renamed.json()["slug"], renamed.json()["count"], renamed.json()["title"]) == ("waiting", 3, "På vent")
    assert leader.get("/v1/groups/paused").json()["code"] == "group_not_found"
    assert leader.get("/v1/clients?group=waiting").json()["total"] == 3


def test_a_deleted_group_is_gone_and_its_clients_are_not(leader):
    gone = leader("DELETE", "/v1/groups/paused")
    assert (gone.status_code, gone.content) == (204, b"")
    assert leader("DELETE", "/v1/groups/paused").json()["code"] == "group_not_found"
    assert leader.get("/v1/clients").json()["total"] == 45


def test_one_bad_item_never_spoils_the_others_and_results_keep_the_order(leader):
    answer = change(
        leader,
        "paused",
        item("1", "cl_00000d"),
        item("2", "cl_nothing"),
        item("3", "cl_000001"),
        item("4", "cl_000001"),
        item("5", "cl_000001", "remove"),
        item("6", "cl_\x00"),
    )
    assert outcomes(answer) == ["unchanged", "client_not_found", "done", "unchanged", "done", "client_not_found"]
    assert [result["key"] for result in answer.json()["results"]] == list("123456")
    assert leader.get("/v1/groups/paused").json()["count"] == 3


def test_an_administrator_changes_only_clients_they_have_access_to(administrator):
    assert outcomes(change(administrator, "paused", item("1", "cl_000006"), item("2", "cl_000009"))) == [
        "done",
        "no_access",
    ]


def test_a_rule_groups_members_are_not_changed_by_hand(leader, sql):
    sql("UPDATE client_group SET kind = 'rule', rule = 'payday == 20' WHERE slug = 'paused'")
    assert outcomes(change(leader, "paused", item("1", "cl_000006"))) == ["rule_forbids"]


def test_five_hundred_items_are_taken_and_one_more_is_not(leader):
    items = [item(f"k{number}", f"cl_{number:06x}") for number in range(500)]
    assert outcomes(change(leader, "paused", *items)).count("done") == 45 - 3
    assert change(leader, "paused", *items, item("k500", "cl_000000")).status_code == 400


@pytest.mark.parametrize("sort", ["slug", "-slug", "title", "-title", "count", "-count"])
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_groups_are_listed_once_each_in_the_order_asked_for(leader, sort, limit):
    groups = leader.all("/v1/groups", sort=sort, limit=limit)
    by = sort.removeprefix("-")
    keys = [(alphabetical(group[by]) if by == "title" else group[by], group["slug"]) for group in groups]
    assert len(set(keys)) == 8
    assert keys == sorted(keys, reverse=sort.startswith("-"))


def test_titles_sort_as_a_norwegian_reader_expects_whatever_their_case(leader):
    titles = ["a", "B", "É", "f", "Z", "æ", "Ø", "å", "Ål"]
    for number, title in enumerate(reversed(titles)):
        leader.post("/v1/groups", {"slug": f"t{number}", "title": title})
    leader("PATCH", "/v1/groups/t0", json={"title": "C"})
    shown = [group["title"] for group in leader.all("/v1/groups", sort="title") if len(group["title"]) < 3]
    assert shown == ["a", "B", "C", "É", "f", "Z", "æ", "Ø", "å"]


def test_counts_agree_with_the_members(leader):
    for group in leader.all("/v1/groups"):
        assert leader.get("/v1/clients", params={"group": group["slug"]}).json()["total"] == group["count"]
