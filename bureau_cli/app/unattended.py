"""Runs that nobody looks at: one at a time, started by the clock, and what became of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bureau_cli.files.folders import Folders
from bureau_cli.files.lock import held, is_free
from bureau_cli.files.logbook import Logbook

if TYPE_CHECKING:
    from bureau_cli.timetable.timetable import Timetable


class Unattended:
    """What is kept here about such runs; `shown` leaves out of a log what may not be seen."""

    def __init__(self, folders: Folders, *, shown: Callable[[str], str]) -> None:
        self._folders = folders
        self._shown = shown

    def alone(self, profile: str, command: str, *, patience_s: float | None) -> AbstractContextManager[None]:
        """Be the only run of a command of a profile; without a `patience_s` it waits for its turn for ever."""
        return held(self._turn(profile, command), patience_s=patience_s)

    def is_at_work(self, profile: str, command: str) -> bool:
        """Whether some run of a command of a profile holds its lock."""
        return not is_free(self._turn(profile, command))

    @cached_property
    def timetable(self) -> Timetable:
        """What is started by the clock."""
        from bureau_cli.timetable.timetable import Timetable  # noqa: PLC0415 - only a schedule needs it

        return Timetable(self._folders, Path(sys.argv[0]))

    def logbook(self, profile: str) -> Logbook:
        """What became of a profile's runs."""
        return Logbook(self._folders.log(profile), self._shown)

    def _turn(self, profile: str, command: str) -> Path:
        return self._folders.turns(profile) / f"{command.replace(' ', '-')}.lock"
