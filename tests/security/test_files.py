"""What bureau leaves on the disk is its user's alone, however careless the shell."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

from commands.outside import child


def made_in(home: Path) -> dict[str, str]:
    """Everything below the home, with its rights."""
    return {str(path.relative_to(home)): stat.filemode(path.lstat().st_mode) for path in home.rglob("*")}


def test_nobody_else_can_read_what_is_kept_or_written(clean_world: Path) -> None:
    """From nothing: the first command makes the platform's file, the second a workbook, both under umask 0."""
    assert child("groups", "create", "oslo", umask=0).returncode == 0
    assert child("clients", "list", "--out", str(clean_world / "c.xlsx"), umask=0).returncode == 0
    subprocess.run(["touch", clean_world / "careless"], umask=0, check=True)
    files = {name: mode for name, mode in made_in(clean_world).items() if not mode.startswith("d")}
    assert files.pop("careless") == "-rw-rw-rw-", "the control: umask 0 is as careless as it seems"
    assert {"c.xlsx", ".local/share/bureau/platform.db"} <= files.keys()
    assert files == dict.fromkeys(files, "-rw-------")
    assert made_in(clean_world)[".local/share/bureau"] == "drwx------"
