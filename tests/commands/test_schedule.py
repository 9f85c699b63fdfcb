"""`bureau schedule`: a command in the crontab or with systemd, checked before, and how it went."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from commands.outside import with_profile

ADD = ("schedule", "add", "gate", "--at", "06:10", "--on", "weekdays", "--crontab")
GATE = ("check", "access", "--clients", "10001", "--jitter", "0")
OWN = "MAILTO=lonn@byra.example\n0 1 * * * /usr/bin/true # mine"
HOSTILE = 'name == "Ærlig & Sønn\'s 50 % $HOME `id` #1"'


@pytest.fixture
def crontab(clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(clean_world)
    path = clean_world / "crontab"
    path.write_text(OWN, encoding="utf-8")
    return path


def commands_in(crontab: Path) -> list[str]:
    """What cron hands to the shell: `%` ends a command, unless a backslash stands before it."""
    lines = crontab.read_text(encoding="utf-8").splitlines()
    jobs = [line.split(" ", 5)[5] for line in lines if line[:1].isdigit() and "bureau" in line]
    assert all("%" not in job.replace(r"\%", "") for job in jobs)
    return [job.replace(r"\%", "%") for job in jobs]


def test_a_job_is_put_in_the_crontab_listed_and_taken_out_and_what_is_the_users_own_stays(
    bureau: Any, crontab: Path
) -> None:
    added = bureau(*ADD, "-o", "json", "--", *GATE)
    assert added.code == 0, added.err
    assert added.json["data"]["command"] == "bureau check access --clients 10001 --jitter 0 --profile demo --cron"
    assert crontab.read_text(encoding="utf-8").startswith(f"{OWN}\n# BEGIN bureau gate\n")
    bureau("schedule", "add", "other", "--at", "7:00", "--crontab", "status")
    before = bureau("schedule", "list", "-o", "json").json["data"]
    assert [(row["schedule"], row["rhythm"], row["result"]) for row in before] == [
        ("gate", "weekdays 06:10", "never_run"),
        ("other", "daily 07:00", "never_run"),
    ]
    taken = bureau(*ADD, "--", "status")
    assert (taken.code, taken.text) == (6, "")
    assert bureau("schedule", "remove", "other").code == 7
    assert [bureau("schedule", "remove", name, "--yes").code for name in ("other", "gate", "gate")] == [0, 0, 5]
    assert crontab.read_text(encoding="utf-8") == f"{OWN}\n"


def test_the_list_tells_the_last_result_from_the_log(bureau: Any, crontab: Path) -> None:
    bureau(*ADD, "--", *GATE)
    bureau("schedule", "add", "open", "--at", "7:00", "--", "check", "access", "--jitter", "0")
    assert crontab.exists()
    for words in (GATE, ("check", "access", "--jitter", "0")):
        bureau(*words, "--profile", "demo", "--cron")
    listed = bureau("schedule", "list", "-o", "json").json["data"]
    assert [(row["schedule"], row["result"], row["exit_code"]) for row in listed] == [
        ("gate", "done", 0),
        ("open", "finding", 9),
    ]
    assert all(row["last_run"] and row["age"].endswith("s") for row in listed)


def test_what_changes_something_is_asked_about_once_and_gets_its_yes(bureau: Any, crontab: Path) -> None:
    change = ("groups", "add", "paused", "--where", HOSTILE)
    refused = bureau(*ADD, "--", *change)
    assert (refused.code, "bureau" in crontab.read_text(encoding="utf-8")) == (7, False)
    added = bureau(*ADD, "--yes", "-o", "json", "--", *change)
    assert added.json["data"]["command"].endswith("--profile demo --yes --cron")
    looked = bureau(*ADD[:2], "looking", *ADD[3:], "-o", "json", "--", *change, "--plan")
    assert "--yes" not in looked.json["data"]["command"]


@pytest.mark.usefixtures("platform_file")
def test_what_cron_hands_to_the_shell_is_what_was_typed(bureau: Any, crontab: Path) -> None:
    bureau(*ADD, "--", "clients", "list", "--where", HOSTILE, "--jitter", "0", "--fields", "number")
    (command,) = commands_in(crontab)
    environ = {"HOME": os.environ["HOME"], "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, env=environ, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert bureau("schedule", "list", "-o", "json").json["data"][0]["result"] == "done"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("clients", "list", "--nope"), 2),
        (("clients", "nope"), 2),
        (("clients",), 2),
        (("clients", "--help"), 2),
        (("schedule", "list"), 2),
        (("clients", "list", "--where", "two\nlines"), 2),
        (("clients", "list", "--where", "a\\b"), 2),
        (("clients", "list", "--where", "x" * 1000), 2),
        (("clients", "list", "--limit", "many"), 2),
    ],
)
def test_a_command_that_could_not_run_is_not_written(
    bureau: Any, crontab: Path, words: tuple[str, ...], code: int
) -> None:
    refused = bureau(*ADD, "--", *words)
    assert (refused.code, refused.text, crontab.read_text(encoding="utf-8")) == (code, "", OWN)
    assert "fix: " in refused.err


def test_a_timer_of_systemd_says_its_zone_and_is_started_and_stopped(bureau: Any, clean_world: Path) -> None:
    added = bureau("schedule", "add", "month-end", "--at", "06:10", "--on", "monthly last", "--systemd", "status")
    assert added.code == 0, added.err
    units = clean_world / ".config/systemd/user"
    assert "OnCalendar=*-*~01 06:10:00 Europe/Oslo\nPersistent=true\n" in (units / "bureau-month-end.timer").read_text()
    assert '"status" "--profile" "demo" "--cron"\n' in (units / "bureau-month-end.service").read_text()
    assert [row["scheduler"] for row in bureau("schedule", "list", "-o", "json").json["data"]] == ["systemd"]
    bureau("schedule", "remove", "month-end", "--yes")
    assert list(units.iterdir()) == []
    assert (clean_world / "systemctl.log").read_text(encoding="utf-8").splitlines() == [
        "--user daemon-reload",
        "--user enable --now bureau-month-end.timer",
        "--user disable --now bureau-month-end.timer",
        "--user daemon-reload",
    ]


@pytest.mark.parametrize("program", ["crontab", "systemctl"])
def test_a_scheduler_that_refuses_says_why_and_nothing_is_lost_or_left(
    bureau: Any, crontab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    barred = tmp_path / program
    barred.write_text("#!/bin/sh\necho 'You are not allowed to use this program' >&2; exit 1\n", encoding="utf-8")
    barred.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    which = "--systemd" if program == "systemctl" else "--crontab"
    refused = bureau("schedule", "add", "gate", "--at", "06:10", which, "status")
    assert refused.code == 7
    assert f"error: {program} ended with 1: You are not allowed to use this program [scheduler_refused]" in refused.err
    assert crontab.read_text(encoding="utf-8") == OWN
    assert not list((Path.home() / ".config/systemd/user").glob("*"))


def test_a_cron_that_knows_zones_is_told_that_of_oslo(
    bureau: Any, crontab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cronie = tmp_path / "crontab"
    real = shutil.which("crontab")
    cronie.write_text(f'#!/bin/sh\n[ "$1" = -V ] && echo "cronie 1.7.2" && exit\nexec {real} "$@"\n', encoding="utf-8")
    cronie.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    added = bureau(*ADD, "--", "status")
    assert "warning" not in added.err
    assert "\nCRON_TZ=Europe/Oslo\n10 6 * * 1,2,3,4,5 cd " in crontab.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("platform_file")
def test_the_real_cron_starts_it_and_the_list_says_so(
    bureau: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daemon, path = shutil.which("cron", path="/usr/sbin"), "/usr/local/bin:/usr/bin:/bin"
    if daemon is None or shutil.which("crontab", path=path) is None or os.geteuid() != 0:
        pytest.skip("this needs Debian's cron, and root to start it")
    monkeypatch.setenv("PATH", path)
    if subprocess.run(["crontab", "-l"], capture_output=True, check=False).returncode == 0:
        pytest.skip("root has a crontab of its own here")
    subprocess.run(["crontab", "-"], input=f'HOME={clean_world}\nMAILTO=""\n', text=True, check=True)
    try:
        at = datetime.now().astimezone() + timedelta(seconds=75)
        bureau("schedule", "add", "now", "--at", f"{at:%H:%M}", "--crontab", "--", *GATE)
        with subprocess.Popen([daemon, "-f"]) as running:
            until = time.monotonic() + 150
            while result(bureau) in {"never_run", "running"} and time.monotonic() < until:
                time.sleep(0.5)
            running.terminate()
        assert result(bureau) == "done"
    finally:
        subprocess.run(["crontab", "-r"], check=True)


def result(bureau: Any) -> Any:
    return bureau("schedule", "list", "-o", "json").json["data"][0]["result"]


def test_a_secret_that_cron_would_not_have_is_warned_of(bureau: Any, clean_world: Path, crontab: Path) -> None:
    with_profile(clean_world, "base_url = 'https://platform.example'", "credential = 'env'", name="far")
    added = bureau(*ADD, "--profile", "far", "--", "status")
    assert (added.code, crontab.read_text(encoding="utf-8").count("# BEGIN")) == (0, 1)
    assert "warning: the profile's secret is in a variable, which cron does not have" in added.err


def test_a_profile_that_is_said_is_the_one_that_is_written(bureau: Any, clean_world: Path, crontab: Path) -> None:
    with_profile(clean_world, "base_url = 'https://platform.example'", name="far")
    assert bureau(*ADD, "--profile", "far", "--", "status").code == 0
    assert bureau(*ADD[:2], "demo", *ADD[3:], "--profile", "far", "--", "status", "-p", "demo").code == 0
    said = [command.partition(" status ")[2] for command in commands_in(crontab)]
    assert said == ["--profile far --cron", "-p demo --cron"]
