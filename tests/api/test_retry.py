"""The decisions about repeats, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.api.retry import (
    LONGEST_WAIT_S,
    Budget,
    Failure,
    Safety,
    Trouble,
    may_resend,
    retry_after_seconds,
    wait_before,
)


def status(code: int, problem: str | None = None) -> Failure:
    return Failure(trouble=Trouble.STATUS, status=code, code=problem)


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
@pytest.mark.parametrize("safety", [Safety.READ, Safety.SET, Safety.KEYED])
def test_a_safe_request_is_repeated_after_a_transient_status(safety: Safety, code: int) -> None:
    assert may_resend(safety, status(code))


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 412, 413, 415, 422, 501])
@pytest.mark.parametrize("safety", list(Safety))
def test_a_final_status_is_never_repeated(safety: Safety, code: int) -> None:
    assert not may_resend(safety, status(code))


@pytest.mark.parametrize("trouble", [Trouble.TIMEOUT, Trouble.BROKEN])
def test_a_request_without_a_key_that_may_have_arrived_is_never_repeated(trouble: Trouble) -> None:
    assert not may_resend(Safety.UNKEYED, Failure(trouble=trouble))
    assert not may_resend(Safety.UNKEYED, status(503))


def test_a_request_without_a_key_is_repeated_when_it_was_refused_unread() -> None:
    assert may_resend(Safety.UNKEYED, Failure(trouble=Trouble.UNSENT))
    assert may_resend(Safety.UNKEYED, status(429))


def test_a_twin_under_way_is_waited_for_with_the_same_key() -> None:
    assert may_resend(Safety.KEYED, status(409, "idempotency_in_progress"))
    assert not may_resend(Safety.KEYED, status(409, "group_exists"))


@given(attempt=st.integers(2, 4), chance=st.floats(0, 1), asked=st.floats(0, 10_000))
def test_a_wait_the_platform_asks_for_is_never_cut_short(attempt: int, chance: float, asked: float) -> None:
    failure = Failure(trouble=Trouble.STATUS, status=429, retry_after=asked)
    assert wait_before(attempt, failure, chance=chance) >= asked


@given(attempt=st.integers(2, 40), chance=st.floats(0, 1))
def test_an_unasked_wait_is_bounded(attempt: int, chance: float) -> None:
    assert 0 <= wait_before(attempt, Failure(trouble=Trouble.BROKEN), chance=chance) <= LONGEST_WAIT_S


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0), ("0.1", 0.1), (" 120 ", 120), ("-1", None), ("soon", None), ("1e9", None), ("", None), (None, None)],
)
def test_retry_after_is_read_as_seconds_and_nonsense_is_ignored(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, None) == seconds


def test_retry_after_as_a_date_is_measured_by_the_platforms_own_clock() -> None:
    until, now = "Mon, 23 Nov 2026 12:01:30 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"
    assert retry_after_seconds(until, now) == 90
    assert retry_after_seconds(now, until) == 0
    assert retry_after_seconds(until, None) is None


def test_the_budget_runs_out_and_successes_fill_it_again() -> None:
    budget, failure = Budget(), status(503)
    assert sum(budget.spend(failure) for _ in range(100)) == 20
    for _ in range(5):
        budget.succeeded()
    assert budget.spend(failure)
    assert not budget.spend(failure)


def test_ten_operations_in_a_row_that_fail_stop_the_run() -> None:
    budget = Budget()
    for _ in range(9):
        budget.gave_up()
    assert not budget.is_spent
    budget.gave_up()
    assert budget.is_spent
    budget.succeeded()
    assert not budget.is_spent
