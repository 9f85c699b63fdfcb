"""Platform files made for tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from bureau_cli.platform.admin import Admin


def pinned_demo(path: Path, *, today: date, clients: int = 120) -> Path:
    """The demo portfolio as of a day, its clock standing at noon of that day."""
    admin = Admin(path)
    admin.seed(clients, 1, today)
    admin.clock(datetime(today.year, today.month, today.day, 12))  # noqa: DTZ001 - Oslo's, as the platform reads it
    return path
