"""The store `file`: a private file a profile, in a private folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from bureau_cli.config import credentials_text
from bureau_cli.domain.signing_in import Kept
from bureau_cli.errors import CredentialExposed, CredentialMissing, OutputFailed
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made

FOLDER_MODE = 0o700
FILE_MODE = 0o600


class PrivateFile:
    """A file that only its user can read, in a folder that only its user can enter."""

    name = "file"
    writable = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self.place = str(path)

    async def read(self) -> Kept | None:
        """What is kept.

        Raises:
            CredentialExposed: others can reach it, or it is a link.
            CredentialMissing: it cannot be read, or is none of ours.
        """
        if not self._path.parent.exists():
            return None
        self._check_folder()
        text = private_text(self._path)
        return None if text is None else credentials_text.read(text, self.place)

    async def write(self, kept: Kept) -> None:
        """Replace the file, whole or not at all.

        Raises:
            CredentialExposed: the folder is open to others.
            PlaceInvalid, OutputFailed: it cannot be written.
        """
        made(self._path.parent)
        self._check_folder()
        with replacing(self._path, overwrite=True, mode=FILE_MODE) as stream:
            stream.write(credentials_text.written(kept).encode())

    async def remove(self) -> bool:
        """Remove the file."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise OutputFailed(f"{self._path} cannot be removed: {fault.strerror}", fix=f"rm {self._path}") from fault
        return True

    def _check_folder(self) -> None:
        status = self._path.parent.lstat()
        fix = f"chmod 700 {self._path.parent}"
        _refuse_exposed(self._path.parent, status, kind=stat.S_ISDIR, allowed=FOLDER_MODE, fix=fix)


def private_text(path: Path) -> str | None:
    """The text of a file that nobody but its owner can reach, None where there is none.

    The open file itself is looked at, so that it cannot be exchanged between the look and the reading; a link is
    not followed, as whoever can set one chooses what is read.

    Raises:
        CredentialExposed: others can reach it, or it is no file.
        CredentialMissing: it cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as fault:
        if path.is_symlink():
            raise CredentialExposed(f"{path} is a symbolic link, so it is not used", fix="put a file there") from fault
        raise CredentialMissing(f"the token file {path} cannot be read: {fault.strerror}") from fault
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        _refuse_exposed(path, status, kind=stat.S_ISREG, allowed=FILE_MODE, fix=f"chmod 600 {path}")
        try:
            return stream.read(credentials_text.LARGEST).decode("ascii")
        except UnicodeDecodeError as fault:
            raise CredentialMissing(f"{path} does not hold a token") from fault


def _refuse_exposed(path: Path, status: os.stat_result, *, kind: Callable[[int], bool], allowed: int, fix: str) -> None:
    if not kind(status.st_mode):
        raise CredentialExposed(f"{path} is not what a secret is kept in, so it is not used", fix=f"look at {path}")
    if status.st_uid != os.getuid():
        raise CredentialExposed(f"{path} belongs to another user, so it is not used", fix=f"look at {path}")
    if stat.S_IMODE(status.st_mode) & ~allowed & 0o777:
        raise CredentialExposed(f"{path} can be reached by others, so it is not used", fix=fix)
