"""A folder is written whole or not at all, and nothing is lost that nobody gave up."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bureau_cli.errors import FileExists, OutputFailed, PlaceInvalid
from bureau_cli.files.whole_folder import filling


@pytest.fixture
def place(tmp_path: Path) -> Path:
    inner = tmp_path / "place"
    inner.mkdir()
    return inner


def fill(path: Path, content: str = "new", **options: Any) -> None:
    with filling(path, **{"overwrite": False, "replaceable": lambda _: True, **options}) as folder:
        (folder / "a").write_text(content)


def told(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_is_for_its_owner_alone(place: Path) -> None:
    fill(place / "pack")
    assert stat.S_IMODE((place / "pack").stat().st_mode) == 0o700
    assert told(place) == {"pack/a": "new"}


def test_a_fault_in_the_middle_leaves_nothing_at_all(place: Path) -> None:
    def half() -> None:
        with filling(place / "pack", overwrite=False, replaceable=lambda _: True) as folder:
            (folder / "a").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert list(place.iterdir()) == []


def test_a_folder_that_holds_something_is_replaced_only_when_asked_and_whole(place: Path) -> None:
    fill(place / "pack", "old")
    with pytest.raises(FileExists):
        fill(place / "pack")
    (place / "pack" / "b").write_text("old too")
    fill(place / "pack", overwrite=True)
    assert told(place) == {"pack/a": "new"}
    assert [path.name for path in place.iterdir()] == ["pack"]


def test_a_folder_of_something_else_is_never_replaced(place: Path) -> None:
    fill(place / "documents", "mine")
    with pytest.raises(PlaceInvalid, match="holds something else"):
        fill(place / "documents", overwrite=True, replaceable=lambda _: False)
    assert told(place) == {"documents/a": "mine"}


def test_an_empty_folder_is_taken(place: Path) -> None:
    (place / "pack").mkdir()
    fill(place / "pack")
    assert told(place) == {"pack/a": "new"}


def test_a_folder_that_appeared_meanwhile_is_not_lost(place: Path) -> None:
    def slowly() -> None:
        with filling(place / "pack", overwrite=False, replaceable=lambda _: True):
            fill(place / "pack", "theirs")

    with pytest.raises(FileExists):
        slowly()
    assert told(place) == {"pack/a": "theirs"}


def test_what_was_there_comes_back_where_the_new_one_cannot_take_its_place(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(place / "pack", "old")
    rename, calls = os.rename, []

    def second_fails(source: Any, target: Any, **more: Any) -> None:
        calls.append(source)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        rename(source, target, **more)

    monkeypatch.setattr(os, "rename", second_fails)
    with pytest.raises(OutputFailed, match="No space left"):
        fill(place / "pack", overwrite=True)
    monkeypatch.undo()
    assert told(place) == {"pack/a": "old"}
    assert [path.name for path in place.iterdir()] == ["pack"]


@pytest.mark.parametrize("name", [".", "..", "none/pack", "file", "link", "x" * 300])
def test_a_place_that_can_be_no_new_folder_is_told(place: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(place)
    Path("file").write_text("mine")
    Path("there").mkdir()
    Path("link").symlink_to("there")
    with pytest.raises(PlaceInvalid) as told_of:
        fill(Path(name), overwrite=True)
    assert told_of.value.fix
    assert told(place) == {"file": "mine"}
