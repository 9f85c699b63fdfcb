"""Who has access to which client, and who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from bureau_cli.domain.clients import ClientReference, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A user's access to one client, at most one of which is not over. `etag` is the version that was read.

    It lasts from `starts` through `ends` (None for no end), or until `ended_at`; `last_used` is a day before today.
    """

    id: str
    client: ClientReference
    user: Person
    user_active: bool
    bureau_role: str
    role: str
    state: str
    starts: date
    ends: date | None
    ended_at: datetime | None
    source: str
    granted_by: str | None
    granted_at: datetime | None
    reason: str | None
    last_used: date | None
    etag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerBasis:
    """The newest ordinary payroll run that was made at a client."""

    run: str
    period: str
    pay_date: date
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InferredOwner:
    """Who owns a client, and who ran its latest payroll; `source` is that of the owner's access."""

    client: ClientReference
    owner: Person | None
    source: str | None
    inferred: Person | None
    basis: OwnerBasis | None
    verdict: str
    fetched_at: datetime


class Unsaid(Enum):
    """What was not said, where None says something."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one user's access to one client is to be. `role` is None for no access; `why` is told with the plan.

    `starts` counts where access has not begun, None for today. `ends` is the last day, None for no end; without a
    role, None is at once. `source` and `reason` None leave what is there. `new_owner` is who owns the client where
    this takes it from its owner, None for nobody.
    """

    client: ClientReference
    user: str
    role: str | None
    starts: date | None = None
    ends: date | None = None
    source: str | None = None
    reason: str | None = None
    new_owner: str | Unsaid | None = UNSAID
    why: str | None = None
