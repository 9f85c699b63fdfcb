"""Whom a rule would let into a group and out of it, on the day it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.clients import Client
from bureau_cli.domain.groups import Group
from bureau_cli.services.clients import Clients


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEffect:
    """Who comes into a group by a rule, and who goes out of it."""

    slug: str
    came: Sequence[Client]
    gone: Sequence[Client]

    @property
    def told(self) -> str:
        """It said for a person: `lets 2 clients in and 1 client out`."""
        ways = [
            f"{counted(len(clients), 'client')} {way}"
            for way, clients in (("in", self.came), ("out", self.gone))
            if clients
        ]
        return f"lets {' and '.join(ways) or 'nobody in or out'}"

    def outcomes(self) -> list[Outcome]:
        """A row a client."""
        return [
            *following(self.slug, "add", self.came, "by the rule"),
            *following(self.slug, "remove", self.gone, "not by the rule"),
        ]


async def effect_of(clients: Clients, slug: str, rule: str, now: Group | None, *, place: str) -> RuleEffect:
    """What a rule would do to a group, or to one that is not there yet; a mistake in it is told at its place.

    Raises:
        WhereInvalid: it cannot be the rule of a group.
    """
    under_it = {client.id: client for client in await clients.under_rule(rule, place)}
    inside = {} if now is None else {client.id: client for client in await clients.in_group(now.slug)}
    return RuleEffect(
        slug=slug,
        came=[client for client in under_it.values() if client.id not in inside],
        gone=[client for client in inside.values() if client.id not in under_it],
    )


def following(slug: str, action: str, clients: Sequence[Client], reason: str) -> list[Outcome]:
    """What becomes of clients without a step of their own."""
    return [
        Outcome(subject=client.number, name=client.name, action=action, state=State.FOLLOWS, reason=reason, target=slug)
        for client in clients
    ]
