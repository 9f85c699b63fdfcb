"""`/v1/groups`: groups of clients, and who is in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from bureau_cli.api.changes import change_many
from bureau_cli.api.clients import pairs
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import flag, instant, many, optional, read_as, text, whole
from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.changes import ItemResult
from bureau_cli.domain.groups import Group, Membership, Part
from bureau_cli.errors import GroupNotFound, PreconditionFailed

PAGE_SIZE = 500


class GroupsApi:
    """Reads and changes groups."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(self, *, sort: str | None = None, most: int | None = None) -> Pages[Group]:
        """All groups of the bureau."""
        query = list(pairs({"sort": sort}))
        return Pages(self._wire, "/v1/groups", query, group_from, size=PAGE_SIZE, identity=("slug",), most=most)

    async def get(self, slug: str) -> Group:
        """One group, with the version that a change must name."""
        answer = await self._wire.send(Call(method="GET", path=_path(slug)))
        return read_as("a group", group_from, answer.content)

    async def create(self, wanted: Mapping[str, str], key: str) -> Group:
        """Make a group: its slug, and where they are wanted its title and rule. The key makes it be made once."""
        call = Call(
            method="POST",
            path="/v1/groups",
            body=dict(wanted),
            headers={"Idempotency-Key": key},
            safety=Safety.KEYED,
        )
        return read_as("a group", group_from, (await self._wire.send(call)).content)

    async def change(self, slug: str, etag: str, wanted: Mapping[str, str]) -> Group:
        """Give it another slug, title, rule or kind, unless it moved since it was read."""
        call = Call(method="PATCH", path=_path(slug), body=dict(wanted), headers={"If-Match": etag}, safety=Safety.SET)
        try:
            answer = await self._wire.send(call)
        except (PreconditionFailed, GroupNotFound) as moved:
            # Only where our own first attempt may have done it is the difference perhaps ours.
            if not moved.resent:
                raise
            now = await self.get(wanted.get("slug", slug))
            if all(getattr(now, name) == value for name, value in wanted.items()):
                return now
            raise
        return read_as("a group", group_from, answer.content)

    async def delete(self, slug: str, etag: str) -> None:
        """Remove the group, unless it moved since it was read; its clients stay."""
        call = Call(method="DELETE", path=_path(slug), headers={"If-Match": etag}, safety=Safety.SET)
        try:
            await self._wire.send(call)
        except GroupNotFound as gone:
            if not gone.resent:
                raise

    async def membership(self, slug: str, client_id: str) -> Membership:
        """Whether a client is in a group, and why."""
        path = f"{_path(slug)}/members/{quote(client_id, safe='')}"
        answer = await self._wire.send(Call(method="GET", path=path))
        return read_as("a membership", _membership_from, answer.content)

    async def change_members(self, slug: str, items: Sequence[Mapping[str, str]]) -> Sequence[ItemResult]:
        """Add or remove up to 500 clients; one outcome an item, in order."""
        return await change_many(self._wire, f"{_path(slug)}/members", items)


def group_from(item: Mapping[str, Any]) -> Group:
    """A group from its JSON."""
    return Group(
        slug=text(item["slug"]),
        title=text(item["title"]),
        kind=text(item["kind"]),
        rule=optional(text, item["rule"]),
        count=whole(item["count"]),
        etag=text(item["etag"]),
        created_at=instant(item["created_at"]),
        updated_at=instant(item["updated_at"]),
    )


def _membership_from(item: Mapping[str, Any]) -> Membership:
    return Membership(
        group=text(item["group"]),
        member=flag(item["member"]),
        kind=text(item["kind"]),
        since=optional(instant, item["since"]),
        added_by=optional(text, item["added_by"]),
        rule=optional(text, item["rule"]),
        parts=many(_part_from, item["parts"]),
    )


def _part_from(item: Mapping[str, Any]) -> Part:
    return Part(
        text=text(item["text"]),
        values=many(_as_written, item["values"]),
        holds=flag(item["holds"]),
        decides=flag(item["decides"]),
    )


def _as_written(value: Any) -> str:
    """A value as an expression has it, text without its quotes."""
    return value if isinstance(value, str) else json.dumps(value)


def _path(slug: str) -> str:
    return f"/v1/groups/{quote(slug, safe='')}"
