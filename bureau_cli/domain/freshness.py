"""How old what the platform knows of a client may be before it proves nothing more."""

from __future__ import annotations

from datetime import datetime, timedelta

MAX_AGE = timedelta(hours=24)
"""What is older is stale unless the line says otherwise: a source is read once a day."""


def is_stale(fetched_at: datetime, now: datetime, max_age: timedelta = MAX_AGE) -> bool:
    """Whether what was fetched then is too old now, both by the platform's clock; at exactly `max_age` it is not."""
    return now - fetched_at > max_age
