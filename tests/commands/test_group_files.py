"""Groups as a TOML file: written, planned and made true, with nothing more and nothing less than what it says."""

from __future__ import annotations

import os
import signal
import subprocess
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, child, unhurried, with_profile
from commands.test_groups_in_trouble import Meanwhile

from bureau_cli.app import Wiring

WANTED = """
[groups.paused]
title = "Venter"
clients = ["10013", "Fjordgløtt Sport AS", "10001"]

[groups.payday-20]
rule = 'payday == 20 and status == "active"'

[groups.oslo]
title = "Kunder i Oslo"
rule = 'zone == "1" and payday == 15'

[groups.hand]
clients = ["10004"]
"""
CHANGES = [
    ("hand", None, "create"),
    ("hand", "10004", "add"),
    ("oslo", None, "create"),
    ("paused", None, "change"),
    ("paused", "10001", "add"),
    ("paused", "10023", "remove"),
    ("payday-20", None, "change"),
]


@pytest.fixture
def wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes a file of groups, where the command is run."""
    monkeypatch.chdir(tmp_path)

    def write(text: str = WANTED, name: str = "groups.toml") -> str:
        Path(name).write_text(text, encoding="utf-8")
        return name

    return write


def told(outcome: Any, *, following: bool = False) -> list[tuple[str, str | None, str]]:
    """The changes, or what follows from them."""
    return [
        (one["group"], one["number"], one["action"])
        for one in outcome.json["data"]
        if (one["outcome"] == "follows") is following
    ]


# --- written and read back -------------------------------------------------------------------------------------------


def test_the_file_of_today_says_every_group_with_its_rule_or_its_clients(bureau: Any, golden: Any) -> None:
    golden("groups/groups.toml", (written := bureau("groups", "list", "-o", "toml")).text)
    assert written.err == ""


def test_planning_the_file_that_was_just_written_is_empty(bureau: Any, wanted: Any, everything: Any) -> None:
    wanted("")
    assert bureau("groups", "list", "--out", "today.toml").code == 0
    before = everything()
    for words in (("plan", "today.toml"), ("apply", "today.toml")):
        nothing = bureau("groups", *words, "-o", "json")
        assert (nothing.code, nothing.json["data"], nothing.err.splitlines()[-1]) == (0, [], "nothing to do")
    Path("today.toml").write_text(
        "complete = true\n" + Path("today.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert bureau("groups", "plan", "today.toml", "-o", "json").json["data"] == []
    assert everything() == before


def test_hostile_titles_and_names_come_through_the_file_unharmed(bureau: Any, wanted: Any, sql: Any) -> None:
    title = "'\"\\ \u202e [x] = # \U0001f60a\t\x7f"
    sql("UPDATE client_group SET title = ? WHERE slug = 'paused'", title)
    sql("UPDATE client SET name = ? WHERE number = '10013'", 'a\n]\n[groups.evil]\nrule = "x"\x1b[31m')
    wanted("")
    assert bureau("groups", "list", "--out", "today.toml").code == 0
    tables = tomllib.loads(Path("today.toml").read_text(encoding="utf-8"))["groups"]
    assert (tables["paused"]["title"], tables["paused"]["clients"]) == (title, ["10013", "10023", "10038"])
    assert "evil" not in tables
    assert bureau("groups", "plan", "today.toml").err.endswith("nothing to do\n")


def test_other_lists_have_no_such_file(bureau: Any) -> None:
    for line in (("clients", "list"), ("groups", "show", "paused"), ("groups", "add", "paused", "--all-clients")):
        refused = bureau(*line, "-o", "toml")
        assert (refused.code, refused.out) == (2, b"")
        assert "toml" in refused.err


def test_a_file_that_is_to_be_given_back_is_written_whole(bureau: Any) -> None:
    for narrowed in (("--limit", "2"), ("--fields", "slug,rule")):
        refused = bureau("groups", "list", "-o", "toml", *narrowed)
        assert (refused.code, refused.out) == (2, b"")
        assert f"fix: leave out {narrowed[0]}" in refused.err


# --- planned ---------------------------------------------------------------------------------------------------------


def test_a_plan_tells_what_would_change_and_why_and_changes_nothing(
    bureau: Any, wanted: Any, everything: Any, golden: Any
) -> None:
    before = everything()
    planned = bureau("groups", "plan", wanted(), "-o", "plain")
    assert planned.code == 0
    golden("groups/file-plan.txt", planned.text)
    golden("groups/file-plan.err.txt", planned.err)
    assert told(bureau("groups", "plan", "groups.toml", "-o", "json")) == CHANGES
    assert everything() == before


def test_groups_that_the_file_does_not_name_are_left_alone_unless_it_is_complete(bureau: Any, wanted: Any) -> None:
    wanted("[groups.paused]\nclients = ['10013', '10023', '10038']\n")
    assert told(bureau("groups", "plan", "groups.toml", "-o", "json")) == []
    wanted("complete = true\n[groups.paused]\nclients = ['10013', '10023', '10038']\n")
    planned = bureau("groups", "plan", "groups.toml", "-o", "json")
    assert {(action, number) for _, number, action in told(planned)} == {("delete", None)}
    assert len(told(planned)) == 7
    assert ("finance", "10028", "remove") in told(planned, following=True)


def test_a_plan_names_whom_a_rule_lets_in_and_out(bureau: Any, wanted: Any, members: Any) -> None:
    before = {slug: set(members(slug)) for slug in ("payday-12", "paused")}
    wanted("[groups.payday-12]\nrule = 'payday == 12 and zone == \"1\"'\n[groups.paused]\nrule = 'payday == 12'\n")
    planned = bureau("groups", "plan", "groups.toml", "-o", "json")
    done = bureau("groups", "apply", "groups.toml", "--yes", "-o", "json")
    after = {slug: set(members(slug)) for slug in before}
    assert sorted(told(planned, following=True)) == sorted(
        [(slug, number, "add") for slug in before for number in after[slug] - before[slug]]
        + [(slug, number, "remove") for slug in before for number in before[slug] - after[slug]]
    )
    assert planned.err.startswith("2 changes ")
    assert told(done, following=True) == []


def test_clients_that_a_rule_let_in_since_are_not_kept_by_a_file_that_does_not_name_them(
    bureau: Any, wanted: Any, sql: Any, everything: Any
) -> None:
    wanted("[groups.payday-31]\nclients = ['10001']\n")
    assert bureau("groups", "plan", "groups.toml", "--plan-out", "p.json").code == 0
    sql("UPDATE pay_group SET payday = 31 WHERE client_id = (SELECT id FROM client WHERE number = '10002')")
    assert bureau("groups", "show", "payday-31").code == 0
    before = everything()
    stale = bureau("groups", "apply", "p.json", "--yes")
    assert (stale.code, stale.out) == (6, b"")
    assert "groups/payday-31: its rule has other clients in it now" in stale.err
    assert everything() == before
    assert bureau("groups", "apply", "groups.toml", "--yes").code == 0
    assert [one["number"] for one in bureau("clients", "list", "--group", "payday-31", "-o", "json").json["data"]] == [
        "10001"
    ]


def test_the_file_may_come_through_a_pipe(bureau: Any) -> None:
    planned = bureau("groups", "plan", "-", "-o", "json", stdin=WANTED)
    assert told(planned) == CHANGES
    assert planned.err.startswith("7 changes (stdin)")
    assert bureau("groups", "apply", "-", stdin=WANTED).code == 7
    assert bureau("groups", "apply", "-", "--yes", stdin="[groups.x\n").err.startswith("error: stdin: ")
    assert bureau("groups", "apply", "-", "--yes", stdin=WANTED).code == 0


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only /proc tells what a process waits for")
def test_ctrl_c_ends_the_wait_for_a_file_that_never_comes(tmp_path: Path) -> None:
    pipe = tmp_path / "groups.toml"
    os.mkfifo(pipe)
    line = [*BUREAU, "groups", "plan", str(pipe)]
    with (
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
        pipe.open("wb"),  # which waits for the reader
    ):
        while state(process.pid) == "R":  # not yet in its read: a signal now would be seen only after it
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=WHOLE_WORLD_S)
    assert (process.returncode, out, err) == (130, "", "")


BAD = [
    ("[groups.paused]\nclients = ['10001'\n", "(at end of document)"),
    ("groups = 3\n", "groups are tables"),
    ("group.paused = 3\n", "there is no 'group' here"),
    ("[groups.paused]\nrulle = 'x'\n", "fix: did you mean rule?"),
    ("[groups.paused]\ntitle = 'x'\n", "groups.paused: a group has a rule or clients"),
    ("[groups.paused]\nrule = 'payday == 1'\nclients = []\n", "groups.paused: a group has a rule or clients"),
    ("[groups.paused]\nclients = [10001]\n", "groups.paused.clients, no. 1: an orgnr"),
    ("[groups.paused]\nclients = '10001'\n", "groups.paused.clients: a list"),
    ("[groups.paused]\nclients = []\ntitle = ''\n", "groups.paused.title: a title has 1 to 120"),
    ("[groups.paused]\nclients = []\ntitle = 3\n", "groups.paused.title: text in quotes"),
    ("[groups.Paused]\nclients = []\n", "groups.Paused: a group's name has lower-case letters"),
    ("complete = 'yes'\n", "complete is true or false"),
    ("[groups.x]\nrule = 'payday = 20'\n", "groups.x.rule: equality is written =="),
    ("[groups.x]\nrule = 'owner == me'\n", "groups.x.rule: a rule has no caller"),
    ("[groups.paused]\nclients = ['10001', 'Nordlys Bakeri AS']\n", "groups.paused.clients, no. 2: Nordlys Bakeri AS"),
]


@pytest.mark.parametrize(("text", "message"), BAD, ids=[message for _, message in BAD])
def test_a_file_that_is_wrong_is_told_with_the_place_and_nothing_is_done(
    bureau: Any, wanted: Any, everything: Any, text: str, message: str
) -> None:
    before = everything()
    for words in (["plan", wanted(text)], ["apply", "groups.toml", "--yes"]):
        refused = bureau("groups", *words)
        assert (refused.code, refused.out) == (2, b"")
        assert "groups.toml" in refused.err
        assert message in refused.err
    assert everything() == before


def test_every_unknown_client_of_a_file_is_told_at_once(bureau: Any, wanted: Any, everything: Any) -> None:
    before = everything()
    wanted("[groups.paused]\nclients = ['10001', '9x']\n[groups.a]\nclients = ['8x']\n")
    refused = bureau("groups", "apply", "groups.toml", "--yes")
    assert (refused.code, refused.out) == (5, b"")
    assert "groups.toml: groups.paused.clients, no. 2: 9x" in refused.err
    assert "groups.toml: groups.a.clients, no. 1: 8x" in refused.err
    assert everything() == before


# --- made true -------------------------------------------------------------------------------------------------------


def test_applying_makes_the_groups_be_as_the_file_has_them(bureau: Any, wanted: Any, members: Any, sql: Any) -> None:
    done = bureau("groups", "apply", wanted(), "--yes", "-o", "json")
    assert (done.code, told(done)) == (0, CHANGES)
    assert {one["outcome"] for one in done.json["data"]} == {"done"}
    assert done.err.endswith("7 changes: 7 done\n")
    assert members("paused") == ["10001", "10013", "10038"]
    assert members("hand") == ["10004"]
    groups = {row["slug"]: (row["title"], row["rule"]) for row in sql("SELECT slug, title, rule FROM client_group")}
    assert groups["paused"] == ("Venter", None)
    assert groups["oslo"] == ("Kunder i Oslo", 'zone == "1" and payday == 15')
    assert groups["payday-20"] == ("Lønn den 20.", 'payday == 20 and status == "active"')
    assert groups["finance"] == ("Finansskatt", None)
    again = bureau("groups", "apply", "groups.toml")
    assert (again.code, again.err.splitlines()[-1]) == (0, "nothing to do")


def test_a_complete_file_takes_the_other_groups_away(bureau: Any, wanted: Any, sql: Any) -> None:
    assert bureau("groups", "apply", wanted("complete = true\n" + WANTED), "--yes").code == 0
    assert [row["slug"] for row in sql("SELECT slug FROM client_group ORDER BY slug")] == [
        "hand",
        "oslo",
        "paused",
        "payday-20",
    ]


def test_a_group_changes_from_a_rule_to_clients_and_back(bureau: Any, wanted: Any, members: Any) -> None:
    before = members("payday-12")
    wanted("[groups.payday-12]\nclients = ['10002', '10005']\n[groups.paused]\nrule = 'payday == 12'\n")
    done = bureau("groups", "apply", "groups.toml", "--yes", "-o", "json")
    assert done.code == 0
    assert members("payday-12") == ["10002", "10005"]
    assert [number for group, number, action in told(done) if (group, action) == ("payday-12", "remove")] == [
        number for number in before if number != "10005"
    ]
    assert len(members("paused")) == 16


def test_applying_without_a_terminal_and_a_yes_changes_nothing(
    bureau: Any, wanted: Any, everything: Any, clean_world: Path
) -> None:
    before = everything()
    refused = bureau("groups", "apply", wanted())
    assert (refused.code, refused.out) == (7, b"")
    assert bureau("groups", "apply", "groups.toml", "--plan", "-o", "json").code == 0
    with_profile(clean_world, "writes = 'deny'", name="demo")
    assert bureau("groups", "apply", "groups.toml", "--yes").code == 7
    assert everything() == before


def test_an_officer_makes_nothing_true(bureau: Any, wanted: Any, acting_as: Any, everything: Any) -> None:
    before = everything(but="audit_event")
    acting_as("anne.aas")
    refused = bureau("groups", "apply", wanted(), "--yes", "--jobs", "1", "-o", "json")
    assert refused.code == 4
    assert {one["outcome"] for one in refused.json["data"]} == {"failed", "not_attempted"}
    assert everything(but="audit_event") == before


def test_one_group_that_fails_never_stops_the_others(bureau: Any, wanted: Any, members: Any) -> None:
    """Somebody changes a group between the plan and its turn."""

    def second() -> None:
        assert child("groups", "rename", "paused", "--title", "Først").returncode == 0

    meanwhile = Wiring(around=partial(Meanwhile, method="PATCH", act=second))
    done = bureau("groups", "apply", wanted(), "--yes", "-o", "json", wiring=meanwhile)
    assert done.code == 3
    outcomes = {(one["group"], one["number"]): (one["outcome"], one["code"]) for one in done.json["data"]}
    assert outcomes.pop(("paused", None)) == ("failed", "precondition_failed")
    assert outcomes.pop(("paused", "10001")) == outcomes.pop(("paused", "10023")) == ("not_attempted", None)
    assert set(outcomes.values()) == {("done", None)}
    assert members("paused") == ["10013", "10023", "10038"]
    assert members("hand") == ["10004"]


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_change_whose_answer_was_lost_is_done_once(
    bureau: Any, wanted: Any, faults: Any, events: Any, method: str
) -> None:
    faults(f"drop_after;path=/v1/groups;method={method};times=2")
    done = bureau("groups", "apply", wanted("complete = true\n" + WANTED), "--yes", wiring=unhurried())
    assert done.code == 0, done.err
    actions = sorted(action for action, _, outcome in events() if outcome == "done")
    assert actions.count("group.create") == 2
    assert actions.count("group.change") == 2
    assert actions.count("group.delete") == 6
    assert actions.count("group.member.add") == 2
    assert actions.count("group.member.remove") == 1
