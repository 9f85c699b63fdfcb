"""What `bureau doctor` finds with everything in order and with each thing broken, whatever is broken beside it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from threading import Event
from typing import Any

import anyio
import httpx
import pytest
from commands.outside import WHOLE_WORLD_S, far, serving, with_profile

from bureau_cli.app import Wiring
from bureau_cli.checkup.examination import all_checks, examine
from bureau_cli.checkup.installation import unmet
from bureau_cli.checkup.network import certificate_verdict
from bureau_cli.checkup.verdicts import ok

META = {"platform": {"name": "Payroll", "version": "7"}}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def doctor(bureau: Any) -> Any:
    """Runs doctor and gives its rows by the name of the check."""

    def run(*more: str, code: int = 0, wiring: Wiring | None = None) -> dict[str, Any]:
        told = bureau("doctor", "-o", "json", *more, wiring=wiring)
        assert told.code == code, told.err
        return {row["check"]: row for row in told.json["data"]}

    return run


def answering(**headers: str) -> Any:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/v1/meta"
        assert "authorization" not in request.headers
        return httpx.Response(200, json=META, headers=headers)

    return answer


def test_everything_is_in_order(doctor: Any, faults: Any, sql: Any) -> None:
    faults()
    sql("DELETE FROM setting WHERE name = 'pinned_at'")
    rows = doctor("--exit-code")
    assert {row["state"] for row in rows.values()} <= {"ok", "not_checked"}
    assert {"bureau", "python", "libraries", "config", "profile", "platform", "time-zones", "disk"} <= rows.keys()
    assert "Oslo" in rows["time-zones"]["found"]


def test_it_counts_what_it_found(bureau: Any) -> None:
    assert " checks: " in bureau("doctor").err
    assert bureau("doctor", "-q").err == ""


@pytest.mark.parametrize(
    ("content", "check"),
    [
        ("not toml", "config"),
        ("[profiles.x]\nbase_ur = 'y'", "config"),
        ("\xff", "config"),
        ("[defaults]\nprofile = 'nope'", "profile"),
        ("[defaults]\nlang = 'de'", "profile"),
    ],
)
def test_a_broken_configuration_is_told_once_in_its_own_words_and_hides_nothing(
    bureau: Any, doctor: Any, clean_world: Path, content: str, check: str
) -> None:
    config = clean_world / ".config" / "bureau" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_bytes(content.encode("latin-1"))
    rows = doctor("--exit-code", code=9)
    broken = json.loads(bureau("clients", "list", "-o", "json").err)["error"]
    assert (broken["message"], broken["fix"]) == (rows[check]["found"], rows[check]["fix"])
    assert [name for name, row in rows.items() if row["state"] == "problem"] == [check]
    assert rows["credential"]["state"] == "unknown"
    assert {"python", "platform", "disk"} <= {name for name, row in rows.items() if row["state"] == "ok"}


def test_a_variable_nobody_reads_is_named_without_its_value(doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_TOKN", "s3cret")
    rows = doctor("--exit-code", code=9)
    assert (rows["variables"]["state"], rows["variables"]["fix"]) == ("problem", "did you mean BUREAU_TOKEN?")
    assert "s3cret" not in str(rows)


@pytest.mark.parametrize("home", ["", "/nonexistent", "/dev/null"])
def test_without_a_home_it_still_works(doctor: Any, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    rows = doctor()
    assert rows["python"]["state"] == "ok"
    assert not any("itself failed" in row["found"] for row in rows.values())


def content(home: Path) -> dict[str, Any]:
    """All that is below the home, byte for byte and to the nanosecond."""
    return {
        str(path): (path.stat().st_mtime_ns, path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest())
        for path in home.rglob("*")
    }


@pytest.mark.parametrize("used", [0, 1])
def test_it_changes_nothing(bureau: Any, clean_world: Path, platform_file: Path, used: int) -> None:
    if not used:
        platform_file.unlink()
        platform_file.parent.rmdir()
    before = content(clean_world)
    assert bureau("doctor").code == 0
    assert content(clean_world) == before


# --- the embedded platform -------------------------------------------------------------------------------------------


def damaged(path: Path) -> None:
    """Where the figures of clients are; what a look at the store needs stays."""
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'client'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xa5" * size)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("break_it", "check", "words"),
    [
        (lambda path: path.write_bytes(b"no store" * 1000), "platform", "not a store"),
        (lambda path: path.write_bytes(b""), "platform", "not a store"),
        (newer, "platform", "version 99"),
        (damaged, "platform-integrity", "the store is damaged: "),
    ],
)
def test_a_store_that_cannot_be_used_is_a_problem_with_a_way_out(
    doctor: Any, platform_file: Path, break_it: Any, check: str, words: str
) -> None:
    break_it(platform_file)
    rows = doctor("--exit-code", code=9)
    row = rows[check]
    assert [name for name, row in rows.items() if row["state"] == "problem"] == [check]
    assert words in row["found"]
    assert "move" in row["fix"]


def test_a_store_held_by_another_process_is_looked_at_all_the_same(doctor: Any, platform_file: Path) -> None:
    with closing(sqlite3.connect(platform_file, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        assert doctor()["platform"]["state"] == "ok"


def test_a_demo_told_to_lie_is_a_warning(doctor: Any, faults: Any) -> None:
    faults("503;times=2")
    rows = doctor("--exit-code")
    assert (rows["platform-faults"]["state"], rows["platform-clock"]["state"]) == ("warning", "warning")
    assert "busy;times=2" in rows["platform-faults"]["found"]
    assert "2026-11-23 12:00" in rows["platform-clock"]["found"]


# --- who else can read it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "mode", "state"),
    [
        ("platform.db", 0o644, "warning"),
        ("platform.db", 0o622, "problem"),
        (".", 0o755, "warning"),
        (".", 0o777, "problem"),
    ],
)
def test_what_others_can_read_or_write_is_told(
    doctor: Any, platform_file: Path, name: str, mode: int, state: str
) -> None:
    path = platform_file.parent / name
    path.chmod(mode)
    row = doctor()["permissions"]
    assert row["state"] == state
    assert row["fix"].startswith("chmod ")
    path.chmod(0o700)


def test_a_home_in_which_nothing_can_be_written_is_a_problem(
    doctor: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access  # root may write everywhere
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != clean_world and access(path, mode))
    row = doctor("--exit-code", code=9)["permissions"]
    assert (row["state"], row["found"]) == ("problem", f"you cannot write in {clean_world}")


def test_a_configuration_may_be_read_but_not_written_by_others(doctor: Any, clean_world: Path) -> None:
    config = with_profile(clean_world, name="demo")
    config.chmod(0o644)
    assert doctor()["permissions"]["state"] == "ok"
    config.chmod(0o666)
    assert doctor()["permissions"]["state"] == "problem"


def test_a_token_is_looked_for_and_not_shown(doctor: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_profile(clean_world, "base_url = 'https://platform.example'", "credential = 'env'")
    assert doctor()["credential"]["state"] == "problem"
    monkeypatch.setenv("BUREAU_TOKEN", "s3cret-of-the-env")
    rows = doctor()
    assert rows["credential"]["state"] == "ok"
    assert "s3cret" not in str(rows)


# --- the network -----------------------------------------------------------------------------------------------------


def test_nothing_is_sent_unasked(doctor: Any, clean_world: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    assert doctor(wiring=far(clean_world, answer))["network"]["state"] == "not_checked"


@pytest.mark.parametrize(("seconds", "state"), [(0, "ok"), (20, "ok"), (300, "problem"), (-300, "problem")])
def test_the_clock_is_held_against_the_platforms(doctor: Any, clean_world: Path, seconds: int, state: str) -> None:
    stated = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    rows = doctor("--network", wiring=far(clean_world, answering(Date=stated)))
    assert (rows["network-answer"]["state"], rows["clock"]["state"]) == ("ok", state)
    assert "Payroll 7" in rows["network-answer"]["found"]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503),
        httpx.Response(302, headers={"Location": "https://elsewhere.example"}),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, json={"platform": 5}),
    ],
)
def test_an_answer_that_is_no_platforms_is_a_problem(doctor: Any, clean_world: Path, answer: httpx.Response) -> None:
    rows = doctor("--network", "--exit-code", code=9, wiring=far(clean_world, lambda _: answer))
    assert rows["network"]["state"] == "problem"


def test_a_proxy_is_named_without_its_password(doctor: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:s3cret@proxy.example:3128")
    rows = doctor(wiring=far(clean_world, answering()))
    assert rows["proxy"]["found"].endswith("through http://proxy.example:3128")
    assert "s3cret" not in str(rows)


def test_a_platform_on_a_port_is_reached_through_real_sockets(doctor: Any, clean_world: Path) -> None:
    with serving() as url:
        with_profile(clean_world, f"base_url = '{url}'", "credential = 'env'")
        rows = doctor("--network")
    assert {rows[name]["state"] for name in ("network-name", "network-answer", "clock")} == {"ok"}
    gone = doctor("--network")
    assert gone["network"]["state"] == "problem"


def test_a_certificate_that_ends_soon_is_a_warning() -> None:
    assert certificate_verdict(NOW + timedelta(days=90), NOW).state == "ok"
    assert certificate_verdict(NOW + timedelta(days=13), NOW).state == "warning"


# --- one check and the others ----------------------------------------------------------------------------------------


def test_a_check_that_fails_or_hangs_hides_none_of_the_others() -> None:
    released = Event()

    def hanging(_: Any) -> Any:
        yield ok("before", "this was found")
        released.wait(60)

    def failing(_: Any) -> Any:
        yield ok("also-before", "this too")
        raise RuntimeError("s3cret")

    def well(_: Any) -> Any:
        yield ok("well", "it is")

    async def examined() -> Any:
        return await examine(None, [hanging, failing, well], limit_s=0.05)  # type: ignore[arg-type]  # looked at by none

    told = anyio.run(examined)
    released.set()
    assert [(one.check, one.state) for one in told] == [
        ("before", "ok"),
        ("hanging", "unknown"),
        ("also-before", "ok"),
        ("failing", "unknown"),
        ("well", "ok"),
    ]
    assert "s3cret" not in str(told)


def test_the_exit_code_of_what_is_only_unknown_is_10(
    doctor: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUREAU_TOKEN", "t0ken")
    doctor("--network", "--exit-code", code=10, wiring=far(clean_world, answering()))


def test_every_check_says_what_it_is_for() -> None:
    checks = all_checks()
    assert len(checks) > 12
    assert all(check.__doc__ for check in checks)


# --- the machine -----------------------------------------------------------------------------------------------------


def test_a_lock_that_is_held_is_told_with_its_process(doctor: Any, platform_file: Path) -> None:
    lock = platform_file.with_name("platform.db.lock")
    lock.touch(mode=0o600)
    assert doctor()["locks"]["state"] == "ok"
    with lock.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        held = doctor()["locks"]
    assert held["state"] == "warning"
    assert f"(pid {os.getpid()})" in held["found"]


def test_a_file_half_written_long_ago_is_told_and_a_fresh_one_is_not(doctor: Any, platform_file: Path) -> None:
    part = platform_file.with_name(".names.abc.part")
    part.touch(mode=0o600)
    assert doctor()["left-overs"]["state"] == "ok"
    os.utime(part, (0, 0))
    row = doctor()["left-overs"]
    assert (row["state"], row["fix"]) == ("warning", f"rm {part}")


def test_two_programs_of_the_name_are_a_warning(
    doctor: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [clean_world / name for name in ("a", "b", "c")]
    for folder in folders[:2]:
        folder.mkdir()
        (folder / "bureau").touch(mode=0o755)
    folders[2].symlink_to(folders[0])
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (folders[0], folders[2]))))
    assert doctor()["programs"]["state"] == "ok"
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, folders)))
    assert doctor()["programs"]["state"] == "warning"


@pytest.mark.parametrize(
    ("requirement", "why"),
    [
        ("typer<0.31,>=0.29", None),
        ("tabulate[widechars]>=0.9", None),
        ("typer<0.2", "typer is "),
        ("httpx>=99", "httpx is "),
        ("no-such-library>=1", "no-such-library is missing"),
    ],
)
def test_an_installed_library_is_held_against_its_range(requirement: str, why: str | None) -> None:
    told = unmet(requirement)
    assert told is None if why is None else told and told.startswith(why)


def test_a_process_ends_though_a_check_hangs() -> None:
    """The thread that never ends keeps nobody from leaving."""
    script = (
        "import asyncio, threading; from bureau_cli.checkup.examination import examine\n"
        "def hanging(_): threading.Event().wait(); yield\n"
        "print(asyncio.run(examine(None, [hanging], limit_s=0.1))[0].state)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=WHOLE_WORLD_S, check=True
    )
    assert ended.stdout == "unknown\n"


def test_a_secret_that_others_can_read_is_told_wherever_it_is_kept(doctor: Any, clean_world: Path) -> None:
    held = clean_world / ".local/share/bureau/credentials/far"
    held.parent.mkdir(mode=0o700)
    held.touch(mode=0o600)
    assert doctor()["permissions"]["state"] == "ok"
    held.chmod(0o640)
    row = doctor()["permissions"]
    assert (row["state"], row["fix"]) == ("warning", f"chmod 600 {held}")
