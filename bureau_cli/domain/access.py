"""Who has access to which client, and who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from bureau_cli.domain.clients import ClientReference, Person

LONGEST_REASON = 300
"""So many characters the platform takes for why access was given."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFilter:
    """What a list of accesses asks beside a selection of clients.

    `ending_within` is for those whose last day comes within it from today, `unused_for` for those not used so long.
    """

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    ending_within: timedelta | None = None
    unused_for: timedelta | None = None

    @property
    def goes_by_today(self) -> bool:
        """Whether it takes the day to know what it asks."""
        return self.ending_within is not None or self.unused_for is not None

    def asked(self, today: date | None) -> dict[str, Any]:
        """It by the contract's names."""
        asked: dict[str, Any] = {
            "user": self.users, "role": self.roles, "source": self.sources, "state": self.states,
        }  # fmt: skip
        if today is not None and self.ending_within is not None:
            asked["ending_until"] = today + self.ending_within
        if today is not None and self.unused_for is not None:
            asked["unused_since"] = today - self.unused_for
        return asked

    def described(self) -> str:
        """Say it as a person would: `user kari.nordmann, role owner, ending within 30 days`."""
        lists = {"user": self.users, "role": self.roles, "source": self.sources, "state": self.states}
        parts = [f"{name} {' or '.join(words)}" for name, words in lists.items() if words]
        if self.ending_within is not None:
            parts.append(f"ending within {self.ending_within.days} days")
        if self.unused_for is not None:
            parts.append(f"not used for {self.unused_for.days} days")
        return ", ".join(parts)


class Unsaid(Enum):
    """What was not said, where None says something."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one user's access to one client is to be. `role` is None for no access; `why` is told with the plan.

    `starts` counts where access has not begun, None for today; with `begins_only_then` nobody may have it before that
    either. `ends` is the last day, None for no end; without a role, None is at once. `source` and `reason` None leave
    what is there. `new_owner` is who owns the client where this takes it from its owner, None for nobody. With `adds`
    it does not come in place of access that begins only some time after it.
    """

    client: ClientReference
    user: str
    role: str | None
    starts: date | None = None
    begins_only_then: bool = False
    ends: date | None = None
    source: str | None = None
    reason: str | None = None
    new_owner: str | Unsaid | None = UNSAID
    adds: bool = False
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is said once of many accesses, meant as in a wish."""

    role: str | None = None
    starts: date | None = None
    ends: date | None = None
    reason: str | None = None
    new_owner: str | Unsaid | None = UNSAID

    def wish(self, client: ClientReference, user: str) -> Wish:
        """It said of one user at one client."""
        return Wish(
            client=client,
            user=user,
            role=self.role,
            starts=self.starts,
            ends=self.ends,
            source=None if self.role is None else "manual",
            reason=self.reason,
            new_owner=self.new_owner,
        )
