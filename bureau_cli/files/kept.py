"""What this machine keeps of a profile beside its secret: one list, so that nothing is forgotten when it is to go."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bureau_cli.errors import OutputFailed
from bureau_cli.files import names
from bureau_cli.files.folders import Folders

PLACES: Sequence[Callable[[Folders, str], Path]] = (
    lambda folders, profile: folders.data / "profiles" / profile,
    lambda folders, profile: folders.journals / profile,
    lambda folders, profile: folders.snapshots / profile,
    lambda folders, profile: folders.anchor(profile),
    lambda folders, profile: Path(names.of_profile(str(folders.cache), profile)),
    lambda folders, profile: folders.turns(profile),
    lambda folders, profile: folders.log(profile),
    lambda folders, profile: folders.log(profile).with_suffix(".lock"),
    lambda folders, profile: folders.lock_of_profile(profile),
)
"""Where something is kept of a profile: a file or a folder for each thing that is. Whoever keeps more adds a line."""


def purge(folders: Folders, profile: str) -> Sequence[Path]:
    """Remove all of it; the paths that were there.

    Raises:
        OutputFailed: one could not be removed.
    """
    return list(_removed(folders, profile))


def _removed(folders: Folders, profile: str) -> Iterator[Path]:
    for place in PLACES:
        path = place(folders, profile)
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        except FileNotFoundError:
            continue
        except OSError as fault:
            raise OutputFailed(f"{path} cannot be removed: {fault.strerror}", fix=f"rm -r {path}") from fault
        yield path
