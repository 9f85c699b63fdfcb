"""Groups of clients (grupper, kategorier), and what becomes of a client that is put into one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bureau_cli.domain.clients import Client


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A named set of clients. `etag` is the version that was read: a change on top of it is refused if it moved."""

    slug: str
    title: str
    kind: str
    rule: str | None
    count: int
    etag: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledGroup:
    """A group as a file has it: a rule, or else clients in the order of their numbers."""

    slug: str
    title: str
    rule: str | None
    clients: tuple[Client, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One comparison of a rule, held against a client.

    `values` are what the client has there; `decides` tells whether the client is in the group, or not, because of it.
    """

    text: str
    values: tuple[str, ...]
    holds: bool
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Whether a client is in a group, and why: by the parts of the rule, or since when and by whom."""

    group: str
    member: bool
    kind: str
    since: datetime | None
    added_by: str | None
    rule: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One part of an explanation as a row; a group kept by hand has no parts."""

    group: str
    number: str
    name: str
    member: bool
    since: datetime | None
    added_by: str | None
    part: str | None = None
    values: tuple[str, ...] = ()
    holds: bool | None = None
    decides: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A client, and why it is in a group or is not."""

    client: Client
    membership: Membership

    @property
    def told(self) -> str:
        """It in a sentence."""
        membership = self.membership
        begin = f"{self.client.number} {self.client.name} is{'' if membership.member else ' not'} in {membership.group}"
        if membership.rule is not None:
            return f"{begin} by its rule: {membership.rule}"
        if not membership.member:
            return f"{begin}, which is kept by hand"
        return f"{begin}, put in by hand{f' by {membership.added_by}' if membership.added_by else ''}"

    def reasons(self) -> list[Reason]:
        """A row for each part of the rule, or the one there is to tell of a group kept by hand."""
        bare = Reason(
            group=self.membership.group,
            number=self.client.number,
            name=self.client.name,
            member=self.membership.member,
            since=self.membership.since,
            added_by=self.membership.added_by,
        )
        parts = self.membership.parts
        return [
            replace(bare, part=part.text, values=part.values, holds=part.holds, decides=part.decides) for part in parts
        ] or [bare]
