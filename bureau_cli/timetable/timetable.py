"""All jobs of this user, in whichever scheduler they are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bureau_cli.errors import ScheduleExists, ScheduleNotFound
from bureau_cli.files.folders import Folders
from bureau_cli.files.lock import alone
from bureau_cli.timetable.crontab import Crontab
from bureau_cli.timetable.job import Job
from bureau_cli.timetable.systemd import Timers

OURS = "bureau"


class Timetable:
    """The jobs of the crontab and of systemd; `started_as` is how this process was."""

    def __init__(self, folders: Folders, started_as: Path) -> None:
        self._lock = folders.lock("timetable")
        self._started_as = started_as
        self._crontab = Crontab()
        self._timers = Timers(folders.config.parent / "systemd" / "user")

    @property
    def usual(self) -> str:
        """The scheduler that is taken where none was named: cron, which tells by mail, where it is here."""
        here = self._crontab if self._crontab.is_here or not self._timers.is_here else self._timers
        return here.scheduler

    async def jobs(self) -> Sequence[Job]:
        """All there are, by name."""
        from_cron = await self._crontab.jobs() if self._crontab.is_here else ()
        return sorted([*from_cron, *await self._timers.jobs()], key=lambda job: job.name)

    async def add(self, job: Job) -> Job:
        """Have a job started by its scheduler; it has been seen to be writable.

        Raises:
            ScheduleExists: there is one of its name.
            SchedulerMissing, SchedulerRefused, BadUsage: its scheduler is not here, or does not take it.
        """
        async with alone(self._lock):
            if job.name in {other.name for other in await self.jobs()}:
                raise ScheduleExists(f"there is a {job.name} already", fix=f"bureau schedule remove {job.name}")
            return await self._of(job).add(job, self._program())

    async def find(self, name: str) -> Job:
        """The job of a name.

        Raises:
            ScheduleNotFound: there is none.
        """
        found = [job for job in await self.jobs() if job.name == name]
        if not found:
            raise ScheduleNotFound(f"nothing called {name} is started by the clock")
        return found[0]

    async def remove(self, job: Job) -> None:
        """Have it started no more."""
        async with alone(self._lock):
            await self._of(job).remove(await self.find(job.name))

    def _of(self, job: Job) -> Crontab | Timers:
        return self._crontab if job.scheduler == self._crontab.scheduler else self._timers

    def _program(self) -> Sequence[str]:
        """How a scheduler, which knows no PATH of ours, starts bureau as it was started now."""
        if self._started_as.name == OURS and self._started_as.is_file():
            return (str(self._started_as.absolute()),)
        return (sys.executable, "-m", "bureau_cli")
