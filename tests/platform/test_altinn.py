"""The bureau's Altinn settings: who may use them where, and that a tag never outlives access."""

from __future__ import annotations

import pytest

RUNNING = (
    "access.starts <= '2026-03-16' AND (access.ends IS NULL OR access.ends >= '2026-03-16') AND access.ended_at IS NULL"
)
HERE = "(user.left_on IS NULL OR user.left_on >= '2026-03-16')"


def item(key, client, action, **more):
    return {"key": key, "client": client, "action": action, **more}


def change(api, *items, **headers):
    answer = api.post("/v1/altinn-settings/changes", {"items": list(items)}, **headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def outcome(api, client, action, **more):
    """Change one client and give the outcome, or the code of the refusal."""
    (result,) = change(api, item(f"{action}-{client}-{more}".replace(" ", ""), client, action, **more))
    return result.get("code", result["outcome"])


def settings_of(api, client):
    (found,) = api.get("/v1/altinn-settings", params={"client": client}).json()["items"]
    return found


def tagged(api, client):
    return [user["login"] for user in settings_of(api, client)["tagged"]]


@pytest.fixture
def with_access(sql):
    """Give the logins with running access to a client who are here, sorted."""

    def logins(client):
        rows = sql(
            "SELECT login FROM access JOIN user ON user.id = user_id"  # noqa: S608 - written above
            f" WHERE client_id = ? AND {RUNNING} AND {HERE} ORDER BY login",
            client,
        )
        return [row["login"] for row in rows]

    return logins


@pytest.fixture
def on(sql):
    """Give a client with the settings on that several have access to."""
    return one_with(sql, settings=1)


@pytest.fixture
def off(sql):
    """Give a client with the settings off that several have access to."""
    return one_with(sql, settings=0)


def one_with(sql, settings):
    (row,) = sql(
        "SELECT client.id FROM client JOIN access ON client_id = client.id JOIN user ON user.id = user_id"  # noqa: S608
        f" WHERE altinn_settings = ? AND status = 'active' AND {RUNNING} AND {HERE}"
        " GROUP BY client.id HAVING count(*) > 1 ORDER BY client.id LIMIT 1",
        settings,
    )
    return row["id"]


@pytest.fixture
def trail(leader):
    """Give what the audit trail has, as (action, subject, code)."""
    return lambda: [(one["action"], one["subject"], one["code"]) for one in leader.all("/v1/audit-events")]


def test_a_leader_sees_every_client_that_has_not_left_by_name(leader, sql):
    shown = leader.all("/v1/altinn-settings", limit=7)
    expected = sql("SELECT id FROM client WHERE status <> 'left' ORDER BY name_order, id")
    assert [one["client"]["id"] for one in shown] == [row["id"] for row in expected]
    assert leader.get("/v1/altinn-settings").json()["total"] == len(shown) < len(sql("SELECT 1 FROM client"))
    assert {one["delegation"] for one in shown} == {"granted", "missing", "pending"}
    assert {(one["delegation"] == "granted", one["package"]) for one in shown} == {
        (True, "regnskapsforer-lonn"),
        (False, None),
    }


def test_at_first_those_with_running_access_are_tagged_where_the_settings_are_on(leader, with_access):
    shown = leader.all("/v1/altinn-settings")
    for one in shown:
        logins = [user["login"] for user in one["tagged"]]
        assert logins == (with_access(one["client"]["id"]) if one["partner_settings"] else [])
    assert any(one["tagged"] for one in shown)
    assert all(one["since"] is None for one in shown)


def test_others_see_clients_they_have_access_to(officer, sql):
    shown = officer.all("/v1/altinn-settings")
    mine = sql(
        "SELECT client_id FROM access JOIN client ON client.id = client_id"  # noqa: S608 - written above
        f" WHERE user_id = 'us_0005' AND status <> 'left' AND {RUNNING}"
    )
    assert {one["client"]["id"] for one in shown} == {row["client_id"] for row in mine}
    assert shown


def test_the_list_can_be_narrowed(leader, sql):
    def found(**asked):
        return {one["client"]["id"] for one in leader.all("/v1/altinn-settings", limit=5, **asked)}

    def rows(condition):
        return {row["id"] for row in sql(f"SELECT id FROM client WHERE status <> 'left' AND {condition}")}  # noqa: S608

    assert found(partner_settings="true") == rows("altinn_settings")
    assert found(partner_settings="false") == rows("NOT altinn_settings")
    assert found(delegation="missing") == rows("delegation = 'missing'")
    assert found(delegation=["missing", "granted"]) == rows("delegation <> 'pending'")
    assert found(client=["cl_000001", "cl_000002"]) == {"cl_000001", "cl_000002"}
    assert found(where="altinn_settings == true") == rows("altinn_settings")
    two = "SELECT client_id FROM altinn_tag JOIN user ON user.id = user_id WHERE login IN ('ola.admin', 'demo.leder')"
    assert found(user=["ola.admin", "me"]) == rows(f"id IN ({two.replace('demo.leder', me(leader))})")
    assert leader.get("/v1/altinn-settings", params={"user": "nobody"}).json()["code"] == "user_not_found"


def me(api):
    return api.get("/v1/me").json()["user"]["login"]


def test_enabling_tags_everybody_with_running_access_and_disabling_nobody(leader, off, with_access, trail):
    assert len(with_access(off)) > 1
    assert outcome(leader, off, "enable") == "done"
    shown = settings_of(leader, off)
    assert shown["partner_settings"] is True
    assert shown["since"] == "2026-03-16T12:00:00+01:00"
    assert tagged(leader, off) == with_access(off)
    assert outcome(leader, off, "disable") == "done"
    assert settings_of(leader, off)["partner_settings"] is False
    assert tagged(leader, off) == []
    assert trail() == [
        ("altinn.enable", f"clients/{off}/altinn", None),
        ("altinn.disable", f"clients/{off}/altinn", None),
    ]


def test_an_event_has_the_settings_as_they_were_and_as_they_became(leader, off, with_access):
    outcome(leader, off, "enable")
    (event,) = leader.all("/v1/audit-events")
    assert event["before"] == {"partner_settings": False, "tagged": []}
    assert event["after"] == {"partner_settings": True, "tagged": with_access(off)}


def test_only_some_can_be_tagged_from_the_start(leader, off, with_access):
    first, *_ = with_access(off)
    assert outcome(leader, off, "enable", users=["nobody"]) == "user_not_found"
    assert outcome(leader, off, "enable", users=[first]) == "done"
    assert tagged(leader, off) == [first]


def test_settings_stay_on_whoever_was_tagged_when_they_are_enabled_again(leader, on, with_access):
    first, *rest = with_access(on)
    assert outcome(leader, on, "enable") == "unchanged"
    assert outcome(leader, on, "untag", user=first) == "done"
    assert tagged(leader, on) == rest
    assert outcome(leader, on, "enable", users=[]) == "unchanged"
    assert settings_of(leader, on)["since"] is None
    assert outcome(leader, on, "enable", users=[first]) == "done"
    assert tagged(leader, on) == [first, *rest]


def test_who_has_left_is_not_tagged(leader, sql, off, with_access):
    first, second, *_ = with_access(off)
    sql("UPDATE user SET left_on = '2026-03-15' WHERE login = ?", first)
    outcome(leader, off, "enable")
    assert first not in tagged(leader, off)
    assert second in tagged(leader, off)
    assert outcome(leader, off, "tag", user=first) == "user_left"


def test_tags_are_refused_where_they_mean_nothing(leader, sql, on, off, with_access):
    stranger = sql(
        "SELECT login FROM user WHERE left_on IS NULL"
        " AND id NOT IN (SELECT user_id FROM access WHERE client_id = ?) LIMIT 1",
        on,
    )[0]["login"]
    member = with_access(off)[0]
    assert outcome(leader, on, "tag", user=stranger) == "access_missing"
    assert outcome(leader, on, "untag", user=stranger) == "unchanged"
    assert outcome(leader, on, "tag", user="nobody") == "user_not_found"
    assert outcome(leader, on, "untag", user="nobody") == "user_not_found"
    assert outcome(leader, off, "tag", user=member) == "altinn_off"
    assert outcome(leader, off, "untag", user=member) == "altinn_off"
    assert outcome(leader, off, "disable") == "unchanged"
    assert outcome(leader, "cl_nowhere", "enable") == "client_not_found"


def test_nothing_is_switched_on_for_a_client_that_has_left(leader, sql):
    (left,) = sql("SELECT id FROM client WHERE status = 'left' LIMIT 1")
    sql("UPDATE client SET altinn_settings = 1 WHERE id = ?", left["id"])
    assert outcome(leader, left["id"], "enable") == "rule_forbids"
    assert outcome(leader, left["id"], "tag", user=me(leader)) == "rule_forbids"
    assert outcome(leader, left["id"], "disable") == "done"


def test_a_change_on_top_of_something_else_is_refused(leader, on, with_access):
    before = settings_of(leader, on)["etag"]
    first, *_ = with_access(on)
    assert outcome(leader, on, "untag", user=first, on_top_of=before) == "done"
    assert settings_of(leader, on)["etag"] != before
    assert outcome(leader, on, "tag", user=first, on_top_of=before) == "precondition_failed"
    assert outcome(leader, on, "tag", user=first, on_top_of=settings_of(leader, on)["etag"]) == "done"


def test_an_item_sent_again_is_told_again_and_a_refused_one_is_tried_again(leader, sql, off, trail):
    enable, tag = item("1", off, "enable"), item("2", off, "tag", user="nobody")
    assert [one["outcome"] for one in change(leader, enable, tag)] == ["done", "refused"]
    sql("UPDATE client SET altinn_settings = 0 WHERE id = ?", off)
    again, refused = change(leader, enable, tag)
    assert again == {"key": "1", "client": off, "outcome": "done", "replayed": True}
    assert refused["code"] == "altinn_off"
    assert [code for _, _, code in trail()] == [None, "user_not_found", "altinn_off"]
    other = {"items": [item("1", off, "disable")]}
    assert leader.post("/v1/altinn-settings/changes", other).json()["code"] == "idempotency_mismatch"


def test_every_refusal_leaves_its_event(leader, officer, administrator, sql, trail):
    (closed,) = sql(
        "SELECT id FROM client WHERE id NOT IN (SELECT client_id FROM access WHERE user_id = 'us_0001') LIMIT 1"
    )
    assert outcome(administrator, closed["id"], "disable") == "no_access"
    assert outcome(leader, closed["id"], "untag", user="nobody") in {"altinn_off", "user_not_found"}
    refused = officer.post("/v1/altinn-settings/changes", {"items": [item("1", closed["id"], "disable")]})
    assert refused.json()["code"] == "role_forbids"
    assert [(action, subject) for action, subject, _ in trail()] == [
        ("altinn.disable", f"clients/{closed['id']}/altinn"),
        ("altinn.untag", f"clients/{closed['id']}/altinn/nobody"),
        ("altinn.change", "altinn-settings/changes"),
    ]


@pytest.mark.parametrize(
    ("action", "more"),
    [("tag", {}), ("untag", {"user": "a", "users": ["a"]}), ("enable", {"user": "a"}), ("disable", {"users": []})],
)
def test_an_item_that_lacks_what_its_action_needs_or_has_more_is_refused(leader, action, more):
    assert outcome(leader, "cl_000001", action, **more) == "invalid_request"


def test_a_tag_goes_when_the_day_ends_the_access(leader, sql, clock, on, with_access):
    first, *rest = with_access(on)
    version = settings_of(leader, on)["etag"]
    sql(
        "UPDATE access SET ends = '2026-03-16' WHERE client_id = ? AND user_id = (SELECT id FROM user WHERE login = ?)",
        *(on, first),
    )
    assert first in tagged(leader, on)
    clock.advance(days=1)
    assert tagged(leader, on) == rest
    assert settings_of(leader, on)["etag"] != version
    clock.advance(days=-1)
    assert first not in tagged(leader, on)


def test_a_tag_goes_at_the_instant_that_ends_the_access(leader, sql, clock, on, with_access):
    first, *rest = with_access(on)
    sql(
        "UPDATE access SET ended_at = ? WHERE client_id = ? AND user_id = (SELECT id FROM user WHERE login = ?)",
        *(int(clock().timestamp()) + 60, on, first),
    )
    assert first in tagged(leader, on)
    clock.advance(seconds=59)
    assert first in tagged(leader, on)
    clock.advance(seconds=1)
    assert tagged(leader, on) == rest


def test_a_tag_goes_when_its_user_has_left(leader, sql, clock, on, with_access):
    *rest, last = [login for login in with_access(on) if login != me(leader)]
    sql("UPDATE user SET left_on = '2026-03-16' WHERE login = ?", last)
    assert last in tagged(leader, on)
    clock.advance(days=1)
    assert last not in tagged(leader, on)
    assert set(rest) <= set(tagged(leader, on))


def test_a_tag_goes_with_access_in_one_event(leader, on, with_access):
    member = with_access(on)[-1]
    ended = {"key": "1", "client": on, "user": member, "action": "end", "new_owner": None}
    assert leader.post("/v1/access/changes", {"items": [ended]}).json()["results"][0]["outcome"] == "done"
    assert member not in tagged(leader, on)
    assert len(leader.all("/v1/audit-events")) == 1


def test_another_bureaus_clients_and_users_are_not_there(leader, on, other_bureau):
    assert outcome(leader, "cl_x", "enable") == "client_not_found"
    assert outcome(leader, on, "tag", user=other_bureau) == "user_not_found"
    assert leader.get("/v1/altinn-settings", params={"client": "cl_x"}).json()["code"] == "client_not_found"
    assert "cl_x" not in {one["client"]["id"] for one in leader.all("/v1/altinn-settings")}
