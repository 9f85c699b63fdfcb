"""A period is kept whole or not at all, for its user's eyes alone."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from commands.kept import OFFLINE, PERIOD, kept_files
from commands.outside import Waits, with_profile
from running import Bureau

from bureau_cli.app import Wiring
from bureau_cli.files.folders import Folders
from bureau_cli.files.kept import purge

NUMBER = "01819010001"
"""A synthetic fødselsnummer."""


def words(file: Path) -> str:
    """All that a snapshot says."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        bodies = [json.loads(zlib.decompress(body)) for (body,) in db.execute("SELECT body FROM batch")]
        return str([bodies, db.execute("SELECT body FROM about").fetchall()]).replace("\\xa0", "\u00a0")


# --- saving ----------------------------------------------------------------------------------------------------------


def test_a_snapshot_is_for_its_users_eyes_alone_and_is_called_by_its_period_and_day(bureau: Bureau) -> None:
    names = [bureau("snapshot", "save", "--period", PERIOD, "-o", "json").json["data"]["snapshot"] for _ in range(2)]
    assert names == ["2026-10@2026-11-23", "2026-10@2026-11-23.2"]
    assert {path.stat().st_mode & 0o777 for path in kept_files()} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in kept_files()} == {0o700}
    assert [one["snapshot"] for one in bureau("snapshot", "list", "-o", "json").json["data"]] == names[::-1]


def test_what_a_killed_save_has_left_is_removed_by_the_next_one(bureau: Bureau, saved: Path) -> None:
    old, new = (saved.with_name(f".{name}.snapshot.x.part") for name in ("old", "new"))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert bureau("snapshot", "save", "winter").code == 0
    assert (old.exists(), new.exists()) == (False, True)


def test_a_name_that_is_taken_or_is_none_is_refused_before_anything_is_asked(bureau: Bureau, saved: Path) -> None:
    before = saved.read_bytes()
    for name, code in (
        ("autumn", "snapshot_exists"),
        *((bad, "usage") for bad in ("now", PERIOD, "../up", "-o", "", NUMBER)),
    ):
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
    for line in ("users list", "users show me", "owners list"):
        assert bureau(*line.split(), "--as-of", "mine").code == 2, line
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


def test_nobody_else_is_shown_it(
    bureau: Bureau, saved: Path, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUREAU_DEMO_USER", "anne.aas")
    bureau("snapshot", "save", "mine")
    (mine,) = set(kept_files()) - {saved}
    copied = mine.with_name("autumn.snapshot")
    copied.write_bytes(saved.read_bytes())
    assert bureau("clients", "list", "--as-of", "autumn").code == 4
    copied.unlink()
    assert bureau("snapshot", "delete", "mine", "--yes").code == 0
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


# --- care of them ----------------------------------------------------------------------------------------------------


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def something_else(file: Path) -> None:
    file.write_bytes(b"not a database at all")


def flipped(file: Path) -> None:
    """One bit of the packed clients."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        (body,) = db.execute("SELECT body FROM batch WHERE part = '/v1/clients'").fetchone()
    at = file.read_bytes().index(body[:200]) + 100
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def by(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as db:
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
    with closing(sqlite3.connect(saved)) as source, closing(sqlite3.connect(other, isolation_level=None)) as db:
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
