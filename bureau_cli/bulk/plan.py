"""What a change of many is going to do, before anything is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bureau_cli.bulk.report import Outcome, State, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, to one client or to what clients belong to, for one of the bureau's people or for none.

    `key` is made once and goes with the step through every repeat, so that the platform does it once. `subject` and
    `name` are the client's number and name; `party` is the login of whom it is about; `target` is what it is done to
    beside the client, such as a group.
    Steps of one target and one `request` may travel together; a target's requests go in the order of their first
    steps, each when the one before has ended well. `body` is what the service sends, `why` what it says to people.
    `weight` is what it takes of the room of a request, such as how many people it is about.
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
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps, and what is settled without sending anything: already so, or known to be refused.

    `noun` is whose `apply` carries it out when it was saved. `headline` says it for a person: `add 17 clients to
    payday-20`; `unit` is what a step is. `consequences` follow from the steps of themselves, as things are now: they
    are shown with the plan and are no part of its run. `versions` are what it builds on: of each resource the version
    that was read, None for one that is not there yet. `room` is how much the steps of one request may weigh together,
    None where that does not count. Where it does, several steps of one client that are alike are parts of one thing.
    """

    noun: str
    headline: str
    steps: Sequence[Step]
    settled: Sequence[Outcome] = ()
    consequences: Sequence[Outcome] = ()
    unit: str = "client"
    versions: Mapping[str, str | None] = field(default_factory=dict)
    room: int | None = None

    @property
    def size(self) -> int:
        """How many things it is about."""
        return len(self.steps) + len(self.settled) if self.room is None else len(self.reported(self._planned()))

    @property
    def told(self) -> str:
        """It in a line, with how much of what was asked for cannot be done."""
        counts = Counter(outcome.code or "no code" for outcome in self.settled if outcome.state is State.REFUSED)
        refused = f"{counts.total()} refused ({', '.join(f'{number} {code}' for code, number in counts.most_common())})"
        return "; ".join([self.headline if self.steps else "nothing to do", *([refused] if counts else [])])

    def preview(self) -> list[Outcome]:
        """Every step with what is going to happen and what follows, in the order of the report."""
        return sorted([*self.reported(self._planned()), *self.consequences], key=Outcome.place)

    def reported(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """What steps came to and what was settled, in the order of a report; the parts of one thing as that thing."""
        ordered = sorted([*outcomes, *self.settled], key=Outcome.place)
        return ordered if self.room is None else whole(ordered)

    def _planned(self) -> list[Outcome]:
        return [Outcome.of(step, State.PLANNED) for step in self.steps]
