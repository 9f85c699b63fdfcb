"""One client's part of a plan for access: each wish on top of what those before it make of the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bureau_cli.bulk.plan import Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.domain.access import UNSAID, Wish
from bureau_cli.services.access.rules import is_so, takes_ownership, why_not
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import INVITED, OWNER, Standing, after, owner_in, present_of

ACCESS = "access"
"""The request of every step that is about one user's access to one client; 500 travel together over all clients."""
GRANT, CHANGE, SET_OWNER, END = ACTIONS = ("grant", "change", "set owner", "end")
"""What a step does, in the words of a report."""

OURS = ("before", "tagged")
"""What a step's body has for whoever takes it back, and the platform is not sent: what everybody had, and whether the
user had the Altinn tag, which goes with access."""


class ClientSteps:
    """The steps at one client, what is settled there, what follows, and the versions that this builds on.

    A new owner comes first, then everybody else in their order, and the caller last: an administrator who has ended
    their own access could do nothing more at the client.
    """

    def __init__(self, situation: Situation, wishes: Sequence[Wish], new_key: Callable[[], str]) -> None:
        self.steps: list[Step] = []
        self.settled: list[Outcome] = []
        self.consequences: list[Outcome] = []
        self.versions: dict[str, str | None] = {}
        self._situation = situation
        self._new_key = new_key
        self._client = wishes[0].client
        there = situation.by_client.get(self._client.id, {})
        self._etags = {login: access.etag for login, access in there.items()}
        self._present = present_of(there.values())
        self._touched: set[str] = set()
        for wish in sorted(wishes, key=self._place):
            self._take(wish)

    def _place(self, wish: Wish) -> tuple[bool, bool]:
        return wish.role != OWNER, wish.user == self._situation.caller.login

    def _take(self, wish: Wish) -> None:
        """Settle a wish, or make it a step."""
        now = self._present.get(wish.user)
        step = self._step(wish, now)
        is_known = now is not None or self._situation.sees(self._client.id)
        if is_known and is_so(wish, now, self._situation.today):
            reason = "has no access" if now is None else f"{now.told()} already"
            self.settled.append(Outcome.of(step, State.UNCHANGED, reason=reason))
        elif refusal := why_not(wish, self._present, self._situation):
            self.settled.append(Outcome.of(step, State.REFUSED, code=refusal.code, reason=refusal.reason))
        else:
            self._add(step)

    def _add(self, step: Step) -> None:
        then = after(step.body, self._present, self._situation.today)
        moved = {login for login in then.keys() | self._present.keys() if then.get(login) != self._present.get(login)}
        for login in sorted(moved - self._touched):
            self.versions[path_of(self._client.id, login)] = self._etags.get(login)
        self.steps.append(step)
        for login in sorted(moved - {step.party}):
            self.consequences.append(_following(step, login, self._present.get(login), then[login]))
        self._touched |= moved
        self._present = then

    def _step(self, wish: Wish, now: Standing | None) -> Step:
        item = _item(wish, now)
        then = after(item, self._present, self._situation.today).get(wish.user)
        # What an earlier step of this plan touches has another version by then.
        on_top_of = {} if wish.user in self._touched else {"on_top_of": self._etags.get(wish.user)}
        affected = (wish.user, _login(owner_in(self._present)), item.get("new_owner"))
        before = {
            login: standing.document() if (standing := self._present.get(login)) else None
            for login in affected
            if login is not None
        }
        return Step(
            key=self._new_key(),
            subject=wish.client.number,
            name=wish.client.name,
            action=_action(wish, now),
            body={**item, **on_top_of, "before": before},
            request=ACCESS,
            why="; ".join(filter(None, (_told(item, now, then), wish.why))) or None,
            party=wish.user,
        )


def path_of(client: str, login: str) -> str:
    """What a plan calls a user's access to a client, by its id, among the things it builds on."""
    return f"clients/{client}/access/{login}"


def _item(wish: Wish, now: Standing | None) -> dict[str, Any]:
    """What is sent for a wish, without its key."""
    item: dict[str, Any] = {"client": wish.client.id, "user": wish.user}
    if wish.role is None:
        item["action"] = "end"
        # Access that would only begin after its last day never begins.
        if wish.ends is not None and (now is None or now.starts <= wish.ends):
            item["to"] = wish.ends.isoformat()
    else:
        item |= {"action": "grant", "role": wish.role, "to": wish.ends and wish.ends.isoformat()}
        said = {"from": wish.starts and wish.starts.isoformat(), "source": wish.source, "reason": wish.reason}
        # What a change does not say is not what there was: the platform takes it for unsaid.
        there = {"source": now.source, "reason": now.reason} if now is not None and now.source != INVITED else {}
        for name, value in (*there.items(), *said.items()):
            if value is not None:
                item[name] = value
    if wish.new_owner is not UNSAID and takes_ownership(wish, now):
        item["new_owner"] = wish.new_owner
    return item


def _action(wish: Wish, now: Standing | None) -> str:
    if wish.role is None:
        return END
    if wish.role == OWNER and (now is None or now.role != OWNER):
        return SET_OWNER
    return GRANT if now is None else CHANGE


def _told(item: Mapping[str, Any], now: Standing | None, then: Standing | None) -> str:
    """What an item makes of what there is: `member`, `member → owner`, `was owner; ola owns it from now on`."""
    if then is None:
        parts = [] if now is None else [f"was {now.told()}"]
    else:
        parts = [then.told() if now is None or now.told() == then.told() else f"{now.told()} → {then.told()}"]
        if "from" in item if now is None else now.starts != then.starts:
            parts.append(f"from {then.starts}")
    if item.get("new_owner") is not None:
        parts.append(f"{item['new_owner']} owns it from now on")
    elif "new_owner" in item:
        parts.append("then nobody owns it")
    return "; ".join(parts)


def _login(standing: Standing | None) -> str | None:
    return None if standing is None else standing.login


def _following(step: Step, login: str, now: Standing | None, then: Standing) -> Outcome:
    """What a change of the owner makes of the other one."""
    action = GRANT if now is None else CHANGE
    reason = then.told() if now is None else f"{now.told()} → {then.told()}"
    return Outcome(subject=step.subject, name=step.name, action=action, state=State.FOLLOWS, reason=reason, party=login)
