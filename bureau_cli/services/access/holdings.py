"""What somebody who leaves has at the bureau's clients, and what is to become of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bureau_cli.domain.access import UNSAID, Access, InferredOwner, Unsaid, Wish
from bureau_cli.domain.altinn import AltinnSettings
from bureau_cli.domain.users import User
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import INVITED, MEMBER, OWNER
from bureau_cli.services.access.successors import Successor, proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Who leaves, and the last day of all they have; None is at once.

    `new_owner` takes over everything they own, None is nobody; unsaid, somebody is proposed for each client.
    """

    login: str
    last_day: date | None = None
    new_owner: str | Unsaid | None = UNSAID
    keep_role: bool = False


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the leaver has: accesses that are not over, and Altinn tags by the client's id.

    `ran` tells by the client's id who ran the latest payroll; clients that have left are not in it.
    """

    departure: Departure
    leaver: User
    accesses: Sequence[Access]
    tags: Mapping[str, AltinnSettings]
    ran: Mapping[str, InferredOwner]
    situation: Situation

    @cached_property
    def invited(self) -> Sequence[Access]:
        """What only the clients can end."""
        return [access for access in self.accesses if access.source == INVITED]

    @cached_property
    def successors(self) -> Mapping[str, Successor]:
        """By the client's id, who is to own what the leaver owns; missing where nobody can be proposed."""
        owned = [access for access in self.accesses if access.role == OWNER]
        found = {access.client.id: self._successor(access) for access in owned}
        return {client: successor for client, successor in found.items() if successor is not None}

    @property
    def unseen(self) -> int:
        """How many clients the leaver has access to that the caller may not see."""
        running = sum(access.state == "running" for access in self.accesses)
        return max(0, self.leaver.owner_of + self.leaver.member_of - running)

    def wishes(self) -> Iterator[Wish]:
        """What access is to become of what there is."""
        for access in self.accesses:
            if access.source == INVITED and access.role == OWNER:
                yield self._wish(access, role=MEMBER, ends=access.ends)
            yield self._wish(access, role=None, ends=self._last_day(access))

    def _wish(self, access: Access, *, role: str | None, ends: date | None) -> Wish:
        successor = self.successors.get(access.client.id)
        return Wish(
            client=access.client,
            user=self.leaver.login,
            role=role,
            ends=ends,
            new_owner=successor.login if successor else UNSAID,
            why=successor.told if successor else None,
        )

    def _last_day(self, access: Access) -> date | None:
        """The day it is to end with: never later than it would, and at once where it would only begin after that."""
        last = self.departure.last_day
        if last is None or access.starts > last:
            return None
        return last if access.ends is None else min(last, access.ends)

    def _successor(self, access: Access) -> Successor | None:
        said = self.departure.new_owner
        if not isinstance(said, Unsaid):
            login = None if said is None else self.situation.login(said)
            return Successor(login=login, why=None)
        there = self.situation.by_client.get(access.client.id, {})
        return proposed(self.leaver.login, list(there.values()), self.ran.get(access.client.id))
