"""Carries out a plan chunk by chunk. It knows nothing of payroll, groups or HTTP."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol

import anyio

from bureau_cli.bulk.brake import Brake
from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import BAD, Outcome, Report, State
from bureau_cli.errors import (
    Bug,
    BureauError,
    ExitCode,
    IdempotencyInProgress,
    IdempotencyMismatch,
    NotAllowed,
    Pending,
    TryAgain,
)

CHUNK = 500
STOPPING = (TryAgain, NotAllowed, IdempotencyMismatch)
"""Faults that the next chunk would meet too."""

WELL = (State.DONE, State.UNCHANGED)
"""What the next request of the same target may build on."""

UNTOLD = (TryAgain, Bug, IdempotencyInProgress)
"""Faults that do not tell whether the chunk was done."""

Send = Callable[[Sequence[Step]], Awaitable[Sequence[Outcome]]]
"""Sends some steps and gives their outcomes in the same order; raises a BureauError if the chunk as a whole failed."""


class Record(Protocol):
    """Where it is written down what is sent and what was answered, before anything else happens."""

    def sending(self, steps: Sequence[Step]) -> None:
        """Some steps are about to be sent; raises a BureauError if they must not be."""

    def told(self, steps: Sequence[Step], outcomes: Sequence[Outcome]) -> None:
        """This became of them; raises a BureauError if nothing more may be sent."""


class Unrecorded:
    """Nothing is written down."""

    def sending(self, steps: Sequence[Step]) -> None:
        """Let them be sent."""

    def told(self, steps: Sequence[Step], outcomes: Sequence[Outcome]) -> None:
        """Let the others be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a plan is run: requests side by side, steps a request, when it is given up, and who is told.

    After `most_failures` nothing more begins; so that there are not many more of them, requests then go one by one
    and are no larger. `progress` hears of steps just ended; `cut_short` gets the report of a run that is cancelled.
    """

    jobs: int = 4
    chunk: int = CHUNK
    most_failures: int | None = None
    record: Record = field(default_factory=Unrecorded)
    brake: Brake = field(default_factory=Brake)
    progress: Callable[[int], None] = lambda _ended: None
    cut_short: Callable[[Report], None] = lambda _report: None


async def run(plan: Plan, send: Send, pace: Pace) -> Report:
    """Do every step of the plan; one chunk's failure never stops those that do not build on it.

    A chunk that got no answer, or has none yet, is `unknown`: it may have been done. Trouble that repeats, a caller
    who is not allowed and a key used for another change stop what has not begun.
    """
    under_way = _Run(plan, send, pace)
    try:
        async with anyio.create_task_group() as tasks:
            for requests in _by_target(plan.steps):
                tasks.start_soon(under_way.follow, requests)
    except anyio.get_cancelled_exc_class():
        pace.cut_short(under_way.report())
        raise
    return under_way.report()


class _Run:
    """A run under way: what is known of each step so far."""

    def __init__(self, plan: Plan, send: Send, pace: Pace) -> None:
        self._plan = plan
        self._send = send
        self._pace = pace
        self._brake = pace.brake
        self._places = anyio.CapacityLimiter(pace.jobs if pace.most_failures is None else 1)
        self._together = min(pace.chunk, pace.most_failures or pace.chunk)
        self._outcomes = {step.key: Outcome.of(step, State.NOT_ATTEMPTED) for step in plan.steps}
        self._failures = 0

    async def follow(self, requests: Sequence[Sequence[Step]]) -> None:
        """Send the requests of one target in their order, until one has not ended well."""
        for at, steps in enumerate(requests):
            async with anyio.create_task_group() as tasks:
                for chunk in _chunks(steps, self._together, self._plan.room or sys.maxsize):
                    tasks.start_soon(self._carry_out, chunk)
            if any(self._outcomes[step.key].state not in WELL for step in steps):
                self._leave([step for later in requests[at + 1 :] for step in later])
                return

    async def _carry_out(self, chunk: Sequence[Step]) -> None:
        """Send one chunk when its turn has come, unless the run was stopped."""
        async with self._places:
            if self._brake.pulled is not None:
                return
            try:
                self._pace.record.sending(chunk)
            except BureauError as fault:
                self._note(chunk, [Outcome.of(step, State.NOT_ATTEMPTED, code=fault.code) for step in chunk])
                self._brake.pull(ExitCode.PARTIAL)
                return
            self._note(chunk, [Outcome.of(step, State.UNKNOWN) for step in chunk])
            self._settle(chunk, await self._answered(chunk))
            self._pace.progress(len(chunk))

    async def _answered(self, chunk: Sequence[Step]) -> Sequence[Outcome]:
        try:
            return await self._send(chunk)
        except BureauError as fault:
            if isinstance(fault, STOPPING):
                self._brake.pull(fault.exit_code)
            return _failed(chunk, fault)

    def _settle(self, chunk: Sequence[Step], outcomes: Sequence[Outcome]) -> None:
        """Note what was answered, and see whether that lets the run go on."""
        self._note(chunk, outcomes)
        self._failures += sum(outcome.state in BAD for outcome in outcomes)
        if self._pace.most_failures is not None and self._failures >= self._pace.most_failures:
            self._brake.pull(ExitCode.PARTIAL)
        try:
            self._pace.record.told(chunk, outcomes)
        except BureauError:
            self._brake.pull(ExitCode.PARTIAL)

    def _leave(self, steps: Sequence[Step]) -> None:
        """Tell why steps were not attempted, where it is not the end of the whole run."""
        if self._brake.pulled is None:
            reason = "what it builds on was not done"
            self._note(steps, [Outcome.of(step, State.NOT_ATTEMPTED, reason=reason) for step in steps])
            self._pace.progress(len(steps))

    def _note(self, steps: Sequence[Step], outcomes: Sequence[Outcome]) -> None:
        self._outcomes.update(zip((step.key for step in steps), outcomes, strict=True))

    def report(self) -> Report:
        """Every step and what was settled before, in the order of their targets and clients."""
        ordered = self._plan.reported(self._outcomes.values())
        left = sum(outcome.state not in WELL for outcome in self._outcomes.values())
        return Report(outcomes=ordered, stopped=self._brake.pulled, unit=self._plan.unit, left=left)


def _by_target(steps: Sequence[Step]) -> list[list[list[Step]]]:
    """For each target its requests in the order of their first steps."""
    targets: dict[str, dict[str, list[Step]]] = {}
    for step in steps:
        targets.setdefault(step.target, {}).setdefault(step.request, []).append(step)
    return [list(requests.values()) for requests in targets.values()]


def _chunks(steps: Sequence[Step], size: int, room: int) -> list[list[Step]]:
    """Requests of up to so many steps that weigh so much; those of one client that stand together go in their order.

    So they go in one request, unless they are more than it takes; a step that weighs more than that goes alone.
    """
    chunks: list[list[Step]] = [[]]
    weight = 0
    for _, of_one in groupby(steps, key=lambda step: step.subject or step.key):
        together = list(of_one)
        heavy = sum(step.weight for step in together)
        if len(chunks[-1]) + len(together) > size or weight + heavy > room:
            chunks += list(_parts(together, size, room))
            weight = sum(step.weight for step in chunks[-1])
        else:
            chunks[-1] += together
            weight += heavy
    return [chunk for chunk in chunks if chunk]


def _parts(together: Sequence[Step], size: int, room: int) -> Iterator[list[Step]]:
    """What does not go into one request that others share, in as few as it takes."""
    part: list[Step] = []
    weight = 0
    for step in together:
        if part and (len(part) == size or weight + step.weight > room):
            yield part
            part, weight = [], 0
        part.append(step)
        weight += step.weight
    yield part


def _failed(steps: Sequence[Step], fault: BureauError) -> list[Outcome]:
    """What a chunk's failure means for its steps: without an answer nobody knows whether they were done."""
    if isinstance(fault, Pending):
        state, reason = State.PENDING, f"{fault.message} ({fault.fix})"
    else:
        state, reason = State.UNKNOWN if isinstance(fault, UNTOLD) else State.FAILED, fault.message
    return [Outcome.of(step, state, code=fault.code, reason=reason) for step in steps]
