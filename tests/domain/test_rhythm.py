"""When something is done again and again: each run in the right period, whatever clocks and months do."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bureau_cli.domain.clock import OSLO
from bureau_cli.domain.rhythm import Rhythm
from bureau_cli.errors import BadUsage

FIRST, LAST = date(2024, 1, 1), date(2029, 3, 31)
"""Two leap years, and each night on which the clocks change in between."""
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def runs(rhythm: Rhythm) -> Iterator[datetime]:
    at = datetime.combine(FIRST, time(), tzinfo=OSLO).astimezone(UTC) - timedelta(seconds=1)
    while (at := rhythm.next_after(at, OSLO)).astimezone(OSLO).date() <= LAST:
        yield at


@pytest.mark.parametrize("at", ["00:00", "02:30", "06:10", "23:59"])
@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("daily", DAYS),
        ("weekdays", [day for day in DAYS if day.weekday() < 5]),
        ("mon,thu", [day for day in DAYS if day.weekday() in {0, 3}]),
        ("monthly 20", [day for day in DAYS if day.day == 20]),
        ("monthly 30", [day for day in DAYS if day.day == min(30, monthrange(day.year, day.month)[1])]),
        ("monthly last", [day for day in DAYS if (day + timedelta(days=1)).day == 1]),
    ],
)
def test_it_is_done_once_on_each_of_its_days_over_years(at: str, on: str, days: list[date]) -> None:
    rhythm = Rhythm.of(at, on)
    done = [run.astimezone(OSLO) for run in runs(rhythm)]
    assert [run.date() for run in done] == days
    other = [run for run in done if run.time() != rhythm.at]
    assert all((at, run.month, run.time()) == ("02:30", 3, time(3, 30)) for run in other), "only the missing hour"
    assert (Rhythm.of(f"{rhythm.at:%H:%M}", rhythm.on), rhythm.told) == (rhythm, f"{rhythm.on} {at}")


@pytest.mark.parametrize(
    ("at", "on"),
    [("24:00", "daily"), ("6", "daily"), ("06:10", "monthly 0"), ("06:10", "monthly 32"), ("06:10", "mon,man")],
)
def test_what_is_no_rhythm_is_told(at: str, on: str) -> None:
    with pytest.raises(BadUsage):
        Rhythm.of(at, on)
