"""Two sides compared: `bureau_cli.services.snapshots.differences`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.domain.clients import Client, Person
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.month_end import PeriodStatus
from bureau_cli.services.snapshots.differences import Comparison, Difference, What, differences
from bureau_cli.services.snapshots.sides import Pay, Side

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PEOPLE = [None, *(Person(login=login, name=login.title()) for login in ("anne", "berit"))]
AMOUNTS = st.none() | st.decimals(0, 900, places=2)

BARE = Client(
    id="",
    number="",
    name="",
    orgnr="",
    form="AS",
    status="active",
    paydays=(),
    pay_groups=(),
    linked_via="",
    sites=(),
    owner=None,
    members=(),
    groups=(),
    active_employees=0,
    my_access=None,
    altinn_settings=False,
    altinn_delegation="missing",
    onboarded=date(2020, 1, 1),
    left=None,
    last_run=None,
    withheld=None,
    fetched_at=NOW,
)


@st.composite
def clients(draw: st.DrawFn, id_: str) -> Client:
    return replace(
        BARE,
        id=id_,
        number=f"1000{id_}",
        name=f"Kunde {id_}",
        status=draw(st.sampled_from(["active", "leaving"])),
        owner=draw(st.sampled_from(PEOPLE)),
        active_employees=draw(st.integers(0, 3)),
        my_access=draw(st.sampled_from([None, "member"])),
    )


@st.composite
def statuses(draw: st.DrawFn, client: Client) -> PeriodStatus:
    closed, reported = draw(st.sampled_from([None, False, True])), draw(st.sampled_from([None, False, True]))
    return PeriodStatus(
        client=client.reference,
        owner=None,
        period="2026-10",
        outside=None,
        pay_dates=(),
        steps=None,
        a_melding=draw(st.sampled_from([None, "sent", "received"])),
        closed=closed,
        reported=reported,
        done=closed and reported,
        reasons=(),
        next=None,
        withheld=draw(st.sampled_from([None, None, "no_access"])),
        fetched_at=NOW,
    )


PAYS = st.builds(
    Pay, payslips=st.integers(0, 9), net=AMOUNTS, gross=AMOUNTS, ordinary=st.integers(0, 3), untouched=st.integers(0, 1)
)
ROLES = st.dictionaries(st.sampled_from(["anne", "berit"]), st.sampled_from(["owner", "member"]))


@st.composite
def sides(draw: st.DrawFn) -> Side:
    found = {id_: draw(clients(id_)) for id_ in draw(st.sets(st.sampled_from("123")))}
    return Side(
        source=Any,  # type: ignore[arg-type]  # differences are found without asking anybody
        login="anne",
        as_of=NOW,
        sees_all_access=draw(st.booleans()),
        clients=found,
        access={id_: draw(ROLES) for id_ in found},
        statuses={id_: draw(statuses(client)) for id_, client in found.items()},
        pay={id_: draw(PAYS) for id_ in found if draw(st.booleans())},
    )


def between(before: Side, after: Side) -> list[Difference]:
    found = [one for id_ in "123" for one in differences((before, after), id_)]
    return sorted(found, key=lambda one: one.place)


def turned(found: list[Difference]) -> list[Difference]:
    return [replace(one, before=one.after, after=one.before) for one in found]


@given(sides())
def test_a_side_does_not_differ_from_itself(side: Side) -> None:
    assert between(side, side) == []


@given(sides(), sides())
def test_the_other_way_about_is_the_same_turned_about_in_the_same_order(before: Side, after: Side) -> None:
    found = between(before, after)
    assert between(after, before) == turned(found)
    assert [-(one.change or 0) for one in turned(found)] == [one.change or 0 for one in found]


@given(sides(), sides())
def test_what_is_withheld_on_a_side_is_never_compared(before: Side, after: Side) -> None:
    for one in between(before, after):
        both = [side for side in (before, after) if one.client.id in side.clients]
        assert (len(both) == 1) is (one.what is What.CLIENT)
        if one.what in {What.NET, What.GROSS}:
            assert all(isinstance(value, Decimal) for value in (one.before, one.after))
        if one.what in {What.DONE, What.CLOSED, What.REPORTED, What.A_MELDING}:
            assert all(side.statuses[one.client.id].withheld is None for side in both)
        if one.what is What.ACCESS:
            assert all(side.sees_access(one.client.id) for side in both)


@given(sides())
def test_sides_of_different_users_and_what_is_withheld_are_told(side: Side) -> None:
    whole, half = Coverage(clients=4, of=4), Coverage(clients=2, of=4)
    alike = Comparison(found=(), sides=(side, side), pay=whole, access=whole, status=whole)
    assert alike.gaps == []
    apart = replace(alike, sides=(side, replace(side, login="berit")), pay=half)
    assert [gap.partition(":")[0] for gap in apart.gaps] == [
        "the sides are what anne and berit see, who need not see the same",
        "pay compared at 2 of 4 clients",
    ]
