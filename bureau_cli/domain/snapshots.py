"""A snapshot: what the platform answered about one period on one day, kept on this machine."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from bureau_cli.domain.clock import told
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.errors import BadUsage

NOW = "now"
"""Stands for the platform as it is, where a snapshot could be named too."""
LONGEST_NAME = 80

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]*")
_PERIOD = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What is known of a snapshot without reading it whole.

    `as_of` is how old its oldest part is, `today` the platform's day when it was made; `counts` has the rows of each
    part, `left_out` the parts that its user might not list, and `coverage` tells of how many clients it has figures of
    pay. It belongs to one user at one platform.
    """

    name: str
    period: str
    as_of: datetime
    saved_at: datetime
    today: date
    profile: str
    platform: str
    bureau: str
    login: str
    version: str
    coverage: Coverage
    counts: Mapping[str, int]
    left_out: tuple[str, ...] = ()
    bytes: int = 0
    """How large its file is."""

    @property
    def told(self) -> str:
        """It in a line, for an answer that comes from it."""
        return f"snapshot {self.name}, saved {told(self.saved_at)}, data from {told(self.as_of)}"


def checked_name(name: str) -> str:
    """A name that can be typed in every shell, is a file name everywhere, and stands for nothing else.

    Raises:
        BadUsage: it is none.
    """
    if _PERIOD.fullmatch(name):
        # Under October's name November would be kept, and answer for October ever after.
        fix = f"bureau snapshot save --period {name}"
        raise BadUsage(f"{name} is a period, which means the newest snapshot of it", fix=fix)
    if name == NOW or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        fix = "letters and digits, with . _ @ + - between them, like 2026-10-final"
        raise BadUsage(f"{name!r} cannot be the name of a snapshot", fix=fix)
    return name


def free_name(period: str, as_of: datetime, taken: Collection[str]) -> str:
    """The name of a snapshot that was given none: its period and the day its data is from."""
    plain = f"{period}@{as_of:%Y-%m-%d}"
    numbered = (f"{plain}.{number}" for number in count(2))
    return plain if plain not in taken else next(name for name in numbered if name not in taken)
