"""Carries out a plan chunk by chunk. It knows nothing of payroll, groups or HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import anyio

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, Report, State
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a plan is run: requests side by side, steps a request, and who is told.

    `progress` hears of steps just ended; `cut_short` gets the report of a run that is cancelled.
    """

    jobs: int = 4
    chunk: int = CHUNK
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
        self._places = anyio.CapacityLimiter(pace.jobs)
        self._outcomes = {step.key: Outcome.of(step, State.NOT_ATTEMPTED) for step in plan.steps}
        self._stopped: ExitCode | None = None

    async def follow(self, requests: Sequence[Sequence[Step]]) -> None:
        """Send the requests of one target in their order, until one has not ended well."""
        for at, steps in enumerate(requests):
            async with anyio.create_task_group() as tasks:
                for chunk in _chunks(steps, self._pace.chunk):
                    tasks.start_soon(self._carry_out, chunk)
            if any(self._outcomes[step.key].state not in WELL for step in steps):
                self._leave([step for later in requests[at + 1 :] for step in later])
                return

    async def _carry_out(self, chunk: Sequence[Step]) -> None:
        """Send one chunk when its turn has come, unless the run was stopped."""
        async with self._places:
            if self._stopped is not None:
                return
            self._note(chunk, [Outcome.of(step, State.UNKNOWN) for step in chunk])
            try:
                self._note(chunk, await self._send(chunk))
            except BureauError as fault:
                self._note(chunk, _failed(chunk, fault))
                if isinstance(fault, STOPPING):
                    self._stopped = self._stopped or fault.exit_code
            self._pace.progress(len(chunk))

    def _leave(self, steps: Sequence[Step]) -> None:
        """Tell why steps were not attempted, where it is not the end of the whole run."""
        if self._stopped is None:
            reason = "what it builds on was not done"
            self._note(steps, [Outcome.of(step, State.NOT_ATTEMPTED, reason=reason) for step in steps])
            self._pace.progress(len(steps))

    def _note(self, steps: Sequence[Step], outcomes: Sequence[Outcome]) -> None:
        self._outcomes.update(zip((step.key for step in steps), outcomes, strict=True))

    def report(self) -> Report:
        """Every step and what was settled before, in the order of their targets and clients."""
        ordered = sorted([*self._outcomes.values(), *self._plan.settled], key=Outcome.place)
        return Report(outcomes=ordered, stopped=self._stopped, unit=self._plan.unit)


def _by_target(steps: Sequence[Step]) -> list[list[list[Step]]]:
    """For each target its requests in the order of their first steps."""
    targets: dict[str, dict[str, list[Step]]] = {}
    for step in steps:
        targets.setdefault(step.target, {}).setdefault(step.request, []).append(step)
    return [list(requests.values()) for requests in targets.values()]


def _chunks(steps: Sequence[Step], size: int) -> list[Sequence[Step]]:
    return [steps[at : at + size] for at in range(0, len(steps), size)]


def _failed(steps: Sequence[Step], fault: BureauError) -> list[Outcome]:
    """What a chunk's failure means for its steps: without an answer nobody knows whether they were done."""
    if isinstance(fault, Pending):
        state = State.PENDING
    else:
        state = State.UNKNOWN if isinstance(fault, UNTOLD) else State.FAILED
    return [Outcome.of(step, state, code=fault.code, reason=fault.message) for step in steps]
