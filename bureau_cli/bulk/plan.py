"""What a change of many is going to do, before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bureau_cli.bulk.report import Outcome, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, to one client or to what clients belong to, for one of the bureau's people or for none.

    `key` is made once and goes with the step through every repeat, so that the platform does it once. `subject` and
    `name` are the client's number and name; `party` is the login of whom it is about; `target` is what it is done to
    beside the client, such as a group.
    Steps of one target and one `request` may travel together; a target's requests go in the order of their first
    steps, each when the one before has ended well. `body` is what the service sends, `why` what it says to people.
    """

    key: str
    subject: str
    name: str
    action: str
    body: Any
    target: str = ""
    request: str = ""
    why: str | None = None
    party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps, and what is settled without sending anything: already so, or known to be refused.

    `noun` is whose `apply` carries it out when it was saved. `headline` says it for a person: `add 17 clients to
    payday-20`; `unit` is what a step is. `consequences` follow from the steps of themselves, as things are now: they
    are shown with the plan and are no part of its run. `versions` are what it builds on: of each resource the version
    that was read, None for one that is not there yet.
    """

    noun: str
    headline: str
    steps: Sequence[Step]
    settled: Sequence[Outcome] = ()
    consequences: Sequence[Outcome] = ()
    unit: str = "client"
    versions: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """It in a line, with how much of what was asked for cannot be done."""
        counts = Counter(outcome.code or "no code" for outcome in self.settled if outcome.state is State.REFUSED)
        refused = f"{counts.total()} refused ({', '.join(f'{number} {code}' for code, number in counts.most_common())})"
        return "; ".join([self.headline if self.steps else "nothing to do", *([refused] if counts else [])])

    def preview(self) -> list[Outcome]:
        """Every step with what is going to happen and what follows, in the order of the report."""
        planned = [Outcome.of(step, State.PLANNED) for step in self.steps]
        return sorted([*planned, *self.settled, *self.consequences], key=Outcome.place)
