"""What became of each item of a change of many, and of the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from bureau_cli.errors import ExitCode


class State(StrEnum):
    """How an item ended. The counts of all states add up to the plan, but for the two that only a plan has."""

    PLANNED = "planned"
    FOLLOWS = "follows"
    DONE = "done"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"
    PENDING = "pending"
    UNKNOWN = "unknown"
    NOT_ATTEMPTED = "not_attempted"


class Named(Protocol):
    """What an outcome is about."""

    @property
    def subject(self) -> str:
        """The client's number."""

    @property
    def name(self) -> str:
        """The client's name."""

    @property
    def action(self) -> str:
        """What is to be done."""

    @property
    def target(self) -> str:
        """What it is done to beside the client."""

    @property
    def party(self) -> str:
        """The login of whom it is about."""

    @property
    def why(self) -> str | None:
        """The reason for it, where there is one to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One item: the client's number and name, what was to be done to what for whom, how it ended and why.

    `in_part` says that something of what it is about was refused, though it is not to be tried again for that.
    """

    subject: str
    name: str
    action: str
    state: State
    code: str | None = None
    reason: str | None = None
    target: str = ""
    party: str = ""
    in_part: bool = False

    @classmethod
    def of(cls, step: Named, state: State, *, code: str | None = None, reason: str | None = None) -> Outcome:
        """The outcome of a step; without a reason of its own the one the step was planned for."""
        return cls(
            subject=step.subject,
            name=step.name,
            action=step.action,
            state=state,
            code=code,
            reason=reason or step.why,
            target=step.target,
            party=step.party,
        )

    def place(self) -> tuple[str, str, str]:
        """Where it stands in a report."""
        return self.target, self.subject, self.party


WORST_FIRST = (
    State.UNKNOWN, State.PENDING, State.FAILED, State.REFUSED, State.NOT_ATTEMPTED, State.DONE, State.UNCHANGED,
)  # fmt: skip
"""What a thing that was done in parts has come to: the first of these that a part has."""


def whole(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Each thing once, as the worst of its parts; they stand together."""
    return [_worst(list(parts)) for _, parts in groupby(outcomes, key=lambda one: (one.place(), one.action))]


def _worst(parts: Sequence[Outcome]) -> Outcome:
    worst = min(parts, key=lambda part: WORST_FIRST.index(part.state) if part.state in WORST_FIRST else 0)
    return replace(worst, in_part=any(part.in_part for part in parts))


BAD = (State.REFUSED, State.FAILED, State.UNKNOWN, State.NOT_ATTEMPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All outcomes. `stopped` is the exit code of what ended the run early, None if it went through.

    `left` is how many of the steps would have to be tried again.
    """

    outcomes: Sequence[Outcome]
    stopped: ExitCode | None = None
    unit: str = "client"
    left: int = 0

    @property
    def counts(self) -> Counter[State]:
        """How many items ended how."""
        return Counter(outcome.state for outcome in self.outcomes)

    @property
    def exit_code(self) -> ExitCode:
        """What stopped the run, else 8 when an item is not finished, else 3 when one did not get done, else 0."""
        if self.stopped is not None:
            return self.stopped
        if self.counts[State.PENDING]:
            return ExitCode.PENDING
        is_partial = any(outcome.state in BAD or outcome.in_part for outcome in self.outcomes)
        return ExitCode.PARTIAL if is_partial else ExitCode.DONE

    def summary(self) -> str:
        """One line: `412 clients: 381 done, 24 unchanged, 7 refused (7 no_access)`."""
        counts = self.counts
        parts = []
        for state in State:
            if counts[state]:
                causes = Counter(outcome.code for outcome in self.outcomes if outcome.state is state and outcome.code)
                why = ", ".join(f"{number} {code}" for code, number in causes.most_common())
                parts.append(f"{counts[state]} {state.replace('_', ' ')}" + (f" ({why})" if why else ""))
        return f"{counted(len(self.outcomes), self.unit)}: {', '.join(parts) or 'nothing to do'}"


def named(names: Sequence[str], most: int) -> str:
    """The first of some names: `10001, 10002 and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def counted(number: int, noun: str) -> str:
    """`1 client`, `2 clients`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
