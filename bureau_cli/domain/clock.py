"""Instants on a clock in Norway, which every business day goes by."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def told(instant: datetime) -> str:
    """`2026-11-23 06:10`, as it is said in a sentence."""
    return f"{instant.astimezone(OSLO):%Y-%m-%d %H:%M}"
