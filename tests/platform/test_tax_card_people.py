"""Who may be ordered tax cards for, and of which year: to the day, in Oslo, and on days that are not like others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.taxcards.people import year_before

from .tax_cards import MINE, item, left_out, order, people

SOMEBODY = "em_00000e0000"
TODAY = date(2026, 3, 16)


@pytest.fixture
def somebody(sql):
    """Somebody whose employment a test sets, and who is on no run."""
    sql("DELETE FROM payslip WHERE employee = (SELECT seq FROM employee WHERE id = ?)", SOMEBODY)

    def lasts(starts, ends=None):
        starts, ends = (one and (TODAY + timedelta(days=one)).isoformat() for one in (starts, ends))
        sql("UPDATE employee SET starts = ?, ends = ? WHERE id = ?", starts or TODAY.isoformat(), ends, SOMEBODY)

    return lasts


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ((0, None), None),
        ((-1, None), None),
        ((30, None), None),
        ((31, None), "begins_later"),
        ((-900, -1), "employment_ended"),
        ((-900, 1), None),
        ((-900, -364), "employment_ended"),
    ],
)
def test_whoever_is_employed_or_begins_within_thirty_days_is_to_be_paid(leader, somebody, days, reason):
    somebody(*days)
    assert (SOMEBODY in people(leader, MINE)) is (reason is None)
    assert (SOMEBODY in left_out(leader, MINE).get(reason, [])) is (reason is not None)


def test_whoever_left_more_than_a_year_ago_is_not_told_of(leader, somebody):
    somebody(-900, -366)
    assert SOMEBODY not in people(leader, MINE)
    assert SOMEBODY not in [one for ids in left_out(leader, MINE).values() for one in ids]


@pytest.mark.parametrize(
    ("locked_and_made", "is_paid"),
    [(("NULL", 0), True), ((9999999999, 0), True), ((1, 0), False), (("NULL", 9999999999), False)],
)
def test_whoever_is_on_a_run_that_is_not_locked_is_to_be_paid_though_they_left(
    leader, somebody, sql, locked_and_made, is_paid
):
    somebody(-900, -20)
    locked, made = locked_and_made
    run = "(SELECT max(seq) FROM pay_run WHERE client_id = 'cl_00000e')"
    sql(f"UPDATE pay_run SET locked_at = {locked}, created_at = {made} WHERE seq = {run}")  # noqa: S608 - ours
    sql(f"INSERT INTO payslip SELECT {run}, seq, 1, 1, 1, 1, 0 FROM employee WHERE id = ?", SOMEBODY)  # noqa: S608 - ours
    assert (SOMEBODY in people(leader, MINE)) is is_paid


def test_an_order_is_held_to_the_same_rule_whatever_it_says(leader, somebody, clock):
    somebody(-900, -1)
    accepted = order(leader, item(MINE, [SOMEBODY]))
    clock.advance(seconds=9)
    (result,) = leader.all(f"/v1/jobs/{accepted.json()['id']}/results")
    assert (result["outcome"], result["code"]) == ("refused", "employment_ended")


@pytest.mark.parametrize(
    ("moment", "year", "code"),
    [
        ("2026-12-14T23:59:59", 2027, "tax_year_not_open"),
        ("2026-12-15T00:00:00", 2027, None),
        ("2026-12-31T23:59:59", 2028, "tax_year_not_open"),
        ("2027-01-01T00:00:00", 2027, None),
        ("2027-01-01T00:00:00", 2026, None),
        ("2026-06-30T23:59:59", 2025, None),
        ("2026-07-01T00:00:00", 2025, "tax_year_closed"),
        ("2026-03-16T12:00:00", 2024, "tax_year_closed"),
        ("2028-02-29T12:00:00", 2027, None),
        ("2028-02-29T12:00:00", 2028, None),
    ],
)
def test_a_year_is_open_from_15_december_before_it_until_30_june_after_it(api_of, clock, moment, year, code):
    clock.now = datetime.fromisoformat(moment).replace(tzinfo=OSLO)
    leader = api_of("kari.nordmann")
    answer = leader.get("/v1/tax-card-candidates", params={"year": year, "limit": 1})
    refused = order(leader, item(MINE, ["em_none"]), year=year)
    if code is None:
        assert (answer.status_code, refused.status_code) == (200, 202)
    else:
        for one in (answer, refused):
            assert (one.status_code, one.json()["code"]) == (422, code)


@pytest.mark.parametrize("night", [(2026, 3, 28), (2026, 10, 24), (2026, 12, 31), (2028, 2, 28)])
def test_a_day_ends_at_midnight_in_oslo_also_when_clocks_change(api_of, clock, night):
    clock.now = datetime(*night, 23, 59, 50, tzinfo=OSLO)
    leader = api_of("kari.nordmann")
    everybody = people(leader, MINE)
    accepted = order(leader, item(MINE, everybody), year=night[0])
    clock.advance(seconds=9)
    assert people(leader, MINE) == []
    clock.advance(seconds=1)
    assert clock.now.date() > date(*night)
    clock.advance(minutes=1)
    assert leader.get(f"/v1/jobs/{accepted.json()['id']}").json()["ended_at"] is not None
    tomorrow = people(leader, MINE, year=night[0])
    assert set(tomorrow) & set(everybody)


def test_the_hour_that_comes_twice_is_one_day(leader, clock):
    clock.now = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(OSLO)
    everybody = people(leader, MINE)
    order(leader, item(MINE, everybody))
    clock.advance(hours=1)
    assert people(leader, MINE) == []


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2028-02-29", "2027-02-28"),
        ("2027-02-28", "2026-02-28"),
        ("2029-02-28", "2028-02-28"),
        ("2026-12-31", "2025-12-31"),
    ],
)
def test_a_year_ago_is_the_same_day(day, before):
    assert year_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_the_employees_list_explains_each_of_them(leader, somebody, clock):
    somebody(31)
    path = f"/v1/clients/{MINE}/employees"
    assert SOMEBODY not in [one["id"] for one in leader.all(path, active="all")]
    assert SOMEBODY not in [one["id"] for one in leader.all(path, active="all", begins_within=30)]
    found = {one["id"]: one for one in leader.all(path, active="all", begins_within=366)}
    assert not found[SOMEBODY]["active"]
    assert found[SOMEBODY]["order"] == {"due": False, "reason": "begins_later", "ordered_at": None}
    free = people(leader, MINE)
    assert [one for one, row in found.items() if row["order"]["due"]] == free
    order(leader, item(MINE, free))
    clock.advance(seconds=9)
    ordered = {one["id"]: one["order"] for one in leader.all(path)}
    assert all(
        ordered[one] == {"due": False, "reason": "ordered_today", "ordered_at": "2026-03-16T12:00:00+01:00"}
        for one in free
    )
    assert leader.all(path, year=2025)[0]["order"]["due"]
