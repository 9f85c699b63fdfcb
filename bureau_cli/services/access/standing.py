"""What people have at one client at a moment of a plan, and what one change makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bureau_cli.domain.access import Access

OWNER, MEMBER = "owner", "member"
INVITED = "client_invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A user's access to one client that is not over."""

    login: str
    role: str
    starts: date
    ends: date | None = None
    source: str = "manual"
    reason: str | None = None

    @classmethod
    def of(cls, access: Access) -> Standing:
        """What the platform lists, without what a plan cannot choose."""
        return cls(
            login=access.user.login,
            role=access.role,
            starts=access.starts,
            ends=access.ends,
            source=access.source,
            reason=access.reason,
        )

    @classmethod
    def kept(cls, document: Mapping[str, Any]) -> Standing:
        """What was kept in a step."""
        return cls(
            login=document["login"],
            role=document["role"],
            starts=date.fromisoformat(document["from"]),
            ends=_day(document["to"]),
            source=document["source"],
            reason=document["reason"],
        )

    def document(self) -> dict[str, str | None]:
        """It as a step keeps it, for whoever takes the step back."""
        return {
            "login": self.login,
            "role": self.role,
            "from": self.starts.isoformat(),
            "to": None if self.ends is None else self.ends.isoformat(),
            "source": self.source,
            "reason": self.reason,
        }

    def told(self) -> str:
        """It in a few words: `member until 2026-12-31`."""
        return self.role if self.ends is None else f"{self.role} until {self.ends}"


Present = Mapping[str, Standing]
"""Everybody at one client, by login."""


def owner_in(present: Present) -> Standing | None:
    """Who owns the client."""
    return next((one for one in present.values() if one.role == OWNER), None)


def present_of(accesses: Iterable[Access]) -> dict[str, Standing]:
    """Everybody in a list of one client's accesses."""
    return {access.user.login: Standing.of(access) for access in accesses}


def after(item: Mapping[str, Any], present: Present, today: date) -> dict[str, Standing]:
    """Everybody at the client once an item of a change has been done; the platform does it in one."""
    login = item["user"]
    was_owner = login in present and present[login].role == OWNER
    then = dict(present)
    if item["action"] == "grant":
        then[login] = _granted(item, present.get(login), today)
    elif item.get("to") is None:
        then.pop(login, None)
    elif login in then:
        last = date.fromisoformat(item["to"])
        then[login] = replace(then[login], role=MEMBER, ends=min(last, then[login].ends or last))
    if login in then and then[login].role == OWNER:
        return _owned_by(then, login, today)
    return _owned_by(then, item["new_owner"], today) if was_owner and item.get("new_owner") else then


def _granted(item: Mapping[str, Any], now: Standing | None, today: date) -> Standing:
    starts = _day(item.get("from")) or today
    return Standing(
        login=item["user"],
        role=item["role"],
        starts=now.starts if now is not None and now.starts <= today else starts,
        ends=_day(item.get("to")),
        source=INVITED if now is not None and now.source == INVITED else item.get("source", "manual"),
        reason=item.get("reason"),
    )


def _owned_by(present: Present, login: str, today: date) -> dict[str, Standing]:
    """The same with one owner: who has no access yet is given it, and the owner before is a member."""
    then = {one.login: replace(one, role=MEMBER) if one.role == OWNER else one for one in present.values()}
    new = then.get(login, Standing(login=login, role=OWNER, starts=today))
    then[login] = replace(new, role=OWNER, starts=min(new.starts, today))
    return then


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
