"""The bureau's users and their roles: who may look, who may change whom, and how the console is turned on."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def patch(administrator):
    def change(login, role, api=administrator, **headers):
        return api("PATCH", f"/v1/users/{login}", json={"role": role}, headers=headers)

    return change


@pytest.fixture
def events(sql):
    """Give what has been left in the audit trail since the last look."""
    seen = [0]

    def look():
        found = sql("SELECT seq, event FROM audit_event WHERE seq > ? ORDER BY seq", seen[0])
        seen[0] = found[-1]["seq"] if found else seen[0]
        return [json.loads(row["event"]) for row in found]

    return look


def test_everybody_is_listed_also_who_has_left(leader, sql):
    shown = leader.all("/v1/users", limit=3)
    assert [one["login"] for one in shown] == [row["login"] for row in sql("SELECT login FROM user ORDER BY login")]
    (left,) = leader.all("/v1/users", active="false")
    assert (left["login"], left["active"], left["left"]) == ("marte.kirkerud", False, "2026-03-14")
    assert "marte.kirkerud" not in {one["login"] for one in leader.all("/v1/users", active="true")}


@pytest.mark.parametrize("sort", ["login", "name", "role"])
def test_the_order_is_the_one_asked_for_and_its_reverse(leader, sort):
    there = leader.all("/v1/users", sort=sort, limit=3)
    assert [one[sort] for one in there] == sorted(one[sort] for one in there)
    assert leader.all("/v1/users", sort=f"-{sort}", limit=3) == there[::-1]


def test_users_are_narrowed_by_role(leader):
    found = leader.all("/v1/users", role=["administrator", "leader"])
    assert {one["login"] for one in found} == {"ola.admin", "kari.nordmann", "peder.as"}


def test_what_a_user_owns_and_works_at_is_counted_as_clients_show_it(leader):
    clients = leader.all("/v1/clients", limit=500)
    for user in leader.all("/v1/users"):
        owned = [one for one in clients if one["owner"] and one["owner"]["login"] == user["login"]]
        shared = [one for one in clients if user["login"] in {member["login"] for member in one["members"]}]
        assert (user["owner_of"], user["member_of"]) == (len(owned), len(shared))


def test_an_officer_sees_themselves_and_nobody_else(officer):
    mine = officer.get("/v1/users/me").json()
    assert mine == officer.get(f"/v1/users/{mine['login']}").json()
    refused = officer.get("/v1/users/kari.nordmann")
    assert (refused.status_code, refused.json()["code"]) == (403, "role_forbids")


def test_another_bureaus_user_is_not_found(leader, other_bureau):
    assert leader.get(f"/v1/users/{other_bureau}").json()["code"] == "user_not_found"
    assert other_bureau not in {one["login"] for one in leader.all("/v1/users")}


def test_a_role_is_given_and_leaves_one_event(patch, events, officer):
    login = officer.get("/v1/users/me").json()["login"]
    before = officer.get("/v1/users/me").json()["etag"]
    answer = patch(login, "administrator")
    assert (answer.json()["role"], answer.headers["etag"]) == ("administrator", answer.json()["etag"])
    assert answer.json()["etag"] != before
    (event,) = events()
    assert (event["action"], event["subject"], event["outcome"]) == ("user.role", f"users/{login}", "done")
    assert (event["before"], event["after"]) == ({"role": "officer"}, {"role": "administrator"})
    assert officer.get("/v1/audit-events").status_code == 200


def test_the_role_there_is_changes_nothing_and_leaves_nothing(patch, events):
    assert patch("ola.admin", "administrator").status_code == 200
    assert patch("peder.as", "leader").status_code == 200
    assert events() == []


def test_appointing_the_first_leader_turns_the_console_on_and_is_noted_as_that(patch, events, sql, administrator):
    sql("UPDATE user SET role = 'officer' WHERE role = 'leader'")
    assert administrator.get("/v1/clients").json()["code"] == "bureau_not_activated"
    assert patch("peder.as", "leader").status_code == 200
    assert administrator.get("/v1/clients").status_code == 200
    assert patch("kari.nordmann", "leader").status_code == 200
    first, second = events()
    assert first["after"] == {"role": "leader", "activation": True}
    assert second["after"] == {"role": "leader"}


def test_an_administrator_may_raise_themselves_which_is_noted(patch, events):
    assert patch("me", "leader").json()["role"] == "leader"
    (event,) = events()
    assert (event["subject"], event["after"]) == ("users/ola.admin", {"role": "leader", "own": True})


@pytest.mark.parametrize("role", ["none", "officer"])
def test_nobody_changes_their_own_role_otherwise(patch, events, role, leader):
    for refused in (patch("me", role), patch("kari.nordmann", role, api=leader)):
        assert (refused.status_code, refused.json()["code"]) == (403, "own_role")
    assert patch("me", "administrator", api=leader).json()["code"] == "own_role"
    found = [(event["actor"], event["subject"], event["code"]) for event in events()]
    assert found == [
        ("ola.admin", "users/ola.admin", "own_role"),
        ("kari.nordmann", "users/kari.nordmann", "own_role"),
        ("kari.nordmann", "users/kari.nordmann", "own_role"),
    ]


def test_who_has_left_can_only_be_given_no_role(patch):
    assert patch("marte.kirkerud", "administrator").json()["code"] == "user_left"
    assert patch("marte.kirkerud", "none").json()["role"] == "none"


def test_somebody_who_stays_can_always_give_out_roles(patch, sql):
    assert patch("peder.as", "officer").status_code == 200
    sql("UPDATE user SET left_on = '2026-03-16' WHERE id = 'us_0001'")  # the caller's last day
    assert patch("kari.nordmann", "officer").json()["code"] == "last_overseer"
    sql("UPDATE user SET left_on = NULL WHERE id = 'us_0001'")
    assert patch("kari.nordmann", "officer").status_code == 200


def test_a_change_means_the_version_its_caller_has_seen(patch, administrator):
    seen = administrator.get("/v1/users/peder.as").json()["etag"]
    assert patch("peder.as", "officer", **{"If-Match": seen}).status_code == 200
    refused = patch("peder.as", "leader", **{"If-Match": seen})
    assert (refused.status_code, refused.json()["code"]) == (412, "precondition_failed")


def test_a_role_taken_away_is_taken_at_once(patch, leader):
    patch("kari.nordmann", "none")
    assert leader.get("/v1/clients").json()["code"] == "role_forbids"
