"""Where bureau keeps things, after the XDG Base Directory Specification (freedesktop.org)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bureau_cli.errors import PlaceInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The two folders of one user. They are made when something is first written, readable by the owner alone."""

    config: Path
    data: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Folders:
        """Read them from the environment; a relative path there is ignored, as the specification says.

        Raises:
            PlaceInvalid: neither the environment nor the system names a home.
        """
        try:
            home = Path(environ.get("HOME") or "~").expanduser()
        except RuntimeError as missing:
            raise PlaceInvalid(
                "this user has no home folder", fix="set HOME to a folder that can be written"
            ) from missing

        def folder(variable: str, default: str) -> Path:
            named = Path(environ.get(variable) or "")
            return (named if named.is_absolute() else home / default) / "bureau"

        return cls(
            config=folder("XDG_CONFIG_HOME", ".config"),
            data=folder("XDG_DATA_HOME", ".local/share"),
        )


def made(folder: Path) -> Path:
    """Make the folder, for the owner alone, unless it is there.

    Raises:
        PlaceInvalid: it cannot be made, or there is something else of its name.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        fix = "set HOME or the XDG_ variable for it to a folder that can be written"
        raise PlaceInvalid(f"the folder {folder} cannot be made: {fault.strerror}", fix=fix) from fault
    return folder
