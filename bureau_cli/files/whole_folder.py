"""Write a folder whole or not at all."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bureau_cli.errors import FileExists, OutputFailed, PlaceInvalid
from bureau_cli.files.atomic import refuse_parent, sync_folder


@contextmanager
def filling(path: Path, *, overwrite: bool, replaceable: Callable[[Path], bool]) -> Iterator[Path]:
    """A new folder, for its owner alone, that takes the name `path` once the block has ended well.

    Its files are the block's to write and to sync. A folder without anything in it is taken; one with something in it
    is replaced with `overwrite`, and only if it is `replaceable`. Any fault before the rename leaves what was there as
    it was, and nothing beside it.

    Raises:
        FileExists: `path` is there and `overwrite` is false.
        PlaceInvalid: it could not be a folder, or holds what nobody should lose.
        OutputFailed: the disk would not take it.
    """
    refuse_folder(path, overwrite=overwrite, replaceable=replaceable)
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent))
    except OSError as fault:
        raise OutputFailed(f"cannot write in {path.parent}: {fault.strerror}") from fault
    try:
        yield temporary
        sync_folder(temporary)
        refuse_folder(path, overwrite=overwrite, replaceable=replaceable)
        _move(temporary, path)
        sync_folder(path.parent)
    except OSError as fault:
        raise OutputFailed(f"cannot write {path}: {fault.strerror or fault}") from fault
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def refuse_folder(path: Path, *, overwrite: bool, replaceable: Callable[[Path], bool]) -> None:
    """See that a folder of this name could be written, without writing one.

    Raises:
        FileExists, PlaceInvalid: it could not.
    """
    if path.name in {"", ".."}:
        raise PlaceInvalid(f"{path} cannot be written as a new folder", fix="name a folder that is not there yet")
    refuse_parent(path)
    try:
        kind = stat.S_IFMT(path.lstat().st_mode)
    except FileNotFoundError:
        return
    except OSError as fault:
        raise PlaceInvalid(f"{path} cannot be a folder: {fault.strerror}") from fault
    if kind != stat.S_IFDIR:
        raise PlaceInvalid(f"{path} is no folder", fix="name a folder that is not there yet")
    if _is_empty(path):
        return
    if not overwrite:
        raise FileExists(f"{path} is there already")
    if not replaceable(path):
        fix = "name another folder, or take away what is in this one"
        raise PlaceInvalid(f"{path} holds something else, which --force would lose", fix=fix)


def _is_empty(path: Path) -> bool:
    try:
        return next(path.iterdir(), None) is None
    except OSError as fault:
        raise PlaceInvalid(f"{path} cannot be looked into: {fault.strerror}") from fault


def _move(temporary: Path, path: Path) -> None:
    """Rename. What was there goes beside it first, and back if the new folder cannot take its place."""
    if not path.is_dir() or _is_empty(path):
        temporary.rename(path)  # which takes the place of an empty folder, and of no other
        return
    old = Path(tempfile.mkdtemp(prefix=f".{path.name[:100]}.", suffix=".old", dir=path.parent))
    try:
        path.rename(old)
        temporary.rename(path)
    except OSError:
        with suppress(OSError):
            old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)
