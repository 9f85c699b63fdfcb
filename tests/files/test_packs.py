"""Month-end packs: written whole, told by its manifest, and whatever is changed in it later is named."""

from __future__ import annotations

import json
import os
import shutil
import stat
import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from formatters.claims import SPLIT
from formatters.sample import LISTING, PROVENANCE, RECORD, Said, made, said

from bureau_cli import errors
from bureau_cli.commands._pack import Packing, verified
from bureau_cli.domain.pack_file import seal_of
from bureau_cli.domain.packs import MANIFEST, Examined
from bureau_cli.files.packs import MOST_OF_MANIFEST, PackFolder
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Listing
from bureau_cli.formatters.view import View
from bureau_cli.services.packs import Packs

PACKS = Packs(PackFolder)
PACKING = Packing(packs=PACKS, period="2026-11")
ANSWERS = {"terminoppgave.xlsx": SPLIT, "status.xlsx": LISTING, "klient.json": RECORD}
SHEET = "xl/worksheets/sheet1.xml"


def write(folder: Path, answers: Any = None, **view: Any) -> Said:
    bundle = PACKING.of(made(ANSWERS if answers is None else answers))
    return said(bundle, View(out=folder, **view), provenance=replace(PROVENANCE, schema="report.all"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "2026-11"
    write(folder)
    return folder


@pytest.fixture
def pack(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "pack"))


def found(folder: Path, **options: Any) -> list[tuple[Any, ...]]:
    examined = PACKS.verify(folder, **options)
    return [(one.file, one.difference.value, one.part, one.sheet) for one in examined.mismatches]


def repacked(path: Path, change: Callable[[dict[str, bytes]], None], packing: int = ZIP_STORED) -> None:
    """The same workbook with its parts changed."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with ZipFile(path, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def manifest(folder: Path, *, sealed: bool = True, **changes: Any) -> None:
    """Change what the manifest says, and seal it anew as who knows how it is done would."""
    path = folder / MANIFEST
    document = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps({**document, "seal": seal_of(document)} if sealed else document))


def named(folder: Path, name: str) -> None:
    """Let the manifest name another file in place of the first."""
    first, *others = json.loads((folder / MANIFEST).read_text())["files"]
    manifest(folder, files=[{**first, "name": name}, *others])


# --- written -------------------------------------------------------------------------------------------------------


def test_each_answer_is_a_file_of_its_own_for_its_owner_alone(kept: Path) -> None:
    assert {path.name for path in kept.iterdir()} == {*ANSWERS, MANIFEST}
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}


def test_the_manifest_says_what_it_is_made_of_and_from(kept: Path) -> None:
    said_there = json.loads((kept / MANIFEST).read_text())
    assert {key: said_there[key] for key in ("schema", "profile", "selection", "period", "lang", "as_of")} == {
        "schema": "bureau/pack@1",
        "profile": "demo",
        "selection": "payday-20",
        "period": "2026-11",
        "lang": "nb",
        "as_of": "2026-11-23T11:30:00+00:00",
    }
    assert said_there["versions"]["bureau"] == "0.1.0"
    first = said_there["files"][0]
    assert (first["name"], first["schema"], first["rows"]) == ("terminoppgave.xlsx", "bureau/clients.list@1", 5)
    assert [part["sheet"] for part in first["parts"] if part["sheet"]] == ["Liste", "Utvikling", "Om"]
    assert said_there["files"][2]["parts"] == []


def test_the_answer_is_a_line_a_file_with_its_hash_the_manifest_last(tmp_path: Path) -> None:
    lines = [line.split("\t") for line in write(tmp_path / "pack").text.splitlines()]
    assert lines[0] == ["file", "rows", "bytes", "sha256"]
    assert [line[0] for line in lines[1:]] == [*ANSWERS, MANIFEST]
    assert found(tmp_path / "pack", kept=lines[-1][3]) == []


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write(folder)
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert first == second


def test_a_pack_is_not_replaced_unasked_and_then_only_if_it_is_one(pack: Path) -> None:
    with pytest.raises(errors.FileExists):
        write(pack)
    write(pack, {"status.csv": LISTING}, force=True)
    assert {path.name for path in pack.iterdir()} == {"status.csv", MANIFEST}
    (pack / "notes.txt").write_text("mine")
    with pytest.raises(errors.PlaceInvalid, match="holds something else"):
        write(pack, force=True)


def test_an_answer_that_cannot_be_given_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    with pytest.raises(errors.BadUsage, match="does not say which format"):
        write(tmp_path / "packs" / "one", {"status.xlsx": LISTING, "status": LISTING})
    assert list((tmp_path / "packs").iterdir()) == []


def test_without_a_folder_to_write_to_nothing_is_written() -> None:
    with pytest.raises(errors.BadUsage) as told:
        said(PACKING.of(made(ANSWERS)), View(output=Format.JSON))
    assert told.value.fix == "add --out FOLDER"


# --- held against its manifest -------------------------------------------------------------------------------------


def test_what_was_written_is_what_is_found(kept: Path) -> None:
    assert found(kept) == []
    assert PACKS.verify(kept).told == "3 files, as in the manifest: 2026-11, profile demo, payday-20"


def test_a_pack_may_be_moved(pack: Path) -> None:
    assert found(pack.rename(pack.with_name("elsewhere"))) == []


def test_a_workbook_packed_anew_says_the_same(pack: Path) -> None:
    repacked(pack / "status.xlsx", lambda _parts: None)
    assert found(pack) == []


def test_a_changed_amount_is_told_by_its_sheet(pack: Path) -> None:
    def more(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b"412345.10", b"412345.11")

    repacked(pack / "terminoppgave.xlsx", more)
    assert found(pack) == [("terminoppgave.xlsx", "changed", SHEET, "Liste")]
    listing: Listing = verified(PACKS.verify(pack))
    assert listing.exit_code == errors.ExitCode.FINDING
    lines = said(listing, View(output=Format.TSV)).text.splitlines()
    assert lines[1] == f"terminoppgave.xlsx\tchanged\tListe\t{SHEET}\tits content is another"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda parts: parts.pop("xl/styles.xml"), ("missing", "xl/styles.xml", None)),
        (lambda parts: parts.update({"xl/vbaProject.bin": b"x"}), ("extra", "xl/vbaProject.bin", None)),
        (lambda parts: parts.update({SHEET: parts[SHEET] + b" " * 10_000_000}), ("changed", SHEET, "Liste")),
    ],
)
def test_a_part_that_is_missing_added_or_longer_is_told(pack: Path, change: Any, expected: Any) -> None:
    repacked(pack / "status.xlsx", change)
    assert found(pack) == [("status.xlsx", *expected)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_told(pack: Path) -> None:
    with ZipFile(pack / "status.xlsx", "a") as archive, ZipFile(pack / "status.xlsx") as reader:
        archive.writestr(SHEET, reader.read(SHEET))
    assert ("status.xlsx", "extra", SHEET, "Liste") in found(pack)


def test_files_that_are_missing_extra_or_changed_are_told(pack: Path) -> None:
    (pack / "terminoppgave.xlsx").unlink()
    (pack / "klient.json").write_text("{}")
    (pack / "notes.txt").write_text("mine")
    (pack / "folder").mkdir()
    assert found(pack) == [
        ("terminoppgave.xlsx", "missing", None, None),
        ("klient.json", "changed", None, None),
        ("folder", "extra", None, None),
        ("notes.txt", "extra", None, None),
    ]


def another(content: bytes) -> bytes:
    """A workbook of the same parts, one of them changed, as long as the one it is to stand before."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = parts[SHEET].replace(b"412345.10", b"912345.10")
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize(
    "beside",
    [
        lambda content: another(content) + content,
        lambda content: content + b"x" * 5,
        lambda content: content[:-2] + struct.pack("<H", 40) + b"x" * 40,
        lambda content: _with_a_gap(content, another(content)),
    ],
    ids=["before", "after", "as a comment", "between"],
)
def test_a_workbook_that_another_reader_may_take_for_another_is_no_whole_one(pack: Path, beside: Any) -> None:
    path = pack / "terminoppgave.xlsx"
    path.write_bytes(beside(path.read_bytes()))
    with ZipFile(path) as archive:
        assert b"412345.10" in archive.read(SHEET)
    assert found(pack) == [("terminoppgave.xlsx", "damaged", None, None)]


def _with_a_gap(content: bytes, hidden: bytes) -> bytes:
    """The same parts and directory, with something in between."""
    size, start = struct.unpack("<LL", content[-10:-2])
    directory = content[start : start + size]
    end = content[-22:-6] + struct.pack("<L", start + len(hidden)) + content[-2:]
    return content[:start] + hidden + directory + end


@pytest.mark.parametrize("packing", [ZIP_STORED, ZIP_DEFLATED])
def test_a_workbook_packed_anew_without_knowing_sizes_says_the_same(pack: Path, packing: int) -> None:
    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: Any) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    path = pack / "status.xlsx"
    piped = Pipe()
    with ZipFile(path) as archive, ZipFile(piped, "w", packing) as anew:
        for name in archive.namelist():
            anew.writestr(name, archive.read(name))
    path.write_bytes(piped.getvalue())
    assert found(pack) == []


@pytest.mark.parametrize("kept_share", [0.0, 0.3, 0.99])
def test_a_cut_workbook_is_damaged(pack: Path, kept_share: float) -> None:
    path = pack / "status.xlsx"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept_share)])
    assert found(pack) == [("status.xlsx", "damaged", None, None)]


def test_no_flipped_byte_of_a_workbook_is_taken_for_anything_but_a_difference_of_it(pack: Path) -> None:
    path = pack / "status.xlsx"
    content = path.read_bytes()
    for at in range(0, len(content), max(1, len(content) // 150)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        assert {one[0] for one in found(pack)} <= {"status.xlsx"}


# --- a manifest that somebody made --------------------------------------------------------------------------------


def test_a_changed_manifest_is_told_by_its_own_hash(pack: Path) -> None:
    manifest(pack, sealed=False, period="2026-10")
    assert found(pack) == [(MANIFEST, "changed", None, None)]


def test_a_manifest_made_anew_is_told_by_the_hash_kept_elsewhere(pack: Path) -> None:
    before = PACKS.verify(pack).sha256
    manifest(pack, period="2026-10")
    assert found(pack) == []
    assert found(pack, kept=before) == [(MANIFEST, "changed", None, None)]


def test_a_hash_is_the_same_in_capitals(kept: Path) -> None:
    assert found(kept, kept=PACKS.verify(kept).sha256.upper()) == []


def test_differences_are_counted_as_such_and_not_as_files(pack: Path) -> None:
    (pack / "klient.json").unlink()
    assert PACKS.verify(pack).told.startswith("3 files, 1 difference from the manifest: ")
    repacked(pack / "status.xlsx", lambda parts: parts.clear())
    told = PACKS.verify(pack)
    assert told.told.startswith(f"3 files, {len(told.mismatches)} differences from the manifest: ")


@pytest.mark.parametrize(
    "name", ["../secret.xlsx", "/etc/passwd", "a/b.xlsx", "..", ".", "", "C:x", "a\\b", "a\0b", MANIFEST, "é" * 200]
)
def test_a_name_that_leads_elsewhere_is_refused_and_not_opened(pack: Path, name: str) -> None:
    (pack.parent / "secret.xlsx").write_text("secret")
    named(pack, name)
    assert (name, "refused", None, None) in found(pack)


def test_a_file_named_twice_is_refused(pack: Path) -> None:
    files = json.loads((pack / MANIFEST).read_text())["files"]
    manifest(pack, files=[*files, files[0]])
    assert ("terminoppgave.xlsx", "refused", None, None) in found(pack)


@pytest.mark.parametrize("kind", ["link", "loop", "pipe", "folder"])
def test_what_is_no_file_is_refused_and_not_opened(pack: Path, kept: Path, kind: str) -> None:
    path = pack / "status.xlsx"
    path.unlink()
    if kind == "link":
        path.symlink_to(kept / "status.xlsx")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    assert found(pack) == [("status.xlsx", "refused", None, None)]


NOT_MANIFESTS = [
    "",
    "{}",
    "[]",
    "null",
    "[" * 100_000,
    '{"schema": "bureau/pack@2"}',
    '{"schema": "bureau/pack@1", "schema": "bureau/pack@1"}',
    '{"schema": NaN}',
    "1" * 10_000,
    "\udcff",
]


@pytest.mark.parametrize("text", NOT_MANIFESTS, ids=range(len(NOT_MANIFESTS)))
def test_what_is_no_manifest_is_told_as_a_changed_one(pack: Path, text: str) -> None:
    (pack / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    examined: Examined = PACKS.verify(pack)
    assert [(one.file, one.difference.value) for one in examined.mismatches] == [(MANIFEST, "changed")]
    assert verified(examined).exit_code == errors.ExitCode.FINDING
    assert examined.told == "the manifest cannot be read, so nothing was compared"


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {}},
        {"files": ["x"]},
        {"files": [{"name": "x"}]},
        {"versions": []},
        {"versions": {"bureau": 1}},
        {"as_of": "yesterday"},
        {"as_of": 1},
        {"period": None},
        {"selection": "\ud800"},
    ],
)
def test_a_manifest_of_the_wrong_form_is_a_changed_one(pack: Path, changes: Any) -> None:
    manifest(pack, **changes)
    assert found(pack) == [(MANIFEST, "changed", None, None)]


@pytest.mark.parametrize(
    "changes", [{"bytes": -1}, {"bytes": True}, {"bytes": 1.5}, {"sha256": "x"}, {"parts": None}, {"rows": "3"}]
)
def test_a_file_of_the_wrong_form_makes_a_changed_manifest(pack: Path, changes: Any) -> None:
    first, *others = json.loads((pack / MANIFEST).read_text())["files"]
    manifest(pack, files=[{**first, **changes}, *others])
    assert found(pack) == [(MANIFEST, "changed", None, None)]


def test_a_folder_that_is_none_or_has_no_manifest_is_told_as_such(pack: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "none", pack / "status.xlsx"):
        with pytest.raises(errors.PlaceInvalid, match="cannot be looked into"):
            PACKS.verify(place)
    (pack / MANIFEST).unlink()
    with pytest.raises(errors.DocumentInvalid, match=r"there is no manifest\.json"):
        PACKS.verify(pack)
    (pack / MANIFEST).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(errors.DocumentInvalid, match="cannot be read"):
        PACKS.verify(pack)


def test_a_manifest_without_end_is_not_read(pack: Path) -> None:
    with (pack / MANIFEST).open("r+b") as stream:
        stream.truncate(MOST_OF_MANIFEST + 1)
    with pytest.raises(errors.DocumentInvalid, match="too large"):
        PACKS.verify(pack)
