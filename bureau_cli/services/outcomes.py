"""From what the platform says of one item to how that item ended."""

from __future__ import annotations

from bureau_cli.bulk.plan import Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.domain.changes import ItemResult

STATES = {"done": State.DONE, "unchanged": State.UNCHANGED, "refused": State.REFUSED}


def outcome_of(step: Step, result: ItemResult | None) -> Outcome:
    """How a step ended by the result that carries its key; a word that is new here is no proof of anything."""
    if result is None:
        return Outcome.of(step, State.UNKNOWN, reason="the platform did not say")
    if result.outcome not in STATES:
        return Outcome.of(step, State.UNKNOWN, code=result.code, reason=f"the platform says: {result.outcome}")
    return Outcome.of(step, STATES[result.outcome], code=result.code, reason=result.message)
