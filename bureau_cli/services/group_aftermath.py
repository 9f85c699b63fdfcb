"""Changes of many to groups after they were made: whether they are in place, and what would take them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.groups import Group
from bureau_cli.errors import Detail, RunMoved
from bureau_cli.services.clients import Clients
from bureau_cli.services.group_changes import GROUP, MEMBERS, GroupChanges, headline_of, path_of
from bureau_cli.services.ports import GroupsPort
from bureau_cli.services.streams import all_of

OPPOSITE = {"add": "remove", "remove": "add"}
NOT_KEPT = "what it says may not be kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The groups that some steps were about as they are now, by slug, and the ids of the clients in each."""

    groups: Mapping[str, Group]
    clients: Mapping[str, frozenset[str]]

    def has(self, step: Step) -> bool:
        """Whether what the step was to bring about is so."""
        group = self.groups.get(step.target)
        if step.request == MEMBERS:
            inside = step.body["client"] in self.clients.get(step.target, ())
            return group is not None and inside == (step.action == "add")
        if group is None or step.action == "delete":
            return group is None and step.action == "delete"
        wanted = {"rule": None, **step.body["wanted"]} if step.action == "create" else step.body["wanted"]
        return all(getattr(group, name) == value for name, value in wanted.items())


class GroupAftermath:
    """Implements `services.history.Changes` for groups. `new_key` makes the key of one step."""

    def __init__(self, changes: GroupChanges, groups: GroupsPort, clients: Clients, new_key: Callable[[], str]) -> None:
        self.carry_out = changes.carry_out
        self._groups = groups
        self._clients = clients
        self._new_key = new_key

    def knows_by_key(self, step: Step) -> bool:
        """A change or a removal of a group itself goes by the version it builds on, not by a key."""
        return step.request == MEMBERS or step.action == "create"

    async def in_place(self, steps: Sequence[Step]) -> Mapping[str, bool]:
        """By key, whether what each was to bring about is so now."""
        now = await self._now(steps)
        return {step.key: now.has(step) for step in steps}

    async def reversed(self, steps: Sequence[Step]) -> Plan:
        """What takes these steps back, each group itself before the clients in it.

        Raises:
            RunMoved: not all that they did is as they left it; the details name each.
        """
        told = [step for step in steps if step.body is not None]
        settled = [Outcome.of(step, State.REFUSED, reason=NOT_KEPT) for step in steps if step.body is None]
        now = await self._now(steps)
        if moved := [Detail(_place(step), how) for step in told if (how := _how_it_moved(step, told, now))]:
            raise RunMoved(f"{counted(len(moved), 'change')} of the run cannot be taken back", details=moved)
        follow = {step.target for step in told if _brings_its_clients_back(step)}
        back: list[Step] = []
        for step in told:
            if step.request == MEMBERS and step.target in follow:
                continue
            if reason := _why_not(step):
                settled.append(Outcome.of(step, State.REFUSED, reason=reason))
            else:
                back.append(self._reverse(step, now))
        ordered = sorted(back, key=lambda step: step.request != GROUP)
        versions = {path_of(slug): group.etag for slug, group in now.groups.items()}
        return Plan(
            noun="groups",
            headline=headline_of(ordered),
            steps=ordered,
            settled=settled,
            unit="change",
            versions={path_of(step.target): versions.get(path_of(step.target)) for step in ordered},
        )

    def _reverse(self, step: Step, now: Now) -> Step:
        if step.request == MEMBERS:
            action = OPPOSITE[step.action]
            return replace(
                step, key=self._new_key(), action=action, body={**step.body, "action": action}, why="as before"
            )
        action, body = _group_as_before(step, now)
        return replace(step, key=self._new_key(), action=action, body=body, why="as before")

    async def _now(self, steps: Sequence[Step]) -> Now:
        there = {group.slug: group for group in await all_of(self._groups.list())}
        touched = {step.target for step in steps}
        looked_into = {step.target for step in steps if step.request == MEMBERS or step.action == "create"}
        inside = {
            slug: frozenset(client.id for client in await self._clients.in_group(slug))
            for slug in sorted(looked_into & there.keys())
        }
        return Now(groups={slug: there[slug] for slug in sorted(touched & there.keys())}, clients=inside)


def _group_as_before(step: Step, now: Now) -> tuple[str, dict[str, object]]:
    """The action and the body that bring a group itself back to what it was."""
    if step.action == "delete":
        wanted = {"slug": step.target, **_before(step)}
        return "create", {"wanted": {name: value for name, value in wanted.items() if value is not None}}
    group = now.groups[step.target]
    if step.action == "create":
        return "delete", {"etag": group.etag, "before": {"title": group.title, "rule": group.rule}}
    before = _before(step)
    touched = {"title", *(() if before.get("rule") is None else ("rule",))}
    wanted = {name: before[name] for name in sorted(touched) if before.get(name) != getattr(group, name)}
    return "change", {"etag": group.etag, "wanted": wanted, "before": {"title": group.title, "rule": group.rule}}


def _why_not(step: Step) -> str | None:
    """Why a step cannot be taken back though nothing moved, None where it can."""
    if step.action in {"create", "add", "remove"}:
        return None
    before = _before(step)
    if not before:
        return "what was there before is not known"
    if step.action == "delete" and before["rule"] is None:
        return "which clients were in it is not known any more"
    if step.action == "change" and before["rule"] is None and "rule" in step.body["wanted"]:
        return "which clients were in it before it followed a rule is not known any more"
    return None


def _how_it_moved(step: Step, steps: Sequence[Step], now: Now) -> str | None:
    """In what way the step's effect is not as the run left it, None where it is."""
    group = now.groups.get(step.target)
    if step.request == MEMBERS:
        return _how_the_member_moved(step, group, now)
    if step.action == "create" and group is not None and group.rule is None:
        ours = {one.body["client"] for one in steps if one.target == step.target and one.action == "add"}
        if others := now.clients[step.target] - ours:
            return f"{counted(len(others), 'client')} came into it since"
    if now.has(step):
        return None
    return "is there again" if step.action == "delete" else "is gone" if group is None else "was changed since"


def _how_the_member_moved(step: Step, group: Group | None, now: Now) -> str | None:
    if group is None:
        return "the group is gone"
    if group.rule is not None:
        return "the group follows a rule now"
    if now.has(step):
        return None
    return "is not in it any more" if step.action == "add" else "is in it again"


def _brings_its_clients_back(step: Step) -> bool:
    """Whether taking the step back settles who is in the group too: it goes, or follows its rule again."""
    return step.action == "create" or (step.action == "change" and bool(_before(step).get("rule")))


def _before(step: Step) -> Mapping[str, str | None]:
    before: Mapping[str, str | None] = step.body.get("before", {})
    return before


def _place(step: Step) -> str:
    return f"{step.target}, {step.subject} {step.name}" if step.subject else step.target
