"""`history`: what a run of many was about to do is known whatever happened to it, and nothing of it is done twice."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import signal
import stat
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, Counted, Waits, child, unhurried, until, with_profile
from commands.test_groups_in_trouble import Meanwhile
from contract.checking import CheckedAgainstContract

from bureau_cli.app import Wiring
from bureau_cli.files.folders import Folders
from bureau_cli.files.kept import purge

ADD_TWO = ("groups", "add", "paused", "--clients", "10001,10002,10013")
RETRY = ("history", "retry", "last", "--yes", "-o", "json")
UNDO = ("history", "undo", "last", "--yes", "-o", "json")


@pytest.fixture
def journals(clean_world: Path) -> Callable[[], list[Path]]:
    """The journals of the profile, the oldest first."""
    return lambda: sorted((clean_world / ".local/share/bureau/journals/demo").glob("*"))


@pytest.fixture
def done(events: Any) -> Callable[[], list[tuple[str, str]]]:
    """What the audit trail says was done to groups."""
    return lambda: [(action, subject) for action, subject, outcome in events() if outcome == "done"]


def lines(journal: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]


def ends(outcome: Any) -> dict[str, str]:
    return {one["number"]: one["outcome"] for one in outcome.json["data"]}


# --- written down first ----------------------------------------------------------------------------------------------


def test_what_is_sent_is_on_the_disk_before_it_is_sent(bureau: Any) -> None:
    happened: list[str] = []

    def sync(descriptor: int) -> None:
        happened.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "disk")
        os.fsync(descriptor)

    def around(app: Any) -> Any:
        async def noting(scope: Any, receive: Any, send: Any) -> None:
            if scope["path"].endswith("/members"):
                happened.append("request")
            await app(scope, receive, send)

        return noting

    assert bureau(*ADD_TWO, "--yes", wiring=Wiring(around=around, sync=sync)).code == 0
    assert happened == ["disk", "folder", "disk", "request", "disk", "disk"]


def test_a_journal_tells_who_did_what_where_and_how_it_ended(bureau: Any, journals: Any, sql: Any) -> None:
    assert bureau(*ADD_TWO, "--yes").code == 0
    (path,) = journals()
    opening, plan, sent, told, end = lines(path)
    assert opening["command"] == f"bureau {' '.join(ADD_TWO)} --yes"
    assert opening["planner"] | {"bureau": ""} == {
        "profile": "demo", "platform": "embedded", "bureau": "", "user": "kari.nordmann"
    }  # fmt: skip
    assert plan["headline"] == "add 2 clients to paused"
    assert sent["keys"] == [step["key"] for step in plan["steps"]] == [item["key"] for item in told["items"]]
    assert (end["counts"], end["stopped"], end["exit_code"]) == ({"done": 2, "unchanged": 1}, False, 0)
    newest = json.loads(sql("SELECT event FROM audit_event ORDER BY seq DESC LIMIT 1")[0]["event"])
    assert opening["id"] in newest.values(), "the audit trail knows the run by the same name"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]} == {0o700}


def failing(after: int) -> Callable[[int], None]:
    """A disk that takes so much and is full then."""
    left = iter(range(after))

    def sync(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)

    return sync


@pytest.mark.parametrize("taken", [0, 1])
def test_a_run_that_cannot_be_written_down_is_refused_before_anything_is_sent(
    bureau: Any, journals: Any, everything: Any, taken: int
) -> None:
    before, counted = everything(), Counted()
    full = Wiring(around=counted.around, sync=failing(taken))
    refused = bureau(*ADD_TWO, "--yes", wiring=full)
    assert (refused.code, refused.out) == (7, b"")
    assert "the journal of the run cannot be written: No space left on device" in refused.err
    assert refused.err.count("error:") == 1
    assert not [request for request in counted.requests if request.endswith("/members")]
    assert journals() == []
    assert everything() == before
    assert bureau(*ADD_TWO, "--plan", wiring=full).code == 0, "a plan needs none"


def test_a_place_that_is_no_folder_is_told_in_one_line(bureau: Any, clean_world: Path, everything: Any) -> None:
    before = everything()
    (clean_world / ".local/share/bureau/journals").write_text("", encoding="ascii")
    refused = bureau(*ADD_TWO, "--yes")
    assert (refused.code, "[journal_unwritable]" in refused.err) == (7, True)
    assert everything() == before


def test_a_disk_that_fills_up_in_the_middle_ends_the_run_and_the_rest_is_done_later(
    bureau: Any, members: Any, done: Any
) -> None:
    """Four requests of one client each; the disk is full when the second was answered."""
    line = ("groups", "add", "finance", "--clients", "10001,10002,10003,10004", "--max-failures", "1", "--yes")
    cut = bureau(*line, "-o", "json", wiring=Wiring(around=CheckedAgainstContract, sync=failing(5)))
    assert cut.code == 3
    assert sorted(ends(cut).values()) == ["done", "done", "not_attempted", "not_attempted"]
    assert "warning: the journal of the run cannot be written: No space left" in cut.err
    shown = bureau("history", "show", "last", "-o", "json")
    told = {(one["outcome"], one["so_now"]) for one in shown.json["data"]}
    assert told == {("done", None), ("not_attempted", None)}
    again = bureau(*RETRY)
    assert (again.code, list(ends(again).values())) == (0, ["done", "done"])
    assert len(members("finance")) == 5
    assert len(done()) == len(set(done())) == 4


# --- killed ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def killed(journals: Any, faults: Any, sql: Any, events: Any) -> Callable[[str], None]:
    """A run that is killed between what it wrote before a request and what it would have written after."""

    def kill(fault: str) -> None:
        before = len(events())
        faults(f"{fault};method=POST;path=/v1/groups")
        with subprocess.Popen([*BUREAU, *ADD_TWO, "--yes"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            until(
                lambda: (
                    sql("SELECT sum(hits) FROM fault")[0][0] and len(events()) == before + 2 * (fault == "drop_after")
                )
            )
            process.kill()
            process.communicate(timeout=WHOLE_WORLD_S)
        faults()
        assert [line["line"] for line in lines(journals()[-1])] == ["run", "plan", "sent"]

    return kill


@pytest.mark.parametrize("fault", ["drop", "drop_after"], ids=["before it was done", "after it was done"])
def test_a_run_that_was_killed_is_taken_up_and_each_item_is_done_once(  # noqa: PLR0917 - fixtures are parameters
    bureau: Any, killed: Any, members: Any, done: Any, journals: Any, fault: str
) -> None:
    killed(fault)
    was_done = fault == "drop_after"
    assert len(done()) == 2 * was_done
    (listed,) = bureau("history", "list", "-o", "json").json["data"]
    assert (listed["state"], listed["unknown"], listed["exit_code"]) == ("unfinished", 2, None)
    shown = bureau("history", "show", listed["run"], "-o", "json").json["data"]
    assert [(one["outcome"], one["so_now"]) for one in shown] == [
        ("unknown", was_done), ("unknown", was_done), ("unchanged", None)
    ]  # fmt: skip
    again = bureau(*RETRY)
    assert (again.code, ends(again)) == (0, {"10001": "done", "10002": "done"})
    assert sorted(done()) == sorted(set(done())), "each once"
    assert len(members("paused")) == 5
    first, second = journals()
    assert [step["key"] for step in lines(second)[1]["steps"]] == [step["key"] for step in lines(first)[1]["steps"][:2]]
    assert bureau(*RETRY).err.endswith("nothing to do\n")


def test_what_was_done_and_changed_by_another_since_is_not_done_again(bureau: Any, killed: Any, members: Any) -> None:
    killed("drop_after")
    assert bureau("groups", "remove", "paused", "--clients", "10001", "--yes").code == 0
    first = bureau("history", "list", "--fields", "run", "-o", "ids").lines[-1]
    assert bureau("history", "retry", first, "--yes").code == 0
    assert members("paused") == ["10002", "10013", "10023", "10038"]


def test_without_the_journal_it_would_be_done_twice(bureau: Any, killed: Any, members: Any, done: Any) -> None:
    """The control: the same line once more knows nothing of the first."""
    killed("drop_after")
    assert bureau("groups", "remove", "paused", "--clients", "10001", "--yes").code == 0
    assert bureau(*ADD_TWO, "--yes").code == 0
    assert "10001" in members("paused")
    assert len([one for one in done() if one[0] == "group.member.add"]) == 3


def test_a_line_that_was_being_written_is_unknown_wherever_it_was_torn(
    bureau: Any, journals: Any, members: Any
) -> None:
    assert bureau(*ADD_TWO, "--yes").code == 0
    (path,) = journals()
    whole = path.read_bytes()
    told = whole.index(b'{"line": "told"')
    for cut, state, code in (
        (told + 40, "unknown", 0),
        (told, "unknown", 0),
        (whole.index(b'{"line": "sent"') - 9, "", 2),
    ):
        path.write_bytes(whole[:cut])
        shown = bureau("history", "show", "last", "-o", "json")
        assert shown.code == code
        if code == 0:
            assert {one["outcome"] for one in shown.json["data"]} == {state, "unchanged"}
        else:
            assert "was killed before anything was sent" in shown.err
            assert f"do it anew: bureau {' '.join(ADD_TWO)} --yes" in shown.err
        assert bureau("history", "list", "-o", "json").json["data"][0]["state"] == "unfinished"
    path.write_bytes(whole[:told])
    assert ends(bureau(*RETRY)) == {"10001": "done", "10002": "done"}
    assert len(members("paused")) == 5


def test_a_run_that_was_killed_before_its_first_line_stands_in_nobodys_way(bureau: Any, journals: Any) -> None:
    assert bureau(*ADD_TWO, "--yes").code == 0
    journals()[0].with_name("99991231T000000000000Z-00ff.ndjson").touch()
    assert bureau("history", "show", "last").code == 0
    listed = bureau("history", "list", "-o", "json")
    assert (len(listed.json["data"]), "damaged" in listed.err) == (1, False)


def test_a_journal_that_cannot_be_read_is_named_and_hides_no_other(bureau: Any, journals: Any) -> None:
    assert bureau(*ADD_TWO, "--yes").code == 0
    broken = journals()[0].with_name("20261124T000000000000Z-00ff.ndjson")
    broken.write_text("{", encoding="ascii")
    listed = bureau("history", "list", "-o", "json")
    assert (listed.code, len(listed.json["data"])) == (0, 1)
    assert f"warning: the journal {broken} is damaged" in listed.err
    assert bureau("history", "retry", "00ff", "--yes").code == 2
    assert bureau("history", "retry", "nope", "--yes").code == 5


# --- tried again -----------------------------------------------------------------------------------------------------


def test_what_failed_is_tried_again_under_another_key_and_the_last_line_says_how(
    bureau: Any, faults: Any, journals: Any, members: Any
) -> None:
    faults("409;method=POST;path=/v1/groups")
    failed = bureau(*ADD_TWO, "--yes", wiring=unhurried())
    assert failed.code == 3
    assert failed.err.endswith("3 clients: 1 unchanged, 2 failed (2 conflict) → bureau history retry last\n")
    assert bureau(*RETRY, wiring=unhurried()).code == 3
    faults()
    again = bureau(*RETRY)
    assert (again.code, ends(again)) == (0, {"10001": "done", "10002": "done"})
    first, second, third = ([step["key"] for step in lines(path)[1]["steps"]] for path in journals())
    assert (second, third) == ([f"{key}/2" for key in first], [f"{key}/3" for key in first])
    assert len(members("paused")) == 5


def test_what_was_refused_is_asked_again(bureau: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    assert bureau("groups", "add", "finance", "--clients", "10000,10001", "--yes").code == 3
    again = bureau(*RETRY)
    assert (again.code, ends(again)) == (3, {"10001": "refused"})


def test_a_retry_lives_as_every_change_of_many(bureau: Any, faults: Any, everything: Any) -> None:
    faults("409;method=POST;path=/v1/groups")
    assert bureau(*ADD_TWO, "--yes", wiring=unhurried()).code == 3
    faults()
    before = everything()
    planned = bureau("history", "retry", "last", "--plan", "-o", "json")
    assert (planned.code, set(ends(planned).values())) == (0, {"planned"})
    assert bureau("history", "retry", "last").code == 7
    assert everything() == before


def test_a_run_is_tried_again_once_and_then_what_is_left_of_that_try(bureau: Any, faults: Any) -> None:
    faults("409;method=POST;path=/v1/groups")
    assert bureau(*ADD_TWO, "--yes", wiring=unhurried()).code == 3
    first = bureau("history", "list", "-o", "ids").lines[0]
    assert bureau(*RETRY, wiring=unhurried()).code == 3
    second = bureau("history", "list", "-o", "ids").lines[0]
    later = bureau("history", "retry", first, "--yes")
    assert (later.code, later.err.splitlines()[-1]) == (6, f"fix: bureau history retry {second}")


def test_a_try_that_was_killed_before_it_sent_anything_is_made_again(bureau: Any, killed: Any, journals: Any) -> None:
    killed("drop")
    assert bureau(*RETRY).code == 0
    first, second = journals()
    opening, plan = second.read_bytes().splitlines(keepends=True)[:2]
    second.write_bytes(opening + plan[:40])
    told = bureau("history", "retry", "last", "--yes")
    assert (told.code, told.err.splitlines()[-1]) == (2, f"fix: bureau history retry {first.stem.partition('-')[2]}")
    assert ends(bureau(*told.err.splitlines()[-1].split()[2:], "--yes", "-o", "json")) == {
        "10001": "done", "10002": "done"
    }  # fmt: skip


def test_another_users_or_profiles_run_is_not_tried_again(
    bureau: Any, acting_as: Any, clean_world: Path, killed: Any
) -> None:
    killed("drop")
    run = bureau("history", "list", "-o", "ids").lines[0]
    acting_as("ola.admin")
    for word in ("retry", "undo"):
        foreign = bureau("history", word, run, "--yes")
        assert (foreign.code, foreign.out) == (7, b"")
        assert "user: kari.nordmann, not ola.admin" in foreign.err
    shown = bureau("history", "show", run, "-o", "json")
    assert {one["so_now"] for one in shown.json["data"]} == {None}
    with_profile(clean_world, "base_url = 'https://platform.example'", "credential = 'env'")
    assert bureau("history", "retry", "last", "--yes").code == 5, "the newest of this profile"
    assert bureau("history", "list", "-o", "ids").lines == [run]


def test_a_run_that_goes_on_is_told_as_running_and_left_alone(bureau: Any, killed: Any, journals: Any) -> None:
    killed("drop")
    with journals()[0].open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert bureau("history", "list", "-o", "json").json["data"][0]["state"] == "running"
        assert bureau(*RETRY).code == 75
    assert bureau(*RETRY).code == 0


def test_two_runs_at_once_have_a_journal_each(bureau: Any, journals: Any, members: Any) -> None:
    told: list[Any] = []

    def second() -> None:
        assert child("groups", "add", "paused", "--clients", "10004", "--yes").returncode == 0
        told.extend(json.loads(child("history", "list", "-o", "json").stdout)["data"])

    class AtItsRequest(Meanwhile):
        """Later than where the selection is frozen, which is a POST too."""

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await (super().__call__ if scope["path"].endswith("/members") else self._app)(scope, receive, send)

    line = ("groups", "add", "paused", "--clients", "10001", "--yes")
    done = bureau(*line, wiring=Wiring(around=partial(AtItsRequest, method="POST", act=second)))
    assert done.code == 0, done.err
    assert len(journals()) == 2
    assert [one["state"] for one in told] == ["finished", "running"]
    assert {"10001", "10004"} < {*members("paused")}


# --- long ago --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["drop", "drop_after"])
def test_a_run_of_long_ago_is_looked_up_before_anything_is_sent(
    bureau: Any, killed: Any, members: Any, done: Any, fault: str
) -> None:
    """Its keys are forgotten by now, so only what is not so is sent."""
    killed(fault)
    counted = Counted()
    later = Wiring(around=counted.around, now=lambda: datetime.now(UTC) + timedelta(days=31))
    again = bureau(*RETRY, wiring=later)
    was_done = fault == "drop_after"
    assert (again.code, set(ends(again).values())) == (0, {"unchanged" if was_done else "done"})
    assert any(request.endswith("/members") for request in counted.requests) != was_done
    assert (len(members("paused")), len(done())) == (5, 2)


def test_journals_are_kept_for_24_months_and_go_with_their_profile(bureau: Any, journals: Any) -> None:
    assert bureau(*ADD_TWO, "--yes").code == 0
    now = datetime.now(UTC)
    old, young = (journals()[0].with_name(f"{now - timedelta(days=d):%Y%m%dT%H%M%S%f}Z-{d}.ndjson") for d in (731, 729))
    for path in (old, young):
        path.write_bytes(journals()[-1].read_bytes())
    assert bureau("groups", "add", "paused", "--clients", "10004", "--yes").code == 0
    assert (old.exists(), young.exists(), len(journals())) == (False, True, 3)
    assert journals()[0].parent in purge(Folders.of(os.environ), "demo")
    assert journals() == []


# --- taken back ------------------------------------------------------------------------------------------------------

WANTED = """
[groups.paused]
title = "Venter"
clients = ["10013", "10001"]
[groups.payday-12]
clients = ["10002", "10005"]
[groups.payday-20]
rule = 'payday == 20 and status == "active"'
[groups.hand]
clients = ["10004"]
"""


def test_undo_restores_what_was_there(bureau: Any, tmp_path: Path) -> None:
    before = bureau("groups", "list", "-o", "toml").text
    for line in (ADD_TWO, ("groups", "remove", "finance", "--all-clients"), ("groups", "apply", tmp_path / "g.toml")):
        (tmp_path / "g.toml").write_text(WANTED, encoding="utf-8")
        assert bureau(*line, "--yes").code == 0
        assert bureau("groups", "list", "-o", "toml").text != before
        undone = bureau(*UNDO)
        assert (undone.code, {one["outcome"] for one in undone.json["data"]}) == (0, {"done"}), undone.err
        assert bureau("groups", "list", "-o", "toml").text == before
        assert bureau("history", "list", "-o", "json").json["data"][0]["undoes"]


def test_what_a_later_try_settled_is_taken_back_with_that_try(bureau: Any, killed: Any) -> None:
    killed("drop")
    first = bureau("history", "list", "-o", "ids").lines[0]
    early = bureau("history", "undo", first, "--plan", "-o", "json").json["data"]
    assert {(one["outcome"], one["reason"]) for one in early} == {("unknown", f"first: bureau history retry {first}")}
    nothing = bureau("history", "undo", first, "--yes")
    assert (nothing.code, nothing.err.splitlines()[-1]) == (3, "2 clients: 2 unknown"), "not undone is no success"
    assert bureau(*RETRY).code == 0
    later = bureau("history", "list", "-o", "ids").lines[0]
    undone = bureau("history", "undo", first, "--yes", "-o", "json")
    assert (undone.code, {(one["outcome"], one["reason"]) for one in undone.json["data"]}) == (
        0, {("unchanged", f"taken up later: bureau history undo {later}")}
    )  # fmt: skip
    assert ends(bureau("history", "undo", later, "--yes", "-o", "json")) == {"10001": "done", "10002": "done"}


def test_undo_is_refused_where_the_world_moved_item_by_item(bureau: Any, everything: Any) -> None:
    assert bureau(*ADD_TWO, "--yes").code == 0
    run = bureau("history", "list", "-o", "ids").lines[0]
    assert bureau("groups", "remove", "paused", "--clients", "10002", "--yes").code == 0
    before = everything()
    moved = bureau("history", "undo", run, "--yes")
    assert (moved.code, moved.out) == (6, b"")
    assert "1 change of the run cannot be taken back [run_moved]" in moved.err
    assert re.search(r"paused, 10002 .*: is not in it any more", moved.err)
    assert "10001" not in moved.err
    assert everything() == before


MOVES = [
    (("groups", "delete", "hand", "--yes"), "hand: is gone"),
    (("groups", "add", "hand", "--clients", "10010", "--yes"), "hand: 1 client came into it since"),
    (("groups", "rename", "paused", "--title", "x"), "paused: was changed since"),
    (("groups", "set-rule", "paused", "payday == 1", "--yes"), "the group follows a rule now"),
]


@pytest.mark.parametrize(("move", "told"), MOVES, ids=[" ".join(move) for move, _ in MOVES])
def test_undo_of_a_file_is_refused_where_a_group_moved(bureau: Any, tmp_path: Path, move: Any, told: str) -> None:
    (tmp_path / "g.toml").write_text(WANTED, encoding="utf-8")
    assert bureau("groups", "apply", tmp_path / "g.toml", "--yes").code == 0
    run = bureau("history", "list", "-o", "ids").lines[0]
    assert bureau(*move).code == 0
    moved = bureau("history", "undo", run, "--yes")
    assert (moved.code, told in moved.err) == (6, True), moved.err


def test_what_cannot_be_taken_back_is_told_before_the_rest_is(bureau: Any, tmp_path: Path) -> None:
    (tmp_path / "g.toml").write_text("complete = true\n[groups.paused]\nrule = 'payday == 12'\n", encoding="utf-8")
    assert bureau("groups", "apply", tmp_path / "g.toml", "--yes").code == 0
    planned = bureau("history", "undo", "last", "--plan", "-o", "json").json["data"]
    told = {one["target"]: (one["action"], one["outcome"], one["reason"]) for one in planned}
    assert told["finance"] == ("delete", "refused", "which clients were in it is not known any more")
    assert told["paused"][1] == "refused"
    assert told["payday-12"] == ("create", "planned", "as before")
    assert bureau(*UNDO).code == 3
    assert bureau("groups", "show", "payday-12", "-o", "json").json["data"]["rule"]


# --- given up, stopped -----------------------------------------------------------------------------------------------


def test_fail_fast_stops_at_the_first_that_fails(bureau: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    line = ("groups", "add", "finance", "--clients", "10000,10001,10002,10006", "--yes", "-o", "json")
    stopped = bureau(*line, "--fail-fast")
    assert (stopped.code, list(ends(stopped).values()).count("refused")) == (3, 1)
    assert "not_attempted" in ends(stopped).values()
    assert bureau("history", "list", "-o", "json").json["data"][0]["state"] == "stopped"
    assert list(ends(bureau(*line)).values()).count("refused") == 2, "the control"


def test_max_failures_bears_that_many_and_no_more(bureau: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    line = ("groups", "add", "finance", "--clients", "10001,10002,10003,10004,10000", "--yes", "-o", "json")
    stopped = bureau(*line, "--max-failures", "2")
    assert (stopped.code, list(ends(stopped).values()).count("refused")) == (3, 2)
    assert bureau(*line).code == 3, "the control"
    assert bureau(*line, "--max-failures", "0").code == 2


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_lets_what_is_under_way_end_and_tells_how_to_go_on(  # noqa: PLR0917 - fixtures are parameters
    bureau: Any, faults: Any, sql: Any, members: Any, done: Any, number: int, code: int
) -> None:
    faults("slow;seconds=1;path=/v1/groups/paused/members")
    line = ("groups", "add", "paused", "--all-clients", "--yes", "--max-failures", "50", "-o", "json")
    with subprocess.Popen([*BUREAU, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: sql("SELECT sum(hits) FROM fault")[0][0] == 1)
        process.send_signal(number)
        out, err = process.communicate(timeout=WHOLE_WORLD_S)
    faults()
    assert process.returncode == code
    outcomes = [one["outcome"] for one in json.loads(out)["data"]]
    assert {state: outcomes.count(state) for state in set(outcomes)} == {
        "done": 50, "unchanged": 3, "not_attempted": 67
    }  # fmt: skip
    run = bureau("history", "list", "-o", "json").json["data"][0]
    assert (run["state"], run["exit_code"]) == ("stopped", code)
    assert err.decode().splitlines()[-1].endswith(f"→ bureau history retry {run['run']}")
    assert bureau(*RETRY).code == 0
    assert len(members("paused")) == 120
    assert len(done()) == len(set(done())) == 117


# --- kept ------------------------------------------------------------------------------------------------------------


def test_what_may_not_be_kept_is_not_and_is_not_tried_again(
    bureau: Any, journals: Any, faults: Any, tmp_path: Path
) -> None:
    (tmp_path / "g.toml").write_text("[groups.hand]\ntitle = '01819010001'\nclients = []\n", encoding="utf-8")
    faults("409;method=POST;path=/v1/groups")
    assert bureau("groups", "apply", tmp_path / "g.toml", "--yes", wiring=unhurried()).code == 3
    assert "01819010001" not in journals()[0].read_text(encoding="utf-8")
    again = bureau("history", "retry", "last", "--yes", "-o", "json")
    assert [(one["outcome"], one["reason"]) for one in again.json["data"]] == [
        ("refused", f"what it says is not kept; do it anew: bureau groups apply {tmp_path / 'g.toml'} --yes")
    ]
    assert (again.code, again.err.splitlines()[-1]) == (3, "1 change: 1 refused")


def test_doctor_tells_of_runs_that_were_cut_short_and_of_damaged_journals(
    bureau: Any, killed: Any, journals: Any
) -> None:
    def told() -> list[tuple[str, str]]:
        rows = bureau("doctor", "-o", "json").json["data"]
        return [(row["state"], row["fix"] or "") for row in rows if row["check"] == "journals"]

    assert [state for state, _ in told()] == ["ok"]
    killed("drop")
    ((state, fix),) = told()
    assert (state, fix[:21]) == ("warning", "bureau history retry ")
    assert bureau(*fix.split()[1:], "--yes").code == 0
    assert [state for state, _ in told()] == ["ok"]
    first, second = journals()
    lines_of_second = second.read_bytes().splitlines(keepends=True)
    second.write_bytes(b"".join(lines_of_second[:-1]))
    assert [state for state, _ in told()] == ["ok"], "only its end is lost: nothing is left"
    second.write_bytes(lines_of_second[0])
    assert told() == [("warning", fix)], "it took up nothing"
    second.unlink()
    first.write_text("x", encoding="ascii")
    assert told() == [("warning", f"mv {journals()[0]} {journals()[0]}.damaged")]


def test_a_deadline_cuts_a_run_short_and_it_can_be_taken_up(bureau: Any, faults: Any) -> None:
    faults("slow;seconds=30;path=/v1/groups/paused/members")
    cut = bureau(*ADD_TWO, "--yes", "--deadline", "900ms", wiring=Wiring(patience=Waits().patience))
    assert (cut.code, "2 unknown" in cut.err, "→ bureau history retry last" in cut.err) == (75, True, True)
    assert cut.err.endswith("fix: bureau history retry last\n"), "the same line once more would do it twice"
    faults()
    assert bureau(*RETRY).code == 0


def test_nothing_is_written_down_where_nothing_is_to_be_done(bureau: Any, journals: Any) -> None:
    assert bureau("groups", "add", "paused", "--clients", "10013", "--yes").code == 0
    assert bureau(*ADD_TWO, "--plan").code == 0
    assert bureau(*ADD_TWO).code == 7
    assert journals() == []
