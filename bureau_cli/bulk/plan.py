"""What a change of many is going to do, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.bulk.report import Outcome, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do to one client.

    `key` is made once and goes with the step through every repeat, so that the platform does it once.
    `subject` and `name` are the client's number and name; `body` is what the service sends.
    """

    key: str
    subject: str
    name: str
    action: str
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps, and what is settled without sending anything: already so, or known to be refused.

    `headline` says it for a person: `add 17 clients to payday-20`.
    """

    headline: str
    steps: Sequence[Step]
    settled: Sequence[Outcome] = ()

    def preview(self) -> list[Outcome]:
        """Every client with what is going to happen to it."""
        planned = [Outcome.of(step, State.PLANNED) for step in self.steps]
        return sorted([*planned, *self.settled], key=lambda outcome: outcome.subject)
