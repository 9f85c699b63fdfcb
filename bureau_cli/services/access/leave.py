"""Somebody leaves the bureau: everything they hold in one plan, and what only the clients can take from them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.access import UNSAID, Access, InferredOwner
from bureau_cli.domain.letters import Removal, letters
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.domain.signing_in import Identity
from bureau_cli.domain.users import User
from bureau_cli.errors import BadUsage, DatePassed, LastOverseer, NoAccess, OwnRole
from bureau_cli.services.access.holdings import Departure, Held
from bureau_cli.services.access.owners import Owners
from bureau_cli.services.access.plan import ROLE, AccessPlans
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import OWNER
from bureau_cli.services.access.steps import END
from bureau_cli.services.ports import AccessPort, AltinnPort
from bureau_cli.services.streams import all_of
from bureau_cli.services.users import NONE, Console, Users

UNTAG, SET_ROLE = "untag", "set role"

NewKey = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """The plan, what it is for, and the letters to the `invited` clients that gave access themselves, in one text."""

    plan: Plan
    told: str
    invited: int
    letters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """Where it is read what somebody has."""

    access: AccessPort
    altinn: AltinnPort
    owners: Owners


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """What a plan has beside accesses."""

    steps: Sequence[Step] = ()
    settled: Sequence[Outcome] = ()
    consequences: Sequence[Outcome] = ()
    versions: Mapping[str, str | None] = field(default_factory=dict)


class Leave:
    """Plans for people who leave. `who` asks the platform for the caller; `new_key` makes the key of one step."""

    def __init__(
        self, reads: Reads, users: Users, plans: AccessPlans, who: Callable[[], Awaitable[Identity]], new_key: NewKey
    ) -> None:
        self.carry_out = plans.carry_out
        self._reads = reads
        self._users = users
        self._plans = plans
        self._who = who
        self._new_key = new_key

    async def plan(self, departure: Departure) -> Farewell:
        """End what the leaver has, hand over what they own, and take their role; the rest is told with its reason.

        Raises:
            UserNotFound: nobody has this login, or that of the new owner.
            BadUsage: the leaver is to own everything next.
            UserHasLeft: the new owner has left.
            DatePassed: the last day has passed.
        """
        held = await self._held(departure)
        plan = self._plans.plan(held.wishes(), held.situation)
        role, tags = await self._role(held), _tags(held, plan)
        steps = [*(_with_tag(step, held) for step in plan.steps), *role.steps]
        whole = replace(
            plan,
            headline=_headline(held, steps),
            steps=steps,
            settled=[*plan.settled, *role.settled, *tags.settled, *_out_of_sight(held)],
            consequences=[*plan.consequences, *tags.consequences],
            versions={**plan.versions, **role.versions},
        )
        told = f"{held.leaver.login} leaves{_with(held)}"
        return Farewell(plan=whole, told=told, invited=len(held.invited), letters=await self._letters(held))

    async def _held(self, departure: Departure) -> Held:
        """Look at everything at once that one request does not need another for."""
        leaver, accesses, tags = await asyncio.gather(
            self._users.show(departure.login),
            all_of(self._reads.access.list({"user": [departure.login]})),
            all_of(self._reads.altinn.list({"user": [departure.login]})),
        )
        clients = [access.client for access in accesses]
        situation, ran = await asyncio.gather(self._plans.look(clients), self._ran(departure, accesses))
        if isinstance(departure.new_owner, str):
            _require_heir(situation.login(departure.new_owner), leaver.login, situation)
        if departure.last_day is not None and departure.last_day < situation.today:
            raise DatePassed(f"the last day, {departure.last_day}, lies before today, {situation.today}")
        return Held(
            departure=departure,
            leaver=leaver,
            accesses=accesses,
            tags={one.client.id: one for one in tags},
            ran=ran,
            situation=situation,
        )

    async def _ran(self, departure: Departure, accesses: Sequence[Access]) -> Mapping[str, InferredOwner]:
        """Who ran the latest payroll of what is owned, where somebody has to be proposed for it."""
        owned = [Token(text=access.client.number, place="") for access in accesses if access.role == OWNER]
        if departure.new_owner is not UNSAID or not owned:
            return {}
        rows = await all_of(await self._reads.owners.search(Selection(clients=tuple(owned))))
        return {row.client.id: row for row in rows}

    async def _role(self, held: Held) -> _Beside:
        """What becomes of the leaver's role in the bureau; it can have no last day, so it stays where there is one."""
        leaver, last = held.leaver, held.departure.last_day
        if held.departure.keep_role or leaver.role == NONE:
            return _Beside()
        step = self._role_step(leaver)
        if last is not None:
            then = f"the role {leaver.role} stays until then; after {last}: bureau access leave --user {leaver.login}"
            return _Beside(settled=[Outcome.of(step, State.UNCHANGED, reason=then)])
        try:
            change = await self._users.foresee_role(leaver.login, NONE)
        except (OwnRole, LastOverseer) as no:
            return _Beside(settled=[Outcome.of(step, State.REFUSED, code=no.code, reason=no.message)])
        # Without a leader the console is off, and with it all that is still under way: then the role goes last.
        step = replace(step, target="") if change.console is Console.CLOSES else step
        return _Beside(steps=[step], versions={f"users/{leaver.login}": leaver.etag})

    def _role_step(self, leaver: User) -> Step:
        return Step(
            key=self._new_key(),
            subject="",
            name=leaver.name,
            action=SET_ROLE,
            body={"etag": leaver.etag, "role": NONE, "before": leaver.role},
            target=f"user {leaver.login}",
            request=ROLE,
            why=f"{leaver.role} → {NONE}",
            party=leaver.login,
        )

    async def _letters(self, held: Held) -> str:
        """What is asked of the clients that invited the leaver."""
        if not held.invited:
            return ""
        bureau = (await self._who()).bureau
        return letters([_removal(held, access) for access in held.invited], bureau, held.situation.today)


def _require_heir(heir: str, leaver: str, situation: Situation) -> None:
    """See that there is somebody to take over, before the leaver loses anything."""
    if situation.heir(heir) == leaver:
        raise BadUsage(f"{leaver} leaves, and cannot be the new owner", fix="name another, or none")


def _removal(held: Held, access: Access) -> Removal:
    successor = held.successors.get(access.client.id)
    named = held.situation.users.get(successor.login) if successor and successor.login else None
    return Removal(
        client=access.client,
        leaver=access.user,
        last_day=held.departure.last_day or held.leaver.left,
        successor=named.name if named else None,
    )


def _tags(held: Held, plan: Plan) -> _Beside:
    """What becomes of the Altinn tags: each goes with the access, or stays with it."""
    ends = {step.body["client"]: step for step in plan.steps if step.action == END}
    goes, stays = [], []
    for client, settings in held.tags.items():
        number, login = settings.client.number, held.leaver.login
        tag = Outcome(subject=number, name=settings.client.name, action=UNTAG, state=State.FOLLOWS, party=login)
        if client in ends:
            day = ends[client].body.get("to")
            goes.append(replace(tag, reason="goes with the access" + (f" on {day}" if day else "")))
        else:
            way = f"bureau altinn untag --user {login} --clients {number}"
            stays.append(replace(tag, state=State.UNCHANGED, reason=f"stays with the access; to end it: {way}"))
    return _Beside(settled=stays, consequences=goes)


def _with_tag(step: Step, held: Held) -> Step:
    """The step, with what whoever takes it back should know of the Altinn tag."""
    takes_tag = step.action == END and step.body["client"] in held.tags
    return replace(step, body={**step.body, "tagged": True}) if takes_tag else step


def _out_of_sight(held: Held) -> Iterator[Outcome]:
    """What the leaver has at clients that are not the caller's to see into."""
    if held.unseen:
        clients = counted(held.unseen, "client")
        yield Outcome(
            subject="",
            name=held.leaver.name,
            action=END,
            state=State.REFUSED,
            code=NoAccess.code,
            reason=f"has access to {clients} more, which you have not; a leader can end it",
            party=held.leaver.login,
        )


def _headline(held: Held, steps: Sequence[Step]) -> str:
    """`take from Kari Berg (kari): access to 12 clients, 3 of which get another owner, and the role officer`."""
    ends = sum(step.action == END for step in steps)
    moved = sum("new_owner" in step.body for step in steps)
    parts = [f"access to {counted(ends, 'client')}"] if ends else []
    parts += [f"the ownership of {counted(moved, 'client')}"] if moved else []
    parts += [f"the role {held.leaver.role}"] if any(step.request == ROLE for step in steps) else []
    who = f"{held.leaver.name} ({held.leaver.login})"
    return f"take from {who}{_with(held)}: {', '.join(parts) or 'nothing'}"


def _with(held: Held) -> str:
    """When, in a sentence; nothing for at once."""
    return f" with {held.departure.last_day}" if held.departure.last_day else ""
