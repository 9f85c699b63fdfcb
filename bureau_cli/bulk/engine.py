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
    """Do every step of the plan; one chunk's failure never stops the others.

    A chunk that got no answer, or has none yet, is `unknown`: it may have been done. Trouble that repeats, a caller
    who is not allowed and a key used for another change stop what has not begun.
    """
    chunks = [plan.steps[at : at + pace.chunk] for at in range(0, len(plan.steps), pace.chunk)]
    under_way = _Run(plan, chunks, send, pace)
    try:
        async with anyio.create_task_group() as tasks:
            for index in range(len(chunks)):
                tasks.start_soon(under_way.carry_out, index)
    except anyio.get_cancelled_exc_class():
        pace.cut_short(under_way.report())
        raise
    return under_way.report()


class _Run:
    """A run under way: what is known of each chunk so far."""

    def __init__(self, plan: Plan, chunks: Sequence[Sequence[Step]], send: Send, pace: Pace) -> None:
        self._plan = plan
        self._chunks = chunks
        self._send = send
        self._progress = pace.progress
        self._places = anyio.CapacityLimiter(pace.jobs)
        self._outcomes: list[Sequence[Outcome]] = [_all(chunk, State.NOT_ATTEMPTED) for chunk in chunks]
        self._stopped: ExitCode | None = None

    async def carry_out(self, index: int) -> None:
        """Send one chunk when its turn has come, unless the run was stopped."""
        chunk = self._chunks[index]
        async with self._places:
            if self._stopped is not None:
                return
            self._outcomes[index] = _all(chunk, State.UNKNOWN)
            try:
                self._outcomes[index] = await self._send(chunk)
            except BureauError as fault:
                self._outcomes[index] = _failed(chunk, fault)
                if isinstance(fault, STOPPING):
                    self._stopped = self._stopped or fault.exit_code
            self._progress(len(chunk))

    def report(self) -> Report:
        """Every step and what was settled before, in the order of the clients."""
        told = [outcome for chunk in self._outcomes for outcome in chunk]
        ordered = sorted([*told, *self._plan.settled], key=lambda outcome: outcome.subject)
        return Report(outcomes=ordered, stopped=self._stopped)


def _all(steps: Sequence[Step], state: State) -> list[Outcome]:
    return [Outcome.of(step, state) for step in steps]


def _failed(steps: Sequence[Step], fault: BureauError) -> list[Outcome]:
    """What a chunk's failure means for its steps: without an answer nobody knows whether they were done."""
    if isinstance(fault, Pending):
        state = State.PENDING
    else:
        state = State.UNKNOWN if isinstance(fault, UNTOLD) else State.FAILED
    return [Outcome.of(step, state, code=fault.code, reason=fault.message) for step in steps]
