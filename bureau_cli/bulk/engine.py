"""Carries out a plan chunk by chunk. It knows nothing of payroll, groups or HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import anyio

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, Report, State
from bureau_cli.errors import BureauError, ExitCode, IdempotencyMismatch, NotAllowed, TryAgain, UnexpectedFault

CHUNK = 500
STOPPING = (TryAgain, NotAllowed, IdempotencyMismatch)
"""Faults that the next chunk would meet too."""

Send = Callable[[Sequence[Step]], Awaitable[Sequence[Outcome]]]
"""Sends some steps and gives their outcomes in the same order; raises a BureauError if the chunk as a whole failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a plan is run: requests side by side, steps a request, and who is told of progress (steps just ended)."""

    jobs: int = 4
    chunk: int = CHUNK
    progress: Callable[[int], None] = lambda _ended: None


async def run(plan: Plan, send: Send, pace: Pace) -> Report:
    """Do every step of the plan; one chunk's failure never stops the others.

    A chunk that got no answer is `unknown`: it may have been done. Trouble that repeats, a caller who is not allowed
    and a key used for another change stop what has not begun.
    """
    chunks = [plan.steps[at : at + pace.chunk] for at in range(0, len(plan.steps), pace.chunk)]
    outcomes: list[Sequence[Outcome]] = [_all(chunk, State.NOT_ATTEMPTED) for chunk in chunks]
    stopped: list[ExitCode] = []
    places = anyio.CapacityLimiter(pace.jobs)

    async def one(index: int) -> None:
        async with places:
            if stopped:
                return
            try:
                outcomes[index] = await send(chunks[index])
            except BureauError as fault:
                outcomes[index] = _failed(chunks[index], fault)
                if isinstance(fault, STOPPING):
                    stopped.append(fault.exit_code)
            pace.progress(len(chunks[index]))

    async with anyio.create_task_group() as tasks:
        for index in range(len(chunks)):
            tasks.start_soon(one, index)
    done = [outcome for chunk in outcomes for outcome in chunk]
    ordered = sorted([*done, *plan.settled], key=lambda outcome: outcome.subject)
    return Report(outcomes=ordered, stopped=stopped[0] if stopped else None)


def _all(steps: Sequence[Step], state: State) -> list[Outcome]:
    return [Outcome.of(step, state) for step in steps]


def _failed(steps: Sequence[Step], fault: BureauError) -> list[Outcome]:
    """What a chunk's failure means for its steps: without an answer nobody knows whether they were done."""
    unanswered = isinstance(fault, TryAgain | UnexpectedFault)
    state = State.UNKNOWN if unanswered else State.FAILED
    return [Outcome.of(step, state, code=fault.code, reason=fault.message) for step in steps]
