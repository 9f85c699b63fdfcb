"""Selections: frozen for a day, of one user, out of everything a person may call a client."""

from __future__ import annotations

import pytest


def select(api, **body):
    return api("POST", "/v1/selections", json=body)


def numbers(api, selection):
    return {client["number"] for client in api.all("/v1/clients", selection=selection.json()["id"])}


def test_a_client_is_meant_by_orgnr_number_or_name_in_either_case(leader):
    client = leader.get("/v1/clients/cl_000003").json()
    for token in (client["orgnr"], client["number"], client["name"], client["name"].upper(), client["name"].swapcase()):
        chosen = select(leader, clients=[token])
        assert (chosen.status_code, chosen.json()["names"]) == (201, [client["name"]]), token
    assert select(leader, clients=[client["orgnr"], client["number"]]).json()["count"] == 1


def test_an_exact_name_wins_over_one_in_another_case(leader, sql):
    sql("UPDATE client SET name = 'FJELL AS', name_order = 'fjell as' WHERE id = 'cl_000001'")
    sql("UPDATE client SET name = 'Fjell AS', name_order = 'fjell as' WHERE id = 'cl_000002'")
    assert select(leader, clients=["Fjell AS"]).json()["names"] == ["Fjell AS"]
    assert select(leader, clients=["fjell as"]).json()["code"] == "client_ambiguous"


def test_nine_digits_that_pass_mod11_are_an_orgnr_and_nothing_else(leader, sql):
    sql("UPDATE client SET number = '987654325' WHERE id = 'cl_000001'")
    sql("UPDATE client SET number = '987654321' WHERE id = 'cl_000002'")
    assert select(leader, clients=["987654325"]).json()["code"] == "client_not_found"
    assert select(leader, clients=["987654321"]).json()["count"] == 1


def test_all_bad_tokens_are_listed_and_two_matches_give_the_candidates(leader):
    refused = select(leader, clients=["Nordlys Bakeri AS", "10001", "Nobody AS", "10999"])
    assert (refused.status_code, refused.json()["code"]) == (400, "client_ambiguous")
    assert [flaw["pointer"] for flaw in refused.json()["errors"]] == ["/clients/0", "/clients/2", "/clients/3"]
    assert [one["number"] for one in refused.json()["errors"][0]["candidates"]] == ["10017", "10018"]
    assert select(leader, clients=["Nobody AS"]).json()["code"] == "client_not_found"


def test_what_is_given_intersects_and_all_is_everyone(leader):
    everyone = select(leader, all=True)
    assert everyone.json()["count"] == 45
    assert len(everyone.json()["names"]) == 10
    both = select(leader, all=True, groups=["payday-20"], not_groups=["paused"], owner="me", where="employees > 1")
    listed = leader.all("/v1/clients", group="payday-20", not_group="paused", owner="me", where="employees > 1")
    assert numbers(leader, both) == {client["number"] for client in listed} != set()


def test_a_selection_is_frozen(leader):
    chosen = select(leader, groups=["paused"])
    leader("DELETE", "/v1/groups/paused")
    assert leader.get("/v1/clients", params={"selection": chosen.json()["id"]}).json()["total"] == 3


def test_an_empty_selection_is_one_too(leader):
    chosen = select(leader, groups=["paused", "finance"])
    assert (chosen.json()["count"], chosen.json()["names"]) == (0, [])
    assert leader.get("/v1/clients", params={"selection": chosen.json()["id"]}).json()["items"] == []


def test_a_selection_belongs_to_its_maker_and_lasts_a_day(leader, administrator, clock):
    chosen = select(leader, all=True).json()
    own = leader.get(f"/v1/selections/{chosen['id']}")
    assert own.json() == chosen
    for answer in (
        administrator.get(f"/v1/selections/{chosen['id']}"),
        administrator.get("/v1/clients", params={"selection": chosen["id"]}),
    ):
        assert answer.json()["code"] == "selection_not_found"
    assert chosen["expires"] == "2026-03-17T12:00:00+01:00"
    clock.advance(days=1)
    assert leader.get(f"/v1/selections/{chosen['id']}").json()["code"] == "selection_not_found"
    filtered = leader.get("/v1/clients", params={"selection": chosen["id"]})
    assert filtered.json()["code"] == "selection_not_found"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "invalid_request"),
        ({"all": False}, 400, "invalid_request"),
        ({"clients": []}, 400, "invalid_request"),
        ({"everything": True}, 400, "invalid_request"),
        ({"groups": ["nowhere"]}, 404, "group_not_found"),
        ({"not_groups": ["nowhere"]}, 404, "group_not_found"),
        ({"owner": "nobody"}, 404, "user_not_found"),
        ({"where": "pay == 1"}, 400, "where_invalid"),
    ],
)
def test_a_selection_that_means_nothing_is_refused(leader, body, status, code):
    refused = select(leader, **body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_selection_by_a_rule_is_the_clients_a_group_with_it_would_have(leader):
    rule = 'payday == 20 and status == "active"'
    made = leader.post("/v1/groups", {"slug": "ruled", "rule": rule}).json()
    assert select(leader, rule=rule).json()["count"] == made["count"] > 0
    narrowed = select(leader, rule=rule, where='zone == "1"')
    both = leader.all("/v1/clients", where=f'({rule}) and zone == "1"')
    assert numbers(leader, narrowed) == {client["number"] for client in both}


@pytest.mark.parametrize("rule", ["owner == me", 'group == "paused"', 'access == "owner"', "payday = 20"])
def test_a_selection_by_what_cannot_be_a_rule_is_refused(leader, rule):
    refused = select(leader, rule=rule)
    assert (refused.status_code, refused.json()["code"]) == (400, "where_invalid")
    assert refused.json()["errors"][0]["pointer"] == "/rule"
