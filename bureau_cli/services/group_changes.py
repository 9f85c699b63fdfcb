"""Changes of many to groups: planned from a selection or from a file, and carried out step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.clients import Client
from bureau_cli.domain.group_file import GroupFile, WantedGroup
from bureau_cli.domain.groups import FiledGroup, Group
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import Detail, PlanStale, RuleForbids
from bureau_cli.services.clients import Clients
from bureau_cli.services.outcomes import outcome_of
from bureau_cli.services.ports import GroupsPort
from bureau_cli.services.rule_effects import effect_of, following
from bureau_cli.services.streams import all_of

GROUP, MEMBERS = "group", "members"
"""The requests of a plan: what becomes of a group itself, and then who is in it."""

DRIFTED = "its rule has other clients in it now"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What it takes for one group, and what follows from that of itself."""

    steps: Sequence[Step]
    consequences: Sequence[Outcome] = ()


class GroupChanges:
    """Plans for groups and their clients. `new_key` makes the key of one step."""

    def __init__(self, groups: GroupsPort, clients: Clients, new_key: Callable[[], str]) -> None:
        self._groups = groups
        self._clients = clients
        self._new_key = new_key

    async def plan_add(self, slug: str, selection: Selection) -> Plan:
        """Put every client of the selection into the group."""
        return await self._plan_members(slug, selection, "add", "to")

    async def plan_remove(self, slug: str, selection: Selection) -> Plan:
        """Take every client of the selection out of the group."""
        return await self._plan_members(slug, selection, "remove", "from")

    async def as_file(self) -> list[FiledGroup]:
        """Every group as a file has it: with its rule, or with its clients."""
        return [await self._filed(group) for group in await self._all()]

    async def plan_file(self, file: GroupFile) -> Plan:
        """Make the groups be as a file has them.

        Raises:
            ClientNotFound, ClientAmbiguous: it names a client that is not there or not the only one; the place is told.
            WhereInvalid: a rule in it cannot be one.
        """
        everybody = [token for wanted in file.groups for token in wanted.clients]
        if everybody:
            await self._clients.resolve(Selection(clients=tuple(everybody)))  # every mistake is told at once
        there = {group.slug: group for group in await self._all()}
        pieces = [await self._piece(wanted, there.get(wanted.slug)) for wanted in file.groups]
        if file.complete:
            others = there.keys() - {wanted.slug for wanted in file.groups}
            pieces += [await self._deletion(there[slug]) for slug in sorted(others)]
        steps = [step for piece in pieces for step in piece.steps]
        consequences = [outcome for piece in pieces for outcome in piece.consequences]
        touched = dict.fromkeys(step.target for step in steps)
        versions = {path_of(slug): there[slug].etag if slug in there else None for slug in touched}
        return Plan(
            noun="groups",
            headline=headline_of(steps),
            steps=steps,
            consequences=consequences,
            unit="change",
            versions=versions,
        )

    async def require_unmoved(self, plan: Plan) -> None:
        """See that everything a plan builds on is as it was when the plan was made.

        Raises:
            PlanStale: it is not; the details tell what moved.
        """
        now = {path_of(group.slug): group.etag for group in await self._all()}
        moved = [
            Detail(path, _how_it_moved(version, now.get(path)))
            for path, version in plan.versions.items()
            if now.get(path) != version
        ]
        moved = moved or [Detail(path_of(step.target), DRIFTED) for step in plan.steps if await self._has_drifted(step)]
        if moved:
            raise PlanStale(f"{counted(len(moved), 'group')} changed since the plan was made", details=moved)

    async def carry_out(self, steps: Sequence[Step]) -> list[Outcome]:
        """Send steps of one request; the platform answers for each."""
        if steps[0].request == GROUP:
            return [await self._change_group(step) for step in steps]
        items = [{**step.body, "key": step.key} for step in steps]
        results = await self._groups.change_members(steps[0].target, items)
        by_key = {result.key: result for result in results}
        return [outcome_of(step, by_key.get(step.key)) for step in steps]

    async def _change_group(self, step: Step) -> Outcome:
        slug, body = step.target, step.body
        if step.action == "create":
            await self._groups.create(body["wanted"], step.key)
        elif step.action == "change":
            if await self._has_drifted(step):
                raise PlanStale(f"{DRIFTED} than when it was planned")
            await self._groups.change(slug, body["etag"], body["wanted"])
        else:
            await self._groups.delete(slug, body["etag"])
        return Outcome.of(step, State.DONE)

    async def _all(self) -> list[Group]:
        return await all_of(self._groups.list())

    async def _filed(self, group: Group) -> FiledGroup:
        clients = [] if group.rule is not None else await self._clients.in_group(group.slug)
        in_order = tuple(sorted(clients, key=lambda client: client.number))
        return FiledGroup(slug=group.slug, title=group.title, rule=group.rule, clients=in_order)

    async def _plan_members(self, slug: str, selection: Selection, action: str, preposition: str) -> Plan:
        group = await self._groups.get(slug)  # an unknown group is told before anything else
        if group.rule is not None:
            message = f"who is in {slug} is decided by its rule, {group.rule}"
            raise RuleForbids(message, fix="bureau groups set-rule --help")
        steps: list[Step] = []
        settled: list[Outcome] = []
        for client in await self._clients.all_of(selection.required()):
            step = self._of_client(slug, client, action)
            if (slug in client.groups) == (action == "add"):
                settled.append(Outcome.of(step, State.UNCHANGED))
            else:
                steps.append(step)
        headline = f"{action} {counted(len(steps), 'client')} {preposition} {slug}"
        return Plan(
            noun="groups", headline=headline, steps=steps, settled=settled, versions={path_of(slug): group.etag}
        )

    async def _has_drifted(self, step: Step) -> bool:
        """Whether a rule that is to be let go of has let others in or out since, which leaves the version alone."""
        if step.request != GROUP or "members" not in step.body:
            return False
        members: list[str] = step.body["members"]
        return sorted(client.id for client in await self._clients.in_group(step.target)) != members

    async def _piece(self, wanted: WantedGroup, now: Group | None) -> _Piece:
        """What it takes to make a group as it is wanted; nothing where it is so."""
        change = {} if now is None else _difference(wanted, now)
        if wanted.rule is None:
            return _Piece(steps=await self._by_hand(wanted, now, change))
        if now is not None and "rule" not in change:
            return _Piece(steps=[self._change(now, change)] if change else [])
        place = f"{wanted.place}.rule"
        effect = await effect_of(self._clients, wanted.slug, wanted.rule, now, place=place)
        why = f"{effect.told} by the rule {wanted.rule}"
        step = self._creation(wanted, why) if now is None else self._change(now, change, why)
        return _Piece(steps=[step], consequences=effect.outcomes())

    async def _by_hand(self, wanted: WantedGroup, now: Group | None, change: Mapping[str, str]) -> list[Step]:
        """Make a group have no rule and the clients of the file."""
        clients = {one.id: one for one in await self._clients.all_of(Selection(clients=tuple(wanted.clients)))}
        inside = {} if now is None else {one.id: one for one in await self._clients.in_group(now.slug)}
        steps = []
        if now is None:
            steps.append(self._creation(wanted, "in the file"))
        elif "kind" in change:
            steps.append(self._change(now, change, "no rule any more", members=sorted(inside)))
        elif change:
            steps.append(self._change(now, change))
        came = [client for client in clients.values() if client.id not in inside]
        gone = [client for client in inside.values() if client.id not in clients]
        return [
            *steps,
            *(self._of_client(wanted.slug, client, "add", "in the file") for client in came),
            *(self._of_client(wanted.slug, client, "remove", "not in the file") for client in gone),
        ]

    async def _deletion(self, group: Group) -> _Piece:
        why = f"not in the file, which is complete; it has {counted(group.count, 'client')}"
        body = {"etag": group.etag, "before": _as_it_is(group)}
        step = self._of_group(group.slug, group.title, "delete", body, why)
        clients = await self._clients.in_group(group.slug)
        return _Piece(steps=[step], consequences=following(group.slug, "remove", clients, "the group is deleted"))

    def _creation(self, wanted: WantedGroup, why: str) -> Step:
        parts = {"slug": wanted.slug, "title": wanted.title, "rule": wanted.rule}
        body = {"wanted": {name: value for name, value in parts.items() if value is not None}}
        return self._of_group(wanted.slug, wanted.title or wanted.slug, "create", body, why)

    def _change(self, now: Group, change: Mapping[str, str], *why: str, **more: Any) -> Step:
        """Another title, rule or kind; `more` goes with it for us to compare."""
        retitled = [f"called {change['title']}, was {now.title}"] if "title" in change else []
        body = {"etag": now.etag, "wanted": dict(change), "before": _as_it_is(now), **more}
        return self._of_group(now.slug, change.get("title", now.title), "change", body, "; ".join([*why, *retitled]))

    def _of_group(self, slug: str, title: str, action: str, body: object, why: str) -> Step:
        return Step(
            key=self._new_key(), subject="", name=title, action=action, body=body, target=slug, request=GROUP, why=why
        )

    def _of_client(self, slug: str, client: Client, action: str, why: str | None = None) -> Step:
        return Step(
            key=self._new_key(),
            subject=client.number,
            name=client.name,
            action=action,
            body={"client": client.id, "action": action},
            target=slug,
            request=MEMBERS,
            why=why,
        )


def path_of(slug: str) -> str:
    """What a plan calls a group among the things it builds on."""
    return f"groups/{slug}"


def _difference(wanted: WantedGroup, now: Group) -> dict[str, str]:
    """What of a group itself is to be changed; the clients of one without a rule are another matter."""
    change = {}
    if wanted.title not in {None, now.title}:
        change["title"] = str(wanted.title)
    if wanted.rule is not None and wanted.rule != now.rule:
        change["rule"] = wanted.rule
    if wanted.rule is None and now.rule is not None:
        change["kind"] = "manual"
    return change


def _as_it_is(group: Group) -> dict[str, str | None]:
    """What a change would have to be undone to."""
    return {"title": group.title, "rule": group.rule}


def _how_it_moved(then: str | None, now: str | None) -> str:
    if then is None:
        return "is there now"
    return "is gone" if now is None else "was changed"


def headline_of(steps: Sequence[Step]) -> str:
    """`create 1 group, change 2 groups, add 3 clients`."""
    of_groups = [(action, "group") for action in ("create", "change", "delete")]
    of_clients = [(action, "client") for action in ("add", "remove")]
    numbers = {(action, unit): sum(step.action == action for step in steps) for action, unit in of_groups + of_clients}
    return ", ".join(f"{action} {counted(number, unit)}" for (action, unit), number in numbers.items() if number)
