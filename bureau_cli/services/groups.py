"""Groups of clients: the life of each, and why a client belongs to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bureau_cli.bulk.report import counted
from bureau_cli.domain.groups import Explanation, Group
from bureau_cli.errors import BadUsage, WhereInvalid
from bureau_cli.services.clients import Clients, check_sort, point_into
from bureau_cli.services.ports import GroupsPort, NamesPort, Stream
from bureau_cli.services.rule_effects import RuleEffect, effect_of

SORTABLE = ("slug", "title", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A group as it is, the rule it is to have (None for none), and whom that would let in and out."""

    group: Group
    rule: str | None
    effect: RuleEffect

    @property
    def is_nothing(self) -> bool:
        """Whether the group is so already."""
        return self.rule == self.group.rule

    @property
    def headline(self) -> str:
        """It said for a person."""
        slug = self.group.slug
        if self.rule is None:
            return f"keep the {counted(self.group.count, 'client')} of {slug} as they are, without its rule"
        return f"let the rule {self.rule} decide who is in {slug}: it {self.effect.told}"


class Groups:
    """The bureau's groups. `new_key` makes the key of one change."""

    def __init__(self, groups: GroupsPort, clients: Clients, names: NamesPort, new_key: Callable[[], str]) -> None:
        self._groups = groups
        self._clients = clients
        self._names = names
        self._new_key = new_key

    def all(self, *, sort: str | None = None, most: int | None = None) -> Stream[Group]:
        """Every group."""
        check_sort(sort, SORTABLE)
        return self._names.of_groups(self._groups.list(sort=sort, most=most), whole=most is None)

    async def show(self, slug: str) -> Group:
        """One group."""
        return await self._groups.get(slug)

    async def create(self, slug: str, *, title: str | None, rule: str | None) -> Group:
        """A new group: manual and without clients, or with those its rule is true of."""
        wanted = _said(slug=slug, title=title, rule=rule)
        try:
            return await self._groups.create(wanted, self._new_key())
        except WhereInvalid as fault:
            point_into(fault, rule or "", "--rule")
            raise

    async def rename(self, slug: str, *, to: str | None, title: str | None) -> Group:
        """Another slug, another title, or both."""
        wanted = _said(slug=to, title=title)
        if not wanted:
            raise BadUsage("nothing to rename", fix="say --to NEW-SLUG, --title TEXT or both")
        group = await self._groups.get(slug)
        return await self._groups.change(slug, group.etag, wanted)

    async def foresee_rule(self, slug: str, rule: str | None) -> RuleChange:
        """What another rule would do, or with None what letting go of the one there is would."""
        group = await self._groups.get(slug)
        if rule is None:
            return RuleChange(group=group, rule=None, effect=RuleEffect(slug=slug, came=(), gone=()))
        effect = await effect_of(self._clients, slug, rule, group, place="the rule")
        return RuleChange(group=group, rule=rule, effect=effect)

    async def change_rule(self, change: RuleChange) -> Group:
        """Do what was foreseen, unless the group moved since."""
        if change.is_nothing:
            return change.group
        wanted = {"kind": "manual"} if change.rule is None else {"rule": change.rule}
        return await self._groups.change(change.group.slug, change.group.etag, wanted)

    async def explain(self, slug: str, token: str) -> Explanation:
        """Why a client, said by orgnr, number or name, is in a group, or is not."""
        await self._groups.get(slug)  # an unknown group is told before anything else
        client = await self._clients.show(token)
        return Explanation(client=client, membership=await self._groups.membership(slug, client.id))

    async def delete(self, group: Group) -> Group:
        """Remove a group that was just read; its clients stay as they are."""
        await self._groups.delete(group.slug, group.etag)
        return group


def _said(**parts: str | None) -> dict[str, str]:
    return {name: value for name, value in parts.items() if value is not None}
