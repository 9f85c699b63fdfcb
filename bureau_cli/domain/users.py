"""The people of the bureau."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ROLES = ("none", "officer", "administrator", "leader")
"""What a user may be in the bureau, the least first."""
OVERSEERS = ("administrator", "leader")
"""Those who see to users and access."""
ME = "me"
"""The caller, in the place of a login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who works at the bureau, or did. `etag` is the version that was read.

    `owner_of` and `member_of` are numbers of clients; `left` is the last day, None for who is here.
    """

    id: str
    login: str
    name: str
    email: str
    role: str
    active: bool
    left: date | None
    two_factor: bool
    owner_of: int
    member_of: int
    etag: str
