"""Changes of many to who has access after they were made: whether they are in place, and what takes them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.access import UNSAID, Wish
from bureau_cli.domain.clients import ClientReference
from bureau_cli.errors import Detail, RunMoved
from bureau_cli.services.access.plan import ROLE, AccessPlans, headline_of
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import INVITED, OWNER, Standing, after, owner_in
from bureau_cli.services.access.steps import ACCESS
from bureau_cli.services.ports import UsersPort

NOT_KEPT = "what it says may not be kept"


class AccessAftermath:
    """Implements `services.history.Changes` for access, and for the roles that go with it. `new_key` makes a key."""

    def __init__(self, plans: AccessPlans, users: UsersPort, new_key: Callable[[], str]) -> None:
        self.carry_out = plans.carry_out
        self._plans = plans
        self._users = users
        self._new_key = new_key

    def knows_by_key(self, step: Step) -> bool:
        """A change of a role goes by the version it builds on, not by a key."""
        return step.request == ACCESS

    async def in_place(self, steps: Sequence[Step]) -> Mapping[str, bool]:
        """By key, whether what each was to bring about is so now."""
        now = await self._plans.look_again(steps)
        return {step.key: _is_in_place(step, now) for step in steps}

    async def reversed(self, steps: Sequence[Step]) -> Plan:
        """What takes these steps back, the last one first.

        Raises:
            RunMoved: not all that they did is as they left it; the details name each.
        """
        told = [step for step in steps if step.body is not None]
        now = await self._plans.look_again(told)
        left = _as_left(told, now.today)
        if moved := [Detail(_place(step), "was changed since") for step in told if not _is_as_left(step, left, now)]:
            raise RunMoved(f"{counted(len(moved), 'change')} of the run cannot be taken back", details=moved)
        back = [*reversed(told)]
        wishes = [wish for step in back if step.request == ACCESS for wish in _as_before(step, now.today)]
        plan = self._plans.plan(wishes, now)
        roles = [self._role_as_before(step, now) for step in back if step.request == ROLE]
        lost = [Outcome.of(step, State.REFUSED, reason=NOT_KEPT) for step in steps if step.body is None]
        tags = [_tag_not_back(step) for step in told if step.body.get("tagged")]
        whole = [*roles, *plan.steps]
        return replace(plan, headline=headline_of(whole), steps=whole, settled=[*plan.settled, *lost, *tags])

    def _role_as_before(self, step: Step, now: Situation) -> Step:
        body = {"etag": now.users[step.party].etag, "role": step.body["before"], "before": step.body["role"]}
        return replace(step, key=self._new_key(), body=body, why=f"{step.body['role']} → {step.body['before']}")


def _tag_not_back(step: Step) -> Outcome:
    """Who has access again is not tagged again by that."""
    reason = f"the Altinn tag went with the access: bureau altinn tag --user {step.party} --clients {step.subject}"
    return Outcome.of(replace(step, action="tag"), State.UNCHANGED, reason=reason)


def _before(step: Step) -> dict[str, Standing]:
    """Who had what of those the step was about."""
    kept = step.body["before"]
    return {login: Standing.kept(document) for login, document in kept.items() if document is not None}


def _then(step: Step, today: date) -> Mapping[str, Standing | None]:
    """What everybody the step was about had after it, as far as that is not over by today."""
    present = after(step.body, _before(step), today)
    return {login: present.get(login) for login in {*step.body["before"], *present}}


def _as_left(steps: Sequence[Step], today: date) -> dict[tuple[str, str], Standing | None]:
    """By client id and login, what a run left; what came later counts."""
    return {
        (step.body["client"], login): standing
        for step in steps
        if step.request == ACCESS
        for login, standing in _then(step, today).items()
    }


def _is_as_left(step: Step, left: Mapping[tuple[str, str], Standing | None], now: Situation) -> bool:
    if step.request == ROLE:
        return _is_in_place(step, now)
    client = step.body["client"]
    return all(_is_now(login, left[client, login], client, now) for login in step.body["before"])


def _is_in_place(step: Step, now: Situation) -> bool:
    """Whether what the step was to bring about is so: for its user, and for who is to own the client."""
    if step.request == ROLE:
        return step.party in now.users and now.users[step.party].role == step.body["role"]
    then, client = _then(step, now.today), step.body["client"]
    owner = owner_in({login: one for login, one in then.items() if one is not None})
    owns = owner is None or _is_now(owner.login, owner, client, now)
    return owns and _is_now(step.party, then[step.party], client, now)


def _is_now(login: str, then: Standing | None, client: str, now: Situation) -> bool:
    """Whether somebody has at a client what a change gave them; what has ended by itself is not there any more."""
    access = now.access_of(client, login)
    if then is None or (then.ends is not None and then.ends < now.today):
        return access is None
    return access is not None and (access.role, access.ends) == (then.role, then.ends)


def _as_before(step: Step, today: date) -> Iterator[Wish]:
    """What is to be wished for so that a step is taken back."""
    before = _before(step)
    client = ClientReference(id=step.body["client"], number=step.subject, name=step.name, orgnr="")
    was, heir = before.get(step.party), step.body.get("new_owner")
    took = step.body.get("role") == OWNER and (was is None or was.role != OWNER)
    begins_later = was is not None and was.starts > today
    if was is None or (begins_later and _began(step, before, today)):
        yield Wish(client=client, user=step.party, role=None, new_owner=_owner_before(before) if took else UNSAID)
    if was is not None:
        yield Wish(
            client=client,
            user=step.party,
            role=was.role,
            starts=was.starts if begins_later else None,
            ends=was.ends,
            source=None if was.source == INVITED else was.source,
            reason=was.reason,
            new_owner=_owner_before(before) if took else None if was.role == OWNER and was.ends else UNSAID,
        )
    if heir is not None and heir not in before:
        yield Wish(client=client, user=heir, role=None)


def _began(step: Step, before: Mapping[str, Standing], today: date) -> bool:
    """Whether the step let its user in at once: a first day that has come is not moved, so that access must end."""
    then = after(step.body, before, today).get(step.party)
    return then is not None and then.starts <= today


def _owner_before(before: Mapping[str, Standing]) -> str | None:
    owner = owner_in(before)
    return None if owner is None else owner.login


def _place(step: Step) -> str:
    return f"{step.party} at {step.subject} {step.name}" if step.subject else step.party
