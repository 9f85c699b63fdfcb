"""Where bureau keeps things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bureau_cli.errors import PlaceInvalid
from bureau_cli.files.xdg import base

ELSEWHERE = "set HOME or the XDG_ variable for it to a folder that can be written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The folders of one user. They are made when something is first written, readable by the owner alone."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Folders:
        """Read them from the environment.

        Raises:
            PlaceInvalid: neither the environment nor the system names a home.
        """

        def folder(variable: str) -> Path:
            return Path(base(environ, variable)) / "bureau"

        with home_needed():
            return cls(
                config=folder("XDG_CONFIG_HOME"),
                data=folder("XDG_DATA_HOME"),
                cache=folder("XDG_CACHE_HOME"),
                state=folder("XDG_STATE_HOME"),
            )

    @property
    def config_file(self) -> Path:
        """The user's settings."""
        return self.config / "config.toml"

    @property
    def credentials(self) -> Path:
        """A private file for each profile whose credential store is `file`."""
        return self.data / "credentials"

    @property
    def journals(self) -> Path:
        """A folder for each profile, with a journal of each run of many."""
        return self.data / "journals"

    @property
    def snapshots(self) -> Path:
        """A folder for each profile, with one for each of its users, with a file a snapshot."""
        return self.data / "snapshots"

    def anchor(self, profile: str) -> Path:
        """The newest anchor of the audit trail of a profile's bureau."""
        return self.data / "anchors" / f"{profile}.json"

    def turns(self, profile: str) -> Path:
        """A file for each command of a profile, whose lock is held by the run whose turn it is."""
        return self.state / "turns" / profile

    def log(self, profile: str) -> Path:
        """What became of a profile's runs that nobody looked at."""
        return self.state / "logs" / f"{profile}.ndjson"

    def lock(self, name: str) -> Path:
        """The file whose lock is held while something of this name is changed."""
        return self.data / "locks" / f"{name}.lock"

    def lock_of_profile(self, profile: str) -> Path:
        """The same for a profile's secret; a profile may well be called `config`."""
        return self.lock(f"profile-{profile}")


@contextmanager
def home_needed() -> Iterator[None]:
    """Tell a user who has no home what to do about it."""
    try:
        yield
    except LookupError as missing:
        fix = "set HOME to a folder that can be written"
        raise PlaceInvalid("this user has no home folder", fix=fix) from missing


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above that is there."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def made(folder: Path) -> Path:
    """Make the folder and those above it, for the owner alone, unless they are there.

    Raises:
        PlaceInvalid: it cannot be made, or there is something else of its name.
    """
    try:
        for missing in reversed([one for one in (folder, *folder.parents) if not one.is_dir()]):
            missing.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise PlaceInvalid(f"the folder {folder} cannot be made: {fault.strerror}", fix=ELSEWHERE) from fault
    return folder
