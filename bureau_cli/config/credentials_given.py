"""The stores that somebody else fills and we only read: a variable, a systemd credential, a file the profile names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bureau_cli.config.credentials_file import private_text
from bureau_cli.config.credentials_text import bare_secret
from bureau_cli.domain.signing_in import Grant, Kept
from bureau_cli.errors import CredentialMissing

SYSTEMD_NAMES = {Grant.CLIENT_CREDENTIALS: "bureau-client-secret"}


class ReadOnly:
    """A store that is filled from outside."""

    writable = False

    async def write(self, kept: Kept) -> None:
        """Nothing is written: what was granted stays in memory."""

    async def remove(self) -> bool:
        """Nothing is removed: it is not ours."""
        return False


class GivenVariable(ReadOnly):
    """A variable of the environment."""

    name = "env"

    def __init__(self, variable: str, environ: Mapping[str, str]) -> None:
        self.place = variable
        self._environ = environ

    async def read(self) -> Kept | None:
        """What it holds."""
        return bare_secret(self._environ.get(self.place, ""), self.place)


class GivenFile(ReadOnly):
    """A private file that something else writes."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.place = str(path)
        self._path = path

    async def read(self) -> Kept | None:
        """What it holds.

        Raises:
            CredentialExposed: others can reach it.
            CredentialMissing: it cannot be read.
        """
        text = private_text(self._path, of_system=self.name == "systemd")
        return None if text is None else bare_secret(text, self.place)


class OutsideAnyService(ReadOnly):
    """systemd's credentials, seen from a process that no unit with LoadCredential= has started."""

    name = "systemd"

    def __init__(self, credential: str) -> None:
        self.place = f"the systemd credential {credential}"
        self._credential = credential

    async def read(self) -> Kept | None:
        """Nothing.

        Raises:
            CredentialMissing: always, with what the unit needs.
        """
        raise CredentialMissing(
            "CREDENTIALS_DIRECTORY is not set: this process was not started by a unit that loads credentials",
            fix=f"put LoadCredential={self._credential}:/path/to/it into the unit, and run bureau in it",
        )


def in_systemd(grant: Grant, environ: Mapping[str, str]) -> GivenFile | OutsideAnyService:
    """The credential that systemd gives to the service this process is of (LoadCredential= in systemd.exec)."""
    credential = SYSTEMD_NAMES.get(grant, "bureau-token")
    folder = environ.get("CREDENTIALS_DIRECTORY")
    return GivenFile("systemd", Path(folder) / credential) if folder else OutsideAnyService(credential)
