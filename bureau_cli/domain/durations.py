"""Lengths of time as people write them on a command line."""

from __future__ import annotations

import re
from datetime import timedelta

from bureau_cli.errors import BadUsage

UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """`20ms`, `30s`, `20m`, `2h` or `30d`, above zero.

    Raises:
        BadUsage: anything else.
    """
    match = re.fullmatch(r"([0-9]{1,6})(ms|[smhd])", text.strip())
    if match is None or int(match[1]) == 0:
        raise BadUsage(f"{text!r} is not a length of time", fix="write it like 30s, 20m, 2h or 30d")
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def roughly(length: timedelta) -> str:
    """A length of time in its largest unit, as `duration` reads it: `3d`, `5h`, `12m`."""
    seconds = max(0, int(length.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
