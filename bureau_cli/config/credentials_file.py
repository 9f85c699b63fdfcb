"""The store `file`: a private file a profile, in a private folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from bureau_cli.config import credentials_text
from bureau_cli.domain.signing_in import Kept
from bureau_cli.errors import CredentialExposed, CredentialMissing, OutputFailed
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made

FOLDER_MODE = 0o700
FILE_MODE = 0o600
SYSTEM_MODE = 0o640
ROOT = 0


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
        folder = self._path.parent
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise CredentialExposed(f"{folder} is no folder of ours, so it is not used", fix=f"look at {folder}")
        _refuse_exposed(folder, status, owners={os.getuid()}, mode=FOLDER_MODE)


def private_text(path: Path, *, of_system: bool = False) -> str | None:
    """The text of a file that nobody but its owner can reach, None where there is none.

    The open file itself is looked at, so that it cannot be exchanged between the look and the reading; a link is
    not followed, as whoever can set one chooses what is read. What systemd hands out (`of_system`) may be root's,
    with an access list that lets this user in and that the mode shows as the group's.

    Raises:
        CredentialExposed: others can reach it, or it is no file.
        CredentialMissing: it cannot be read.
    """
    descriptor = _opened(path)
    if descriptor is None:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise CredentialExposed(f"{path} is no file, so it is not used", fix="put a file there")
        owners = {os.getuid(), ROOT} if of_system else {os.getuid()}
        _refuse_exposed(path, status, owners=owners, mode=SYSTEM_MODE if of_system else FILE_MODE)
        try:
            return stream.read(credentials_text.LARGEST_DOCUMENT + 1).decode("ascii")
        except UnicodeDecodeError as fault:
            raise CredentialMissing(f"{path} does not hold a token") from fault


def _opened(path: Path) -> int | None:
    """The descriptor of a file, of no link and waiting for nobody; None where there is none."""
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as fault:
        if path.is_symlink():
            raise CredentialExposed(f"{path} is a symbolic link, so it is not used", fix="put a file there") from fault
        raise CredentialMissing(f"the token file {path} cannot be read: {fault.strerror}") from fault


def _refuse_exposed(path: Path, status: os.stat_result, *, owners: Collection[int], mode: int) -> None:
    if status.st_uid not in owners:
        raise CredentialExposed(f"{path} belongs to another user, so it is not used", fix=f"look at {path}")
    if stat.S_IMODE(status.st_mode) & ~mode & 0o777:
        raise CredentialExposed(f"{path} can be reached by others, so it is not used", fix=f"chmod {mode:o} {path}")
