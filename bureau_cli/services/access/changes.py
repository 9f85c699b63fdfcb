"""What people say on a line about access, as wishes: the same for several users at all the clients they choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bureau_cli.bulk.plan import Plan
from bureau_cli.domain.access import Access, Terms, Wish
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import BadUsage
from bureau_cli.services.access.plan import AccessPlans
from bureau_cli.services.access.rules import is_long_before
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import MEMBER, OWNER


class AccessChanges:
    """Plans of `access grant`, `revoke` and `copy`."""

    def __init__(self, plans: AccessPlans) -> None:
        self._plans = plans
        self.carry_out = plans.carry_out

    async def plan_grant(self, selection: Selection, users: Sequence[str], terms: Terms) -> Plan:
        """Give each of the users the same access to every client of the selection; whoever has more there keeps it.

        Raises:
            BadUsage: several are to own the same clients, or one until a day.
            UserNotFound: one of them is not there.
        """
        if terms.role == OWNER and len(set(users)) > 1:
            raise BadUsage("a client has one owner, so --role owner takes one user", fix="name one --user")
        _require_endless_owner(terms)
        situation = await self._plans.look(selection.required(), users)
        wishes = [
            _not_less(terms.wish(client, login), situation.access_of(client.id, login))
            for client in situation.clients
            for login in _logins(users, situation)
        ]
        return self._plans.plan(wishes, situation)

    async def plan_revoke(self, selection: Selection, users: Sequence[str], terms: Terms) -> Plan:
        """End what the users have at the clients of the selection; of all clients, where they have any, or may have.

        Raises:
            UserNotFound: one of them, or the new owner, is not there.
            UserHasLeft: the new owner has left.
        """
        situation = await self._look(selection.required(), users, terms)
        terms = _by_login(terms, situation)
        wishes = [
            terms.wish(client, login)
            for client in situation.clients
            for login in _logins(users, situation)
            if not selection.is_everybody or situation.access_of(client.id, login) or not situation.sees(client.id)
        ]
        return self._plans.plan(wishes, situation)

    async def plan_copy(self, selection: Selection, source: str, to: str, terms: Terms) -> Plan:
        """Give one user access wherever another has it, as long as that lasts; what they have there already stays.

        The copy is a member, or with the role owner in the terms what the other is.

        Raises:
            BadUsage: both are the same, or one is to own clients until a day.
            UserNotFound: one of them is not there.
        """
        _require_endless_owner(terms)
        situation = await self._look(selection, [source, to], terms)
        template, receiver = situation.login(source), situation.login(to)
        if template == receiver:
            raise BadUsage(f"{template} has that access already", fix="name two users")
        copied = [one for one in situation.accesses if one.user.login == template]
        wishes = [_copy(one, situation.access_of(one.client.id, receiver), receiver, terms) for one in copied]
        unseen = [client for client in situation.clients if not situation.sees(client.id)]
        refused = [Wish(client=client, user=receiver, role=MEMBER) for client in unseen]
        return self._plans.plan([*(replace(wish, why=f"as {template}") for wish in wishes), *refused], situation)

    async def _look(self, selection: Selection, users: Sequence[str], terms: Terms) -> Situation:
        others = [terms.new_owner] if isinstance(terms.new_owner, str) else []
        return await self._plans.look(selection, [*users, *others])


def _require_endless_owner(terms: Terms) -> None:
    if terms.role == OWNER and terms.ends is not None:
        raise BadUsage("an owner has no last day, or the client would have none after it", fix="leave out --to")


def _copy(of: Access, there: Access | None, receiver: str, terms: Terms) -> Wish:
    """What the receiver is to have where somebody else has this; what they have there already is not made less."""
    ends = terms.ends or of.ends
    starts = of.starts if of.state == "upcoming" else None
    role = of.role if terms.role == OWNER else MEMBER
    wish = replace(terms, role=role, starts=starts, ends=ends).wish(of.client, receiver)
    return wish if there is None else _not_less(replace(wish, source=None, reason=terms.reason), there)


def _not_less(wish: Wish, there: Access | None) -> Wish:
    """The wish, or what is there where that is more: an owner stays one, nothing begins later or is cut short."""
    if there is None:
        return wish
    if is_long_before(wish, there.starts):
        return replace(wish, adds=True)
    if wish.starts is not None and wish.role != OWNER and there.state == "upcoming":
        wish = replace(wish, starts=min(wish.starts, there.starts))
    role = OWNER if there.role == OWNER else wish.role
    ends = _later(there.ends, wish.ends)
    if (role, ends) == (there.role, there.ends) != (wish.role, wish.ends):
        return replace(wish, role=role, ends=ends, source=None, reason=None)
    return replace(wish, role=role, ends=ends)


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two last days, of which None is none."""
    return None if one is None or other is None else max(one, other)


def _logins(words: Sequence[str], situation: Situation) -> list[str]:
    return list(dict.fromkeys(situation.login(word) for word in words))


def _by_login(terms: Terms, situation: Situation) -> Terms:
    if isinstance(terms.new_owner, str):
        return replace(terms, new_owner=situation.heir(terms.new_owner))
    return terms
