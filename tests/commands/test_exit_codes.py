"""The promise of docs/exit-codes.md: a named test for every code that can be reached."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands.outside import BUREAU, ME, WHOLE_WORLD_S, Waits, child, far, until

from bureau_cli.app import Wiring

LIST = ("clients", "list")


def test_exit_0_done(bureau: Any) -> None:
    assert bureau(*LIST).code == 0


def test_exit_0_nothing_found(bureau: Any) -> None:
    nothing = bureau(*LIST, "--where", 'name == "Ingen"', "-o", "json")
    assert (nothing.code, nothing.json["data"], nothing.err) == (0, [], "")


@pytest.mark.usefixtures("platform_file")
def test_exit_0_the_reader_left() -> None:
    line = f"set -o pipefail; {' '.join(BUREAU)} clients list | head -1"
    left = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=WHOLE_WORLD_S, check=False)
    assert (left.returncode, left.stderr) == (0, "")
    assert left.stdout.startswith("number\tname")


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize("redirected", [">&-", ">/dev/full", "-o json >/dev/full", "-o xlsx >/dev/full"])
@pytest.mark.parametrize("words", ["clients list", "groups show paused"])
def test_exit_1_the_answer_cannot_be_written(words: str, redirected: str) -> None:
    ended = in_bash(f"{words} {redirected}")
    assert ended.returncode == 1
    assert "output_failed" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) <= 2


@pytest.mark.parametrize("words", ["--version", "--help", "clients list --help"])
@pytest.mark.parametrize("redirected", [">&-", ">/dev/full"])
def test_exit_1_a_page_that_cannot_be_written(words: str, redirected: str) -> None:
    ended = in_bash(f"{words} {redirected}")
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert 1 <= len(ended.stderr.splitlines()) <= 2


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("clients list --limit 1 -o ids <&-", 0),
        ("clients list --limit 1 -o ids 2>&-", 0),
        ("clients list --limit 1 -o ids <&- 2>&-", 0),
        ("clients list --clients - <&-", 2),
        ("groups add paused --all-clients <&- 2>&-", 7),
        ("groups show nope 2>&-", 5),
        ("groups show nope >&- 2>&-", 5),
    ],
)
def test_a_stream_that_is_closed_changes_no_exit_code(words: str, code: int) -> None:
    ended = in_bash(words)
    assert ended.returncode == code
    assert (len(ended.stdout.splitlines()) == 1) == (code == 0)
    assert "Traceback" not in ended.stderr


@pytest.mark.usefixtures("platform_file")
def test_the_locale_changes_no_byte() -> None:
    usual, other = (child(*LIST, "-o", "plain", environ={"LC_ALL": locale}) for locale in ("C.UTF-8", "C"))
    assert "Ærlig Øl på Ås" in usual.stdout
    assert other.stdout == usual.stdout
    assert child("groups", "show", "blåbær", environ={"LC_ALL": "C"}).stderr.startswith("error: ")


def test_exit_2_usage_changes_nothing(bureau: Any, everything: Any) -> None:
    before = everything()
    for line in (["groups"], ["groups", "add"], ["groups", "add", "paused", "--all-clients", "--nope"], ["nope"]):
        wrong = bureau(*line)
        assert (wrong.code, wrong.out) == (2, b"")
        assert wrong.err.startswith("error: ")
        assert "\nfix: bureau " in wrong.err
    assert everything() == before


def test_exit_3_partial(bureau: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    assert bureau("groups", "add", "paused", "--all-clients", "--yes").code == 3


def test_exit_4_not_allowed(bureau: Any, acting_as: Any) -> None:
    acting_as("anne.aas")
    assert bureau("groups", "add", "paused", "--all-clients", "--yes").code == 4


def test_exit_5_not_found(bureau: Any) -> None:
    assert bureau("groups", "show", "nope").code == 5


def test_exit_6_conflict(bureau: Any) -> None:
    assert bureau("groups", "create", "paused").code == 6


def test_exit_7_refused(bureau: Any) -> None:
    assert bureau("groups", "delete", "paused").code == 7


@pytest.fixture
def add_by_job(bureau: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[httpx.Response], Any]:
    """Adds two clients on a remote platform that takes it as a job; asked how the job goes it gives this answer."""
    monkeypatch.setenv("BUREAU_TOKEN", "t0ken")
    group = json.loads(bureau("api", "GET", "/v1/groups/finance").out)
    clients = json.loads(bureau("api", "GET", "/v1/clients", "-f", "limit=2").out) | {"next": None, "total": 2}
    answers = {
        "/v1/me": (200, ME),
        "/v1/groups/finance": (200, group),
        "/v1/selections": (201, {"id": "se_1", "count": 2, "names": []}),
        "/v1/clients": (200, clients),
        "/v1/groups/finance/members": (202, {"id": "jb_1", "state": "queued"}),
    }

    def add(status: int, content: Any) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            code, body = answers.get(request.url.path, (status, content))
            return httpx.Response(code, json=body)

        line = ("groups", "add", "finance", "--all-clients", "--yes", "-o", "json")
        return bureau(*line, wiring=far(clean_world, answer))

    return add


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [
        (200, "needs_authentication", "job_needs_authentication"),
        (200, "a_new_one", "job_pending"),
        (503, "busy", "job_pending"),
    ],
)
def test_exit_8_pending(add_by_job: Any, status: int, state: str, code: str) -> None:
    """A job that was accepted is never 75: whoever ran the command again would order it twice."""
    pending = add_by_job(status, {"id": "jb_1", "state": state})
    assert pending.code == 8
    assert [(one["outcome"], one["code"]) for one in pending.json["data"]] == [("pending", code)] * 2
    assert all("jb_1" in one["reason"] for one in pending.json["data"])


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_exit_3_a_job_that_ended_without_its_work(add_by_job: Any, state: str) -> None:
    ended = add_by_job(200, {"id": "jb_1", "state": state})
    assert (ended.code, [one["outcome"] for one in ended.json["data"]]) == (3, ["failed", "failed"])


def test_exit_9_a_finding(bureau: Any) -> None:
    assert bureau("check", "access", "--clients", "10015").code == 9


def test_exit_10_unknown_and_never_0(bureau: Any) -> None:
    assert bureau("check", "access", "--where", 'name == "Ingen"').code == 10


def test_exit_75_try_again_and_it_works(bureau: Any, faults: Any) -> None:
    faults("503")
    assert bureau(*LIST, wiring=Wiring(patience=Waits().patience)).code == 75
    faults()
    assert bureau(*LIST).code == 0


STOPS = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated"), (signal.SIGHUP, 143, "terminated")]


@pytest.mark.parametrize("stop", STOPS, ids=str)
@pytest.mark.parametrize("line", [LIST, ("groups", "add", "paused", "--all-clients", "--yes")], ids=" ".join)
def test_exit_130_and_143_in_the_middle_of_a_request(
    faults: Any, sql: Any, line: Sequence[str], stop: tuple[int, int, str]
) -> None:
    number, code, word = stop
    faults(f"slow;seconds=30;path={'/v1/clients' if line == LIST else '/v1/groups/paused/members'}")
    with subprocess.Popen([*BUREAU, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: sql("SELECT sum(hits) FROM fault")[0][0] == 1)
        process.send_signal(number)
        heard = b""
        if line != LIST:
            assert process.stderr is not None
            while b"once more leaves now" not in heard:
                heard += process.stderr.readline()
            process.send_signal(number)
        out, err = process.communicate(timeout=WHOLE_WORLD_S)
    assert process.returncode == code
    assert out == b""
    *before, last = err.decode().splitlines()
    if line == LIST:
        assert last == f"error: {word} [{word}]"
    else:
        assert before[-1] == f"error: {word} [{word}]"
        assert last.startswith("fix: bureau history retry ")
        assert b"120 clients: 3 unchanged, 117 unknown" in err
    assert b"Traceback" not in err


def in_bash(words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    line = f"{' '.join(BUREAU)} {words}"
    return subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=WHOLE_WORLD_S, check=False, **more
    )
