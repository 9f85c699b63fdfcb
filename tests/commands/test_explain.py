"""`bureau explain` knows whatever a user may be shown."""

from __future__ import annotations

from typing import Any

import pytest

from bureau_cli import contract
from bureau_cli.domain.states import STATES
from bureau_cli.errors import EXIT_MEANINGS, BureauError, ExitCode
from bureau_cli.formatters.titles import titles

PROBLEMS = contract.load()["components"]["schemas"]["ProblemCode"]["enum"]


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_problem_of_the_contract_is_explained(bureau: Any, code: str) -> None:
    told = bureau("explain", code, "-o", "json").json["data"]
    assert told["code"] == code
    assert len(told["meaning"]) > 20


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_explained(bureau: Any, code: ExitCode) -> None:
    told = bureau("explain", int(code), "-o", "json").json["data"]
    assert told == {"exit_code": int(code), "meaning": EXIT_MEANINGS[code]}


def test_without_a_code_all_are_listed(bureau: Any) -> None:
    assert bureau("explain", "-o", "ids").lines == [leaf.code for leaf in BureauError.leaves()]


def test_a_misspelt_code_is_answered_with_the_one_that_was_meant(bureau: Any) -> None:
    wrong = bureau("explain", "where_invald")
    assert wrong.code == 5
    assert "fix: did you mean where_invalid?" in wrong.err
    assert "fix: bureau explain\n" in bureau("explain", "xyzzy").err


def test_every_word_that_a_month_is_told_in_is_explained_and_has_a_title() -> None:
    schemas = contract.load()["components"]["schemas"]
    fields = (
        ("AMelding", "standing"), ("Payment", "kind"), ("PeriodReason", "code"), ("PeriodReason", "gate"),
        ("StepFact", "fact"),
    )  # fmt: skip
    whole = ("DeadlineKind", "DeviationSeverity", "MessageState", "MonthState", "RunState", "RunType", "StepName",
             "StepState")  # fmt: skip
    words = {word for name in whole for word in schemas[name]["enum"]}
    words |= {word for name, field in fields for word in schemas[name]["properties"][field]["enum"]}
    assert words - STATES.keys() == words - titles("nb").states.keys() == set()


@pytest.mark.parametrize("state", sorted(titles("en").states))
def test_every_state_that_has_a_title_is_explained(bureau: Any, state: str) -> None:
    told = bureau("explain", state, "-o", "json").json["data"]
    assert told["meaning"].endswith(".")


def test_a_code_may_be_said_in_capitals(bureau: Any) -> None:
    assert bureau("explain", "WHERE_INVALID") == bureau("explain", "where_invalid")


def test_a_misspelt_state_is_known_too(bureau: Any) -> None:
    assert "fix: did you mean onboarding?" in bureau("explain", "onbording").err
