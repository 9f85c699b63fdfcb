"""`altinn`: where the bureau's settings are used and by whom, changed for many, taken back, and never in passing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands.outside import Waits

from bureau_cli.app import Wiring

OFF = "10002,10013,10025"
USED = ("altinn", "enable", "--clients", OFF, "--yes")


def settings_of(bureau: Any, numbers: str) -> dict[str, tuple[bool, list[str]]]:
    rows = bureau("altinn", "list", "--clients", numbers, "-o", "json").json["data"]
    return {row["number"]: (row["partner_settings"], row["tagged"]) for row in rows}


def with_access(bureau: Any, number: str) -> list[str]:
    """Whom the client names as its people, which is who has running access."""
    row = bureau("clients", "show", number, "-o", "json").json["data"]
    return sorted([*row["members"], *([row["owner"]] if row["owner"] else [])])


@pytest.fixture
def used(bureau: Any) -> str:
    """A client at which the settings are used, by several."""
    rows = bureau("altinn", "list", "--used", "yes", "-o", "json").json["data"]
    number: str = next(row["number"] for row in rows if len(row["tagged"]) > 1)
    return number


def test_a_row_a_client_that_has_not_left_with_its_delegation(bureau: Any, sql: Any) -> None:
    rows = bureau("altinn", "list", "-o", "json").json["data"]
    expected = sql("SELECT number, altinn_settings AS used, delegation FROM client WHERE status <> 'left'")
    assert {(r["number"], r["partner_settings"], r["delegation"]) for r in rows} == {
        (row["number"], bool(row["used"]), row["delegation"]) for row in expected
    }


@pytest.mark.parametrize("said", ["--used no", "--delegation missing", "--user anne.aas", "--used yes --user me"])
def test_a_filter_keeps_what_the_whole_list_has_of_it(bureau: Any, said: str) -> None:
    keeps = {
        "--used no": lambda row: not row["partner_settings"],
        "--delegation missing": lambda row: row["delegation"] == "missing",
        "--user anne.aas": lambda row: "anne.aas" in row["tagged"],
        "--used yes --user me": lambda row: "kari.nordmann" in row["tagged"],
    }[said]
    rows = bureau("altinn", "list", "-o", "json").json["data"]
    expected = [row["number"] for row in rows if keeps(row)]
    assert 0 < len(expected) < len(rows)
    assert bureau("altinn", "list", *said.split(), "-o", "ids").lines == expected


def test_a_list_that_comes_in_one_order_is_sorted_by_any_column(bureau: Any) -> None:
    for noun in ("altinn", "owners"):
        numbers = bureau(noun, "list", "-o", "ids").lines
        assert numbers != sorted(numbers), "the case proves nothing"
        sorted_here = bureau(noun, "list", "--sort", "-number", "--limit", "3", "-o", "ids")
        assert (sorted_here.lines, sorted_here.err) == (sorted(numbers)[:-4:-1], f"3 of {len(numbers)}\n")


def test_enable_tags_everybody_with_access_and_disable_nobody(bureau: Any, events: Any) -> None:
    ended = bureau(*USED)
    assert (ended.code, ended.err.splitlines()[-1]) == (0, "3 clients: 3 done")
    now = settings_of(bureau, OFF)
    assert now == {number: (True, with_access(bureau, number)) for number in OFF.split(",")}
    assert bureau("altinn", "disable", "--clients", OFF, "--yes").code == 0
    assert settings_of(bureau, OFF) == {number: (False, []) for number in OFF.split(",")}
    assert [action for action, _, _ in events()] == ["altinn.enable"] * 3 + ["altinn.disable"] * 3


def test_a_missing_delegation_is_told_and_forbids_nothing(bureau: Any) -> None:
    plan = bureau("altinn", "enable", "--clients", OFF, "--plan", "-o", "json").json["data"]
    assert {row["number"]: "delegation is missing" in row["reason"] for row in plan} == {
        "10002": False, "10013": False, "10025": True,
    }  # fmt: skip


def test_enable_with_users_tags_only_those_of_them_who_have_access(bureau: Any) -> None:
    chosen = with_access(bureau, "10002")[0]
    ended = bureau(*USED[:3], "10002", "--user", chosen, "--user", "geir.berg", "--yes", "-o", "json")
    assert settings_of(bureau, "10002") == {"10002": (True, [chosen])}
    assert "not geir.berg: no running access, or has left" in ended.json["data"][0]["reason"]


def test_enabling_again_tags_nobody_who_was_untagged(bureau: Any, used: str) -> None:
    _, tagged = settings_of(bureau, used)[used]
    assert bureau("altinn", "untag", "--user", tagged[0], "--clients", used, "--yes").code == 0
    again = bureau("altinn", "enable", "--clients", used, "--yes", "-o", "json")
    assert (again.code, again.json["data"][0]["outcome"]) == (0, "unchanged")
    assert again.json["data"][0]["reason"] == f"not tagged: {tagged[0]}"
    assert settings_of(bureau, used)[used] == (True, tagged[1:])


def test_what_cannot_be_done_is_settled_before_anything_is_sent(bureau: Any, used: str, events: Any) -> None:
    lines = {
        ("enable", "--clients", "10037"): "rule_forbids",
        ("tag", "--user", "kari.nordmann", "--clients", "10013"): "altinn_off",
        ("tag", "--user", "peder.as", "--clients", used): "access_missing",
        ("tag", "--user", "marte.kirkerud", "--clients", used): "user_left",
    }
    for line, code in lines.items():
        ended = bureau("altinn", *line, "--yes", "-o", "json")
        assert ended.code == 3, line
        assert [(row["outcome"], row["code"]) for row in ended.json["data"]] == [("refused", code)]
    assert events() == []


def test_nobody_needs_untagging_where_the_settings_are_off(bureau: Any) -> None:
    ended = bureau("altinn", "untag", "--user", "kari.nordmann", "--clients", "10013", "--yes", "-o", "json")
    assert (ended.code, ended.json["data"][0]["outcome"]) == (0, "unchanged")


def test_an_administrator_changes_clients_of_their_own_and_an_officer_none(bureau: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    plan = bureau("altinn", "disable", "--clients", "10001,10006,10007", "--plan", "-o", "json").json["data"]
    codes = {row["number"]: row["code"] for row in plan}
    assert (codes["10001"], codes["10006"], codes["10007"]) == ("no_access", None, None)
    acting_as("anne.aas")
    refused = bureau("altinn", "disable", "--all-clients", "--plan")
    assert (refused.code, refused.out) == (4, b"")
    assert "the role officer does not change Altinn settings [role_forbids]" in refused.err


@pytest.mark.parametrize("action", ["enable", "disable", "tag", "untag"])
def test_undo_restores_who_used_the_settings(bureau: Any, used: str, action: str) -> None:
    tagged = settings_of(bureau, used)[used][1]
    if action == "tag":
        assert bureau("altinn", "untag", "--user", tagged[0], "--clients", used, "--yes").code == 0
    numbers = OFF if action == "enable" else used
    before = settings_of(bureau, numbers)
    users = ["--user", tagged[0]] if action in {"tag", "untag"} else []
    assert bureau("altinn", action, *users, "--clients", numbers, "--yes").code == 0
    assert settings_of(bureau, numbers) != before
    undone = bureau("history", "undo", "last", "--yes")
    assert (undone.code, settings_of(bureau, numbers)) == (0, before)


def test_undo_is_refused_where_somebody_else_was_at_work_since(bureau: Any, events: Any) -> None:
    chosen, other = with_access(bureau, "10002")[:2]
    assert bureau(*USED[:3], "10002", "--user", chosen, "--yes").code == 0
    run = bureau("history", "list", "-o", "ids").lines[0]
    assert bureau("altinn", "tag", "--user", other, "--clients", "10002", "--yes").code == 0
    before = events()
    refused = bureau("history", "undo", run, "--yes")
    assert (refused.code, "[run_moved]" in refused.err, events()) == (6, True, before)
    assert "somebody else was tagged since" in refused.err


def test_a_lost_answer_is_retried_and_nothing_is_done_twice(bureau: Any, faults: Any, events: Any) -> None:
    faults("drop_after;path=/v1/altinn-settings/changes;method=POST;times=4")
    lost = bureau(*USED, "-o", "json", wiring=Wiring(patience=Waits().patience))
    assert {row["outcome"] for row in lost.json["data"]} == {"unknown"}
    assert {row["so_now"] for row in bureau("history", "show", "last", "-o", "json").json["data"]} == {True}
    assert bureau("history", "retry", "last", "--yes").code == 0
    done = [subject for action, subject, outcome in events() if (action, outcome) == ("altinn.enable", "done")]
    assert len(done) == len(set(done)) == 3


def test_settings_are_switched_off_where_a_client_has_left_and_not_on_again(bureau: Any, sql: Any) -> None:
    ended = bureau("altinn", "disable", "--clients", "10037,10013", "--yes", "-o", "json")
    outcomes = {row["number"]: row["outcome"] for row in ended.json["data"]}
    assert (ended.code, outcomes) == (0, {"10013": "unchanged", "10037": "done"})
    assert [row[0] for row in sql("SELECT altinn_settings FROM client WHERE number = '10037'")] == [0]
    undone = bureau("history", "undo", "last", "--yes", "-o", "json")
    assert (undone.code, undone.json["data"][0]["outcome"]) == (3, "refused")
    assert undone.json["data"][0]["reason"] == "the client had left, and nothing is switched on for it again"


def test_a_saved_plan_is_carried_out_once_and_refused_when_the_world_moved(bureau: Any, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    saved = bureau(*USED[:-1], "--plan-out", plan)
    assert f"bureau altinn apply {plan}" in saved.err
    assert settings_of(bureau, OFF)["10002"] == (False, [])
    assert bureau("altinn", "apply", plan, "--yes").code == 0
    assert settings_of(bureau, OFF)["10002"][0]
    stale = bureau("altinn", "apply", plan, "--yes")
    assert (stale.code, "[plan_stale]" in stale.err) == (6, True)


def test_a_file_that_is_no_plan_is_not_applied(bureau: Any, tmp_path: Path) -> None:
    other = tmp_path / "list.txt"
    other.write_text("10001\n")
    refused = bureau("altinn", "apply", other, "--yes")
    assert (refused.code, "[document_invalid]" in refused.err) == (2, True)


def test_many_travel_in_few_requests_and_each_once(bureau: Any, sql: Any) -> None:
    ended = bureau("altinn", "disable", "--all-clients", "--yes", "--trace", "-o", "json")
    done = [row["number"] for row in ended.json["data"] if row["outcome"] == "done"]
    assert len(done) > 50
    assert sum("POST /v1/altinn-settings/changes" in line for line in ended.err.splitlines()) == 1
    told = [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event")]
    assert sorted(one["subject"] for one in told) == sorted({one["subject"] for one in told})
    assert len(told) == len(done)
