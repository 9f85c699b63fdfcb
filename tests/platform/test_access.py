"""Who has access to what: the list, and every change and refusal, each of which leaves exactly one event."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bureau_cli.platform.sources.demo import planted

ANNE, FATIMA, PETER = "anne.aas", "fatima.dahl", "peder.as"
MINE, FREE, INVITED = "cl_000001", "cl_00000f", "cl_000015"  # owned by the caller; nobody's; by invitation
TODAY, TOMORROW, YESTERDAY, NEXT_WEEK = "2026-03-16", "2026-03-17", "2026-03-15", "2026-03-23"


@pytest.fixture
def change(leader):
    """Change access, each item with a fresh key unless it has one; give the results."""
    given = []

    def run(*items, api=leader):
        given.extend(items)
        keyed = [{"key": f"k{len(given)}-{number}", **one} for number, one in enumerate(items)]
        answer = api.post("/v1/access/changes", {"items": keyed})
        assert answer.status_code == 200, answer.text
        return answer.json()["results"]

    return run


@pytest.fixture
def outcome(change):
    """Change one access, and give its outcome or the code it was refused with."""

    def run(action, client, user, **more):
        (result,) = change({"action": action, "client": client, "user": user, **more})
        return result.get("code", result["outcome"])

    return run


@pytest.fixture
def held(leader):
    """Give a user's access to a client that is not over, or None."""

    def find(client, user):
        found = leader.all("/v1/access", client=client, user=user)
        assert len(found) <= 1
        return found[0] if found else None

    return find


@pytest.fixture
def events(sql):
    def find():
        return [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event ORDER BY seq")]

    return find


def owner(leader, client):
    shown = leader.get(f"/v1/clients/{client}").json()["owner"]
    return shown and shown["login"]


def test_a_grant_is_shown_with_who_gave_it_when_and_why(outcome, held, leader, clock):
    assert outcome("grant", FREE, ANNE, role="member", to=NEXT_WEEK, reason="Ferievikar", source="rule") == "done"
    shown = held(FREE, ANNE)
    assert (shown["role"], shown["state"], shown["from"], shown["to"]) == ("member", "running", TODAY, NEXT_WEEK)
    assert (shown["granted_by"], shown["source"], shown["reason"]) == ("kari.nordmann", "rule", "Ferievikar")
    assert shown["granted_at"] == clock.now.isoformat()
    assert (shown["bureau_role"], shown["user_active"], shown["ended_at"]) == ("officer", True, None)
    members = leader.get(f"/v1/clients/{FREE}").json()["members"]
    assert [one["login"] for one in members] == [ANNE]


def test_a_grant_of_what_there_is_changes_nothing_and_leaves_nothing(outcome, held, events):
    assert outcome("grant", FREE, ANNE, role="member", reason="Vikar") == "done"
    first, left = held(FREE, ANNE), len(events())
    assert outcome("grant", FREE, ANNE, role="member") == "unchanged"
    assert outcome("grant", FREE, ANNE, role="member", reason="Vikar", source="manual", to=None) == "unchanged"
    assert (held(FREE, ANNE), len(events())) == (first, left)
    assert outcome("grant", FREE, ANNE, role="member", reason="Fast") == "done"
    assert held(FREE, ANNE)["etag"] != first["etag"]


def test_a_grant_sets_everything_and_keeps_the_first_day_that_has_begun(outcome, held, clock):
    outcome("grant", FREE, ANNE, role="member", to=NEXT_WEEK, reason="Vikar")
    clock.advance(days=2)
    assert outcome("grant", FREE, ANNE, role="member", **{"from": NEXT_WEEK}) == "done"
    shown = held(FREE, ANNE)
    assert (shown["from"], shown["to"], shown["reason"], shown["id"]) == (TODAY, None, None, shown["id"])


def test_access_that_begins_later_can_be_moved(outcome, held):
    outcome("grant", FREE, ANNE, role="member", **{"from": NEXT_WEEK})
    assert held(FREE, ANNE)["state"] == "upcoming"
    assert outcome("grant", FREE, ANNE, role="member", **{"from": TOMORROW}) == "done"
    assert held(FREE, ANNE)["from"] == TOMORROW
    assert outcome("grant", FREE, ANNE, role="member") == "done"
    assert (held(FREE, ANNE)["from"], held(FREE, ANNE)["state"]) == (TODAY, "running")


def test_a_new_owner_makes_the_old_one_a_member_in_one_event(outcome, held, leader, events):
    assert outcome("grant", MINE, ANNE, role="owner") == "done"
    assert (owner(leader, MINE), held(MINE, "kari.nordmann")["role"]) == (ANNE, "member")
    (event,) = events()
    assert event["subject"] == f"clients/{MINE}/access/{ANNE}"
    assert (event["before"]["accesses"][ANNE], event["before"]["accesses"]["kari.nordmann"]["role"]) == (None, "owner")
    after = {login: access["role"] for login, access in event["after"]["accesses"].items()}
    assert after == {ANNE: "owner", "kari.nordmann": "member"}
    assert event["after"]["own"] is True


def test_access_ended_now_is_over_for_a_live_token_and_takes_the_tag_along(outcome, held, api_of, sql, events):
    outcome("grant", MINE, ANNE, role="member")
    anne = api_of(ANNE)
    assert anne.get(f"/v1/clients/{MINE}/employees").status_code == 200
    sql("UPDATE client SET altinn_settings = 1 WHERE id = ?", MINE)
    sql("INSERT INTO altinn_tag VALUES (?, 'us_0005')", MINE)
    assert outcome("end", MINE, ANNE) == "done"
    assert anne.get(f"/v1/clients/{MINE}/employees").json()["code"] == "no_access"
    assert sql("SELECT 1 FROM altinn_tag WHERE client_id = ? AND user_id = 'us_0005'", MINE) == []
    assert (events()[-1]["before"]["altinn_tag"], events()[-1]["after"]["altinn_tag"]) == (True, False)
    assert held(MINE, ANNE) is None
    assert outcome("end", MINE, ANNE) == "unchanged"


def test_what_is_over_is_history_and_a_new_grant_another_access(outcome, held, leader, clock):
    outcome("grant", FREE, ANNE, role="member")
    first = held(FREE, ANNE)["id"]
    outcome("end", FREE, ANNE)
    clock.advance(minutes=1)
    outcome("grant", FREE, ANNE, role="member")
    assert held(FREE, ANNE)["id"] != first
    (ended,) = leader.all("/v1/access", client=FREE, state="ended")
    assert (ended["id"], ended["ended_at"], ended["state"]) == (first, "2026-03-16T12:00:00+01:00", "ended")


def test_access_with_a_last_day_lasts_through_it(outcome, held, clock, api_of):
    outcome("grant", MINE, ANNE, role="member")
    assert outcome("end", MINE, ANNE, to=TOMORROW) == "done"
    assert outcome("end", MINE, ANNE, to=TOMORROW) == "unchanged"
    assert outcome("end", MINE, ANNE, to=NEXT_WEEK) == "unchanged"  # it ends no later
    anne = api_of(ANNE)
    clock.advance(days=1)
    assert anne.get(f"/v1/clients/{MINE}/employees").status_code == 200
    clock.advance(days=1)
    assert anne.get(f"/v1/clients/{MINE}/employees").json()["code"] == "no_access"
    assert held(MINE, ANNE) is None


@pytest.mark.parametrize("successor", [None, ANNE])
@pytest.mark.parametrize(
    "more", [{"action": "end"}, {"action": "end", "to": NEXT_WEEK}, {"action": "grant", "role": "member"}]
)
def test_an_owner_goes_only_with_a_word_about_who_is_next(change, held, leader, successor, more):
    asked = {"client": MINE, "user": "kari.nordmann", **more}
    assert change(asked)[0]["code"] == "owner_needed"
    assert owner(leader, MINE) == "kari.nordmann"
    assert change({**asked, "new_owner": successor})[0]["outcome"] == "done"
    assert owner(leader, MINE) == successor
    mine = held(MINE, "kari.nordmann")
    expected = None if more == {"action": "end"} else ("member", more.get("to"))
    assert (mine and (mine["role"], mine["to"])) == expected


def test_an_owner_with_a_last_day_needs_a_word_too(outcome, leader, clock):
    assert outcome("grant", FREE, ANNE, role="owner", to=TOMORROW) == "owner_needed"
    assert outcome("grant", FREE, ANNE, role="owner", to=TOMORROW, new_owner=None) == "done"
    assert owner(leader, FREE) == ANNE
    clock.advance(days=2)
    assert owner(leader, FREE) is None


def test_a_next_owner_must_be_there_to_stay(outcome, leader):
    outcome("grant", MINE, ANNE, role="member", to=NEXT_WEEK)
    end = ("end", MINE, "kari.nordmann")
    assert outcome(*end, new_owner=ANNE) == "owner_needed"
    assert outcome(*end, new_owner="marte.kirkerud") == "user_left"
    assert outcome(*end, new_owner="nobody") == "user_not_found"
    assert owner(leader, MINE) == "kari.nordmann"


def test_what_a_client_invited_only_the_client_ends_but_its_owner_is_the_bureaus(outcome, held, leader):
    invited = owner(leader, INVITED)
    assert outcome("end", INVITED, invited, new_owner=None) == "access_invited"
    assert outcome("end", INVITED, invited, to=NEXT_WEEK, new_owner=None) == "access_invited"
    assert outcome("grant", INVITED, invited, role="member", to=NEXT_WEEK, new_owner=None) == "access_invited"
    assert outcome("grant", INVITED, PETER, role="owner") == "done"
    shown = held(INVITED, invited)
    assert (shown["role"], shown["source"]) == ("member", "client_invited")
    assert outcome("grant", INVITED, invited, role="owner", source="manual") == "done"
    assert held(INVITED, invited)["source"] == "client_invited"


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("client_not_found", {"client": "cl_none"}),
        ("user_not_found", {"user": "nobody"}),
        ("user_left", {"user": "marte.kirkerud"}),
        ("date_passed", {"from": YESTERDAY}),
        ("date_passed", {"to": YESTERDAY}),
        ("date_passed", {"from": NEXT_WEEK, "to": TOMORROW}),
        ("owner_begins_at_once", {"role": "owner", "from": TOMORROW}),
        ("owner_needed", {"role": "owner", "to": TOMORROW}),
        ("precondition_failed", {"on_top_of": '"ac_x.1"'}),
    ],
)
def test_a_refused_item_does_nothing_and_leaves_one_event(change, held, events, code, asked):
    asked = {"action": "grant", "client": FREE, "user": ANNE, "role": "member", **asked}
    refused, done = change(asked, {"action": "grant", "client": FREE, "user": FATIMA, "role": "member"})
    assert (refused["outcome"], refused["code"], done["outcome"]) == ("refused", code, "done")
    first, second = events()
    assert (first["action"], first["outcome"], first["code"]) == ("access.grant", "refused", code)
    assert first["subject"] == f"clients/{asked['client']}/access/{asked['user']}"
    assert (second["outcome"], held(FREE, ANNE)) == ("done", None)


def test_access_may_not_have_a_gap(outcome, held):
    outcome("grant", FREE, ANNE, role="member", to=TOMORROW)
    assert outcome("grant", FREE, ANNE, role="member", **{"from": "2026-03-19"}) == "access_gap"
    assert outcome("grant", FREE, ANNE, role="member", **{"from": "2026-03-18"}) == "done"
    assert (held(FREE, ANNE)["from"], held(FREE, ANNE)["to"]) == (TODAY, None)


@pytest.mark.parametrize(
    "asked",
    [
        {"action": "grant"},
        {"action": "end", "role": "member"},
        {"action": "end", "reason": "x"},
        {"action": "grant", "role": "member", "new_owner": ANNE},
        {"action": "grant", "role": "owner", "new_owner": FATIMA},
    ],
)
def test_an_item_whose_parts_do_not_go_together_is_refused(change, asked, events):
    good = {"client": FREE, "user": FATIMA, "action": "grant", "role": "member"}
    refused, done = change({"client": FREE, "user": ANNE, **asked}, good)
    assert (refused["code"], done["outcome"]) == ("invalid_request", "done")
    assert [event["code"] for event in events()] == ["invalid_request", None]


def test_an_item_sent_again_is_told_again(change, events):
    item = {"key": "same", "action": "grant", "client": FREE, "user": ANNE, "role": "member"}
    assert change(item)[0] == {"key": "same", "client": FREE, "user": ANNE, "outcome": "done"}
    change({"action": "end", "client": FREE, "user": ANNE})
    again, _ = change(item, {"action": "grant", "client": FREE, "user": FATIMA, "role": "member"})
    assert (again["outcome"], again["replayed"]) == ("done", True)
    assert len(events()) == 3


def test_a_change_may_be_bound_to_what_its_caller_has_seen(outcome, held):
    assert outcome("grant", FREE, ANNE, role="member", on_top_of=None) == "done"
    assert outcome("grant", FREE, ANNE, role="owner", on_top_of=None) == "precondition_failed"
    seen = held(FREE, ANNE)["etag"]
    assert outcome("grant", FREE, ANNE, role="owner", on_top_of=seen) == "done"
    assert outcome("end", FREE, ANNE, new_owner=None, on_top_of=seen) == "precondition_failed"


def test_an_administrator_changes_only_clients_they_have_access_to(change, administrator):
    mine, theirs = change(
        {"action": "grant", "client": "cl_000006", "user": FATIMA, "role": "member"},
        {"action": "grant", "client": FREE, "user": ANNE, "role": "member"},
        api=administrator,
    )
    assert mine["outcome"] in {"done", "unchanged"}
    assert theirs["code"] == "no_access"


def test_who_has_left_may_be_ended(outcome, held):
    client = f"cl_{min(planted.OPEN_TO_USER_WHO_LEFT):06x}"
    assert held(client, "marte.kirkerud")["user_active"] is False
    assert outcome("end", client, "marte.kirkerud") == "done"


def test_each_lists_the_access_to_clients_they_may_see(leader, officer):
    mine = {one["id"] for one in officer.all("/v1/clients", access="mine", limit=500)}
    everything = leader.all("/v1/access", limit=500)
    shown = officer.all("/v1/access", limit=500)
    assert shown == [one for one in everything if one["client"]["id"] in mine]
    assert len(shown) < len(everything)


@pytest.mark.parametrize("sort", ["client", "user", "to"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_access_comes_once_in_every_order(leader, sort, sign):
    everything = leader.all("/v1/access", state=["running", "upcoming", "ended"], limit=500)
    found = leader.all("/v1/access", state=["running", "upcoming", "ended"], limit=7, sort=sign + sort)
    assert sorted(one["id"] for one in found) == sorted(one["id"] for one in everything)
    key = {"client": None, "user": lambda one: one["user"]["login"], "to": lambda one: one["to"] or "9999"}[sort]
    if key:
        assert [key(one) for one in found] == sorted(map(key, found), reverse=bool(sign))


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"user": [ANNE, FATIMA]}, lambda one: one["user"]["login"] in {ANNE, FATIMA}),
        ({"user": "me"}, lambda one: one["user"]["login"] == "kari.nordmann"),
        ({"role": "owner"}, lambda one: one["role"] == "owner"),
        ({"source": "client_invited"}, lambda one: one["source"] == "client_invited"),
        ({"state": "upcoming"}, lambda one: one["from"] > TODAY),
        ({"state": "running"}, lambda one: one["from"] <= TODAY),
        ({"ending_until": "2026-06-01"}, lambda one: one["to"] is not None and one["to"] <= "2026-06-01"),
        (
            {"unused_since": "2026-03-01"},
            lambda one: one["from"] < "2026-03-01" and (one["last_used"] or "") < "2026-03-01",
        ),
        ({"owner": ANNE, "role": "member"}, lambda one: one["role"] == "member"),
    ],
)
def test_the_list_is_narrowed(leader, asked, holds):
    everything, found = leader.all("/v1/access", limit=500), leader.all("/v1/access", limit=500, **asked)
    if "owner" in asked:
        owned = {one["id"] for one in leader.all("/v1/clients", owner=ANNE, limit=500)}
        everything = [one for one in everything if one["client"]["id"] in owned]
    assert found == [one for one in everything if holds(one)]
    assert 0 < len(found) < len(leader.all("/v1/access", limit=500))


def test_the_last_use_is_the_newest_run_made_before_today(leader, sql, clock, outcome):
    def newest(before):
        (row,) = sql(
            "SELECT max(created_at) AS at FROM pay_run WHERE client_id = ? AND created_by = 'us_0002'"
            " AND created_at < ?",
            MINE,
            before,
        )
        return row["at"]

    midnight = int(clock.now.replace(hour=0).timestamp())
    shown = leader.all("/v1/access", client=MINE, user="me")[0]["last_used"]
    assert shown == (clock.now + timedelta(seconds=newest(midnight) - clock.now.timestamp())).date().isoformat()
    clock.advance(days=40)
    assert leader.all("/v1/access", client=MINE, user="me")[0]["last_used"] > shown
    outcome("end", MINE, "kari.nordmann", new_owner=None)
    outcome("grant", MINE, "kari.nordmann", role="member")
    assert leader.all("/v1/access", client=MINE, user="me")[0]["last_used"] > shown


def test_another_bureaus_access_is_never_shown_or_changed(leader, other_bureau, sql, outcome):
    sql(
        "INSERT INTO access (client_id, user_id, role, starts, source) VALUES"
        " ('cl_x', 'us_x', 'owner', '2020-01-01', 'manual')"
    )
    shown = leader.all("/v1/access", limit=500)
    assert "cl_x" not in {one["client"]["id"] for one in shown}
    assert outcome("end", "cl_x", other_bureau) == "client_not_found"
    assert outcome("grant", FREE, other_bureau, role="member") == "user_not_found"
    assert leader.get("/v1/access", params={"user": other_bureau}).json()["code"] == "user_not_found"
