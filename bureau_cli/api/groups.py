"""`/v1/groups`: groups of clients, and who is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from bureau_cli.api.clients import pairs
from bureau_cli.api.jobs import results_of
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import instant, optional, read_as, text, whole
from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import Call, Wire, new_key
from bureau_cli.domain.changes import ItemResult
from bureau_cli.domain.groups import Group
from bureau_cli.errors import GroupNotFound, PreconditionFailed

PAGE_SIZE = 500


class GroupsApi:
    """Reads and changes groups."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(self, *, sort: str | None = None, most: int | None = None) -> Pages[Group]:
        """All groups of the bureau."""
        query = list(pairs({"sort": sort}))
        return Pages(self._wire, "/v1/groups", query, group_from, size=PAGE_SIZE, identity="slug", most=most)

    async def get(self, slug: str) -> Group:
        """One group, with the version that a change must name."""
        answer = await self._wire.send(Call(method="GET", path=_path(slug)))
        return read_as("a group", group_from, answer.content)

    async def create(self, slug: str, title: str | None) -> Group:
        """Make an empty manual group."""
        body = {"slug": slug} if title is None else {"slug": slug, "title": title}
        call = Call(
            method="POST",
            path="/v1/groups",
            body=body,
            headers={"Idempotency-Key": new_key()},
            safety=Safety.KEYED,
        )
        return read_as("a group", group_from, (await self._wire.send(call)).content)

    async def change(self, group: Group, *, slug: str | None, title: str | None) -> Group:
        """Give it another slug or title, unless it moved since it was read."""
        wanted = {name: value for name, value in (("slug", slug), ("title", title)) if value is not None}
        call = Call(
            method="PATCH", path=_path(group.slug), body=wanted, headers={"If-Match": group.etag}, safety=Safety.SET
        )
        try:
            answer = await self._wire.send(call)
        except (PreconditionFailed, GroupNotFound) as moved:
            # Only where our own first attempt may have done it is the difference perhaps ours.
            if not moved.resent:
                raise
            now = await self.get(slug or group.slug)
            if (slug in (None, now.slug)) and (title in (None, now.title)):
                return now
            raise
        return read_as("a group", group_from, answer.content)

    async def delete(self, group: Group) -> None:
        """Remove the group, unless it moved since it was read; its clients stay."""
        call = Call(method="DELETE", path=_path(group.slug), headers={"If-Match": group.etag}, safety=Safety.SET)
        try:
            await self._wire.send(call)
        except GroupNotFound as gone:
            if not gone.resent:
                raise

    async def change_members(self, slug: str, items: Sequence[Mapping[str, str]]) -> Sequence[ItemResult]:
        """Add or remove up to 500 clients; one outcome an item, in order."""
        keys = "\n".join(item["key"] for item in items)
        call = Call(
            method="POST",
            path=f"{_path(slug)}/members",
            body={"items": list(items)},
            headers={"Idempotency-Key": hashlib.sha256(keys.encode()).hexdigest()},
            safety=Safety.KEYED,
        )
        return await results_of(self._wire, await self._wire.send(call))


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


def _path(slug: str) -> str:
    return f"/v1/groups/{quote(slug, safe='')}"
