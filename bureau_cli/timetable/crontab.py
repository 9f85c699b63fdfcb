"""The user's crontab: each job is a marked block of lines, and all that is the user's own stays as it is.

What is ours stands last, since a time zone that is set there holds for every line below it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from bureau_cli.domain.clock import OSLO
from bureau_cli.domain.rhythm import ALWAYS_THERE, EVERY_DAY, Rhythm
from bureau_cli.errors import BadUsage, SchedulerRefused
from bureau_cli.timetable.job import Job, told_by
from bureau_cli.timetable.programs import is_here, said_by

PROGRAM = "crontab"
LOCALTIME = Path("/etc/localtime")
BLOCK = re.compile(r"^# BEGIN bureau (\S+)\n(.*?)^# END bureau \1\n", re.MULTILINE | re.DOTALL)
NONE_YET = ("no crontab for", "No such file")
LONGEST = 900
"""Debian's cron takes no longer line than 998 bytes."""
IN_NO_LEAP_YEAR = "[ $(($(date +%Y) % 4)) -ne 0 ] && "
"""Cron knows no leap years; right until 2099."""


class Crontab:
    """The jobs in it. `program` is how the system lets a user change it."""

    scheduler = "crontab"

    @property
    def is_here(self) -> bool:
        """Whether this machine has one."""
        return is_here(PROGRAM)

    async def jobs(self) -> Sequence[Job]:
        """All that are in it."""
        return list(_jobs(await self._text(), machine_zone()))

    async def add(self, job: Job, program: Sequence[str]) -> Job:
        """Put a job in, started by `program`; what comes back tells whose clock it goes by.

        Raises:
            BadUsage: it cannot be written in a crontab.
        """
        # cronie says what it is; Debian's has no such option, and goes by the machine's clock alone.
        has_zones = "cronie" in await said_by((PROGRAM, "-V"), or_nothing=True)
        block = "".join(f"{line}\n" for line in _block(job, program, has_zones=has_zones))
        own, ours = _parted(await self._text())
        await self._replace(own, {**ours, job.name: block})
        return replace(job, zone=OSLO if has_zones else machine_zone())

    async def remove(self, job: Job) -> None:
        """Take a job out."""
        own, ours = _parted(await self._text())
        del ours[job.name]
        await self._replace(own, ours)

    async def _text(self) -> str:
        """What is in it; a user who has none yet is refused, and any other refusal must not be taken for that."""
        try:
            return await said_by((PROGRAM, "-l"))
        except SchedulerRefused as fault:
            if any(words in fault.message for words in NONE_YET):
                return ""
            raise

    async def _replace(self, own: str, ours: dict[str, str]) -> None:
        if own and not own.endswith("\n"):
            own += "\n"
        await said_by((PROGRAM, "-"), own + "".join(ours.values()))


def cron_days(rhythm: Rhythm) -> Iterator[tuple[str, str]]:
    """Day of the month, month and day of the week as cron has them, and what has to be true for it to begin.

    A day that not every month has takes a line for the months that have it and others for those that have not.
    """
    if rhythm.day is None:
        days = ",".join(str((day + 1) % 7) for day in rhythm.weekdays)
        yield f"* * {'*' if rhythm.weekdays == EVERY_DAY else days}", ""
    elif rhythm.day <= ALWAYS_THERE:
        yield f"{rhythm.day} * *", ""
    else:
        long = "1,3,5,7,8,10,12"
        if rhythm.day > ALWAYS_THERE + 2:
            yield f"31 {long} *", ""
            yield "30 4,6,9,11 *", ""
        else:
            yield f"{rhythm.day} 1,3-12 *", ""
        yield "29 2 *", ""
        yield "28 2 *", IN_NO_LEAP_YEAR


def machine_zone() -> tzinfo:
    """The zone of the machine's own clock, UTC where it tells none."""
    try:
        with LOCALTIME.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return UTC


def _block(job: Job, program: Sequence[str], *, has_zones: bool) -> Iterator[str]:
    yield f"# BEGIN bureau {job.name}"
    yield job.comment
    if has_zones:
        yield "CRON_TZ=Europe/Oslo"
    command = f"cd {shlex.quote(str(job.folder))} && {shlex.join([*program, *job.words])}"
    if "\\" in command:
        raise BadUsage("crontabs do not agree on what a backslash means", fix="put it in a script, or add --systemd")
    for days, condition in cron_days(job.rhythm):
        line = f"{job.rhythm.at.minute} {job.rhythm.at.hour} {days} " + (condition + command).replace("%", r"\%")
        if len(line.encode()) > LONGEST:
            raise BadUsage("the command is too long for a line of cron", fix="put it in a script, or add --systemd")
        yield line
    yield f"# END bureau {job.name}"


def _parted(text: str) -> tuple[str, dict[str, str]]:
    """What is the user's own, and our blocks by their names."""
    return BLOCK.sub("", text), {found[1]: found[0] for found in BLOCK.finditer(text)}


def _jobs(text: str, zone: tzinfo) -> Iterator[Job]:
    for found in BLOCK.finditer(text):
        job = told_by(found[2].partition("\n")[0])
        if job is not None:
            yield replace(job, zone=OSLO if "\nCRON_TZ=" in found[2] else zone)
