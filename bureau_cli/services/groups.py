"""Groups of clients: their life, and who belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.clients import Client
from bureau_cli.domain.groups import Group
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import BadUsage
from bureau_cli.services.clients import Clients, check_sort
from bureau_cli.services.outcomes import outcome_of
from bureau_cli.services.ports import GroupsPort, NamesPort, Stream

SORTABLE = ("slug", "title", "count")


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

    async def create(self, slug: str, title: str | None) -> Group:
        """A new, empty, manual group."""
        return await self._groups.create(slug, title)

    async def rename(self, slug: str, *, to: str | None, title: str | None) -> Group:
        """Another slug, another title, or both."""
        if to is None and title is None:
            raise BadUsage("nothing to rename", fix="say --to NEW-SLUG, --title TEXT or both")
        return await self._groups.change(await self._groups.get(slug), slug=to, title=title)

    async def delete(self, group: Group) -> Group:
        """Remove a group that was just read; its clients stay as they are."""
        await self._groups.delete(group)
        return group

    async def plan_add(self, slug: str, selection: Selection) -> Plan:
        """Put every client of the selection into the group."""
        return await self._plan(slug, selection, "add", "to")

    async def plan_remove(self, slug: str, selection: Selection) -> Plan:
        """Take every client of the selection out of the group."""
        return await self._plan(slug, selection, "remove", "from")

    async def carry_out(self, slug: str, steps: Sequence[Step]) -> list[Outcome]:
        """Send some steps of such a plan; the platform answers for each."""
        results = await self._groups.change_members(slug, [step.body for step in steps])
        by_key = {result.key: result for result in results}
        return [outcome_of(step, by_key.get(step.key)) for step in steps]

    async def _plan(self, slug: str, selection: Selection, action: str, preposition: str) -> Plan:
        await self._groups.get(slug)  # an unknown group is told before anything else
        steps: list[Step] = []
        settled: list[Outcome] = []
        for client in await self._clients.all_of(selection.required()):
            step = self._step(client, action)
            if (slug in client.groups) == (action == "add"):
                settled.append(Outcome.of(step, State.UNCHANGED))
            else:
                steps.append(step)
        headline = f"{action} {counted(len(steps), 'client')} {preposition} {slug}"
        return Plan(headline=headline, steps=steps, settled=settled)

    def _step(self, client: Client, action: str) -> Step:
        key = self._new_key()
        body = {"key": key, "client": client.id, "action": action}
        return Step(key=key, subject=client.number, name=client.name, action=action, body=body)
