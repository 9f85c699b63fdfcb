"""When something is done again and again: a time of day in Oslo, and the days it is done on."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bureau_cli.errors import BadUsage

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = tuple(range(7))
WORKING_DAYS = tuple(range(5))
LAST = 31
"""The last day of a month, however long it is."""
ALWAYS_THERE = 28
"""Every month has so many days."""
CLOCKS_CHANGE = range(2, 3)
"""The hour that is missing one night in spring, and comes twice one night in autumn."""
HOW = "write it like daily, weekdays, mon,thu, 'monthly 20' or 'monthly last'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A time of day, and either days of the week (0 is Monday) or the `day` of each month.

    A month that has no such day has it on its last one.
    """

    at: time
    weekdays: tuple[int, ...] = EVERY_DAY
    day: int | None = None

    @classmethod
    def of(cls, at: str, on: str) -> Rhythm:
        """As they are written: `06:10`, and `daily`, `weekdays`, `mon,thu`, `monthly 20` or `monthly last`.

        Raises:
            BadUsage: one of them is written otherwise.
        """
        words = on.casefold().split()
        match words:
            case ["daily"]:
                return cls(at=_time(at))
            case ["weekdays"]:
                return cls(at=_time(at), weekdays=WORKING_DAYS)
            case ["monthly", "last"]:
                return cls(at=_time(at), day=LAST)
            case ["monthly", number] if re.fullmatch("[0-9]{1,2}", number) and 1 <= int(number) <= LAST:
                return cls(at=_time(at), day=int(number))
            case [names] if all(name in WEEK for name in names.split(",")):
                return cls(at=_time(at), weekdays=tuple(sorted({WEEK.index(name) for name in names.split(",")})))
            case _:
                raise BadUsage(f"--on {on} is no rhythm", fix=HOW)

    @property
    def on(self) -> str:
        """The days, as `of` reads them."""
        if self.day is not None:
            return "monthly last" if self.day == LAST else f"monthly {self.day}"
        named = {EVERY_DAY: "daily", WORKING_DAYS: "weekdays"}
        return named.get(self.weekdays) or ",".join(WEEK[day] for day in self.weekdays)

    @property
    def told(self) -> str:
        """It in a few words."""
        return f"{self.on} {self.at:%H:%M}"

    def is_on(self, day: date) -> bool:
        """Whether this is one of its days."""
        if self.day is None:
            return day.weekday() in self.weekdays
        return day.day == min(self.day, monthrange(day.year, day.month)[1])

    def next_after(self, instant: datetime, zone: tzinfo) -> datetime:
        """The next time it is done, by the clock of a zone, once on each of its days.

        Of an hour that comes twice it is the first. What falls into the hour that is missing in spring is done as long
        after midnight as on any other day.
        """
        day = instant.astimezone(zone).date()
        while True:
            at = datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC)
            if at > instant and self.is_on(day):
                return at
            day += timedelta(days=1)


def _time(written: str) -> time:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", written.strip())
    if match is None:
        raise BadUsage(f"--at {written} is no time of day", fix="write it like --at 06:10")
    return time(int(match[1]), int(match[2]))
