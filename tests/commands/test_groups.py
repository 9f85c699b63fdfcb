"""`groups`: made, renamed, filled, emptied and deleted exactly once, or not at all; and every change on the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands.outside import Counted, with_profile

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

PAUSED = ["10013", "10023", "10038"]
ADD_TWO = ("groups", "add", "paused", "--clients", "10001,10013,10002")

# --- one group -------------------------------------------------------------------------------------------------------


def test_a_group_lives_from_create_over_rename_to_delete(bureau: Any, events: Any) -> None:
    made = bureau("groups", "create", "oslo", "--title", "Kunder i Oslo", "-o", "json").json["data"]
    assert (made["slug"], made["title"], made["kind"], made["count"]) == ("oslo", "Kunder i Oslo", "manual", 0)
    moved = bureau("groups", "rename", "oslo", "--to", "oslo-vest", "-o", "json").json["data"]
    assert (moved["slug"], moved["title"]) == ("oslo-vest", "Kunder i Oslo")
    assert bureau("groups", "rename", "oslo-vest", "--title", "Vest").code == 0
    assert bureau("groups", "show", "oslo-vest", "-o", "json").json["data"]["title"] == "Vest"
    assert bureau("groups", "show", "oslo").code == 5
    assert bureau("groups", "delete", "oslo-vest", "--yes").code == 0
    assert bureau("groups", "show", "oslo-vest").code == 5
    assert [(action, outcome) for action, _, outcome in events()] == [
        ("group.create", "done"),
        ("group.change", "done"),
        ("group.change", "done"),
        ("group.delete", "done"),
    ]


def test_every_group_is_listed_with_its_count(bureau: Any, sql: Any, members: Any) -> None:
    listed = bureau("groups", "list", "-o", "json").json["data"]
    assert [group["slug"] for group in listed] == [row[0] for row in sql("SELECT slug FROM client_group ORDER BY slug")]
    assert all(group["count"] == len(members(group["slug"])) for group in listed)
    by_count = bureau("groups", "list", "--sort", "-count", "--limit", "1", "-o", "ids")
    assert (by_count.text, by_count.err) == ("payday-20\n", "1 of 8\n")


def test_a_deleted_group_leaves_its_clients_as_they_were(bureau: Any, members: Any) -> None:
    before = bureau("clients", "list", "--fields", "number,name,status,owner").out
    assert len(members("payday-20")) > 50
    assert bureau("groups", "delete", "payday-20", "--yes").err == "delete the group payday-20 of 73 clients\n"
    assert bureau("clients", "list", "--fields", "number,name,status,owner").out == before


def test_a_name_that_is_taken_is_a_conflict_and_changes_nothing(bureau: Any, everything: Any) -> None:
    before = everything(but="audit_event")
    for line in (["create", "paused"], ["rename", "finance", "--to", "paused"]):
        taken = bureau("groups", *line)
        assert (taken.code, taken.out) == (6, b"")
        assert "[group_exists" in taken.err
    assert everything(but="audit_event") == before


@pytest.mark.parametrize(
    "line",
    [
        ["show", "nope"],
        ["rename", "nope", "--to", "x"],
        ["delete", "nope", "--yes"],
        ["add", "nope", "--all-clients", "--yes"],
        ["remove", "nope", "--all-clients", "--yes"],
    ],
    ids=" ".join,
)
def test_a_group_that_is_not_there_is_not_found(bureau: Any, everything: Any, line: list[str]) -> None:
    before = everything()
    missing = bureau("groups", *line)
    assert (missing.code, missing.out) == (5, b"")
    assert "nope" in missing.err
    assert missing.err.endswith("fix: bureau groups list\n")
    assert everything() == before


# --- many clients ----------------------------------------------------------------------------------------------------


def test_adding_puts_in_exactly_the_clients_chosen_and_tells_of_each(bureau: Any, members: Any) -> None:
    done = bureau(*ADD_TWO, "--yes", "-o", "json")
    assert done.code == 0
    assert [(one["number"], one["action"], one["outcome"]) for one in done.json["data"]] == [
        ("10001", "add", "done"),
        ("10002", "add", "done"),
        ("10013", "add", "unchanged"),
    ]
    assert done.err == ("3 clients (3 named) · profile demo\nadd 2 clients to paused\n3 clients: 2 done, 1 unchanged\n")
    assert members("paused") == ["10001", "10002", *PAUSED]


def test_removing_takes_out_exactly_the_clients_chosen(bureau: Any, members: Any) -> None:
    done = bureau("groups", "remove", "paused", "--clients", "10001,10013", "--yes", "-o", "ndjson")
    assert [json.loads(line)["outcome"] for line in done.lines] == ["unchanged", "done"]
    assert members("paused") == ["10023", "10038"]


@pytest.mark.slow  # it seeds a bureau larger than a request takes
def test_more_clients_than_one_request_takes_are_all_done(bureau: Any, members: Any, platform_file: Path) -> None:
    Admin(platform_file).seed(620, 1)
    done = bureau("groups", "add", "paused", "--all-clients", "--yes", "-o", "json")
    assert len(done.json["data"]) == len(members("paused")) == 620
    assert done.err.endswith("620 clients: 617 done, 3 unchanged\n")


def test_a_plan_shows_what_would_be_done_and_does_nothing(bureau: Any, everything: Any, golden: Any) -> None:
    before = everything()
    planned = bureau(*ADD_TWO, "--plan")
    assert planned.code == 0
    assert everything() == before
    golden("groups/plan.tsv", planned.text)
    golden("groups/plan.err.txt", planned.err)


def test_the_golden_report(bureau: Any, acting_as: Any, golden: Any) -> None:
    acting_as("ola.admin")
    report = ("groups", "add", "paused", "--clients", "10000,10001,10006,10013")
    golden("groups/report.json", (done := bureau(*report, "--yes", "-o", "json")).text)
    golden("groups/report.err.txt", done.err)
    golden("groups/report.plain.txt", bureau(*report, "--yes", "-o", "plain").text)


def test_done_already_is_nothing_to_do_and_needs_no_yes(bureau: Any, events: Any) -> None:
    again = bureau("groups", "add", "paused", "--clients", ",".join(PAUSED))
    assert (again.code, again.err.splitlines()[-1]) == (0, "nothing to do")
    assert [line.split("\t")[3] for line in again.lines[1:]] == ["unchanged"] * 3
    assert events() == []


def test_a_selection_of_none_is_nothing_to_do_and_said_even_under_quiet(bureau: Any) -> None:
    nobody = bureau("groups", "add", "paused", "--group", "finance", "--not-group", "finance", "-q", "-o", "json")
    assert (nobody.code, nobody.err, nobody.json["data"]) == (0, "nothing to do\n", [])


@pytest.mark.parametrize("verb", ["add", "remove"])
def test_no_selection_is_never_everybody(bureau: Any, everything: Any, verb: str) -> None:
    before = everything()
    refused = bureau("groups", verb, "paused", "--yes")
    assert (refused.code, refused.out) == (2, b"")
    assert "--all-clients" in refused.err
    assert everything() == before


def test_one_unknown_client_stops_the_whole_change(bureau: Any, members: Any, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("klientnr\n10001\n10x02\n", encoding="utf-8")
    refused = bureau("groups", "add", "paused", "--clients", f"@{tmp_path / 'list.csv'}", "--yes")
    assert (refused.code, refused.out) == (5, b"")
    assert "list.csv:3: 10x02: there is no such client" in refused.err
    assert members("paused") == PAUSED


# --- who may, and who must be asked ----------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [ADD_TWO, ("groups", "delete", "paused"), ("api", "DELETE", "/v1/groups/paused")])
def test_without_a_terminal_and_without_a_yes_nothing_is_changed(bureau: Any, everything: Any, line: Any) -> None:
    before = everything()
    unasked = bureau(*line, stdin="y\n")
    assert (unasked.code, unasked.out) == (7, b"")
    assert unasked.err.endswith("fix: add --yes\n")
    assert everything() == before


CHANGES = [
    ("groups", "create", "oslo"),
    ("groups", "rename", "paused", "--title", "x"),
    ("groups", "delete", "finance", "--yes"),
    (*ADD_TWO, "--yes"),
    ("groups", "remove", "paused", "--all-clients", "--yes"),
    ("api", "PATCH", "/v1/groups/paused", "--body", '{"title": "y"}', "--yes"),
]


@pytest.mark.parametrize("line", CHANGES, ids=" ".join)
def test_a_profile_that_denies_changes_changes_nothing_whatever_is_said(
    bureau: Any, everything: Any, clean_world: Path, line: Any
) -> None:
    with_profile(clean_world, "writes = 'deny'", name="demo")
    before = everything()
    denied = bureau(*line)
    assert (denied.code, denied.out) == (7, b"")
    assert "[writes_denied]" in denied.err
    assert everything() == before


def test_the_same_changes_are_made_where_they_are_allowed(bureau: Any, events: Any) -> None:
    assert [bureau(*line).code for line in CHANGES] == [0] * len(CHANGES)
    assert len(events()) == 3 + 2 + 5 + 1


def test_a_profile_that_allows_changes_asks_nobody(bureau: Any, clean_world: Path, members: Any) -> None:
    with_profile(clean_world, "writes = 'allow'", name="demo")
    assert bureau(*ADD_TWO).code == 0
    assert len(members("paused")) == 5


@pytest.mark.parametrize("line", CHANGES, ids=" ".join)
def test_an_officer_changes_no_group(bureau: Any, acting_as: Any, everything: Any, line: Any) -> None:
    before = everything(but="audit_event")
    acting_as("anne.aas")
    refused = bureau(*line)
    assert refused.code == 4
    assert "role_forbids" in refused.err
    assert everything(but="audit_event") == before


def test_an_administrator_adds_the_clients_they_have_access_to_and_is_told_of_the_others(
    bureau: Any, acting_as: Any, members: Any, events: Any
) -> None:
    acting_as("ola.admin")
    partial_run = bureau("groups", "add", "finance", "--clients", "10000,10001,10006", "--yes", "-o", "json")
    assert partial_run.code == 3
    assert {one["number"]: (one["outcome"], one["code"]) for one in partial_run.json["data"]} == {
        "10000": ("done", None),
        "10001": ("refused", "no_access"),
        "10006": ("done", None),
    }
    assert partial_run.err.endswith("3 clients: 2 done, 1 refused (1 no_access) → bureau history retry last\n")
    assert members("finance") == ["10000", "10006", "10028"]
    assert [outcome for _, _, outcome in events()].count("refused") == 1


def test_every_event_of_a_run_has_the_runs_own_id(bureau: Any, sql: Any) -> None:
    run_ids = []
    for line in (ADD_TWO, ("groups", "remove", "paused", "--all-clients")):
        counted = Counted()
        assert bureau(*line, "--yes", wiring=Wiring(around=counted.around)).code == 0
        (run_id,) = {headers["bureau-run"] for headers in counted.headers}
        run_ids.append(run_id)
    told = [json.loads(row["event"])["run_id"] for row in sql("SELECT event FROM audit_event ORDER BY seq")]
    assert told == [run_ids[0]] * 2 + [run_ids[1]] * 5
    assert run_ids[0] != run_ids[1]
