"""Where a profile's token is kept. The store is named in the profile; another is never tried in its stead."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from bureau_cli.config.settings import Settings
from bureau_cli.errors import CredentialMissing

LARGEST_TOKEN = 16 * 1024


def token_of(settings: Settings, environ: Mapping[str, str]) -> str:
    """The bearer token of a remote profile.

    Raises:
        CredentialMissing: the store is not named, empty, or open to others.
    """
    if settings.credential == "env":
        return _checked(environ.get("BUREAU_TOKEN", ""), "BUREAU_TOKEN")
    if settings.credential == "file" and settings.token_file is not None:
        path = settings.token_file.expanduser()
        return _checked(_private_text(path), str(path))
    missing = "token_file" if settings.credential == "file" else "credential"
    raise CredentialMissing(
        f"the profile {settings.profile} does not name its {missing}",
        fix='set credential = "env", or credential = "file" and token_file, in the profile',
    )


def _private_text(path: Path) -> str:
    """The text of a file that nobody but its owner can read.

    The open file itself is looked at, so that it cannot be exchanged between the look and the reading.
    """
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if status.st_uid != os.getuid() or stat.S_IMODE(status.st_mode) & 0o077:
                raise CredentialMissing(f"{path} can be read by others, so it is not used", fix=f"chmod 600 {path}")
            return stream.read(LARGEST_TOKEN).decode("ascii")
    except OSError as fault:
        raise CredentialMissing(f"the token file {path} cannot be read: {fault.strerror}") from fault
    except UnicodeDecodeError as fault:
        raise CredentialMissing(f"{path} does not hold a token") from fault


def _checked(text: str, store: str) -> str:
    token = text.strip()
    if not token:
        raise CredentialMissing(
            f"{store} holds no token",
            fix="put the token there; bureau platform token LOGIN makes one for a served platform",
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise CredentialMissing(f"{store} does not hold a token")
    return token
