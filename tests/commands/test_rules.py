"""Groups by a rule from the command line: made, changed with a yes, let go of, and explained for one client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands.oracle import in_zones, numbers_where, paid_on
from commands.outside import with_profile

RUNNING = "status IN ('active', 'leaving')"


def test_a_group_with_a_rule_holds_the_clients_it_is_true_of(bureau: Any, members: Any, sql: Any) -> None:
    made = bureau("groups", "create", "oslo", "--rule", 'zone == "1" and payday == 20', "-o", "json").json["data"]
    wanted = [row["number"] for row in sql(numbers_where(f"{in_zones('1', '1')} AND {paid_on(20)}"))]
    assert (made["kind"], made["rule"], made["count"]) == ("rule", 'zone == "1" and payday == 20', len(wanted))
    assert bureau("clients", "list", "--group", "oslo", "--sort", "number", "--fields", "number").lines[1:] == wanted
    assert members("oslo") == wanted


def test_payday_20_is_a_rule_and_holds_whom_it_always_held(bureau: Any, sql: Any) -> None:
    wanted = [row["number"] for row in sql(numbers_where(f"{paid_on(20)} AND {RUNNING}"))]
    assert len(wanted) == 73
    listed = bureau("clients", "list", "--group", "payday-20", "--sort", "number", "--fields", "number")
    assert listed.lines[1:] == wanted


@pytest.mark.parametrize("verb", ["add", "remove"])
def test_nobody_is_put_by_hand_into_a_group_with_a_rule_or_taken_out(bureau: Any, everything: Any, verb: str) -> None:
    before = everything()
    refused = bureau("groups", verb, "payday-20", "--all-clients", "--yes")
    assert (refused.code, refused.out) == (7, b"")
    assert "who is in payday-20 is decided by its rule" in refused.err
    assert everything() == before


@pytest.mark.parametrize(
    ("line", "told", "caret"),
    [
        (["create", "x", "--rule", "payday = 20"], "--rule: equality is written == (at character 8)", 7),
        (["create", "x", "--rule", 'group == "paused"'], "--rule: a rule cannot go by other groups", 0),
        (["set-rule", "paused", "owner == me", "--yes"], "the rule: a rule has no caller who could be me", 9),
    ],
)
def test_a_rule_that_cannot_be_one_is_told_with_a_caret(
    bureau: Any, everything: Any, line: list[str], told: str, caret: int
) -> None:
    before = everything()
    refused = bureau("groups", *line)
    assert (refused.code, refused.out) == (2, b"")
    assert told in refused.err
    assert refused.err.splitlines()[2] == "  " + " " * caret + "^"
    assert everything() == before


def test_another_rule_says_how_many_clients_it_means_and_needs_a_yes(
    bureau: Any, everything: Any, members: Any
) -> None:
    before = everything()
    unasked = bureau("groups", "set-rule", "paused", "payday == 12")
    assert unasked.code == 7
    assert "let the rule payday == 12 decide who is in paused: it lets 16 clients in and 3 clients out" in unasked.err
    assert everything() == before
    done = bureau("groups", "set-rule", "paused", "payday == 12", "--yes", "-o", "json").json["data"]
    assert (done["kind"], done["count"], len(members("paused"))) == ("rule", 16, 16)


def test_a_rule_that_is_let_go_of_leaves_the_clients_it_had(bureau: Any, members: Any) -> None:
    before = members("payday-12")
    done = bureau("groups", "set-rule", "payday-12", "--manual", "--yes", "-o", "json")
    assert (done.code, done.json["data"]["kind"], members("payday-12")) == (0, "manual", before)
    again = bureau("groups", "set-rule", "payday-12", "--manual")
    assert (again.code, again.err) == (0, "nothing to do\n")
    assert bureau("groups", "add", "payday-12", "--clients", "10013", "--yes").code == 0


@pytest.mark.parametrize("words", [[], ["payday == 12", "--manual"]])
def test_a_rule_or_none_has_to_be_said(bureau: Any, words: list[str]) -> None:
    assert bureau("groups", "set-rule", "paused", *words, "--yes").code == 2


def test_a_profile_that_denies_changes_and_an_officer_change_no_rule(
    bureau: Any, everything: Any, acting_as: Any, clean_world: Path
) -> None:
    before = everything(but="audit_event")
    acting_as("anne.aas")
    assert bureau("groups", "set-rule", "paused", "payday == 12", "--yes").code == 4
    assert bureau("groups", "create", "x", "--rule", "payday == 12").code == 4
    acting_as("kari.nordmann")
    with_profile(clean_world, "writes = 'deny'", name="demo")
    assert bureau("groups", "set-rule", "paused", "payday == 12", "--yes").code == 7
    assert everything(but="audit_event") == before


def test_why_a_client_is_in_a_group_is_told_part_by_part(bureau: Any, golden: Any) -> None:
    golden(
        "groups/explain.txt", (told := bureau("groups", "show", "payday-20", "--explain", "10001", "-o", "plain")).text
    )
    golden("groups/explain.err.txt", told.err)
    golden("groups/explain.json", bureau("groups", "show", "payday-20", "--explain", "10001", "-o", "json").text)


@pytest.mark.parametrize(
    ("client", "told"),
    [
        ("10013", "is in paused, put in by hand\n"),
        ("10001", "is not in paused, which is kept by hand\n"),
    ],
)
def test_a_group_kept_by_hand_is_explained_too(bureau: Any, client: str, told: str) -> None:
    explained = bureau("groups", "show", "paused", "--explain", client, "-o", "json")
    assert explained.err.endswith(told)
    (only,) = explained.json["data"]
    assert (only["number"], only["part"]) == (client, None)
    assert bureau("groups", "add", "paused", "--clients", "10001", "--yes").code == 0
    assert bureau("groups", "show", "paused", "--explain", "10001").err.endswith("put in by hand by kari.nordmann\n")


def test_a_client_or_group_that_is_not_there_cannot_be_explained(bureau: Any) -> None:
    assert bureau("groups", "show", "nope", "--explain", "10001").code == 5
    assert bureau("groups", "show", "paused", "--explain", "nobody").code == 5
