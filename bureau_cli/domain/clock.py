"""Instants on a clock in Norway, which every business day goes by."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def told(instant: datetime) -> str:
    """`2026-11-23 06:10`, as it is said in a sentence."""
    return f"{instant.astimezone(OSLO):%Y-%m-%d %H:%M}"


def goes_like_oslo(zone: tzinfo, now: datetime) -> bool:
    """Whether the clock of a zone shows the time of Oslo all through the year to come."""
    days = (now + timedelta(days=number) for number in range(0, 366, 7))
    return all(day.astimezone(zone).utcoffset() == day.astimezone(OSLO).utcoffset() for day in days)
