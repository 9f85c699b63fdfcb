"""`platform`: a bureau from nothing, made again, on another day, in trouble on demand, and never by mistake."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, child
from running import Outcome, call_in_process


@pytest.fixture
def first_use(clean_world: Path) -> Callable[..., Outcome]:
    """The real root command where nothing has been made yet."""
    assert not list(clean_world.iterdir())
    return call_in_process


def status(run: Any, *argv: str) -> Any:
    outcome = run("platform", *argv, "-o", "json")
    assert outcome.code == 0, outcome.err
    return outcome.json["data"]


def test_the_first_command_makes_a_bureau_and_says_so_once(first_use: Any) -> None:
    first = first_use("clients", "list", "-o", "ids")
    assert (first.code, len(first.lines)) == (0, 120)
    assert first.err.startswith("first use: made a demo bureau of 120 clients in ")
    again = first_use("clients", "list", "-o", "ids")
    assert (again.out, again.err) == (first.out, "")


def test_a_bureau_of_another_size_seed_and_day(first_use: Any) -> None:
    asked = ("seed", "--clients", "30", "--seed", "7", "--today", "2026-02-16", "--yes")
    made = status(first_use, *asked)
    assert (made["clients"], made["seed"], made["today"]) == (30, 7, "2026-02-16")
    names = first_use("clients", "list", "--fields", "number,name,orgnr").out
    assert first_use("groups", "create", "oslo").code == 0
    assert status(first_use, "reset", "--yes")["clients"] == 30
    assert first_use("groups", "show", "oslo").code == 5
    assert first_use("clients", "list", "--fields", "number,name,orgnr").out == names
    assert status(first_use, *asked[:3], "--seed", "8", "--yes")["seed"] == 8
    assert first_use("clients", "list", "--fields", "number,name,orgnr").out != names


@pytest.mark.parametrize("verb", ["seed", "reset"])
def test_nothing_is_made_again_unasked(bureau: Any, everything: Any, verb: str) -> None:
    before = everything()
    refused = bureau("platform", verb)
    assert (refused.code, refused.out) == (7, b"")
    assert everything() == before


def test_the_clock_is_pinned_moved_and_let_go(bureau: Any) -> None:
    assert status(bureau, "clock", "2026-12-24T08:00")["clock"] == "2026-12-24T08:00:00+01:00"
    assert status(bureau, "clock", "+2h")["clock"] == "2026-12-24T10:00:00+01:00"
    assert status(bureau, "clock", "2026-11-20")["clock"] == "2026-11-20T12:00:00+01:00"
    assert bureau("groups", "create", "oslo", "-o", "json").json["data"]["created_at"] == "2026-11-20T12:00:00+01:00"
    assert status(bureau, "clock", "real")["pinned"] is False


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        (["clock", "1999-01-01"], "bureau platform clock --help"),
        (["clock", "yesterday"], "write 2026-11-20"),
        (["faults", "nope"], "bureau platform faults --help"),
        (["faults", "503;rate=2"], "bureau platform faults --help"),
        (["seed", "--today", "16.02.2026", "--yes"], "write it like 2026-11-20"),
        (["seed", "--clients", "9", "--yes"], "bureau platform seed --help"),
        (["token", "ola.admin", "--lifetime", "soon"], "write it like 30s"),
        (["serve", "--port", "99999"], "bureau platform serve --help"),
    ],
)
def test_a_wrong_word_is_usage_and_changes_nothing(bureau: Any, everything: Any, line: list[str], fix: str) -> None:
    before = everything()
    wrong = bureau("platform", *line)
    assert (wrong.code, wrong.out) == (2, b"")
    assert f"\nfix: {fix}" in wrong.err
    assert everything() == before


def test_faults_are_shown_chosen_and_cleared(bureau: Any) -> None:
    assert bureau("platform", "faults", "-o", "ids").out == b""
    chosen = bureau("platform", "faults", "503;times=2", "slow;seconds=0.02", "-o", "ids")
    assert chosen.lines == ["busy;times=2", "slow;seconds=0.02"]
    assert bureau("platform", "faults", "-o", "ids").lines == chosen.lines
    assert bureau("platform", "faults", "--clear", "-o", "ids").out == b""


def test_a_token_is_one_line_and_of_a_user_who_is_here(bureau: Any) -> None:
    made = bureau("platform", "token", "ola.admin")
    assert (made.code, made.err, len(made.lines)) == (0, "", 1)
    assert bureau("platform", "token", "marte.kirkerud").code == 5


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\0" + bytes(84)])
def test_a_file_that_is_no_platform_is_left_as_it_is(bureau: Any, platform_file: Path, content: bytes) -> None:
    for suffix in ("", "-wal", "-shm"):
        platform_file.with_name(platform_file.name + suffix).unlink(missing_ok=True)
    platform_file.write_bytes(content)
    for line in (["clients", "list"], ["platform", "status"]):
        refused = bureau(*line)
        assert (refused.code, refused.out) == (7, b"")
        assert refused.err.endswith("fix: move that file away; a fresh one is made\n")
        assert platform_file.read_bytes() == content


@pytest.mark.slow
def test_while_somebody_else_holds_the_file_it_is_worth_another_try(bureau: Any, platform_file: Path) -> None:
    with closing(sqlite3.connect(platform_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held = bureau("platform", "faults", "503")
        assert (held.code, "[lock_held]" in held.err) == (75, True)
        other.execute("ROLLBACK")
    assert bureau("platform", "faults", "503").code == 0


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_serving_goes_on_until_a_signal(number: int, code: int) -> None:
    with subprocess.Popen([*BUREAU, "platform", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(f"{url}/v1/meta").status_code == 200
        process.send_signal(number)
        assert process.wait(WHOLE_WORLD_S) == code


@pytest.mark.usefixtures("platform_file")
def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = child("platform", "serve", "--port", str(taken.getsockname()[1]))
    assert (refused.returncode, refused.stdout) == (7, "")
    assert refused.stderr.endswith("fix: try --port 0\n")
