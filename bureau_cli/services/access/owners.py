"""Owners (ansvarlige): who owns which client, who ran its latest payroll, and plans that make the one the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.access import InferredOwner, Wish
from bureau_cli.domain.clients import Client, Person
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import BadUsage, NoAccess, OwnerNeeded
from bureau_cli.services.access.plan import AccessPlans
from bureau_cli.services.access.shares import dealt
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import OWNER
from bureau_cli.services.access.steps import SET_OWNER
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import AccessPort, Stream
from bureau_cli.services.streams import all_of
from bureau_cli.services.users import NONE

PROPOSING = ("no_owner", "differs")
"""The verdicts on which whoever ran the latest payroll is made owner."""
BY_HAND = "differs_from_manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One owner's clients on their way to others, `evenly` where there are several."""

    giver: str
    takers: Sequence[str]
    evenly: bool = False

    def named(self, situation: Situation) -> Handover:
        """It with logins for the words on the command line.

        Raises:
            BadUsage: nobody is named or somebody twice, or several are without saying who gets what.
        """
        if not self.takers:
            raise BadUsage("--to-user names nobody", fix="name who gets the clients")
        giver, takers = situation.login(self.giver), [situation.login(taker) for taker in self.takers]
        if len({giver, *takers}) <= len(takers):
            raise BadUsage("--from-user and --to-user name somebody twice", fix="name each once")
        if len(takers) > 1 and not self.evenly:
            raise BadUsage("--to-user names several, but not who gets what", fix="add --evenly, or name one")
        return replace(self, giver=giver, takers=takers)


class Owners:
    """Who owns what, and plans for other owners."""

    def __init__(self, access: AccessPort, clients: Clients, plans: AccessPlans) -> None:
        self.carry_out = plans.carry_out
        self._access = access
        self._clients = clients
        self._plans = plans

    async def search(
        self, selection: Selection, *, verdicts: Sequence[str] = (), most: int | None = None
    ) -> Stream[InferredOwner]:
        """The clients of a selection that have not left: who owns each, and who ran its latest payroll."""
        return await self._clients.belonging(
            selection, lambda chosen: self._access.inferred_owners({"verdict": verdicts, **chosen}, most=most)
        )

    async def plan_set(self, login: str, selection: Selection) -> Plan:
        """One owner for every client of the selection."""
        situation = await self._plans.look(selection.required(), [login])
        user = situation.login(login)
        wishes = [Wish(client=client, user=user, role=OWNER) for client in situation.clients]
        plan = self._plans.plan(wishes, situation)
        return replace(plan, headline=f"make {user} the owner of {counted(len(plan.steps), 'client')}")

    async def plan_infer(self, selection: Selection, *, override_manual: bool) -> Plan:
        """Whoever ran the latest payroll of each client; an owner who was chosen by hand stays unless told."""
        chosen = await self._clients.all_of(selection.required())
        rows = {row.client.id: row for row in await all_of(await self.search(selection))}
        verdicts = (*PROPOSING, BY_HAND) if override_manual else PROPOSING
        wishes = {
            row.client.id: _wish(row, row.inferred)
            for row in rows.values()
            if row.inferred is not None and row.verdict in verdicts
        }
        situation = await self._plans.look([wish.client for wish in wishes.values()])
        idle = {user.login for user in situation.users.values() if user.role == NONE}
        wishes = {client: wish for client, wish in wishes.items() if wish.user not in idle}
        plan = self._plans.plan(wishes.values(), situation)
        alone = [_left_alone(client, rows.get(client.id), idle) for client in chosen if client.id not in wishes]
        headline = f"make who ran the latest payroll the owner of {counted(len(plan.steps), 'client')}"
        return replace(plan, headline=headline, settled=[*plan.settled, *alone])

    async def plan_move(self, handover: Handover, selection: Selection) -> Plan:
        """What one user owns of the selection, or in all where nothing was selected, to another or to several."""
        everybody = Selection(all_clients=True)
        chosen = await self._clients.all_of(everybody if selection.is_empty else selection)
        situation = await self._plans.look([client.reference for client in chosen], [handover.giver, *handover.takers])
        handover = handover.named(situation)
        owned = [client for client in chosen if client.owner is not None and client.owner.login == handover.giver]
        shares = dealt(owned, handover.takers)
        wishes = [
            Wish(client=client.reference, user=shares[client.id], role=OWNER, why=f"{handover.giver} hands it over")
            for client in owned
        ]
        plan = self._plans.plan(wishes, situation)
        numbers = Counter(step.party for step in plan.steps)
        told = ", ".join(f"{taker} ({numbers[taker]})" for taker in handover.takers)
        return replace(plan, headline=f"hand {counted(len(plan.steps), 'client')} of {handover.giver} over to {told}")


def _wish(row: InferredOwner, runner: Person) -> Wish:
    """What a verdict that proposes somebody asks for."""
    why = f"{runner.login} {_told_basis(row)}"
    return Wish(client=row.client, user=runner.login, role=OWNER, source="inferred", why=why)


def _told_basis(row: InferredOwner) -> str:
    """What speaks for who ran it: `ran 2026-10, paid 2026-10-20 (run pr_1)`."""
    basis = row.basis
    return f"ran {basis.period}, paid {basis.pay_date} (run {basis.run})" if basis else "ran the latest payroll"


def _left_alone(client: Client, row: InferredOwner | None, idle: Container[str]) -> Outcome:
    """Why nobody is proposed, as none of the `idle` are; a client that goes on without an owner is no success."""
    party = row.owner.login if row is not None and row.owner is not None else ""
    state, code = (State.UNCHANGED, None) if party else (State.REFUSED, OwnerNeeded.code)
    if row is None:
        state, code = (State.UNCHANGED, None) if client.status == "left" else (State.REFUSED, NoAccess.code)
    reason = _why_alone(client, row, idle)
    return Outcome(
        subject=client.number, name=client.name, action=SET_OWNER, state=state, code=code, reason=reason, party=party
    )


def _why_alone(client: Client, row: InferredOwner | None, idle: Container[str]) -> str:
    if row is None:
        return f"has left, on {client.left}" if client.status == "left" else "you have no access to it; a leader has"
    if row.inferred is None:
        return "there is no payroll run to go by"
    runner = row.inferred.login
    if row.verdict == "same":
        return _told_basis(row)
    if row.verdict == "runner_left" or runner in idle:
        why = "has left the bureau" if row.verdict == "runner_left" else "has no role in the bureau"
        return f"{runner}, who {_told_basis(row)}, {why}"
    if row.verdict == BY_HAND:
        how = "invited by the client" if row.source == "client_invited" else "chosen by hand"
        return f"{how}, though {runner} {_told_basis(row)}; --override-manual changes it"
    return f"the platform says: {row.verdict}"
