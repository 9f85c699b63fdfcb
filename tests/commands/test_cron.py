"""`--cron` and `--lock`: silent unless there is news, never asked, never twice at once, and written down."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S

from bureau_cli.files.folders import Folders
from bureau_cli.files.lock import held, is_free
from bureau_cli.files.logbook import Logbook

CRON = ("--cron", "--jitter", "0")
ADD = ("groups", "add", "paused", "--owner", "me", "--yes")


@pytest.fixture
def log(clean_world: Path) -> Logbook:
    return Logbook(clean_world / ".local/state/bureau/logs/demo.ndjson", str)


def turn(command: str) -> Path:
    return Folders.of(os.environ).turns("demo") / f"{command}.lock"


def told_by(log: Logbook) -> list[tuple[int, str | None]]:
    return [(run.ended.exit_code, run.ended.code) for run in log.runs() if run.ended]


def test_what_changes_something_is_heard_of_once_and_then_no_more(bureau: Any, log: Logbook) -> None:
    first, again = bureau(*ADD, *CRON), bureau(*ADD, *CRON)
    assert (first.code, first.text) == (0, "")
    assert first.err.splitlines() == [
        "8 clients: 8 done",
        "bureau groups add paused --owner me --yes --jitter 0: changed (exit 0)",
        f"log: {log.path}",
    ]
    assert (again.code, again.text, again.err) == (0, "", "")
    assert [run.ended.changed for run in log.runs() if run.ended] == [True, False]


def test_nothing_to_do_for_nobody_is_told(bureau: Any) -> None:
    done = bureau("groups", "add", "paused", "--group", "finance", "--not-group", "finance", "--yes", *CRON)
    assert (done.code, done.text, done.err) == (0, "", "nothing to do\n")


def test_a_gate_is_silent_where_it_holds_and_lists_what_it_finds(bureau: Any) -> None:
    holds = bureau("check", "access", "--clients", "10001", *CRON)
    assert (holds.code, holds.text, holds.err) == (0, "", "")
    found = bureau("check", "access", *CRON)
    assert found.code == 9
    assert len(found.lines) == 7
    assert found.err.startswith("120 clients: ")
    nobody = bureau("check", "closed", "--group", "finance", "--not-group", "finance", *CRON)
    assert (nobody.code, nobody.text) == (10, "")
    assert nobody.err.startswith("no client fits the selection, so nothing is proven\n")


@pytest.mark.parametrize("wanted", ["tsv", "json", "xlsx", "html"])
def test_a_list_is_its_own_text_and_an_empty_one_is_silent(bureau: Any, wanted: str) -> None:
    full = bureau("clients", "list", "--clients", "10001", "-o", wanted, *CRON)
    assert full.out
    assert full.out == bureau("clients", "list", "--clients", "10001", "-o", wanted).out or wanted == "xlsx"
    empty = bureau("clients", "list", "--where", "name == 'Ingen'", "-o", wanted, *CRON)
    assert (full.code, full.err, empty.code, empty.out, empty.err) == (0, "", 0, b"", "")


def test_a_file_is_written_whatever_is_in_it(bureau: Any, tmp_path: Path) -> None:
    bureau(*ADD, *CRON, "--out", tmp_path / "report.csv")
    bureau("clients", "list", "--where", "name == 'Ingen'", "--out", tmp_path / "none.json", *CRON)
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()) == 9
    assert '"data":[]' in (tmp_path / "none.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("instant", "this", "last"),
    [
        ("2026-03-29T00:30:00Z", "2026-03", "2026-02"),  # the hour before the one that is missing
        ("2026-03-29T01:30:00Z", "2026-03", "2026-02"),  # and the one after it
        ("2026-03-31T21:59:59Z", "2026-03", "2026-02"),
        ("2026-03-31T22:00:00Z", "2026-04", "2026-03"),  # midnight in Oslo, two hours before that of UTC
        ("2026-10-25T00:30:00Z", "2026-10", "2026-09"),  # the hour that comes twice, at first
        ("2026-10-25T01:30:00Z", "2026-10", "2026-09"),  # and again
        ("2026-10-31T22:59:59Z", "2026-10", "2026-09"),
        ("2026-10-31T23:00:00Z", "2026-11", "2026-10"),
        ("2026-12-31T23:00:00Z", "2027-01", "2026-12"),
        pytest.param("2028-02-29T22:59:59Z", "2028-02", "2028-01", marks=pytest.mark.slow),
        pytest.param("2028-02-29T23:00:00Z", "2028-03", "2028-02", marks=pytest.mark.slow),
    ],
)
def test_every_run_is_about_the_month_that_it_is_in_oslo(
    bureau: Any, monkeypatch: pytest.MonkeyPatch, instant: str, this: str, last: str
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    assert bureau("platform", "clock", instant).code == 0
    for word, month in (("this", this), ("last", last)):
        shown = bureau("dashboard", "--period", word, "--fields", "period", "-o", "tsv", "--owner", "me", *CRON)
        assert (shown.code, set(shown.lines[1:]), shown.err) == (0, {month}, "")


def test_it_implies_no_yes_and_a_failure_tells_what_why_again_and_where(bureau: Any, log: Logbook) -> None:
    refused = bureau("groups", "add", "paused", "--owner", "me", *CRON)
    assert (refused.code, refused.text) == (7, "")
    assert refused.err.splitlines()[1:] == [
        "again: bureau groups add paused --owner me --jitter 0",
        f"log: {log.path}",
        "error: add 8 clients to paused: there is no terminal to ask on [needs_yes]",
        "fix: add --yes",
    ]
    bureau("platform", "faults", "401")
    bureau("status", *CRON)
    assert told_by(log) == [(7, "needs_yes"), (4, "unauthenticated")]


def test_what_needs_somebody_is_refused(bureau: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    signing_in = ("auth", "login", "-p", "far", "--base-url", "https://platform.example", "--store", "file")
    assert [bureau(*line, *CRON).code for line in (("config", "edit"), signing_in)] == [2, 7]


def test_while_the_same_command_of_the_profile_is_at_work_it_fails_is_skipped_or_waits(bureau: Any) -> None:
    with held(turn("clients-list"), patience_s=0):
        for line in (CRON, ("--lock", "fail"), ("--lock", "wait=10ms")):
            failed = bureau("clients", "list", *line)
            assert (failed.code, failed.text) == (75, "")
            assert failed.err.startswith("error: bureau clients list is at work already under the profile demo [lock_")
        skipped = bureau("clients", "list", "--lock", "skip")
        assert (skipped.code, skipped.text) == (0, "")
        assert skipped.err == "bureau clients list is at work already under the profile demo: skipped\n"
        assert bureau("clients", "list", "--limit", "1").code == 0
        assert bureau("groups", "list", "--lock", "fail").code == 0
    assert bureau("clients", "list", "--limit", "1", "--lock", "wait").code == 0


def test_it_gives_up_after_twenty_minutes_unless_another_deadline_is_set(bureau: Any) -> None:
    bureau("platform", "faults", "slow;seconds=20")
    late = bureau("clients", "list", "--deadline", "50ms", *CRON)
    assert late.code == 75
    assert "error: the command did not end within 0.05 s [deadline_passed]" in late.err


@pytest.mark.usefixtures("platform_file")
def test_whoever_does_not_get_it_has_imported_no_network_no_secret_and_no_platform() -> None:
    script = (
        "import sys\n"
        "from bureau_cli.main import run\n"
        "print(run(['clients', 'list', '--cron', '--clients', '@no.xlsx']), *sys.modules)"
    )
    with held(turn("clients-list"), patience_s=0):
        done = subprocess.run([*BUREAU[:1], "-c", script], capture_output=True, text=True, check=True)
    code, *modules = done.stdout.split()
    assert code == "75"
    loaded = {"httpx", "starlette", "sqlite3", "keyring", "openpyxl", "bureau_cli.config.credentials"} & set(modules)
    assert loaded == set()


@pytest.mark.slow
def test_of_fifty_at_once_one_works_and_a_killed_holder_frees_it_at_once(bureau: Any, log: Logbook) -> None:
    bureau("platform", "faults", "slow;seconds=60")
    command = [*BUREAU, "clients", "list", *CRON]
    started = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(50)]
    until = time.monotonic() + 3 * WHOLE_WORLD_S
    while sum(one.poll() is None for one in started) > 1 and time.monotonic() < until:
        time.sleep(0.01)
    codes = [one.poll() for one in started]
    assert (codes.count(75), codes.count(None)) == (49, 1)
    holder = started[codes.index(None)]
    assert not is_free(turn("clients-list"))
    holder.kill()
    holder.wait()
    assert is_free(turn("clients-list"))
    assert len(log.runs()) == 1


@pytest.mark.usefixtures("platform_file")
@pytest.mark.slow
def test_one_that_is_put_off_ends_by_a_signal_and_says_so_in_the_log(log: Logbook) -> None:
    line = [*BUREAU, "clients", "list", "--cron", "--jitter", "30d"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as one:
        until = time.monotonic() + WHOLE_WORLD_S
        while not minds(one.pid, signal.SIGTERM) and time.monotonic() < until:
            time.sleep(0.01)
        one.send_signal(signal.SIGTERM)
        assert "error: terminated [terminated]" in one.communicate(timeout=WHOLE_WORLD_S)[1]
    assert told_by(log) == [(143, "terminated")]


def minds(pid: int, number: signal.Signals) -> bool:
    """Whether a process has come so far that it does something of its own when it gets this signal."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("only Linux tells what a process does about signals")
    caught = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) & 1 << (number - 1))
