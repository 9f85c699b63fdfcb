"""systemd timers of the user: a service and a timer each, in the folder where systemd looks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bureau_cli.domain.rhythm import ALWAYS_THERE, EVERY_DAY, LAST, WEEK, Rhythm
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made
from bureau_cli.timetable.job import Job, told_by
from bureau_cli.timetable.programs import is_here, said_by

PROGRAM = "systemctl"
KINDS = ("timer", "service")


class Timers:
    """The jobs in a folder of units."""

    scheduler = "systemd"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def is_here(self) -> bool:
        """Whether this machine has systemd."""
        return is_here(PROGRAM)

    async def jobs(self) -> Sequence[Job]:
        """All that are in it."""
        texts = [path.read_text(encoding="utf-8") for path in sorted(self._folder.glob("bureau-*.timer"))]
        return [job for text in texts if (job := told_by(text.partition("\n")[0])) is not None]

    async def add(self, job: Job, program: Sequence[str]) -> Job:
        """Write the units and start the timer; what could not be started is not left behind."""
        made(self._folder)
        for kind, lines in (("service", _service(job, program)), ("timer", _timer(job))):
            with replacing(self._path(job, kind), overwrite=True, mode=0o644) as file:
                file.writelines(f"{line}\n".encode() for line in lines)
        try:
            await said_by((PROGRAM, "--user", "daemon-reload"))
            await said_by((PROGRAM, "--user", "enable", "--now", f"bureau-{job.name}.timer"))
        except BaseException:
            self._forget(job)
            raise
        return job

    async def remove(self, job: Job) -> None:
        """Stop the timer and remove the units."""
        await said_by((PROGRAM, "--user", "disable", "--now", f"bureau-{job.name}.timer"))
        self._forget(job)
        await said_by((PROGRAM, "--user", "daemon-reload"))

    def _forget(self, job: Job) -> None:
        for kind in KINDS:
            self._path(job, kind).unlink(missing_ok=True)

    def _path(self, job: Job, kind: str) -> Path:
        return self._folder / f"bureau-{job.name}.{kind}"


def calendar_days(rhythm: Rhythm) -> Iterator[str]:
    """The days as systemd has them; `~` counts from the end of a month."""
    if rhythm.day is None:
        days = ",".join(WEEK[day].capitalize() for day in rhythm.weekdays)
        yield "*-*-*" if rhythm.weekdays == EVERY_DAY else f"{days} *-*-*"
    elif rhythm.day <= ALWAYS_THERE:
        yield f"*-*-{rhythm.day:02}"
    elif rhythm.day == LAST:
        yield "*-*~01"
    else:
        yield f"*-01,03,04,05,06,07,08,09,10,11,12-{rhythm.day}"
        yield "*-02~01"


def quoted(word: str) -> str:
    """A word of a command line as a unit has it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _service(job: Job, program: Sequence[str]) -> Iterator[str]:
    yield from [job.comment, "[Unit]", f"Description=bureau: {job.name}", "", "[Service]", "Type=oneshot"]
    yield f"WorkingDirectory={str(job.folder).replace('%', '%%')}"
    yield f"ExecStart={' '.join(map(quoted, [*program, *job.words]))}"


def _timer(job: Job) -> Iterator[str]:
    yield from [job.comment, "[Unit]", f"Description=bureau: {job.name}, {job.rhythm.told}", "", "[Timer]"]
    for days in calendar_days(job.rhythm):
        yield f"OnCalendar={days} {job.rhythm.at:%H:%M}:00 Europe/Oslo"
    yield from ["Persistent=true", "", "[Install]", "WantedBy=timers.target"]
