"""A period is kept whole or not at all, and answers again as the platform answered, without asking it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from commands.outside import Waits, with_profile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from running import Bureau, call_in_process

from bureau_cli.app import Wiring
from bureau_cli.files.folders import Folders
from bureau_cli.files.kept import purge

PERIOD = "2026-10"
GROUPS = ("payday-20", "paused", "finance", "new-2026", "payday-31")
LOGINS = ("me", "anne.aas", "marte.kirkerud", "per.myhre")
NUMBER = "01819010001"
"""A synthetic fødselsnummer."""


@pytest.fixture(scope="module")
def october(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a snapshot of October, as the leader of the demo sees it; made once, copied by each test."""
    home = tmp_path_factory.mktemp("saved")
    folder = home / ".local/share/bureau"
    folder.mkdir(parents=True, mode=0o700)
    shutil.copy(template, folder / "platform.db")
    with pytest.MonkeyPatch.context() as world:
        world.setenv("HOME", str(home))
        assert call_in_process("snapshot", "save", "autumn", "--period", PERIOD).code == 0
        (file,) = kept_files()
    return file


@pytest.fixture
def saved(bureau: Bureau, october: Path) -> Path:  # noqa: ARG001 - the platform is to be there too
    """The test's own copy, where the product looks for it."""
    folder = Path.home() / ".local/share/bureau" / "snapshots/demo" / october.parent.name
    folder.mkdir(parents=True, mode=0o700)
    return Path(shutil.copy(october, folder))


def kept_files() -> list[Path]:
    """Everything that is where snapshots are."""
    return sorted(path for path in (Path.home() / ".local/share/bureau/snapshots").rglob("*") if path.is_file())


def words(file: Path) -> str:
    """All that a snapshot says."""
    with sqlite3.connect(file) as db:
        bodies = [json.loads(zlib.decompress(body)) for (body,) in db.execute("SELECT body FROM batch")]
        return str([bodies, db.execute("SELECT body FROM about").fetchall()]).replace("\\xa0", "\u00a0")


def no_platform(_app: Any) -> Any:
    async def application(*_: Any) -> None:
        raise AssertionError("the platform was asked")

    return application


OFFLINE = Wiring(around=no_platform)

LISTS = (
    "clients list",
    "clients list --group payday-20 --not-group paused --status active --sort -active_employees",
    "clients list --owner me --payday 20 --access mine",
    "clients list --member kari.nordmann --sort owner --limit 5",
    "clients list --clients 10002,10005 --sort number",
    "clients show 10007",
    "groups list --sort -count",
    "groups show payday-20",
    "users list --active yes --role officer",
    "users show me",
    "access list",
    "access list --user me --role owner --sort to",
    "access list --state ended",
    "access list --ending-within 400d",
    "access list --stale 90d --group payday-20",
    "owners list --verdict differs",
    "altinn list --delegation missing --group payday-20",
    f"runs list --period {PERIOD} --state locked --type ordinary --payday 20 --group payday-20",
    "runs list --from 2026-10-05 --to 2026-10-20 --sort -pay_date",
    f"a-melding list --period {PERIOD} --severity immediate --payday 12",
    f"a-melding list --period {PERIOD} --all --state rejected --owner anne.aas",
    f"a-melding triage --period {PERIOD} --group payday-20",
    f"status --period {PERIOD} --open --group payday-20",
    f"dashboard --period {PERIOD} --by owner",
    f"dashboard --period {PERIOD} --by group",
    "deadlines --from 2026-10-01 --to 2026-11-30 --kind term --kind a_melding --each --owner anne.aas",
)


@pytest.mark.usefixtures("saved")
def test_a_snapshot_answers_as_the_platform_did_and_does_not_ask_it(bureau: Bureau) -> None:
    for line in LISTS:
        live = bureau(*line.split(), "-o", "json")
        kept = bureau(*line.split(), "-o", "json", "--as-of", "autumn", wiring=OFFLINE)
        assert (live.code, kept.code) == (0, 0), (line, live.err, kept.err)
        assert kept.json["data"] == live.json["data"], line
        assert kept.json["data"], f"{line} finds nothing, so it proves nothing"
        assert kept.json["meta"]["snapshot"] in kept.err.splitlines()[0]


@pytest.mark.usefixtures("saved")
def test_an_answer_from_a_snapshot_says_so_and_offers_no_names_of_that_day(bureau: Bureau, clean_world: Path) -> None:
    told = "snapshot autumn, saved "
    page = bureau("dashboard", "-o", "html", "--as-of", "autumn", wiring=OFFLINE)
    assert told in page.text
    bureau("clients", "list", "--out", clean_world / "clients.xlsx", "--as-of", "autumn", wiring=OFFLINE)
    about = load_workbook(clean_world / "clients.xlsx").worksheets[-1]
    assert any(str(cell.value).startswith(told) for row in about.rows for cell in row)
    assert bureau("clients", "list", "-q", "--as-of", "2026-10", wiring=OFFLINE).err == ""
    assert list(clean_world.rglob("names/**/clients")) == []


# --- saving ----------------------------------------------------------------------------------------------------------


def test_a_snapshot_is_for_its_users_eyes_alone_and_is_called_by_its_period_and_day(bureau: Bureau) -> None:
    names = [bureau("snapshot", "save", "--period", PERIOD, "-o", "json").json["data"]["snapshot"] for _ in range(2)]
    assert names == ["2026-10@2026-11-23", "2026-10@2026-11-23.2"]
    assert {path.stat().st_mode & 0o777 for path in kept_files()} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in kept_files()} == {0o700}
    assert [one["snapshot"] for one in bureau("snapshot", "list", "-o", "json").json["data"]] == names[::-1]


def test_a_name_that_is_taken_or_is_none_is_refused_before_anything_is_asked(bureau: Bureau, saved: Path) -> None:
    before = saved.read_bytes()
    for name, code in (("autumn", "snapshot_exists"), *((bad, "usage") for bad in ("now", "../up", "-o", "", NUMBER))):
        refused = bureau("snapshot", "save", "--period", PERIOD, "--", name, wiring=OFFLINE)
        assert f"[{code}]" in refused.err, name
    assert (kept_files(), saved.read_bytes()) == ([saved], before)


def test_a_part_that_fails_leaves_nothing_and_a_part_that_is_forbidden_is_told(
    bureau: Bureau, faults: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    faults("503;path=/v1/dashboard")
    assert bureau("snapshot", "save", wiring=Wiring(patience=Waits().patience)).code == 75
    assert kept_files() == []
    faults()
    monkeypatch.setenv("BUREAU_DEMO_USER", "anne.aas")
    kept = bureau("snapshot", "save", "mine", "-o", "json")
    assert (kept.code, kept.json["data"]["left_out"]) == (0, ["users", "access/inferred-owners"])
    assert "without what you may not list: users, access/inferred-owners" in kept.err
    for line in ("users list", "owners list"):
        assert bureau(*line.split(), "--as-of", "mine").code == 2
    assert bureau("runs", "list", "--as-of", "mine", wiring=OFFLINE).lines[1:]


def test_what_no_file_may_hold_is_not_in_it(bureau: Bureau, sql: Any) -> None:
    sql("UPDATE deviation SET text = text || ?", f" ({NUMBER})")
    sql("UPDATE client SET name = ? WHERE number = '10003'", f"Hos {NUMBER[:6]}\u00a0{NUMBER[6:]} AS")
    sql("UPDATE access SET reason = ? WHERE reason IS NOT NULL", f"for {NUMBER[:6]} {NUMBER[6:]}")
    assert bureau("snapshot", "save", "autumn", "--period", PERIOD).code == 0
    (file,) = kept_files()
    for between in ("", " ", "\u00a0"):
        assert f"{NUMBER[:6]}{between}{NUMBER[6:]}" not in words(file)
    for masked in (f"({NUMBER[:6]} *****)", f"for {NUMBER[:6]} *****", f"Hos {NUMBER[:6]} ***** AS"):
        assert masked in words(file), "what was planted is there, and masked"


# --- whose it is -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("saved")
def test_nobody_else_is_shown_it(bureau: Bureau, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_DEMO_USER", "anne.aas")
    assert bureau("snapshot", "list", "-o", "json").json["data"] == []
    for line in ("clients list --as-of autumn", "snapshot show autumn", "snapshot delete autumn --yes"):
        refused = bureau(*line.split())
        assert (refused.code, refused.out, "[snapshot_foreign]" in refused.err) == (4, b"", True), line
    monkeypatch.delenv("BUREAU_DEMO_USER")
    with_profile(clean_world, "base_url = 'https://elsewhere.example'", "credential = 'env'")
    assert bureau("clients", "list", "--as-of", "autumn").code == 4
    assert bureau("clients", "list", "--as-of", "autumn", "-p", "demo").code == 0


def test_it_goes_with_all_that_is_kept_of_the_profile(saved: Path) -> None:
    purge(Folders.of(os.environ), "other")
    assert saved.exists()
    purge(Folders.of(os.environ), "demo")
    assert kept_files() == []


# --- what is not in it -----------------------------------------------------------------------------------------------


LACKS = (
    "clients list --where payday==20",
    "clients list --clients 10001 --where payday==20",
    "status --period 2026-09",
    "status --explain 10001",
    "runs list --period 2026-11",
    "runs list --from 2026-10-20 --to 2026-11-20",
    "runs list --from 2026-10-20",
    "a-melding list --period 2026-09",
    "deadlines --from 2026-10-01 --to 2027-01-31",
    "dashboard --group payday-20",
    "dashboard --compare",
    "groups show payday-20 --explain 10001",
)


@pytest.mark.usefixtures("saved")
def test_what_a_snapshot_cannot_tell_is_refused_and_never_guessed(bureau: Bureau) -> None:
    for line in LACKS:
        refused = bureau(*line.split(), "--as-of", "autumn", wiring=OFFLINE)
        assert (refused.code, refused.out, "[snapshot_lacks]" in refused.err) == (2, b"", True), line
        assert "fix: " in refused.err


MISTAKES = {
    "clients list --group nope": "group_not_found",
    "clients list --owner nobody": "user_not_found",
    "clients show 99999": "client_not_found",
    "clients show Nordlys_Bakeri_AS": "client_ambiguous",
    "runs show nothing": "not_found",
    "check done": "usage",
    "groups delete paused": "usage",
}


@pytest.mark.usefixtures("saved")
def test_mistakes_are_told_as_the_platform_tells_them(bureau: Bureau) -> None:
    for line, code in MISTAKES.items():
        argv = [word.replace("_", " ") if "_AS" in word else word for word in line.split()]
        assert f"[{code}]" in bureau(*argv, "--as-of", "autumn", wiring=OFFLINE).err, line
    for line in ("status", "status --open --owner me", "deadlines"):
        assert bureau(*line.split(), "--as-of", "autumn", wiring=OFFLINE).code == 0, line


# --- care of them ----------------------------------------------------------------------------------------------------


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def something_else(file: Path) -> None:
    file.write_bytes(b"not a database at all")


def flipped(file: Path) -> None:
    """One bit of the packed clients."""
    with sqlite3.connect(file) as db:
        (body,) = db.execute("SELECT body FROM batch WHERE part = '/v1/clients'").fetchone()
    at = file.read_bytes().index(body[:200]) + 100
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def by(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with sqlite3.connect(file) as db:
            db.execute(statement)

    return change


DAMAGE = (
    torn,
    something_else,
    flipped,
    by("PRAGMA user_version = 2"),
    by("DELETE FROM batch WHERE part = '/v1/clients'"),
    by("UPDATE about SET body = '{}'"),
)


def test_a_damaged_snapshot_says_so_and_the_others_are_there(bureau: Bureau, saved: Path) -> None:
    whole = saved.read_bytes()
    other = saved.with_name("other.snapshot")
    with sqlite3.connect(saved) as source, sqlite3.connect(other) as db:
        source.backup(db)
        db.execute("UPDATE about SET body = replace(body, 'autumn', 'other')")
    for damage in DAMAGE:
        saved.write_bytes(whole)
        damage(saved)
        told = bureau("clients", "list", "--as-of", "autumn", wiring=OFFLINE)
        assert (told.code, told.out, "[snapshot_unreadable]" in told.err) == (2, b"", True), damage
        assert "other" in [one["snapshot"] for one in bureau("snapshot", "list", "-o", "json").json["data"]]
    assert bureau("snapshot", "delete", "autumn", "--yes").code == 0
    assert kept_files() == [other]


@pytest.mark.usefixtures("saved")
def test_snapshots_are_removed_only_when_asked_for_and_the_old_ones_together(bureau: Bureau) -> None:
    assert bureau("snapshot", "delete", "autumn").code == 7
    assert "nothing to do" in bureau("snapshot", "prune").err
    later = Wiring(now=lambda: datetime(2028, 12, 1, tzinfo=UTC))
    assert bureau("snapshot", "prune", wiring=later).code == 7
    assert bureau("snapshot", "prune", "--keep", "26", "--yes", wiring=later).lines[1:] == []
    assert len(bureau("snapshot", "prune", "--yes", wiring=later).lines[1:]) == 1
    assert kept_files() == []


CLIENTS = {
    "--group": GROUPS,
    "--not-group": GROUPS,
    "--owner": LOGINS,
    "--clients": ("10002,10005", "10031", "Rør [as]"),
}
QUESTIONS = {
    "clients list": {
        **CLIENTS,
        "--member": LOGINS,
        "--payday": ("12", "20", "31"),
        "--status": ("active", "left", "leaving"),
        "--access": ("mine", "none"),
        "--sort": ("name", "-name", "number", "-orgnr", "status", "-owner", "active_employees", "-onboarded"),
        "--limit": ("1", "7"),
    },
    "access list": {
        **CLIENTS,
        "--user": LOGINS,
        "--role": ("owner", "member"),
        "--state": ("running", "upcoming", "ended"),
        "--source": ("manual", "inferred", "client_invited"),
        "--ending-within": ("30d", "400d"),
        "--stale": ("30d", "200d"),
        "--sort": ("client", "-client"),
    },
    "altinn list": {**CLIENTS, "--delegation": ("granted", "missing", "pending"), "--user": LOGINS},
    "owners list": {**CLIENTS, "--verdict": ("same", "differs", "no_owner")},
    f"runs list --period {PERIOD}": {
        **CLIENTS,
        "--from": ("2026-10-10", "2026-09-01"),
        "--to": ("2026-10-20", "2026-11-02"),
        "--state": ("open", "locked"),
        "--type": ("ordinary", "extra", "vacation"),
        "--payday": ("12", "20", "31"),
        "--sort": ("pay_date", "-pay_date"),
    },
    f"a-melding list --period {PERIOD}": {
        **CLIENTS,
        "--state": ("received", "rejected", "sent"),
        "--severity": ("rejection", "immediate", "guideline"),
        "--code": ("MAGNET_EDAG-311", "MAGNET_EDAG-101"),
        "--payday": ("12", "20", "31"),
    },
    "deadlines --each --from 2026-10-05 --to 2026-11-20": {**CLIENTS, "--kind": ("pay_day", "term", "a_melding")},
    f"status --period {PERIOD}": CLIENTS,
}


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    command, options = draw(st.sampled_from(sorted(QUESTIONS.items(), key=lambda question: question[0])))
    said = draw(st.lists(st.sampled_from(sorted(options)), unique=True, max_size=3))
    return [*command.split(), *(word for option in said for word in (option, draw(st.sampled_from(options[option]))))]


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_whatever_is_asked_of_a_snapshot_is_answered_as_the_platform_did(bureau: Bureau) -> None:
    @settings(max_examples=250)
    @given(lines())
    def ask(line: list[str]) -> None:
        live = bureau(*line, "-o", "json")
        kept = bureau(*line, "-o", "json", "--as-of", "autumn", wiring=OFFLINE)
        assert kept.code == live.code, (line, kept.err)
        assert live.code != 0 or kept.json["data"] == live.json["data"], line

    ask()
