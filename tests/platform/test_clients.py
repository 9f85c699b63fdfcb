"""Lists of clients: pages, filters, what is withheld, and what is never shown."""

from __future__ import annotations

import base64
import json

import pytest

from bureau_cli import contract
from bureau_cli.platform.names import order_key
from bureau_cli.platform.resources.clients import _SORTED_BY
from bureau_cli.platform.sources.demo import planted
from bureau_cli.platform.sources.demo.words import HOSTILE_NAMES

from .conftest import NOON
from .test_names import alphabetical

SORTS = ("name", "number", "orgnr", "status", "owner", "active_employees", "onboarded")


def _sort_value(client, sort):
    if sort == "name":
        return alphabetical(client["name"])
    if sort == "owner":
        return (client["owner"] or {"login": ""})["login"]
    return client[sort]


@pytest.mark.parametrize("limit", [1, 7, 45, 500])
@pytest.mark.parametrize("sort", [sign + sort for sort in SORTS for sign in ("", "-")])
def test_every_sort_walks_every_client_once_in_order(leader, sort, limit):
    clients = leader.all("/v1/clients", sort=sort, limit=limit)
    keys = [(_sort_value(client, sort.removeprefix("-")), client["id"]) for client in clients]
    assert len(set(keys)) == 45
    assert keys == sorted(keys, reverse=sort.startswith("-"))


@pytest.mark.parametrize("ahead", [1, 5, 32])
def test_ahead_gives_the_cursors_that_following_next_would(leader, ahead):
    page = leader.get("/v1/clients", params={"limit": 4, "ahead": ahead}).json()
    followed, cursor = [], page["next"]
    while cursor and len(followed) < ahead:
        followed.append(cursor)
        cursor = leader.get("/v1/clients", params={"limit": 4, "cursor": cursor}).json()["next"]
    assert page["ahead"] == followed


def test_ahead_is_given_only_when_asked_for_and_is_empty_on_the_last_page(leader):
    assert "ahead" not in leader.get("/v1/clients").json()
    last = leader.get("/v1/clients", params={"limit": 500, "ahead": 3}).json()
    assert last["ahead"] == []
    assert last["next"] is None


@pytest.mark.parametrize("other", [{"sort": "-name"}, {"status": "active"}, {"owner": "me"}])
def test_a_cursor_of_another_query_is_refused(leader, other):
    cursor = leader.get("/v1/clients", params={"limit": 3}).json()["next"]
    refused = leader.get("/v1/clients", params={"limit": 3, "cursor": cursor, **other})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor_invalid")


def test_a_cursor_of_another_list_is_refused(leader):
    cursor = leader.get("/v1/groups", params={"limit": 3, "sort": "slug"}).json()["next"]
    assert leader.get("/v1/audit-events", params={"cursor": cursor}).json()["code"] == "cursor_invalid"


@pytest.mark.parametrize("cursor", ["x", "e30", "W10", "bnVsbA", "-", "WyJhIiwxXQ", "ø", "W1tbW1tbW1tb"])
def test_a_damaged_cursor_is_refused(leader, cursor):
    refused = leader.get("/v1/clients", params={"cursor": cursor})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor_invalid")


def recoded(cursor, change):
    parts = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    return base64.urlsafe_b64encode(json.dumps(change(parts)).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("sort", ["name", "active_employees"])
@pytest.mark.parametrize(
    "change",
    [
        lambda parts: [parts[0], "text", parts[2]],
        lambda parts: [parts[0], 10**30, parts[2]],
        lambda parts: [parts[0], None, parts[2]],
        lambda parts: parts[:2],
        lambda parts: [*parts, "more"],
        lambda parts: dict.fromkeys(map(str, parts)),
        lambda parts: parts[:0],
    ],
)
def test_a_cursor_whose_place_was_altered_is_refused_rather_than_ending_the_list(leader, sort, change):
    cursor = leader.get("/v1/clients", params={"limit": 3, "sort": sort}).json()["next"]
    refused = leader.get("/v1/clients", params={"limit": 3, "sort": sort, "cursor": recoded(cursor, change)})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor_invalid")


def test_a_cursor_with_characters_that_are_none_of_its_own_is_refused(leader):
    cursor = leader.get("/v1/clients", params={"limit": 3}).json()["next"]
    for damaged in (f"{cursor[:8]}!!!!{cursor[8:]}", f"{cursor} ", f"{cursor}é"):
        refused = leader.get("/v1/clients", params={"limit": 3, "cursor": damaged})
        assert refused.json()["code"] in {"cursor_invalid", "invalid_request"}


def test_meta_names_the_limits_the_contract_sets(leader):
    described, meta = contract.load()["components"], leader.get("/v1/meta").json()
    assert meta["max_limit"] == described["parameters"]["Limit"]["schema"]["maximum"]
    assert meta["max_ahead"] == described["parameters"]["Ahead"]["schema"]["maximum"]
    assert meta["max_items"] == described["schemas"]["MemberChanges"]["properties"]["items"]["maxItems"]


def test_the_limit_of_a_page_may_change_on_the_way(leader):
    first = leader.get("/v1/clients", params={"limit": 3}).json()
    second = leader.get("/v1/clients", params={"limit": 40, "cursor": first["next"]}).json()
    assert len({client["id"] for client in first["items"] + second["items"]}) == 43


def test_total_counts_the_whole_list_on_every_page_and_follows_changes(leader):
    first = leader.get("/v1/clients", params={"limit": 2, "group": "paused"}).json()
    second = leader.get("/v1/clients", params={"limit": 2, "group": "paused", "cursor": first["next"]}).json()
    assert first["total"] == second["total"] == 3
    leader.post("/v1/groups/paused/members", {"items": [{"key": "a", "client": "cl_000001", "action": "add"}]})
    assert leader.get("/v1/clients", params={"group": "paused"}).json()["total"] == 4


def test_filters_intersect_and_agree_with_what_the_clients_show(leader):
    everyone = leader.all("/v1/clients")
    cases = {
        "group=payday-20": lambda c: "payday-20" in c["groups"],
        "group=payday-20&group=payday-12": lambda c: {"payday-20", "payday-12"} <= set(c["groups"]),
        "not_group=payday-20&not_group=paused": lambda c: not {"payday-20", "paused"} & set(c["groups"]),
        "owner=me": lambda c: c["owner"] is not None and c["owner"]["login"] == "kari.nordmann",
        "member=marte.kirkerud": lambda c: "marte.kirkerud" in [m["login"] for m in c["members"]],
        "payday=20": lambda c: 20 in c["paydays"],
        "status=left&status=leaving": lambda c: c["status"] in {"left", "leaving"},
        "access=mine": lambda c: c["my_access"] is not None,
        "access=none": lambda c: c["my_access"] is None,
        "payday=20&owner=me&status=active": lambda c: (
            20 in c["paydays"] and c["status"] == "active" and (c["owner"] or {}).get("login") == "kari.nordmann"
        ),
    }
    for query, fits in cases.items():
        expected = [client["id"] for client in everyone if fits(client)]
        assert [client["id"] for client in leader.get(f"/v1/clients?{query}").json()["items"]] == expected, query
        assert expected or "payday-12" in query, query


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("group=nowhere", "group_not_found"),
        ("not_group=nowhere", "group_not_found"),
        ("owner=nobody", "user_not_found"),
        ("owner=marte.kirkerud", "user_not_found"),
        ("member=nobody", "user_not_found"),
        ("selection=se_none", "selection_not_found"),
    ],
)
def test_a_filter_that_names_what_is_not_there_is_refused(leader, query, code):
    refused = leader.get(f"/v1/clients?{query}")
    assert (refused.status_code, refused.json()["code"]) == (404, code)


@pytest.mark.usefixtures("other_bureau")
def test_clients_are_found_by_their_ids_and_what_no_client_has_is_left_out(leader):
    wanted = ["cl_000003", "cl_none", "cl_000001", "cl_x"]
    found = leader.all("/v1/clients", limit=1, id=wanted, sort="number")
    assert [client["id"] for client in found] == ["cl_000001", "cl_000003"]
    assert leader.all("/v1/clients", id=["cl_none"]) == []


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=501", "limit=x", "limit=1e2", "limit=", "limit=1&limit=2", "ahead=33", "payday=32", "status=odd",
     "sort=size", "access=all", "unknown=1", "group=UPPER", "where="],
)  # fmt: skip
def test_a_query_that_breaks_the_contract_is_refused_with_its_name(leader, query):
    refused = leader.get(f"/v1/clients?{query}")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")
    assert refused.json()["errors"][0]["pointer"] == f"/query/{query.partition('=')[0]}"


def test_figures_of_pay_are_withheld_exactly_where_the_caller_has_no_access(leader, officer, administrator):
    for api in (leader, officer, administrator):
        seen = {True: 0, False: 0}
        for client in api.all("/v1/clients"):
            run = client["last_run"]
            if run is None:
                assert client["withheld"] is None
                continue
            hidden = client["my_access"] is None
            seen[hidden] += 1
            assert (run["gross"] is None) is (run["net"] is None) is hidden
            assert (client["withheld"] is not None) is hidden
            assert run["payslips"] > 0
        assert all(seen.values())


def test_access_that_ended_or_has_not_begun_shows_no_figures_and_a_last_day_still_does(api_of, sql, clock):
    def figures(login, number):
        client = api_of(login).get(f"/v1/clients/cl_{number:06x}").json()
        return client["my_access"], client["last_run"]["gross"] is not None

    def member_of(number):
        return sql(
            "SELECT login FROM access JOIN user ON user.id = user_id WHERE client_id = ? AND access.role = 'member'",
            f"cl_{number:06x}",
        )[0]["login"]

    ended, ending, coming = (
        member_of(number) for number in (planted.ACCESS_ENDED, planted.ACCESS_ENDS_SOON, planted.ACCESS_STARTS_SOON)
    )
    assert figures(ended, planted.ACCESS_ENDED) == (None, False)
    assert figures(ending, planted.ACCESS_ENDS_SOON) == ("member", True)
    assert figures(coming, planted.ACCESS_STARTS_SOON) == (None, False)
    clock.advance(days=20)
    assert figures(ending, planted.ACCESS_ENDS_SOON) == ("member", True)
    assert figures(coming, planted.ACCESS_STARTS_SOON) == ("member", True)
    clock.advance(days=1)
    assert figures(ending, planted.ACCESS_ENDS_SOON) == (None, False)


def test_an_owner_whose_access_ends_is_the_owner_no_more_the_day_after(leader, sql, clock):
    sql("UPDATE access SET ends = '2026-03-17' WHERE client_id = 'cl_000001' AND role = 'owner'")
    clock.advance(days=1)
    assert leader.get("/v1/clients/cl_000001").json()["owner"]["login"] == "kari.nordmann"
    clock.advance(days=1)
    assert leader.get("/v1/clients/cl_000001").json()["owner"] is None
    assert len(leader.all("/v1/clients", owner="me")) == 7


def test_owner_role_and_figures_end_together_at_the_second_access_is_ended(leader, sql, clock):
    own = "client_id = 'cl_000001' AND role = 'owner'"
    sql(f"UPDATE access SET ended_at = ? WHERE {own}", int(clock().timestamp()) + 2)  # noqa: S608 - ours

    def seen():
        client = leader.get("/v1/clients/cl_000001").json()
        listed = leader.get("/v1/clients", params={"owner": "me"}).json()["total"]
        return client["owner"] is not None, client["my_access"], client["last_run"]["gross"] is not None, listed

    clock.advance(seconds=1)
    assert seen() == (True, "owner", True, 8)
    clock.advance(seconds=1)
    assert seen() == (False, None, False, 7)
    clock.advance(seconds=-1)
    assert seen() == (True, "owner", True, 8)
    clock.advance(seconds=1)
    sql(f"UPDATE access SET ended_at = NULL WHERE {own}")  # noqa: S608 - ours
    assert seen() == (True, "owner", True, 8)
    sql(f"UPDATE access SET ended_at = ? WHERE {own}", int(clock().timestamp()))  # noqa: S608 - ours
    assert seen() == (False, None, False, 7)


def test_owner_role_and_figures_begin_and_end_at_midnight_in_oslo(leader, sql, clock):
    sql("UPDATE access SET starts = '2026-03-17', ends = '2026-03-17' WHERE client_id = 'cl_000001' AND role = 'owner'")

    def seen():
        client = leader.get("/v1/clients/cl_000001").json()
        return client["owner"] is not None, client["my_access"], client["last_run"]["gross"] is not None

    clock.now = NOON.replace(hour=23, minute=59, second=59)
    assert seen() == (False, None, False)
    clock.advance(seconds=1)
    assert seen() == (True, "owner", True)
    clock.advance(days=1, seconds=-1)
    assert seen() == (True, "owner", True)
    clock.advance(seconds=1)
    assert seen() == (False, None, False)


def test_a_client_owned_twice_has_the_latest_owner_and_a_member_counts_once(leader, sql):
    grant = (
        "INSERT INTO access (id, client_id, user_id, role, starts, ends, ended_at, source)"
        " VALUES (?, 'cl_000001', ?, ?, ?, NULL, NULL, 'manual')"
    )
    sql(grant, 9997, "us_0001", "owner", "2026-03-01")
    sql(grant, 9998, "us_0005", "member", "2020-01-01")
    sql(grant, 9999, "us_0005", "member", "2021-01-01")
    client = leader.get("/v1/clients/cl_000001").json()
    assert client["owner"]["login"] == "ola.admin"
    logins = [member["login"] for member in client["members"]]
    assert len(logins) == len(set(logins)) >= 1


def test_a_run_is_seen_once_its_pay_date_has_come_and_as_of_follows(leader, clock):
    before, *_ = leader.all("/v1/clients", where="payday == 20 and not (payday in (12, 15, 25, 31))", status="active")
    clock.advance(days=4)
    page = leader.get("/v1/clients", params={"limit": 1}).json()
    after = leader.get(f"/v1/clients/{before['id']}").json()["last_run"]
    before = before["last_run"]
    assert before["period"] == "2026-02"
    assert after["period"] == "2026-03"
    assert "2026-03-20T06" <= page["as_of"] < "2026-03-20T12"


def test_months_past_the_horizon_are_added_and_written_ones_stay(leader, sql, clock):
    sql("UPDATE pay_run SET gross = 4200 WHERE client_id = 'cl_000001' AND period = '2026-02'")
    runs = sql("SELECT count(*) AS n FROM pay_run")[0]["n"]
    assert leader.get("/v1/clients/cl_000001").json()["last_run"]["gross"] == "42.00"
    clock.advance(days=120)
    assert leader.get("/v1/clients/cl_000001").json()["last_run"]["period"] >= "2026-06"
    assert sql("SELECT max(period) AS last FROM pay_run")[0]["last"] == "2026-08"
    assert sql("SELECT count(*) AS n FROM pay_run")[0]["n"] > runs
    assert sql("SELECT gross FROM pay_run WHERE client_id = 'cl_000001' AND period = '2026-02'")[0]["gross"] == 4200


def test_hostile_names_arrive_as_they_were_written(leader):
    names = {client["name"] for client in leader.all("/v1/clients")}
    assert set(HOSTILE_NAMES) <= names


def test_a_name_with_control_characters_and_half_emoji_can_be_paged_past(leader, sql):
    for number, name in enumerate(["\x00nul", "\x1b[31mred", "\u202ertl", "a" * 40_000, "\n"]):
        sql("UPDATE client SET name = ?, name_order = ? WHERE id = ?", name, order_key(name), f"cl_{number:06x}")
    assert len(leader.all("/v1/clients", limit=1)) == 45


def test_another_bureaus_clients_groups_and_users_are_never_seen(leader, sql, other_bureau):
    sql(
        "INSERT INTO access (id, client_id, user_id, role, starts, ends, ended_at, source)"
        " VALUES (9999, 'cl_x', 'us_0002', 'owner', '2020-01-01', NULL, NULL, 'manual')"
    )
    sql("INSERT INTO client_group VALUES ('gr_x', 'bu_x', 'theirs', 'Theirs', 'theirs', 'manual', NULL, 1, 0, 0, 0)")
    sql("INSERT INTO group_member VALUES ('gr_x', 'cl_x', 0, NULL)")
    assert "cl_x" not in {client["id"] for client in leader.all("/v1/clients")}
    assert leader.get("/v1/clients/cl_x").json()["code"] == "client_not_found"
    assert leader.get("/v1/clients?group=theirs").json()["code"] == "group_not_found"
    assert leader.get("/v1/groups/theirs").json()["code"] == "group_not_found"
    assert leader.get(f"/v1/clients?member={other_bureau}").json()["code"] == "user_not_found"
    for expression in ('group == "theirs"', f'owner == "{other_bureau}"'):
        assert leader.get("/v1/clients", params={"where": expression}).json()["code"] == "where_invalid"
    assert leader.get("/v1/clients?access=mine").json()["total"] == 11
    item = {"key": "k", "client": "cl_x", "action": "add"}
    (result,) = leader.post("/v1/groups/paused/members", {"items": [item]}).json()["results"]
    assert result["code"] == "client_not_found"
    assert leader.post("/v1/selections", {"clients": ["1"]}).json()["code"] == "client_not_found"
    assert leader.post("/v1/selections", {"all": True}).json()["count"] == 45


def test_the_other_bureau_sees_only_its_own(api_of, other_bureau):
    other = api_of(other_bureau)
    assert [client["id"] for client in other.all("/v1/clients")] == ["cl_x"]


@pytest.mark.parametrize(("order", "compared"), [("", ">"), (" DESC", "<")])
@pytest.mark.parametrize("column", _SORTED_BY.values())
def test_a_page_costs_the_same_at_any_place_because_an_index_serves_its_sort(sql, column, order, compared):
    after = f"client.bureau_id = 'bu_0001' AND ({column}, client.id) {compared} ('x', 'y')"
    by = f"{column}{order}, client.id{order}"
    (step,) = sql(f"EXPLAIN QUERY PLAN SELECT {column}, client.id FROM client WHERE {after} ORDER BY {by} LIMIT 9")  # noqa: S608 - a plan
    assert "COVERING INDEX" in step["detail"]
    assert f"({column.removeprefix('client.')},id){compared}" in step["detail"]
