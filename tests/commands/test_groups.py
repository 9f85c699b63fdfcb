"""`groups`: made, renamed, filled, emptied and deleted exactly once, or not at all; and every change on the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from commands.oracle import in_group, numbers_where
from commands.outside import Counted, Waits, child, unhurried, with_profile
from contract.checking import CheckedAgainstContract

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin


@pytest.fixture
def members(sql: Any) -> Callable[[str], list[str]]:
    """The numbers of the clients in a group, as the store has them."""
    return lambda slug: [row["number"] for row in sql(numbers_where(in_group(slug)))]


@pytest.fixture
def events(sql: Any) -> Callable[[], list[Any]]:
    """The audit trail: action, subject and outcome of every event."""

    def read() -> list[Any]:
        rows = [json.loads(row["event"]) for row in sql("SELECT event FROM audit_event ORDER BY seq")]
        return [(event["action"], event["subject"], event["outcome"]) for event in rows]

    return read


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
    assert partial_run.err.endswith("3 clients: 2 done, 1 refused (1 no_access)\n")
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


# --- somebody else was there first -----------------------------------------------------------------------------------


class Meanwhile:
    """Wraps the platform: just before the first request of this method, something else happens."""

    def __init__(self, app: Any, *, method: str, act: Callable[[], object]) -> None:
        self._app = CheckedAgainstContract(app)
        self._method = method
        self._left = [act]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == self._method and self._left:
            await anyio.to_thread.run_sync(self._left.pop())
        await self._app(scope, receive, send)


@pytest.mark.parametrize(
    ("method", "line"),
    [
        ("DELETE", ("groups", "delete", "finance", "--yes")),
        ("PATCH", ("groups", "rename", "finance", "--title", "Finans")),
    ],
)
def test_a_group_that_moved_since_it_was_read_is_left_alone(bureau: Any, members: Any, method: str, line: Any) -> None:
    """A second process adds a client between the reading and the change."""

    def second() -> None:
        assert child("groups", "add", "finance", "--clients", "10001", "--yes").returncode == 0

    moved = bureau(*line, wiring=Wiring(around=partial(Meanwhile, method=method, act=second)))
    assert (moved.code, moved.out) == (6, b"")
    assert "[precondition_failed" in moved.err
    assert members("finance") == ["10001", "10028"]
    assert bureau("groups", "show", "finance", "-o", "json").json["data"]["title"] == "Finansskatt"


def test_a_group_deleted_by_another_is_not_reported_as_deleted_by_us(bureau: Any) -> None:
    def second() -> None:
        assert child("groups", "delete", "finance", "--yes").returncode == 0

    gone = bureau(
        "groups", "delete", "finance", "--yes", wiring=Wiring(around=partial(Meanwhile, method="DELETE", act=second))
    )
    assert (gone.code, gone.out) == (5, b"")


# --- an answer that was lost -----------------------------------------------------------------------------------------

LOST = [
    (("groups", "create", "oslo", "--title", "Oslo"), "POST", ["group.create"]),
    (("groups", "rename", "paused", "--to", "pauset", "--title", "Pause"), "PATCH", ["group.change"]),
    (("groups", "delete", "paused", "--yes"), "DELETE", ["group.delete"]),
    ((*ADD_TWO, "--yes"), "POST", ["group.member.add", "group.member.add"]),
    (("groups", "remove", "paused", "--clients", "10013", "--yes"), "POST", ["group.member.remove"]),
]


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("change", LOST, ids=[" ".join(line) for line, _, _ in LOST])
def test_a_change_whose_answer_was_lost_is_done_once_and_told_as_done(
    bureau: Any, events: Any, faults: Any, change: Any, times: int
) -> None:
    line, method, actions = change
    faults(f"drop_after;path=/v1/groups;method={method};times={times}")
    counted = Counted()
    done = bureau(*line, "-o", "json", wiring=Wiring(around=counted.around, patience=Waits().patience))
    assert done.code == 0, done.err
    assert [action for action, _, outcome in events() if outcome == "done"] == actions
    assert sum(request.startswith(f"{method} /v1/groups") for request in counted.requests) == times + 1
    data = done.json["data"]
    if isinstance(data, list):
        assert {one["outcome"] for one in data} <= {"done", "unchanged"}
        assert sum(one["outcome"] == "done" for one in data) == len(actions)


def test_a_change_that_nobody_answers_is_told_as_unknown_and_worth_another_try(
    bureau: Any, members: Any, faults: Any
) -> None:
    faults("drop_after;method=POST;path=/v1/groups")
    lost = bureau(*ADD_TWO, "--yes", "-o", "json", wiring=unhurried())
    assert lost.code == 75
    assert [one["outcome"] for one in lost.json["data"]] == ["unknown", "unknown", "unchanged"]
    assert "2 unknown (2 network)" in lost.err
    faults()
    again = bureau(*ADD_TWO, "--yes")
    assert (again.code, again.err.splitlines()[-1]) == (0, "nothing to do")
    assert len(members("paused")) == 5


# --- a job -----------------------------------------------------------------------------------------------------------


class PreferringJobs:
    """Wraps the platform: every change of members asks to be done later, as a remote platform may choose itself."""

    def __init__(self, app: Any) -> None:
        self._app = CheckedAgainstContract(app)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].endswith("/members"):
            scope = {**scope, "headers": [*scope["headers"], (b"prefer", b"respond-async")]}
        await self._app(scope, receive, send)


@pytest.fixture
def with_jobs(platform_file: Path) -> Callable[[], tuple[Wiring, Waits]]:
    """A platform that makes jobs, and a patience that moves its clock on instead of waiting."""

    def make() -> tuple[Wiring, Waits]:
        admin = Admin(platform_file)

        def move(seconds: float) -> None:
            admin.clock(datetime.fromisoformat(admin.status()["clock"]) + timedelta(seconds=seconds))

        waits = Waits(meanwhile=move)
        return Wiring(around=PreferringJobs, patience=waits.patience), waits

    return make


def test_a_change_that_becomes_a_job_is_waited_for_and_told_the_same(bureau: Any, with_jobs: Any, members: Any) -> None:
    wiring, waits = with_jobs()
    later = bureau(*ADD_TWO, "--yes", "-o", "json", wiring=wiring)
    assert (later.code, len(members("paused"))) == (0, 5)
    assert waits.seconds
    assert bureau("groups", "remove", "paused", "--clients", "10001,10002", "--yes").code == 0
    at_once = bureau(*ADD_TWO, "--yes", "-o", "json")
    assert (later.out, later.err) == (at_once.out, at_once.err)


def test_a_job_with_refusals_is_partial_too(bureau: Any, with_jobs: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    line = ("groups", "add", "finance", "--clients", "10000,10001", "--yes", "-o", "json")
    later = bureau(*line, wiring=with_jobs()[0])
    assert later.code == 3
    assert [(one["outcome"], one["code"]) for one in later.json["data"]] == [("done", None), ("refused", "no_access")]


def test_a_job_is_ordered_once_though_its_answer_was_lost(bureau: Any, with_jobs: Any, sql: Any, faults: Any) -> None:
    faults("drop_after;method=POST;path=/v1/groups;times=2")
    assert bureau(*ADD_TWO, "--yes", wiring=with_jobs()[0]).code == 0
    assert sql("SELECT count(*) FROM job")[0][0] == 1
