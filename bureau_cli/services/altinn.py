"""The bureau's own Altinn settings at its clients: where they are used, by whom, and changes of many to that."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, counted
from bureau_cli.domain.altinn import AltinnSettings
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.domain.users import User
from bureau_cli.errors import Detail, PlanStale, RoleForbids
from bureau_cli.services.altinn_rules import Judge, There
from bureau_cli.services.clients import Clients
from bureau_cli.services.outcomes import outcome_of
from bureau_cli.services.ports import AccessPort, AltinnPort, Stream, UsersPort
from bureau_cli.services.streams import all_of

PLACE = "altinn/"
OURS = ("before", "tags")
"""What a step keeps for taking it back, and does not send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AltinnFilter:
    """What only `altinn list` asks beside a selection."""

    used: bool | None = None
    delegation: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    def asked(self) -> dict[str, Any]:
        """The parts that were said, by the contract's names."""
        used = None if self.used is None else str(self.used).lower()
        return {"partner_settings": used, "delegation": self.delegation, "user": self.users}

    def described(self) -> str:
        """Say it as a person would: `used, delegation missing`; empty where nothing was said."""
        parts = [] if self.used is None else ["used" if self.used else "not used"]
        parts += [f"{name} {' or '.join(said)}" for name, said in (
            ("delegation", self.delegation), ("user", self.users)
        ) if said]  # fmt: skip
        return ", ".join(parts)


class Altinn:
    """Looks at Altinn settings, and plans changes to them. `new_key` makes the key of one step."""

    def __init__(
        self, altinn: AltinnPort, access: AccessPort, users: UsersPort, clients: Clients, new_key: Callable[[], str]
    ) -> None:
        self._altinn = altinn
        self._access = access
        self._users = users
        self._clients = clients
        self._new_key = new_key

    async def search(
        self, selection: Selection, narrowed: AltinnFilter, *, most: int | None = None
    ) -> Stream[AltinnSettings]:
        """The settings of the clients of a selection, narrowed further, by the clients' names."""
        return await self._clients.belonging(
            selection, lambda chosen: self._altinn.list({**narrowed.asked(), **chosen}, most=most)
        )

    async def plan_enable(self, selection: Selection, users: Sequence[str] = ()) -> Plan:
        """Use the bureau's settings at the clients of a selection, and tag all with running access, or only these."""
        logins = [user.login for user in await self._meant(users)] or None
        there, judge = await self._looked(selection)
        judged = [judge.enable(client, logins) for client in there.clients]
        return plan_of("use the bureau's Altinn settings for", judged, there)

    async def plan_disable(self, selection: Selection) -> Plan:
        """Use them no longer; then nobody is tagged there either."""
        there, judge = await self._looked(selection)
        judged = [judge.disable(client) for client in there.clients]
        return plan_of("stop using the bureau's Altinn settings for", judged, there)

    async def plan_tags(self, selection: Selection, action: str, users: Sequence[str]) -> Plan:
        """Tag users at the clients of a selection, or untag them."""
        meant = await self._meant(users)
        there, judge = await self._looked(selection)
        judged = [judge.tag(client, action, user) for client in there.clients for user in meant]
        who = meant[0].login if len(meant) == 1 else counted(len(meant), "user")
        return plan_of(f"{action} {who} at", judged, there, unit="tag")

    async def carry_out(self, steps: Sequence[Step]) -> list[Outcome]:
        """Send steps; the platform answers for each."""
        items = [{**without_ours(step.body), "key": step.key} for step in steps]
        by_key = {result.key: result for result in await self._altinn.change(items)}
        return [outcome_of(step, by_key.get(step.key)) for step in steps]

    async def require_unmoved(self, plan: Plan) -> None:
        """See that the settings a plan builds on are as they were when it was made.

        Raises:
            PlanStale: they are not; the details tell where.
        """
        now = versions(await self.of_steps(plan.steps))
        moved = [Detail(path, "was changed") for path, etag in plan.versions.items() if now.get(path) != etag]
        if moved:
            raise PlanStale(f"{counted(len(moved), 'client')} changed since the plan was made", details=moved)

    async def of_steps(self, steps: Sequence[Step]) -> There:
        """The clients that some steps are about as they are now."""
        numbers = dict.fromkeys(step.subject for step in steps)
        return await self._there(Selection(clients=tuple(Token(text=number, place="") for number in numbers)))

    async def _looked(self, selection: Selection) -> tuple[There, Judge]:
        """The clients of a selection, for somebody who may change them.

        Raises:
            RoleForbids: the caller may change none.
        """
        there = await self._there(selection.required())
        role = (await self._users.get("me")).role
        if role not in {"administrator", "leader"}:
            raise RoleForbids(f"the role {role} does not change Altinn settings")
        return there, Judge(there, self._new_key)

    async def _there(self, selection: Selection) -> There:
        if selection.names_nobody:
            return There(clients=(), settings={}, running={})
        chosen = {"selection": (await self._clients.resolve(selection)).id}
        clients, settings, accesses = await asyncio.gather(
            self._clients.listed(chosen),
            all_of(self._altinn.list(chosen)),
            all_of(self._access.list({"state": ("running",), **chosen})),
        )
        running: dict[str, list[str]] = defaultdict(list)
        for access in accesses:
            if access.user_active:
                running[access.client.id].append(access.user.login)
        return There(clients=clients, settings={one.client.id: one for one in settings}, running=running)

    async def _meant(self, users: Sequence[str]) -> list[User]:
        """Who is meant, each once; somebody unknown is told before anything else."""
        return list({user.login: user for user in [await self._users.get(word) for word in users]}.values())


def plan_of(opening: str, judged: Sequence[Step | Outcome], there: There, *, unit: str = "client") -> Plan:
    """A plan of what can be done and what is settled; the headline is its opening and the number of clients."""
    steps = [one for one in judged if isinstance(one, Step)]
    settled = [one for one in judged if isinstance(one, Outcome)]
    subjects = {step.subject for step in steps}
    return Plan(
        noun="altinn",
        headline=f"{opening} {counted(len(subjects), 'client')}",
        steps=steps,
        settled=settled,
        unit=unit,
        versions={path: etag for path, etag in versions(there).items() if path.removeprefix(PLACE) in subjects},
    )


def versions(there: There) -> dict[str, str | None]:
    """What a plan builds on: the version of each client's settings."""
    return {f"{PLACE}{one.client.number}": one.etag for one in there.settings.values()}


def without_ours(body: Mapping[str, Any]) -> dict[str, Any]:
    """A step's body as it is sent."""
    return {name: value for name, value in body.items() if name not in OURS}
