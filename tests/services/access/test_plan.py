"""What a plan for access decides before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.situations import CLIENT, TODAY, USERS, situation

from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.report import State
from bureau_cli.domain.access import UNSAID, Wish
from bureau_cli.services.access.plan import AccessPlans
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import Standing, after, present_of

SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=60)
LAST_YEAR, YESTERDAY = TODAY - timedelta(days=365), TODAY - timedelta(days=1)

MEMBER = Standing(login="kari", role="member", starts=LAST_YEAR)
LIMITED = Standing(login="kari", role="member", starts=LAST_YEAR, ends=SOON)
UPCOMING = Standing(login="kari", role="member", starts=SOON)
OWNER = Standing(login="kari", role="owner", starts=LAST_YEAR)
INVITED = Standing(login="kari", role="member", starts=LAST_YEAR, source="client_invited")
OLA_LIMITED = Standing(login="ola", role="member", starts=LAST_YEAR, ends=SOON)


def wish(user: str = "kari", role: str | None = "member", **more: Any) -> Wish:
    return Wish(client=CLIENT, user=user, role=role, **more)


def planned(wishes: Sequence[Wish], there: Situation) -> Plan:
    numbers = count(1)
    plans = AccessPlans(None, None, None, lambda: f"k{next(numbers)}")  # type: ignore[arg-type]  # asks nobody
    return plans.plan(wishes, there)


def settled(plan: Plan) -> tuple[str, str | None]:
    [one] = plan.settled
    return str(one.state), one.code


@pytest.mark.parametrize(
    ("there", "wanted", "code"),
    [
        ([], wish(user="borte"), "user_left"),
        ([], wish(user="nobody"), "user_not_found"),
        ([], wish(starts=YESTERDAY), "date_passed"),
        ([], wish(ends=YESTERDAY), "date_passed"),
        ([], wish(starts=LATER, ends=SOON), "date_passed"),
        ([], wish(role="owner", starts=SOON), "owner_begins_at_once"),
        ([], wish(role="owner", ends=SOON), "owner_needed"),
        ([LIMITED], wish(starts=LATER), "access_gap"),
        ([OWNER], wish(), "owner_needed"),
        ([OWNER], wish(role="owner", ends=SOON), "owner_needed"),
        ([OWNER], wish(role=None), "owner_needed"),
        ([OWNER], wish(role=None, ends=SOON), "owner_needed"),
        ([OWNER], wish(role=None, new_owner="kari"), "invalid_request"),
        ([OWNER], wish(role=None, new_owner="borte"), "user_left"),
        ([OWNER, OLA_LIMITED], wish(role=None, new_owner="ola"), "owner_needed"),
        ([INVITED], wish(role=None), "access_invited"),
        ([INVITED], wish(ends=SOON), "access_invited"),
    ],
)
def test_what_the_platform_would_refuse_is_refused_before_it_is_sent(
    there: list[Standing], wanted: Wish, code: str
) -> None:
    plan = planned([wanted], situation(there))
    assert settled(plan) == ("refused", code)
    assert not plan.steps


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ([MEMBER], wish()),
        ([MEMBER], wish(starts=SOON)),
        ([LIMITED], wish(ends=SOON)),
        ([UPCOMING], wish(starts=SOON)),
        ([OWNER], wish(role="owner")),
        ([INVITED], wish(source="manual")),
        ([], wish(role=None)),
        ([LIMITED], wish(role=None, ends=LATER)),
    ],
)
def test_what_is_so_is_left_as_it_is(there: list[Standing], wanted: Wish) -> None:
    assert settled(planned([wanted], situation(there))) == ("unchanged", None)


@pytest.mark.parametrize(
    ("there", "wanted", "action", "sent"),
    [
        ([], wish(), "grant", {"role": "member", "to": None, "on_top_of": None}),
        ([MEMBER], wish(ends=SOON), "change", {"role": "member", "to": "2026-12-23"}),
        ([INVITED], wish(role="owner"), "set owner", {"role": "owner", "to": None}),
        ([UPCOMING], wish(), "change", {"role": "member"}),
        ([MEMBER], wish(role=None), "end", {"action": "end"}),
        ([UPCOMING], wish(role=None, ends=TODAY), "end", {"action": "end"}),
        ([MEMBER], wish(role=None, ends=SOON), "end", {"action": "end", "to": "2026-12-23"}),
        ([OWNER], wish(role=None, new_owner=None), "end", {"new_owner": None}),
        ([MEMBER], wish(role=None, new_owner="ola"), "end", {"action": "end"}),
        ([OWNER], wish(new_owner="ola"), "change", {"role": "member", "new_owner": "ola"}),
        ([OWNER], wish(role="owner", ends=SOON, new_owner=None), "change", {"to": "2026-12-23", "new_owner": None}),
    ],
)
def test_a_step_says_what_is_sent(there: list[Standing], wanted: Wish, action: str, sent: dict[str, Any]) -> None:
    [step] = planned([wanted], situation(there)).steps
    assert (step.action, step.party, step.subject) == (action, "kari", "10001")
    assert step.body.items() >= sent.items()
    assert ("to" in step.body) == ("to" in sent or action in {"grant", "change", "set owner"})
    assert ("new_owner" in step.body) == ("new_owner" in sent)


def test_a_change_says_again_the_reason_and_the_source_that_it_leaves() -> None:
    there = Standing(login="kari", role="member", starts=LAST_YEAR, source="rule", reason="holiday cover")
    [step] = planned([wish(ends=SOON)], situation([there])).steps
    assert (step.body["source"], step.body["reason"]) == ("rule", "holiday cover")


def test_an_administrator_changes_only_where_they_have_access() -> None:
    assert settled(planned([wish()], situation(caller="admin"))) == ("refused", "no_access")
    mine = Standing(login="admin", role="member", starts=LAST_YEAR)
    assert len(planned([wish()], situation([mine], caller="admin")).steps) == 1


def test_a_new_owner_makes_the_old_one_a_member_which_is_foreseen() -> None:
    plan = planned([wish(user="ola", role="owner")], situation([OWNER]))
    [follows] = plan.consequences
    assert (follows.party, follows.state, follows.reason) == ("kari", State.FOLLOWS, "owner → member")
    assert len(plan.versions) == 2


def test_who_owned_a_client_can_go_in_the_same_plan_as_the_new_owner_comes() -> None:
    plan = planned([wish(role=None), wish(user="ola", role="owner")], situation([OWNER]))
    assert [(step.party, step.action) for step in plan.steps] == [("ola", "set owner"), ("kari", "end")]
    assert ["on_top_of" in step.body for step in plan.steps] == [True, False]
    assert not plan.settled


def test_the_headline_counts_what_is_done() -> None:
    plan = planned([wish(), wish(user="ola", role="owner")], situation())
    assert plan.headline == "grant 1, set owner 1: access of 2 users at 1 client"


days = st.sampled_from([YESTERDAY, TODAY, SOON, LATER])
logins = st.sampled_from(sorted(USERS))


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    there = []
    for login in draw(st.sets(logins)):
        starts = draw(st.sampled_from([LAST_YEAR, TODAY, SOON]))
        ends = draw(st.none() | st.just(max(starts, LATER)))
        owns = starts <= TODAY and not any(one.role == "owner" for one in there)
        role = draw(st.sampled_from(["owner", "member"])) if owns else "member"
        source = draw(st.sampled_from(["manual", "inferred", "client_invited"]))
        there.append(Standing(login=login, role=role, starts=starts, ends=ends, source=source))
    return there


@st.composite
def wishlists(draw: st.DrawFn) -> list[Wish]:
    wanted = []
    for login in draw(st.sets(logins)):
        owned = any(one.role == "owner" for one in wanted)
        role = draw(st.sampled_from([None, "member"] if owned else [None, "member", "owner"]))
        new_owner = draw(st.just(UNSAID) | st.none() | logins)
        starts = draw(st.none() | days)
        ends = draw(st.none() | days)
        wanted.append(wish(user=login, role=role, starts=starts, ends=ends, new_owner=new_owner))
    return wanted


def carried_out(plan: Plan, there: Situation) -> dict[str, Standing]:
    """What the items make of the client, in their order."""
    present: dict[str, Standing] = present_of(there.by_client[CLIENT.id].values())
    for step in plan.steps:
        present = after(step.body, present, TODAY)
    return present


@given(there=standings(), wanted=wishlists())
def test_no_plan_leaves_a_client_with_two_owners_and_each_wish_is_told(
    there: list[Standing], wanted: list[Wish]
) -> None:
    now = situation(there)
    plan = planned(wanted, now)
    assert len(plan.steps) + len(plan.settled) == len(wanted)
    assert sum(one.role == "owner" for one in carried_out(plan, now).values()) <= 1


@given(there=standings(), wanted=wishlists())
def test_nothing_is_left_of_a_plan_that_was_carried_out(there: list[Standing], wanted: list[Wish]) -> None:
    now = situation(there)
    plan = planned(wanted, now)
    heirs = {step.body.get("new_owner") for step in plan.steps} | {one.user for one in wanted if one.role == "owner"}
    again = planned(
        # Who was made owner by another's wish is not what their own wish, done before or after, has made of them.
        [one for one in wanted if one.user not in heirs or one.role == "owner"],
        situation(carried_out(plan, now).values()),
    )
    assert [step for step in again.steps if step.party not in heirs] == []


@pytest.mark.parametrize("day", [date(2026, 12, 31), None])
def test_what_stood_there_is_kept_for_whoever_takes_a_step_back(day: date | None) -> None:
    there = Standing(login="kari", role="member", starts=LAST_YEAR, ends=day, source="rule", reason="why")
    assert Standing.kept(there.document()) == there
