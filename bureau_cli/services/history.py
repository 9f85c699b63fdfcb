"""Runs of many after they ended: what is tried again, what can be undone, and what is so by now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.bulk.runs import Run, Runs, RunState
from bureau_cli.bulk.saved import Planner
from bureau_cli.errors import JobNeedsAuthentication, LockHeld, RunForeign, RunRetried

UNTOLD = (State.UNKNOWN, State.PENDING)
"""What may have been done, so that it is sent again under the very key it was sent under."""

NEEDS_ANOTHER_KEY = (State.FAILED, State.REFUSED)
STANDING = frozenset({JobNeedsAuthentication.code})
"""Of what a job stands at for good: under the same key the platform would answer with that very job."""


class Changes(Protocol):
    """One kind of change of many: how its steps are sent, known again, and reversed."""

    async def carry_out(self, steps: Sequence[Step]) -> Sequence[Outcome]:
        """Send steps of one request."""

    def knows_by_key(self, step: Step) -> bool:
        """Whether the platform would know the step again by its key and not do it twice."""

    async def in_place(self, steps: Sequence[Step]) -> Mapping[str, bool]:
        """By key, whether what each was to bring about is so now."""

    async def reversed(self, steps: Sequence[Step]) -> Plan:
        """What takes these back, all of which were done; raises RunMoved if they are not as they were left."""


class History:
    """One profile's runs, seen by whoever is at it now. `keys_are_kept` asks the platform for how long."""

    def __init__(
        self, runs: Runs, changes: Changes, keys_are_kept: Callable[[], Awaitable[timedelta]], now: datetime
    ) -> None:
        self._runs = runs
        self._changes = changes
        self._keys_are_kept = keys_are_kept
        self._now = now

    async def in_place(self, run: Run) -> Mapping[str, bool]:
        """By key, whether what nobody knows of is so now."""
        untold = [step for step in run.left() if run.state_of(step) in UNTOLD and step.body is not None]
        return await self._changes.in_place(untold) if untold else {}

    async def plan_retry(self, run: Run, planner: Planner) -> Plan:
        """Do what is left of a run, and nothing twice.

        What nobody knows of, and what was not begun, keeps its key; what failed or was refused gets another, since the
        platform may remember the first. Where the key would not be known again it is looked at first, and what is so
        by now is not sent.

        Raises:
            LockHeld: it is still at work.
            RunForeign: it is another's.
            RunRetried: it was tried again already.
        """
        self._require_mine(run, planner)
        later = self._runs.retried_as(run)
        if later is not None:
            fix = f"bureau history retry {later.opening.id}"
            raise RunRetried(f"the run {run.opening.id} was tried again by {later.opening.id}", fix=fix)
        left = run.left()
        looked_at = await self._to_look_at(run, left)
        so_by_now = await self._changes.in_place(looked_at) if looked_at else {}
        steps, settled = [], []
        for step in left:
            if step.body is None:
                settled.append(
                    Outcome.of(
                        step, State.REFUSED, reason=f"what it says is not kept; do it anew: {run.opening.command}"
                    )
                )
            elif so_by_now.get(step.key):
                settled.append(Outcome.of(step, State.UNCHANGED, reason="it is so by now"))
            else:
                steps.append(_again(step, run.outcome_of(step)))
        headline = f"try again what is left of the run {run.opening.id}: {counted(len(steps), run.plan.unit)}"
        return replace(run.plan, headline=headline, steps=steps, settled=settled, consequences=(), versions={})

    async def plan_undo(self, run: Run, planner: Planner) -> Plan:
        """Take back what a run has done; what nobody knows of is told, and left as it is.

        What a later run has taken up is that one's to take back.

        Raises:
            LockHeld, RunForeign: as for another try.
            RunMoved: what it did is not so any more.
        """
        self._require_mine(run, planner)
        done = [step for step in run.plan.steps if run.state_of(step) is State.DONE]
        plan = await self._changes.reversed(done)
        later = self._runs.retried_as(run)
        if later is None:
            state, reason = State.UNKNOWN, f"first: bureau history retry {run.opening.id}"
        else:
            state, reason = State.UNCHANGED, f"taken up later: bureau history undo {later.opening.id}"
        unknown = [Outcome.of(step, state, reason=reason) for step in run.left() if run.state_of(step) in UNTOLD]
        headline = f"undo the run {run.opening.id}: {plan.headline}"
        return replace(plan, headline=headline, unit=run.plan.unit, settled=[*plan.settled, *unknown])

    def _require_mine(self, run: Run, planner: Planner) -> None:
        if run.state is RunState.RUNNING:
            raise LockHeld(f"the run {run.opening.id} is still at work", fix="wait for it to end, then try again")
        if differences := run.opening.planner.differences(planner):
            raise RunForeign(f"the run {run.opening.id} was another's", details=differences)

    async def _to_look_at(self, run: Run, left: Sequence[Step]) -> list[Step]:
        """What may have been done and would be done again: not known by a key, or sent too long ago to be."""
        untold = [step for step in left if step.body is not None and run.state_of(step) in UNTOLD]
        if not untold:
            return []
        forgotten = self._now - await self._keys_are_kept()
        return [
            step
            for step in untold
            if not self._changes.knows_by_key(step) or run.sent.get(step.key, run.opening.began_at) <= forgotten
        ]


def _again(step: Step, ended: Outcome) -> Step:
    """The step under the key it is to have now. The same try gets the same key, whoever makes it."""
    if ended.state not in NEEDS_ANOTHER_KEY and ended.code not in STANDING:
        return step
    first, _, attempt = step.key.partition("/")
    return replace(step, key=f"{first}/{int(attempt or 1) + 1}")
