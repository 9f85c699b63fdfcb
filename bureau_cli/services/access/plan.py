"""Changes of many to who has access: what is wished for is held against what is there, and carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.access import Wish
from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import Detail, PlanStale
from bureau_cli.services.access.situation import Situation, Situations
from bureau_cli.services.access.steps import ACCESS, ACTIONS, OURS, ClientSteps, path_of
from bureau_cli.services.outcomes import outcome_of
from bureau_cli.services.ports import AccessPort, UsersPort

ROLE = "role"
"""The request of a step that gives a user another role in the bureau; its `party` is who."""


class AccessPlans:
    """Plans for access to clients. `new_key` makes the key of one step."""

    def __init__(
        self, situations: Situations, access: AccessPort, users: UsersPort, new_key: Callable[[], str]
    ) -> None:
        self._situations = situations
        self._access = access
        self._users = users
        self._new_key = new_key

    async def look(self, where: Selection | Sequence[ClientReference], users: Sequence[str] | None = None) -> Situation:
        """What is there now at some clients: of everybody, or of these users, the caller and the owners.

        Raises:
            UserNotFound: one of the users is not there.
        """
        return await self._situations.look(where, users)

    def plan(self, wishes: Iterable[Wish], situation: Situation, *, headline: str | None = None) -> Plan:
        """What it takes to make the wishes true; what is so already or cannot be is settled without sending it.

        At each client a new owner comes first, then everybody else as they were wished for, and the caller last.
        """
        by_client: dict[str, list[Wish]] = {}
        for wish in wishes:
            by_client.setdefault(wish.client.id, []).append(wish)
        pages = [ClientSteps(situation, of_one, self._new_key) for of_one in by_client.values()]
        steps = [step for page in pages for step in page.steps]
        return Plan(
            noun="access",
            headline=headline or headline_of(steps),
            steps=steps,
            settled=[outcome for page in pages for outcome in page.settled],
            consequences=[outcome for page in pages for outcome in page.consequences],
            unit="change",
            versions={path: version for page in pages for path, version in page.versions.items()},
        )

    async def carry_out(self, steps: Sequence[Step]) -> list[Outcome]:
        """Send steps of one request; the platform answers for each."""
        if steps[0].request == ROLE:
            return [await self._change_role(step) for step in steps]
        bodies = ({name: value for name, value in step.body.items() if name not in OURS} for step in steps)
        items = [{**body, "key": step.key} for body, step in zip(bodies, steps, strict=True)]
        by_key = {result.key: result for result in await self._access.change(items)}
        return [outcome_of(step, by_key.get(step.key)) for step in steps]

    async def require_unmoved(self, plan: Plan) -> None:
        """See that everything a plan builds on is as it was when the plan was made.

        Raises:
            PlanStale: it is not; the details tell what moved.
        """
        now = await self.look_again(plan.steps)
        there = {path_of(one.client.id, one.user.login): one.etag for one in now.accesses}
        there |= {f"users/{user.login}": user.etag for user in now.users.values()}
        names = {
            path_of(one.body["client"], login): f"{one.subject}, {login}" for one in plan.steps for login in _about(one)
        }
        moved = [
            Detail(names.get(path, path), _how_it_moved(version, there.get(path)))
            for path, version in plan.versions.items()
            if there.get(path) != version
        ]
        if moved:
            message = f"{counted(len(moved), 'thing')} that the plan builds on changed since it was made"
            raise PlanStale(message, details=moved)

    async def look_again(self, steps: Sequence[Step]) -> Situation:
        """What is there now where these steps are about."""
        clients = {step.body["client"]: _reference(step) for step in steps if step.request == ACCESS}
        return await self._situations.look(list(clients.values()))

    async def _change_role(self, step: Step) -> Outcome:
        await self._users.change(step.party, step.body["etag"], step.body["role"])
        return Outcome.of(step, State.DONE)


def headline_of(steps: Sequence[Step]) -> str:
    """`grant 380, end 20: access of 2 users at 390 clients`, and after it `set role 1` where roles change too."""
    accesses = [step for step in steps if step.request == ACCESS]
    numbers = Counter(step.action for step in accesses)
    parts = ", ".join(f"{action} {numbers[action]}" for action in ACTIONS if numbers[action])
    users = counted(len({step.party for step in accesses}), "user")
    clients = counted(len({step.subject for step in accesses}), "client")
    roles = len(steps) - len(accesses)
    told = [f"{parts}: access of {users} at {clients}"] if accesses else []
    return "; ".join(told + [f"set role {roles}"] * bool(roles)) or "change nothing"


def _reference(step: Step) -> ClientReference:
    return ClientReference(id=step.body["client"], number=step.subject, name=step.name, orgnr="")


def _about(step: Step) -> Iterable[str]:
    """Everybody at the client whom a step changes."""
    return step.body["before"] if step.request == ACCESS else ()


def _how_it_moved(then: str | None, now: str | None) -> str:
    if then is None:
        return "is there now"
    return "is gone" if now is None else "was changed"
