"""`report all` and `report verify`: a month in a folder, whole or not at all, and what was changed in it since."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from bureau_cli.formatters.titles import titles

ALL = "report", "all", "--period", "2026-10", "--owner", "me"
BOOKS = ["terminoppgave", "mine-klienter", "forbrukslogg", "automatiseringsgrad", "status"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def pack(bureau: Any, shelf: Path, tmp_path: Path) -> Path:
    """The test's own copy of a pack that is written once."""
    kept = shelf / "october"
    if not kept.exists():
        made = bureau(*ALL, "--out", kept)
        assert made.code == 0, made.err
    return Path(shutil.copytree(kept, tmp_path / "october"))


def test_a_month_is_written_as_a_workbook_a_report_with_a_manifest(bureau: Any, tmp_path: Path) -> None:
    folder = tmp_path / "october"
    made = bureau(*ALL, "--out", folder, "-o", "json")
    assert made.code == 0, made.err
    told = [row["file"] for row in made.json["data"]]
    assert told == [*(f"{name}.xlsx" for name in BOOKS), "manifest.json"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(told)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "owner me, period 2026-10" in json.dumps(manifest)
    words = titles("nb").words
    sheets = load_workbook(folder / "terminoppgave.xlsx").sheetnames
    assert sheets == [words[name] for name in ("differences", "term_part_1", "term_part_2", "without_access", "about")]


def test_a_workbook_holds_the_warnings_of_its_own_answer_and_the_answer_all_of_them(
    bureau: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "october"
    made = bureau(*ALL[:-2], "--clients", "10001,10013,10038", "--out", folder, "-o", "json")
    words = titles("nb").words
    warned = {}
    for name in BOOKS:
        about = load_workbook(folder / f"{name}.xlsx")[words["about"]]
        warned[name] = [fact for label, fact in about.iter_rows(values_only=True) if label == words["warning"]]
    of_pay, of_age = made.json["meta"]["warnings"]
    assert of_pay.startswith("amounts of 1 of 3 clients: ")
    assert of_age.startswith("the data of 1 client, marked ~, are older than 24 h")
    quiet = {name: [] for name in BOOKS}
    assert warned == quiet | {"terminoppgave": [of_pay], "status": [of_age]}


def test_the_same_answers_give_the_same_bytes_wherever_they_are_written(
    bureau: Any, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    again = tmp_path / "again"
    assert bureau(*ALL, "--out", again).code == 0
    for path in pack.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_what_was_not_touched_is_as_in_the_manifest(bureau: Any, pack: Path) -> None:
    told = bureau("report", "verify", pack, "-o", "json")
    assert (told.code, told.json["data"]) == (0, [])
    assert "5 files, as in the manifest: 2026-10, profile demo" in told.err


def test_what_was_changed_is_named(bureau: Any, pack: Path) -> None:
    (pack / "forbrukslogg.xlsx").unlink()
    (pack / "note.txt").write_text("hello", encoding="utf-8")
    with ZipFile(pack / "status.xlsx", "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    told = bureau("report", "verify", pack, "-o", "json")
    assert told.code == 9
    assert {(row["file"], row["difference"]) for row in told.json["data"]} >= {
        ("forbrukslogg.xlsx", "missing"), ("note.txt", "extra"),
    }  # fmt: skip
    assert "status.xlsx" in {row["file"] for row in told.json["data"]}


def test_a_manifest_that_is_not_the_one_kept_elsewhere_is_found(bureau: Any, pack: Path) -> None:
    assert bureau("report", "verify", pack, "--sha256", "0" * 64).code == 9


def test_a_pack_is_whole_or_not_there(bureau: Any, faults: Any, tmp_path: Path) -> None:
    faults("401;path=/v1/reports/automatiseringsgrad")
    folder = tmp_path / "october"
    assert bureau(*ALL, "--out", folder).code != 0
    assert list(tmp_path.glob("*october*")) == []


def test_a_pack_that_is_there_is_replaced_only_when_told(bureau: Any, pack: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in pack.iterdir()}
    refused = bureau(*ALL, "--out", pack)
    assert (refused.code, refused.text) == (2, "")
    assert {path.name: path.stat().st_mtime_ns for path in pack.iterdir()} == before
    assert bureau(*ALL, "--out", pack, "--force").code == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("all", "--period", "2026-10"), "add --out FOLDER"),
        (("all", "--period", "2026-T5", "--out", "x"), "2026-T5 is a term of two months"),
        (("verify", "nowhere"), "nowhere cannot be looked into"),
        (("verify", "."), "manifest"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    bureau: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = bureau("report", *words)
    assert (refused.code, refused.text) == (2, "")
    assert complaint in refused.err


def test_cron_hears_of_a_pack_only_when_something_is_wrong_with_it(bureau: Any, pack: Path) -> None:
    fine = bureau("report", "verify", pack, "--cron", "--jitter", "0")
    assert (fine.code, fine.text, fine.err) == (0, "", "")
    (pack / "status.xlsx").unlink()
    wrong = bureau("report", "verify", pack, "--cron", "--jitter", "0")
    assert wrong.code == 9
    assert "status.xlsx" in wrong.text
