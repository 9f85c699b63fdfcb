"""The state of the embedded platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedStatus:
    """Where it is kept, how large it is, by which clock it lives and which faults it makes.

    `login` is the user that commands act as unasked; `horizon` is the last month that has payroll runs.
    """

    path: str
    bytes: int
    clients: int
    users: int
    groups: int
    seed: int
    today: date
    clock: datetime
    pinned: bool
    horizon: str
    login: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLook:
    """The embedded platform's file, seen without opening it for work: its version, clock and faults."""

    version: int
    clock: datetime
    pinned: bool
    faults: tuple[str, ...]
