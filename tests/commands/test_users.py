"""`users`: who there is, and roles given by the table of who may do what, told before they are given."""

from __future__ import annotations

import json
from typing import Any

import pytest

SET = ("users", "set-role")


def role_of(bureau: Any, login: str) -> str:
    role: str = bureau("users", "show", login, "-o", "json").json["data"]["role"]
    return role


def test_everybody_is_listed_with_role_and_clients(bureau: Any, sql: Any) -> None:
    listed = bureau("users", "list", "-o", "json").json["data"]
    stored = sql("SELECT login, role, left_on FROM user ORDER BY login")
    assert [(one["login"], one["role"], one["left"]) for one in listed] == [tuple(row) for row in stored]
    owned = {row["owner"]: row["n"] for row in sql("SELECT owner, count(*) AS n FROM client GROUP BY owner")}
    assert all(one["owner_of"] == owned.get(one["login"], 0) for one in listed)


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("--role leader", "role = 'leader'"),
        ("--role leader --role administrator", "role IN ('leader', 'administrator')"),
        ("--active no", "left_on < '2026-11-23'"),
        ("--active yes --role officer", "role = 'officer' AND (left_on IS NULL OR left_on >= '2026-11-23')"),
    ],
)
def test_a_filter_gives_exactly_those_that_plain_sql_gives(bureau: Any, sql: Any, said: str, condition: str) -> None:
    expected = [row["login"] for row in sql(f"SELECT login FROM user WHERE {condition} ORDER BY login")]  # noqa: S608 - above
    assert expected
    assert bureau("users", "list", *said.split(), "-o", "ids").lines == expected


def test_me_is_the_caller_and_an_officer_sees_nobody_else(bureau: Any, acting_as: Any) -> None:
    assert bureau("users", "show", "me", "-o", "ids").text == "kari.nordmann\n"
    acting_as("anne.aas")
    assert bureau("users", "show", "me", "-o", "ids").text == "anne.aas\n"
    for line in (("users", "show", "kari.nordmann"), ("users", "list"), (*SET, "per.myhre", "none", "--yes")):
        refused = bureau(*line)
        assert (refused.code, refused.out) == (4, b"")
        assert "[role_forbids" in refused.err


def test_a_role_is_given_once_and_is_on_the_record_once(bureau: Any, events: Any) -> None:
    given = bureau(*SET, "anne.aas", "administrator", "--yes", "-o", "json")
    assert (given.code, given.json["data"]["role"]) == (0, "administrator")
    assert given.err.splitlines() == [
        "administrator: one who looks after users and roles, and everything on clients they have access to.",
        "it holds at once, also where anne.aas is signed in",
        "give Anne Aas (anne.aas) the role administrator instead of officer",
    ]
    again = bureau(*SET, "anne.aas", "administrator", "--yes")
    assert (again.code, again.err) == (0, "nothing to do\n")
    assert events() == [("user.role", "users/anne.aas", "done")]


def test_without_a_yes_nobody_gets_a_role(bureau: Any, events: Any) -> None:
    unasked = bureau(*SET, "anne.aas", "leader")
    assert (unasked.code, role_of(bureau, "anne.aas"), events()) == (7, "officer", [])
    assert "give Anne Aas (anne.aas) the role leader instead of officer: there is no terminal to ask on" in unasked.err


def test_who_loses_the_role_loses_it_in_a_session_that_goes_on(bureau: Any, acting_as: Any) -> None:
    assert bureau(*SET, "anne.aas", "none", "--yes").code == 0
    acting_as("anne.aas")
    refused = bureau("clients", "list")
    assert (refused.code, refused.out) == (4, b"")
    assert "[role_forbids" in refused.err


def test_taking_a_role_tells_what_stays(bureau: Any) -> None:
    now = bureau("users", "show", "anne.aas", "-o", "json").json["data"]
    taken = bureau(*SET, "anne.aas", "none", "--yes").err
    assert "the console is closed to anne.aas at once, signed in or not; access to " in taken
    assert f"access to {now['owner_of'] + now['member_of']} clients stays on record" in taken


@pytest.mark.parametrize(
    ("acting", "role"),
    [
        ("kari.nordmann", "officer"),
        ("kari.nordmann", "administrator"),
        ("ola.admin", "none"),
        ("ola.admin", "officer"),
    ],
)
@pytest.mark.parametrize("as_me", [True, False])
def test_nobody_changes_their_own_role(bureau: Any, acting_as: Any, acting: str, role: str, *, as_me: bool) -> None:
    acting_as(acting)
    refused = bureau(*SET, "me" if as_me else acting, role, "--yes")
    assert (refused.code, refused.out) == (4, b"")
    assert "[own_role]" in refused.err


def test_an_administrator_may_become_leader(bureau: Any, acting_as: Any, sql: Any) -> None:
    acting_as("ola.admin")
    assert bureau(*SET, "me", "leader", "--yes").code == 0
    (event,) = [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event")]
    assert event["after"] == {"role": "leader", "own": True}


def test_who_has_left_is_given_nothing_but_can_lose_the_role(bureau: Any) -> None:
    refused = bureau(*SET, "marte.kirkerud", "administrator", "--yes")
    assert (refused.code, "[user_left]" in refused.err) == (7, True)
    assert bureau(*SET, "marte.kirkerud", "none", "--yes").code == 0


def test_somebody_who_gives_out_roles_remains(bureau: Any, acting_as: Any, sql: Any) -> None:
    sql("UPDATE user SET role = 'officer' WHERE role = 'leader' AND login <> 'peder.as'")
    sql("UPDATE user SET left_on = '2026-11-30' WHERE login = 'ola.admin'")
    acting_as("ola.admin")  # is here for a few days, but does not stay
    refused = bureau(*SET, "peder.as", "officer", "--yes")
    assert (refused.code, refused.out) == (7, b"")
    assert "peder.as is the only administrator or leader who stays [last_overseer]" in refused.err


def test_the_first_leader_activates_the_console_and_the_last_one_switches_it_off(
    bureau: Any, acting_as: Any, sql: Any
) -> None:
    sql("UPDATE user SET role = 'officer' WHERE role = 'leader'")
    acting_as("ola.admin")
    assert "[bureau_not_activated" in bureau("clients", "list").err
    activated = bureau(*SET, "kari.nordmann", "leader", "--yes")
    assert "the first leader: this activates the bureau's console" in activated.err
    assert bureau("clients", "list").code == 0
    (event,) = [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event WHERE event LIKE '%user.role%'")]
    assert event["after"] == {"role": "leader", "activation": True}
    switched = bureau(*SET, "kari.nordmann", "officer", "--yes")
    assert "the last leader: this switches the bureau's console off" in switched.err
    assert "[bureau_not_activated" in bureau("clients", "list").err


def test_an_unknown_user_is_told_with_the_list_of_those_there_are(bureau: Any) -> None:
    for line in (("users", "show", "nobody"), (*SET, "nobody", "none", "--yes")):
        missing = bureau(*line)
        assert missing.code == 5
        assert missing.err.endswith("fix: bureau users list\n")
