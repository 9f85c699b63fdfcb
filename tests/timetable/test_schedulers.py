"""The days of a rhythm as cron and systemd have them, and a command line as each of them reads it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bureau_cli.domain.clock import OSLO, goes_like_oslo
from bureau_cli.domain.rhythm import Rhythm
from bureau_cli.timetable.crontab import IN_NO_LEAP_YEAR, cron_days
from bureau_cli.timetable.job import Job, told_by
from bureau_cli.timetable.systemd import calendar_days, quoted

RHYTHMS = ["daily", "weekdays", "sun", "mon,thu", *(f"monthly {day}" for day in (1, 20, 28, 29, 30, 31))]
DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(6 * 365)]
WORDS = ["clients", "list", "--where", 'name == "Ærlig & Sønn\'s 50 % $HOME"', "--cron"]


def numbers(field: str, most: int) -> set[int]:
    if field == "*":
        return set(range(most + 1))
    ends = [part.partition("-") for part in field.split(",")]
    return {number for first, _, last in ends for number in range(int(first), int(last or first) + 1)}


def fires(days: str, condition: str, day: date) -> bool:
    """As crontab(5) has it, but for days of the month and of the week side by side, which we never write."""
    of_month, month, of_week = days.split()
    in_leap_year = day.year % 4 == 0
    return (
        day.day in numbers(of_month, 31)
        and day.month in numbers(month, 12)
        and day.isoweekday() % 7 in numbers(of_week, 7)
        and not (condition == IN_NO_LEAP_YEAR and in_leap_year)
    )


@pytest.mark.parametrize("on", RHYTHMS)
def test_one_line_of_cron_fires_on_each_day_of_a_rhythm_and_none_on_any_other(on: str) -> None:
    rhythm = Rhythm.of("06:10", on)
    lines = list(cron_days(rhythm))
    assert all("*" in days.split()[::2] for days, _ in lines)
    wrong = [day for day in DAYS if sum(fires(*line, day) for line in lines) != rhythm.is_on(day)]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("on", RHYTHMS)
def test_systemd_reads_the_days_as_they_are_meant(on: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here")
    rhythm = Rhythm.of("02:30", on)
    began, told = datetime(2027, 12, 1, tzinfo=UTC), set()
    for days in calendar_days(rhythm):
        asked = ["systemd-analyze", "calendar", f"{days} 02:30:00 Europe/Oslo", "--iterations=40"]
        asked.append(f"--base-time={began:%Y-%m-%d %H:%M:%S} UTC")
        since = subprocess.run(asked, capture_output=True, text=True, check=False)
        if since.returncode:
            pytest.skip(f"systemd-analyze cannot tell: {since.stderr.strip()}")
        told |= {line.split(": ", 1)[1] for line in since.stdout.splitlines() if "in UTC" in line}
    read = sorted(datetime.strptime(line, "%a %Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC) for line in told)
    for at in read[:40]:
        began = rhythm.next_after(began, OSLO)
        assert at.astimezone(OSLO).date() == began.astimezone(OSLO).date()


def test_a_job_is_told_by_its_own_comment() -> None:
    for on in RHYTHMS:
        job = Job(name="x", rhythm=Rhythm.of("06:10", on), words=WORDS, folder=Path("/a b/ø"), scheduler="systemd")
        assert told_by(job.comment) == job
    for broken in ("# a remark", "# bureau job: x", "# bureau job: x --at 99:99 --on daily --crontab -- / status", ""):
        assert told_by(broken) is None


def test_a_unit_quotes_what_systemd_would_read() -> None:
    assert quoted('a "b" 50 % $HOME \\n ø') == '"a \\"b\\" 50 %% $$HOME \\\\n ø"'


def test_only_a_clock_that_goes_like_that_of_oslo_all_year_is_taken_for_it() -> None:
    now = datetime(2026, 1, 23, tzinfo=UTC)
    assert goes_like_oslo(ZoneInfo("Europe/Berlin"), now)
    assert not goes_like_oslo(ZoneInfo("Africa/Lagos"), now), "one hour ahead in summer too"
