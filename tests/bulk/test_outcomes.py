"""What the platform says of an item, and what that proves."""

from __future__ import annotations

import pytest

from bureau_cli.bulk.plan import Step
from bureau_cli.bulk.report import State
from bureau_cli.domain.changes import ItemResult
from bureau_cli.services.outcomes import outcome_of

STEP = Step(key="k", subject="10001", name="A", action="add", body=None)


@pytest.mark.parametrize(
    ("said", "state"), [("done", State.DONE), ("unchanged", State.UNCHANGED), ("refused", State.REFUSED)]
)
def test_the_words_of_the_contract_are_taken(said: str, state: State) -> None:
    assert outcome_of(STEP, ItemResult(key="k", outcome=said)).state is state


@pytest.mark.parametrize("said", ["planned", "postponed", ""])
def test_a_word_that_is_new_proves_nothing_and_is_shown(said: str) -> None:
    outcome = outcome_of(STEP, ItemResult(key="k", outcome=said))
    assert (outcome.state, outcome.reason) == (State.UNKNOWN, f"the platform says: {said}")


def test_a_step_without_a_result_is_unknown() -> None:
    assert outcome_of(STEP, None).state is State.UNKNOWN
