"""`access`: who gets at what, many at a time, and nothing that the plan did not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from commands.outside import Counted, unhurried

from bureau_cli.app import Wiring

THREE = ("--clients", "10001,10002,10013")
HELD = """
SELECT client.number, user.login, access.role, access.starts, access.ends, access.source, access.reason
FROM access JOIN client ON client.id = access.client_id JOIN user ON user.id = access.user_id
WHERE access.ended_at IS NULL AND ifnull(access.ends, '9999') >= '2026-11-23'
"""


@pytest.fixture
def held(sql: Any) -> Callable[[], Mapping[tuple[str, str], tuple[Any, ...]]]:
    """By client number and login, the access that is not over, as the store has it."""
    return lambda: {(row["number"], row["login"]): tuple(row)[2:] for row in sql(HELD)}


def told(outcome: Any) -> list[tuple[str, str, str, str, str | None]]:
    keys = ("number", "user", "action", "outcome", "code")
    return [tuple(one[key] for key in keys) for one in outcome.json["data"]]


# --- list ------------------------------------------------------------------------------------------------------------


def test_who_has_access_to_a_client_is_listed(bureau: Any, held: Any) -> None:
    rows = bureau("access", "list", "--clients", "10002,10013", "-o", "json").json["data"]
    wanted = {key: value[:3] for key, value in held().items() if key[0] in {"10002", "10013"}}
    assert {(one["number"], one["user"]): (one["role"], one["from"], one["to"]) for one in rows} == wanted


@pytest.mark.parametrize(
    ("narrowed", "fits"),
    [
        (("--user", "anne.aas"), lambda login, _: login == "anne.aas"),
        (("--user", "anne.aas", "--user", "me"), lambda login, _: login in {"anne.aas", "kari.nordmann"}),
        (("--role", "owner"), lambda _, access: access[0] == "owner"),
        (("--source", "client_invited"), lambda _, access: access[3] == "client_invited"),
        (("--ending-within", "365d"), lambda _, access: access[2] is not None and access[2] <= "2027-11-23"),
        (("--state", "upcoming"), lambda _, access: access[1] > "2026-11-23"),
    ],
)
def test_each_way_to_narrow_the_list_leaves_those_it_says(bureau: Any, held: Any, narrowed: Any, fits: Any) -> None:
    rows = bureau("access", "list", *narrowed, "-o", "json").json["data"]
    wanted = {key for key, access in held().items() if fits(key[1], access)}
    assert {(one["number"], one["user"]) for one in rows} == wanted


def test_the_list_can_be_by_user(bureau: Any) -> None:
    rows = bureau("access", "list", "--sort", "user", "-o", "json").json["data"]
    assert [one["user"] for one in rows] == sorted(one["user"] for one in rows)


def test_access_not_used_for_long_is_stale_and_what_is_new_is_not(bureau: Any) -> None:
    assert bureau("access", "grant", "--user", "per.myhre", *THREE, "--yes").code == 0
    rows = bureau("access", "list", "--stale", "90d", "-o", "json").json["data"]
    assert rows
    assert all(one["from"] < "2026-08-25" for one in rows)
    assert all(one["last_used"] is None or one["last_used"] < "2026-08-25" for one in rows)


@pytest.mark.parametrize("said", [("--stale", "long"), ("--ending-within", "0d"), ("--sort", "reason")])
def test_what_cannot_be_asked_is_told_with_what_can(bureau: Any, said: Any) -> None:
    refused = bureau("access", "list", *said)
    assert refused.code == 2
    assert "fix:" in refused.err


# --- grant -----------------------------------------------------------------------------------------------------------


def test_several_users_get_the_same_at_many_clients_in_one_request(bureau: Any, held: Any) -> None:
    counted = Counted()
    line = ("access", "grant", "--user", "per.myhre", "--user", "geir.berg", "--all-clients", "--to", "2027-06-30")
    done = bureau(*line, "--reason", "Vikar", "--yes", "-o", "json", wiring=Wiring(around=counted.around))
    assert done.code == 0
    assert {one["outcome"] for one in done.json["data"]} == {"done", "unchanged"}
    assert len(done.json["data"]) == 240
    assert counted.requests.count("POST /v1/access/changes") == 1
    now = held()
    for one in done.json["data"]:
        if one["outcome"] == "done":
            role, _, ends, _, reason = now[one["number"], one["user"]]
            assert (role, ends, reason) == ("member", "2027-06-30", "Vikar")


def test_a_plan_sends_nothing_and_says_what_cannot_be_done(bureau: Any, everything: Any) -> None:
    before = everything()
    planned = bureau("access", "revoke", "--user", "anne.aas", *THREE, "--plan", "-o", "json")
    assert told(planned) == [
        ("10001", "anne.aas", "end", "unchanged", None),
        ("10002", "anne.aas", "end", "refused", "owner_needed"),
        ("10013", "anne.aas", "end", "refused", "owner_needed"),
    ]
    assert "2 refused (2 owner_needed)" in planned.err
    assert everything() == before


def test_a_grant_takes_nothing_away(bureau: Any, everything: Any) -> None:
    before = everything()
    line = ("access", "grant", "--user", "anne.aas", "--clients", "10002,10013", "--to", "2026-12-31", "--reason", "R")
    granted = bureau(*line, "-o", "json")
    assert [one["outcome"] for one in granted.json["data"]] == ["unchanged", "unchanged"]
    assert {one["reason"] for one in granted.json["data"]} == {"owner already"}
    assert everything() == before


def test_access_that_begins_later_may_be_made_to_begin_sooner_but_not_later_still(bureau: Any, held: Any) -> None:
    def first_day_after(day: str) -> str:
        assert bureau("access", "grant", "--user", "geir.berg", "--clients", "10002", "--from", day, "--yes").code == 0
        return str(held()["10002", "geir.berg"][1])

    days = ("2026-12-15", "2027-02-01", "2026-12-01")
    assert [first_day_after(day) for day in days] == ["2026-12-15", "2026-12-15", "2026-12-01"]


def test_days_that_nobody_asked_for_are_not_granted_to_join_two_accesses(bureau: Any, held: Any) -> None:
    line = ("access", "grant", "--user", "geir.berg", "--clients", "10002", "--yes")
    assert bureau(*line, "--from", "2027-02-01").code == 0
    before = held()
    apart = bureau(*line, "--to", "2027-01-30", "-o", "json")
    assert (apart.code, apart.json["data"][0]["code"]) == (3, "access_gap")
    assert held() == before
    joined = bureau(*line, "--to", "2027-01-31", "-o", "json")
    assert (joined.code, joined.json["data"][0]["reason"]) == (0, "member; from 2026-11-23")
    assert held()["10002", "geir.berg"][:3] == ("member", "2026-11-23", None)


def test_a_reason_that_would_not_be_kept_is_refused_before_anything_is_sent(bureau: Any, everything: Any) -> None:
    before = everything()
    line = ("access", "grant", "--user", "geir.berg", "--clients", "10002", "--yes", "--reason")
    refused = bureau(*line, "å" * 301)
    assert (refused.code, "at most 300" in refused.err) == (2, True)
    assert everything() == before
    assert bureau(*line, "å" * 300).code == 0


def test_an_owner_is_given_no_last_day(bureau: Any) -> None:
    refused = bureau(
        "access", "grant", "--user", "anne.aas", "--role", "owner", "--to", "2026-12-31", "--clients", "10001", "--yes"
    )
    assert (refused.code, refused.out) == (2, b"")


def test_what_they_have_already_is_nothing_to_do(bureau: Any, events: Any) -> None:
    assert bureau("access", "grant", "--user", "anne.aas", "--clients", "10001", "--yes").code == 0
    before = events()
    again = bureau("access", "grant", "--user", "anne.aas", "--clients", "10001")
    assert (again.code, again.err.splitlines()[-1]) == (0, "nothing to do")
    assert events() == before


def test_a_new_owner_makes_the_old_one_a_member(bureau: Any, held: Any) -> None:
    done = bureau("access", "grant", "--user", "fatima.dahl", "--role", "owner", "--clients", "10013", "--yes")
    assert done.code == 0
    assert held()["10013", "fatima.dahl"][0] == "owner"
    assert held()["10013", "anne.aas"][0] == "member"


def test_a_client_has_one_owner_so_two_cannot_be_asked_for(bureau: Any) -> None:
    line = ("access", "grant", "--user", "anne.aas", "--user", "me", "--role", "owner", "--all-clients", "--yes")
    assert bureau(*line).code == 2


def test_a_user_who_is_not_there_stops_the_whole_change(bureau: Any, everything: Any) -> None:
    before = everything()
    refused = bureau("access", "grant", "--user", "anne.aas", "--user", "nobody.here", *THREE, "--yes")
    assert refused.code == 5
    assert "nobody.here" in refused.err
    assert everything() == before


def test_an_administrator_gives_access_only_where_they_have_it(bureau: Any, acting_as: Any, held: Any) -> None:
    before = held()
    acting_as("ola.admin")
    done = bureau("access", "grant", "--user", "per.myhre", "--all-clients", "--yes", "-o", "json")
    mine = {number for number, login in before if login == "ola.admin"}
    for number, _, _, outcome, code in told(done):
        assert (code == "no_access") == (number not in mine), (number, outcome, code)


@pytest.mark.parametrize(
    "line",
    [
        ("revoke", "--user", "inger.hagen", "--new-owner", "none", "--clients", "10040"),
        ("revoke", "--user", "inger.hagen", "--new-owner", "none", "--all-clients"),
        ("copy", "--from-user", "inger.hagen", "--to-user", "geir.berg"),
        ("copy", "--from-user", "inger.hagen", "--to-user", "geir.berg", "--clients", "10040"),
    ],
)
def test_access_that_an_administrator_does_not_see_is_not_taken_for_none(
    bureau: Any, acting_as: Any, held: Any, line: Any
) -> None:
    assert ("10040", "inger.hagen") in held()
    assert ("10040", "ola.admin") not in held()
    acting_as("ola.admin")
    done = bureau("access", *line, "--yes", "-o", "json")
    assert done.code == 3
    assert {one[4] for one in told(done) if one[0] == "10040"} == {"no_access"}


def test_an_administrator_who_goes_with_others_goes_last(bureau: Any, acting_as: Any, held: Any) -> None:
    both = {("10008", "ola.admin"), ("10008", "per.myhre")}
    assert both <= held().keys()
    acting_as("ola.admin")
    done = bureau("access", "revoke", "--user", "me", "--user", "per.myhre", "--clients", "10008", "--yes")
    assert done.code == 0, done.err
    assert not both & held().keys()


def test_an_officer_gives_nobody_access(bureau: Any, acting_as: Any, everything: Any) -> None:
    acting_as("anne.aas")
    before = everything()
    assert bureau("access", "grant", "--user", "per.myhre", "--clients", "10002", "--yes").code == 4
    # The refusal itself is all that the trail has more.
    assert {name for name, rows in everything().items() if rows != before[name]} <= {"audit_event"}


# --- revoke, copy ----------------------------------------------------------------------------------------------------


def test_access_ends_at_once_or_on_its_last_day(bureau: Any, held: Any) -> None:
    assert bureau("access", "revoke", "--user", "fatima.dahl", "--clients", "10013", "--yes").code == 0
    assert ("10013", "fatima.dahl") not in held()
    line = ("access", "revoke", "--user", "inger.hagen", "--clients", "10002", "--to", "2026-12-31", "--yes")
    assert bureau(*line).code == 0
    assert held()["10002", "inger.hagen"][2] == "2026-12-31"


@pytest.mark.parametrize(("heir", "code"), [("marte.kirkerud", 7), ("nobody.known", 5)])
def test_nothing_is_planned_for_an_heir_who_is_not_here(bureau: Any, everything: Any, heir: str, code: int) -> None:
    before = everything()
    refused = bureau("access", "revoke", "--user", "anne.aas", "--all-clients", "--new-owner", heir, "--yes")
    assert (refused.code, refused.out) == (code, b"")
    assert everything() == before


def test_an_owner_goes_only_when_it_is_said_who_is_next(bureau: Any, held: Any) -> None:
    line = ("access", "revoke", "--user", "anne.aas", "--clients", "10013", "--yes", "-o", "json")
    assert told(bureau(*line)) == [("10013", "anne.aas", "end", "refused", "owner_needed")]
    assert bureau(*line, "--new-owner", "fatima.dahl").code == 0
    assert ("10013", "anne.aas") not in held()
    assert held()["10013", "fatima.dahl"][0] == "owner"


def test_what_the_client_itself_gave_is_told_and_left(bureau: Any, held: Any) -> None:
    before = held()
    [(number, login)] = [key for key, access in before.items() if access[3] == "client_invited"][:1]
    line = ("access", "revoke", "--user", login, "--clients", number, "--new-owner", "none", "--yes", "-o", "json")
    assert told(bureau(*line)) == [(number, login, "end", "refused", "access_invited")]
    assert held() == before


def test_all_that_a_user_has_is_ended_and_no_other_client_is_spoken_of(bureau: Any, held: Any) -> None:
    his = {number for number, login in held() if login == "lene.knudsen"}
    line = ("access", "revoke", "--user", "lene.knudsen", "--all-clients", "--new-owner", "none", "--yes")
    done = bureau(*line, "-o", "json")
    assert {one[0] for one in told(done)} == his
    assert {login for _, login in held()} & {"lene.knudsen"} == set()


def test_a_copy_has_what_the_other_has_as_a_member(bureau: Any, held: Any) -> None:
    before = held()
    done = bureau("access", "copy", "--from-user", "anne.aas", "--to-user", "geir.berg", "--yes", "-o", "json")
    template = {number: access for (number, login), access in before.items() if login == "anne.aas"}
    assert {one[0] for one in told(done)} == template.keys()
    for number, access in template.items():
        role, _, ends, *_ = held()[number, "geir.berg"]
        was = before.get((number, "geir.berg"))
        assert role == (was[0] if was else "member")
        assert ends == access[2] or was is not None


def test_a_copy_that_is_to_own_owns_what_the_other_owns_and_nothing_else(bureau: Any, held: Any) -> None:
    before = held()
    line = ("access", "copy", "--from-user", "anne.aas", "--to-user", "geir.berg", "--role", "owner", "--yes")
    assert bureau(*line, "--to", "2026-12-31").code == 2
    assert held() == before
    assert bureau(*line).code == 0
    hers = {number for (number, login), access in before.items() if login == "anne.aas" and access[0] == "owner"}
    his = {number for (number, login), access in before.items() if login == "geir.berg" and access[0] == "owner"}
    assert {n for (n, login), access in held().items() if login == "geir.berg" and access[0] == "owner"} == hers | his


# --- undo, retry -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        ("grant", "--user", "per.myhre", "--user", "geir.berg", "--all-clients", "--to", "2027-06-30"),
        ("grant", "--user", "fatima.dahl", "--role", "owner", "--clients", "10002,10013"),
        ("grant", "--user", "per.myhre", "--role", "owner", "--clients", "10002,10013"),
        ("revoke", "--user", "anne.aas", "--all-clients", "--new-owner", "geir.berg"),
        ("revoke", "--user", "anne.aas", "--all-clients", "--new-owner", "none"),
        ("revoke", "--user", "anne.aas", "--all-clients", "--to", "2026-12-31", "--new-owner", "geir.berg"),
        ("copy", "--from-user", "anne.aas", "--to-user", "geir.berg", "--role", "owner"),
    ],
)
def test_undo_gives_everybody_what_they_had(bureau: Any, held: Any, line: Any) -> None:
    def roles_and_days() -> dict[tuple[str, str], tuple[Any, ...]]:
        # The first day of what was ended and is given again is a new one.
        return {key: (role, ends, source, reason) for key, (role, _, ends, source, reason) in held().items()}

    before = roles_and_days()
    assert bureau("access", *line, "--yes").code in {0, 3}
    assert roles_and_days() != before
    undone = bureau("history", "undo", "last", "--yes", "-o", "json")
    assert undone.code == 0, undone.err
    assert roles_and_days() == before


@pytest.mark.parametrize("role", ["member", "owner"])
def test_undo_lets_access_that_was_brought_forward_begin_later_again(bureau: Any, held: Any, role: str) -> None:
    line = ("access", "grant", "--user", "geir.berg", "--clients", "10002", "--yes")
    assert bureau(*line, "--from", "2026-12-15").code == 0
    before = held()
    assert bureau(*line, "--role", role).code == 0
    assert held()["10002", "geir.berg"][1] == "2026-11-23"
    undone = bureau("history", "undo", "last", "--yes")
    assert undone.code == 0, undone.err
    assert held() == before


def test_undo_leaves_what_others_have_changed_since(bureau: Any, held: Any) -> None:
    assert bureau("access", "grant", "--user", "per.myhre", *THREE, "--yes").code == 0
    assert bureau("access", "revoke", "--user", "per.myhre", "--clients", "10002", "--yes").code == 0
    before = held()
    run = bureau("history", "list", "-o", "json").json["data"][1]["run"]
    refused = bureau("history", "undo", run, "--yes")
    assert refused.code == 6
    assert "per.myhre at 10002" in refused.err
    assert held() == before


def test_a_lost_answer_is_retried_and_nothing_is_done_twice(bureau: Any, faults: Any, events: Any) -> None:
    faults("drop_after;path=/v1/access/changes;method=POST;times=4")
    lost = bureau("access", "grant", "--user", "geir.berg", *THREE, "--yes", "-o", "json", wiring=unhurried())
    assert {one["outcome"] for one in lost.json["data"]} == {"unknown"}
    assert {one["so_now"] for one in bureau("history", "show", "last", "-o", "json").json["data"]} == {True}
    retried = bureau("history", "retry", "last", "--yes", "-o", "json")
    assert retried.code == 0
    granted = [subject for action, subject, outcome in events() if (action, outcome) == ("access.grant", "done")]
    assert len(granted) == len(set(granted)) == 3
