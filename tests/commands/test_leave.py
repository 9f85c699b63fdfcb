"""`access leave`: everything a leaver has is in the plan, and afterwards only what the plan said would remain."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from commands.people import held, lasting, owners, role_of, tagged

LEAVER = "fatima.dahl"
"""An officer of the demo who owns clients, is a member of others, and was invited by one."""
LATER = "2026-12-31"


@pytest.fixture
def leave(bureau: Any) -> Any:
    """The command for the leaver."""
    return lambda *more: bureau("access", "leave", "--user", LEAVER, *more, "-o", "json")


@pytest.fixture(autouse=True)
def invited(bureau: Any, sql: Any) -> str:
    """The number of the one client that invited the leaver; the platform has seen it."""
    sql(
        "UPDATE access SET source = 'manual' WHERE source = 'client_invited'"
        " AND user_id = (SELECT id FROM user WHERE login = ?)",
        LEAVER,
    )
    number = next(number for number, row in held(sql, LEAVER).items() if row.role == "owner")
    sql(
        "UPDATE access SET source = 'client_invited' WHERE client_id = (SELECT id FROM client WHERE number = ?)"
        " AND user_id = (SELECT id FROM user WHERE login = ?) AND ended_at IS NULL",
        number,
        LEAVER,
    )
    bureau("users", "show", "me")
    return str(number)


def rows(answer: Any, **wanted: Any) -> list[dict[str, Any]]:
    return [row for row in answer.json["data"] if all(row[key] == value for key, value in wanted.items())]


# --- at once ---------------------------------------------------------------------------------------------------------


def test_the_plan_has_everything_the_leaver_holds_and_changes_nothing(
    leave: Any, sql: Any, everything: Any, invited: str
) -> None:
    before = everything(but="audit_event")
    has = held(sql, LEAVER)
    plan = leave("--plan")
    assert plan.code == 0
    ends = rows(plan, action="end", user=LEAVER)
    assert sorted(row["number"] for row in ends) == sorted(has)
    stays = {row["number"]: row["code"] for row in ends if row["outcome"] != "planned"}
    assert stays.pop(invited) == "access_invited"
    assert set(stays.values()) <= {"owner_needed"}
    followed = {row["number"] for row in rows(plan, action="untag", outcome="follows")}
    gone = {row["number"] for row in sql("SELECT number FROM client WHERE status = 'left'")}
    kept = {row["number"] for row in rows(plan, action="untag", outcome="unchanged")}
    assert (followed & kept, followed | kept) == (set(), tagged(sql, LEAVER) - gone)
    assert kept <= {invited, *stays}
    assert [row["outcome"] for row in rows(plan, action="set role", user=LEAVER)] == ["planned"]
    assert everything(but="audit_event") == before


def test_afterwards_only_what_the_plan_said_would_remain_is_there(leave: Any, sql: Any, invited: str) -> None:
    owned = {number for number, owner in owners(sql).items() if owner == LEAVER}
    others = {number: owner for number, owner in owners(sql).items() if owner != LEAVER}
    remain = {row["number"] for row in rows(leave("--plan"), outcome="refused")}
    assert leave("--yes").code == 3
    assert invited in remain
    assert set(held(sql, LEAVER)) == remain
    assert tagged(sql, LEAVER) <= remain
    assert role_of(sql, LEAVER) == "none"
    now = owners(sql)
    assert {number: now[number] for number in others} == others
    assert {number for number in owned if now[number] == LEAVER} == remain & owned - {invited}


def test_the_owner_who_is_proposed_works_there_and_the_plan_says_why(leave: Any, sql: Any) -> None:
    owned = [number for number, owner in owners(sql).items() if owner == LEAVER]
    before = {number: {row.login for row in lasting(sql) if row.number == number} for number in owned}
    steps = rows(leave("--plan"), outcome="planned")
    planned = {row["number"]: row["reason"] for row in steps if row["number"] in owned}
    leave("--yes")
    now = owners(sql)
    handed = [number for number in owned if now[number] != LEAVER]
    assert handed
    for number in handed:
        assert now[number] in before[number] - {LEAVER}
        assert now[number] in planned[number]
        assert any(word in planned[number] for word in ("ran 2026-", "worked there last", "only other one"))


def test_the_owner_that_is_said_gets_all_of_it_or_nobody_does(leave: Any, bureau: Any, sql: Any) -> None:
    owned = [number for number, owner in owners(sql).items() if owner == LEAVER]
    leave("--yes", "--new-owner", "tone.sandvik")
    assert {owners(sql)[number] for number in owned} == {"tone.sandvik"}
    bureau("access", "leave", "--user", "tone.sandvik", "--new-owner", "none", "--yes")
    assert not {number for number in owned if number in owners(sql)}


def test_where_nobody_else_works_somebody_has_to_be_said(leave: Any, sql: Any, invited: str) -> None:
    number = next(number for number, owner in owners(sql).items() if owner == LEAVER and number != invited)
    sql(
        "UPDATE access SET ended_at = 1 WHERE client_id = (SELECT id FROM client WHERE number = ?)"
        " AND user_id <> (SELECT id FROM user WHERE login = ?)",
        number,
        LEAVER,
    )
    left = leave("--yes")
    assert number in {row["number"] for row in rows(left, code="owner_needed")}
    assert owners(sql)[number] == LEAVER
    assert leave("--yes", "--new-owner", "none").code == 3
    assert number not in owners(sql)


def test_to_leave_twice_changes_nothing_more(leave: Any, everything: Any) -> None:
    remain = {row["number"] for row in rows(leave("--yes"), outcome="refused")}
    before = everything(but="audit_event")
    again = leave("--yes")
    assert {row["number"] for row in rows(again, outcome="refused")} == remain
    assert {row["outcome"] for row in again.json["data"]} == {"refused", "unchanged"}
    assert everything(but="audit_event") == before


def test_the_role_is_kept_where_that_is_said(leave: Any, sql: Any) -> None:
    leave("--yes", "--keep-role")
    assert role_of(sql, LEAVER) == "officer"


# --- with a last day -------------------------------------------------------------------------------------------------


def test_a_last_day_lets_them_work_until_then_and_hands_over_what_they_own_now(
    leave: Any, bureau: Any, sql: Any, invited: str
) -> None:
    left = leave("--date", LATER, "--new-owner", "tone.sandvik", "--yes")
    assert {row.ends for number, row in held(sql, LEAVER).items() if number != invited} == {LATER}
    assert LEAVER not in owners(sql).values()
    assert role_of(sql, LEAVER) == "officer"
    (role,) = rows(left, action="set role")
    assert (role["outcome"], LATER in role["reason"]) == ("unchanged", True)
    bureau("platform", "clock", "2027-01-01T08:00:00+01:00")
    assert bureau("access", "list", "--user", LEAVER, "-o", "ids").text.split() == [invited]
    assert tagged(sql, LEAVER) <= {invited}
    leave("--yes")
    assert role_of(sql, LEAVER) == "none"


def test_who_goes_sooner_somewhere_is_not_given_longer(leave: Any, sql: Any) -> None:
    number = next(
        number for number, row in held(sql, LEAVER).items() if row.role == "member" and row.source == "manual"
    )
    sql(
        "UPDATE access SET ends = '2026-11-30' WHERE client_id = (SELECT id FROM client WHERE number = ?)"
        " AND user_id = (SELECT id FROM user WHERE login = ?)",
        number,
        LEAVER,
    )
    left = leave("--date", LATER, "--yes")
    assert [row["outcome"] for row in rows(left, number=number, action="end")] == ["unchanged"]
    assert held(sql, LEAVER)[number].ends == "2026-11-30"


@pytest.mark.parametrize(("day", "code"), [("2026-13-01", 2), ("tomorrow", 2), ("2026-11-22", 7)])
def test_a_day_that_is_none_or_has_passed_changes_nothing(leave: Any, everything: Any, day: str, code: int) -> None:
    before = everything(but="audit_event")
    assert leave("--date", day, "--yes").code == code
    assert everything(but="audit_event") == before


# --- who may ---------------------------------------------------------------------------------------------------------


def test_nobody_takes_their_own_role_and_the_plan_says_so(bureau: Any, sql: Any) -> None:
    left = bureau("access", "leave", "--user", "me", "--yes", "-o", "json")
    assert [row["code"] for row in rows(left, action="set role")] == ["own_role"]
    assert role_of(sql, "kari.nordmann") == "leader"
    assert held(sql, "kari.nordmann") == {}


def test_what_an_administrator_does_not_see_is_told_as_left(leave: Any, sql: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    mine = set(held(sql, "ola.admin"))
    has = set(held(sql, LEAVER))
    left = leave("--yes")
    assert left.code == 3
    assert set(held(sql, LEAVER)) >= has - mine
    (hidden,) = rows(left, code="no_access")
    assert f"access to {len(has - mine)} clients more" in hidden["reason"]


def test_the_last_leader_loses_the_role_after_everything_else(bureau: Any, sql: Any, acting_as: Any) -> None:
    sql("UPDATE user SET role = 'none' WHERE login = 'peder.as'")
    sql(
        "INSERT INTO access (client_id, user_id, role, starts, source) SELECT client_id,"
        " (SELECT id FROM user WHERE login = 'ola.admin'), 'member', '2026-01-01', 'manual' FROM access"
        " WHERE user_id = (SELECT id FROM user WHERE login = 'kari.nordmann') AND client_id NOT IN"
        " (SELECT client_id FROM access WHERE user_id = (SELECT id FROM user WHERE login = 'ola.admin'))"
    )
    acting_as("ola.admin")
    left = bureau("access", "leave", "--user", "kari.nordmann", "--yes", "-o", "json")
    assert left.code == 0
    assert held(sql, "kari.nordmann") == {}
    assert role_of(sql, "kari.nordmann") == "none"


def test_an_officer_lets_nobody_leave(leave: Any, acting_as: Any, everything: Any) -> None:
    acting_as("anne.aas")
    before = everything(but="audit_event")
    assert leave("--yes").code == 4
    assert everything(but="audit_event") == before


def test_the_leaver_and_the_owner_next_must_be_two_who_are_there(leave: Any, bureau: Any, everything: Any) -> None:
    before = everything(but="audit_event")
    assert leave("--new-owner", LEAVER, "--yes").code == 2
    assert leave("--new-owner", "nobody.here", "--yes").code == 5
    assert leave("--new-owner", "marte.kirkerud", "--yes").code == 7
    assert bureau("access", "leave", "--user", "nobody.here", "--yes").code == 5
    assert everything(but="audit_event") == before


# --- letters ---------------------------------------------------------------------------------------------------------


def test_the_client_that_invited_them_is_asked_in_a_letter(leave: Any, sql: Any, invited: str, tmp_path: Path) -> None:
    (client,) = sql("SELECT name FROM client WHERE number = ?", invited)
    path = tmp_path / "letters.txt"
    left = leave("--yes", "--letters", path)
    assert f"1 letter to send: {path}" in left.err
    letter = path.read_text(encoding="utf-8")
    assert letter.startswith(f"{client['name']}\n")
    assert LEAVER in letter
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_file_it_is_told_that_there_are_letters(leave: Any) -> None:
    assert "--letters FILE" in leave("--plan").err


def test_a_file_that_is_there_is_refused_before_anything_is_done(leave: Any, everything: Any, tmp_path: Path) -> None:
    path = tmp_path / "letters.txt"
    path.write_text("mine", encoding="utf-8")
    before = everything()
    assert leave("--yes", "--letters", path).code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert everything() == before


# --- afterwards ------------------------------------------------------------------------------------------------------


def test_a_saved_plan_of_it_is_done_exactly(leave: Any, bureau: Any, sql: Any, invited: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    assert leave("--new-owner", "tone.sandvik", "--plan-out", path).code == 0
    assert bureau("access", "apply", path, "--yes").code == 3
    assert set(held(sql, LEAVER)) == {invited}
    assert role_of(sql, LEAVER) == "none"


def test_a_saved_plan_is_refused_where_the_leaver_has_another_role_by_now(
    leave: Any, bureau: Any, everything: Any, tmp_path: Path
) -> None:
    path = tmp_path / "plan.json"
    leave("--new-owner", "tone.sandvik", "--plan-out", path)
    bureau("users", "set-role", LEAVER, "administrator", "--yes")
    before = everything(but="audit_event")
    stale = bureau("access", "apply", path, "--yes")
    assert (stale.code, f"users/{LEAVER}" in stale.err) == (6, True)
    assert everything(but="audit_event") == before


def test_to_undo_it_gives_everything_back(leave: Any, bureau: Any, sql: Any) -> None:
    has, owned, had_tags = held(sql, LEAVER), owners(sql), tagged(sql, LEAVER)
    gone = {row["number"] for row in sql("SELECT number FROM client WHERE status = 'left'")}
    leave("--yes")
    lost = had_tags - tagged(sql, LEAVER) - gone
    undone = bureau("history", "undo", "last", "--yes", "-o", "json")
    assert undone.code == 0, undone.err
    assert "; set role 1" in undone.err
    assert held(sql, LEAVER) == has
    assert owners(sql) == owned
    assert role_of(sql, LEAVER) == "officer"
    assert {row["number"] for row in rows(undone, action="tag", outcome="unchanged")} == lost


def test_what_a_fault_left_is_taken_up_again(leave: Any, bureau: Any, sql: Any, faults: Any, invited: str) -> None:
    faults("409;method=POST;path=/v1/access/changes")
    assert leave("--new-owner", "tone.sandvik", "--yes").code != 0
    faults()
    bureau("history", "retry", "last", "--yes")
    assert set(held(sql, LEAVER)) == {invited}
    assert role_of(sql, LEAVER) == "none"
