"""Who is proposed to own a client next: `bureau_cli.services.access.successors`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bureau_cli.domain.access import Access, InferredOwner, OwnerBasis
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.services.access.successors import proposed

CLIENT = ClientReference(id="cl_1", number="10001", name="Fjord Bakeri AS", orgnr="310000001")
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
RUN = OwnerBasis(run="pr_9", period="2026-10", pay_date=date(2026, 10, 20), created_at=AT)


def access(login: str, **changes: Any) -> Access:
    plain = Access(
        id=f"ac_{login}",
        client=CLIENT,
        user=Person(login=login, name=login.title()),
        user_active=True,
        bureau_role="officer",
        role="member",
        state="running",
        starts=date(2025, 1, 1),
        ends=None,
        ended_at=None,
        source="manual",
        granted_by=None,
        granted_at=None,
        reason=None,
        last_used=None,
        etag='"1"',
    )
    return replace(plain, **changes)


def ran_by(login: str | None) -> InferredOwner:
    return InferredOwner(
        client=CLIENT,
        owner=Person(login="leaver", name="Leaver"),
        source="manual",
        inferred=Person(login=login, name=login.title()) if login else None,
        basis=RUN if login else None,
        verdict="differs",
        fetched_at=AT,
    )


LEAVER = access("leaver", role="owner", last_used=date(2026, 11, 19))
OLD = access("anne", last_used=date(2026, 3, 1))
NEW = access("berit", last_used=date(2026, 10, 1))


def test_who_ran_the_latest_payroll_comes_before_who_worked_there_last() -> None:
    found = proposed("leaver", [LEAVER, OLD, NEW], ran_by("anne"))
    assert found is not None
    assert (found.login, found.told) == ("anne", "anne ran 2026-10, paid 2026-10-20")


def test_where_the_leaver_ran_it_the_newest_use_decides() -> None:
    found = proposed("leaver", [LEAVER, OLD, NEW], ran_by("leaver"))
    assert found is not None
    assert (found.login, found.why) == ("berit", "worked there last, on 2026-10-01")


def test_who_ran_it_once_and_has_no_access_any_more_is_not_given_it_again() -> None:
    found = proposed("leaver", [LEAVER, OLD], ran_by("carl"))
    assert found is not None
    assert found.login == "anne"


@pytest.mark.parametrize(
    "unfit",
    [
        {"user_active": False},
        {"bureau_role": "none"},
        {"state": "upcoming"},
        {"ends": date(2026, 12, 31)},
    ],
    ids=str,
)
def test_who_could_not_go_on_working_there_is_not_proposed(unfit: dict[str, Any]) -> None:
    assert proposed("leaver", [LEAVER, replace(NEW, **unfit)], ran_by("berit")) is None


def test_who_never_worked_there_is_proposed_only_where_there_is_nobody_else() -> None:
    one, other = access("anne"), access("berit")
    found = proposed("leaver", [LEAVER, one], ran_by("leaver"))
    assert found is not None
    assert (found.login, found.why) == ("anne", "is the only other one with access")
    assert proposed("leaver", [LEAVER, one, other], ran_by("leaver")) is None


def test_a_client_that_has_left_needs_no_owner() -> None:
    found = proposed("leaver", [LEAVER, NEW], None)
    assert found is not None
    assert (found.login, found.why) == (None, "the client has left")
