"""Have commands started by the clock, from cron or systemd, and see how they went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from bureau_cli.commands._bulk import confirm, confirm_change
from bureau_cli.commands._command import Commands, ConfirmedCommand, LocalCommand, LocalConfirmedCommand, session_of
from bureau_cli.commands._line import Line, parsed
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.clock import goes_like_oslo, told
from bureau_cli.domain.durations import roughly
from bureau_cli.domain.rhythm import CLOCKS_CHANGE, Rhythm
from bureau_cli.errors import BadUsage, BureauError, ExitCode
from bureau_cli.files.logbook import Logged
from bureau_cli.formatters.results import Column, Kind, Listing, Record, Tone
from bureau_cli.timetable.job import Job

app = Commands()

RESULTS: Mapping[int, str] = {
    ExitCode.DONE: "done",
    ExitCode.PARTIAL: "partial",
    ExitCode.PENDING: "pending",
    ExitCode.FINDING: "finding",
    ExitCode.UNKNOWN: "unknown",
}
TONES = {
    "done": Tone.GOOD,
    "partial": Tone.BAD,
    "failed": Tone.BAD,
    "finding": Tone.BAD,
    "unfinished": Tone.BAD,
    "unknown": Tone.BAD,
    "pending": Tone.WAITING,
    "running": Tone.WAITING,
    "never_run": Tone.DULL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A job, its newest run as the log has it, and whether that run goes on."""

    job: Job
    newest: Logged | None
    at_work: bool
    now: datetime

    @property
    def result(self) -> str:
        """How the newest run ended."""
        if self.newest is None:
            return "never_run"
        if self.newest.ended is None:
            return "running" if self.at_work else "unfinished"
        return RESULTS.get(self.newest.ended.exit_code, "failed")

    @property
    def last_run(self) -> datetime | None:
        """When the newest run began."""
        return None if self.newest is None else self.newest.began.at

    @property
    def exit_code(self) -> int | None:
        """What the newest run ended with."""
        return self.newest.ended.exit_code if self.newest and self.newest.ended else None

    @property
    def next_run(self) -> datetime:
        """When it is started next."""
        return self.job.rhythm.next_after(self.now, self.job.zone)


COLUMNS = (
    Column("schedule", Kind.ID, lambda entry: entry.job.name),
    Column("rhythm", value=lambda entry: entry.job.rhythm.told),
    Column("command", value=lambda entry: entry.job.told),
    Column("result", Kind.STATE, tones=TONES),
    Column("exit_code", Kind.COUNT),
    Column("last_run", Kind.INSTANT),
    Column("age", value=lambda entry: entry.last_run and roughly(entry.now - entry.last_run)),
    Column("next_run", Kind.INSTANT),
    Column("scheduler", Kind.ID, lambda entry: entry.job.scheduler, main=False),
    Column("folder", value=lambda entry: str(entry.job.folder), main=False),
)
SCHEDULES = Shape(name="schedule.list", columns=COLUMNS, ids="schedule")
SCHEDULE = Shape(name="schedule.add", columns=COLUMNS, ids="schedule", one=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What to call it: a to z, digits and -.")]
Words = Annotated[list[str], typer.Argument(metavar="COMMAND…", help="The command after bureau; -- before it.")]
At = Annotated[str, typer.Option("--at", metavar="TIME", help="The time of day in Norway: 06:10.")]
On = Annotated[
    str, typer.Option("--on", metavar="DAYS", help="daily, weekdays, mon,thu, 'monthly 20', 'monthly last'.")
]
Systemd = Annotated[bool, typer.Option("--systemd", help="By a timer of systemd.")]
Crontab = Annotated[bool, typer.Option("--crontab", help="By the crontab; the default where there is cron.")]


@app.command("add", cls=ConfirmedCommand, answers=SCHEDULE)
async def add(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    name: Name,
    command: Words,
    at: At,
    on: On = "daily",
    systemd: Systemd = False,  # noqa: FBT002 - a flag of the line
    crontab: Crontab = False,  # noqa: FBT002 - the same
) -> Record:
    """Have a command started by the clock, with --cron.

    bureau schedule add NAME --at 06:10 --on weekdays -- COMMAND. The profile is written into the line; a command that
    changes something is asked about once, now, and gets its --yes. It begins in the folder where you are. A day that
    a month does not have is the month's last.
    """
    session = session_of(ctx)
    line = parsed(command)
    timetable = session.app.unattended.timetable
    if systemd and crontab:
        raise BadUsage("it is --systemd or --crontab, not both", fix="leave out one of them")
    job = Job(
        name=name,
        rhythm=Rhythm.of(at, on),
        words=_unattended(line, session.app.settings.profile),
        folder=Path.cwd(),
        scheduler=("systemd" if systemd else "crontab") if systemd or crontab else timetable.usual,
    )
    job.require_writable(session.output.redactor.prose)
    if line.changes:
        await confirm_change(session, f"let {job.scheduler} start, {job.rhythm.told}, without asking: {job.told}")
    added = await timetable.add(job)
    _warn(session, added)
    if session.app.settings.credential == "env" and line.profile in {None, session.app.settings.profile}:
        session.output.warn(
            "the profile's secret is in a variable, which cron does not have: bureau auth login --store file"
        )
    return SCHEDULE.record(_entry(session, added))


@app.command("list", cls=LocalCommand, answers=SCHEDULES)
async def list_(ctx: typer.Context) -> Listing:
    """List what is started by the clock: how it went, when it ran and when it runs next."""
    session = session_of(ctx)
    return SCHEDULES.listing([_entry(session, job) for job in await session.app.unattended.timetable.jobs()])


@app.command("remove", cls=LocalConfirmedCommand, answers=SCHEDULE)
async def remove(ctx: typer.Context, name: Name) -> Record:
    """Have a command started by the clock no more."""
    session = session_of(ctx)
    job = await session.app.unattended.timetable.find(name)
    await confirm(session, f"start no more: {job.told}, {job.rhythm.told}", agreed=session.bulk.yes)
    await session.app.unattended.timetable.remove(job)
    return SCHEDULE.record(_entry(session, job))


def _unattended(line: Line, profile: str) -> Sequence[str]:
    """The words of a line with what it needs where nobody looks: its profile, its yes and `--cron`."""
    missing = [] if line.profile else ["--profile", profile]
    missing += ["--yes"] if line.asks and line.changes and "yes" not in line.said else []
    return line.plus(*missing, *([] if "cron" in line.said else ["--cron"]))


def _warn(session: Session, job: Job) -> None:
    """Say when the time is not what it seems."""
    entry = _entry(session, job)
    if job.rhythm.at.hour in CLOCKS_CHANGE:
        session.output.warn(f"{job.rhythm.at:%H:%M} is missing one night in spring, and comes twice one in autumn")
    if not goes_like_oslo(job.zone, entry.now):
        session.output.warn(
            "cron here goes by the machine's own clock, which is not Norway's; a timer would not: --systemd"
        )
    session.output.say(f"first started {told(entry.next_run)} in Norway, and up to 5 minutes later (--jitter)")


def _entry(session: Session, job: Job) -> Entry:
    """A job with how it went, as the log of its profile tells."""
    now, newest, at_work = session.app.now(), None, False
    with suppress(BureauError, TyperException):
        line = parsed(list(job.words))
        profile = line.profile or ""
        newest = session.app.unattended.logbook(profile).newest(job.words)
        at_work = (
            newest is not None and newest.ended is None and session.app.unattended.is_at_work(profile, line.command)
        )
    return Entry(job=job, newest=newest, at_work=at_work, now=now)
