"""A file is replaced whole or left as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bureau_cli.errors import FileExists, OutputFailed, PlaceInvalid
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import Folders, made


def write(path: Path, content: bytes, **options: Any) -> None:
    with replacing(path, **{"overwrite": True, **options}) as stream:
        stream.write(content)


def left(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "folder"
    inner.mkdir()
    return inner


def test_a_new_file_is_for_its_owner_alone(folder: Path) -> None:
    write(folder / "a", b"x")
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o600


def test_a_fault_in_the_middle_leaves_the_old_file_and_nothing_else(folder: Path) -> None:
    (folder / "a").write_bytes(b"old")

    def half() -> None:
        with replacing(folder / "a", overwrite=True) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert left(folder) == {"a": b"old"}


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_a_full_or_broken_disk_leaves_the_old_file_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    (folder / "a").write_bytes(b"old")

    def broken(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, broken)
    with pytest.raises(OutputFailed, match="No space left"):
        write(folder / "a", b"new")
    monkeypatch.undo()
    assert left(folder) == {"a": b"old"}


def test_a_check_that_fails_keeps_the_old_file(folder: Path) -> None:
    (folder / "a").write_bytes(b"old")

    def refuse(path: Path) -> None:
        assert path.read_bytes() == b"new"
        raise OSError("not whole")

    with pytest.raises(OutputFailed, match="not whole"):
        write(folder / "a", b"new", check=refuse)
    assert left(folder) == {"a": b"old"}


def test_a_file_is_not_replaced_unasked_even_when_it_appears_meanwhile(folder: Path) -> None:
    def slowly() -> None:
        with replacing(folder / "a", overwrite=False) as stream:
            (folder / "a").write_bytes(b"theirs")
            stream.write(b"ours")

    with pytest.raises(FileExists):
        slowly()
    with pytest.raises(FileExists):
        write(folder / "a", b"ours", overwrite=False)
    assert left(folder) == {"a": b"theirs"}


def test_a_symbolic_link_is_not_written_through(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "target")
    with pytest.raises(PlaceInvalid, match="symbolic link"):
        write(folder / "link", b"x")
    assert not (folder / "target").exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceInvalid, match="there is no folder"):
        write(tmp_path / "none" / "a", b"x")


def test_only_a_file_is_replaced(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "inner").mkdir()
    for name, kind in (("pipe", "a pipe"), ("inner", "a folder"), ("x" * 300, "cannot be a file")):
        with pytest.raises(PlaceInvalid, match=kind):
            write(folder / name, b"x")
    with pytest.raises(PlaceInvalid, match="a device"):
        write(Path(os.devnull), b"x")
    assert {path.name for path in folder.iterdir()} == {"pipe", "inner"}


def test_a_folder_that_cannot_be_made_is_told_by_its_path(folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    for taken in (folder / "file", folder / "file" / "bureau"):
        with pytest.raises(PlaceInvalid, match=f"the folder {taken} cannot be made"):
            made(taken)


def test_the_folders_follow_the_environment_and_ignore_a_relative_path() -> None:
    folders = Folders.of({"HOME": "/home/u", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "config"})
    assert folders.data == Path("/data/bureau")
    assert folders.config == Path("/home/u/.config/bureau")


def test_a_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    assert stat.S_IMODE(made(tmp_path / "one" / "two").stat().st_mode) == 0o700
