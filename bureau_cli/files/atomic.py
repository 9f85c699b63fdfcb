"""Replace a file whole or leave it as it was."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from bureau_cli.errors import FileExists, OutputFailed, PlaceInvalid

_KINDS = {stat.S_IFLNK: "a symbolic link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device"}


@contextmanager
def replacing(
    path: Path,
    *,
    overwrite: bool,
    mode: int = 0o600,
    check: Callable[[Path], None] | None = None,
) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` once the block has ended well.

    The bytes go to a temporary file in the same folder, are synced, seen by `check` (which raises what it finds
    wrong), and renamed; then the folder is synced. Any fault before the rename leaves `path` as it was and no
    temporary file behind. A symbolic link is never written through.

    Raises:
        FileExists: `path` is there and `overwrite` is false.
        PlaceInvalid: it could not be a file, or its folder is missing.
        OutputFailed: the folder or the disk would not take it.
    """
    refuse_taken(path, overwrite=overwrite)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
    except OSError as fault:
        raise OutputFailed(f"cannot write in {path.parent}: {fault.strerror}") from fault
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if check is not None:
            check(temporary)
        temporary.chmod(mode)
        _move(temporary, path, overwrite=overwrite)
        sync_folder(path.parent)
    except OSError as fault:
        raise OutputFailed(f"cannot write {path}: {fault.strerror or fault}") from fault
    finally:
        with suppress(OSError):
            temporary.unlink()


def refuse_taken(path: Path, *, overwrite: bool) -> None:
    """See that a file of this name could be written, without writing one.

    Raises:
        FileExists: it is there, and is not to be overwritten.
        PlaceInvalid: it is anything but a file, or its folder is missing or cannot be written.
    """
    refuse_parent(path)
    try:
        kind = stat.S_IFMT(path.lstat().st_mode)
    except FileNotFoundError:
        return
    except OSError as fault:
        raise PlaceInvalid(f"{path} cannot be a file: {fault.strerror}") from fault
    if kind != stat.S_IFREG:
        raise PlaceInvalid(f"{path} is {_KINDS.get(kind, 'no file')}; only a file is replaced")
    if not overwrite:
        raise FileExists(f"{path} is there already")


def refuse_parent(path: Path) -> None:
    """See that something could be written beside `path`.

    Raises:
        PlaceInvalid: its folder is missing or cannot be written.
    """
    if not path.parent.is_dir():
        raise PlaceInvalid(f"there is no folder {path.parent}", fix="make it, or choose another place")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise PlaceInvalid(f"cannot write in {path.parent}", fix="choose another folder")


def _move(temporary: Path, path: Path, *, overwrite: bool) -> None:
    """Rename; without `overwrite` a file that appeared meanwhile is not lost (link refuses an existing name)."""
    if overwrite:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path, follow_symlinks=False)
    except FileExistsError as taken:
        raise FileExists(f"{path} is there already") from taken


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
