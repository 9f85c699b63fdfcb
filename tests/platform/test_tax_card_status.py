"""How far tax cards are known, from whom half is withheld next, and what newer cards changed."""

from __future__ import annotations

from datetime import datetime

import pytest

from bureau_cli.platform.clock import OSLO

from .tax_cards import CHANGED, MANY_KINDS, MINE, fetched, finished, item, order, people

EMPLOYEE = "em_00000e0000"


def status(api, client=MINE, **asked):
    (row,) = api.all("/v1/tax-card-status", client=client, **asked)
    return row


def test_every_client_that_has_not_left_is_a_row_by_name(leader, officer):
    rows = leader.all("/v1/tax-card-status", limit=7)
    clients = leader.all("/v1/clients", status=["onboarding", "active", "leaving"])
    assert [row["client"]["id"] for row in rows] == [one["id"] for one in clients]
    assert leader.get("/v1/tax-card-status").json()["now"] == "2026-03-16T12:00:00+01:00"
    mine = {one["id"] for one in officer.all("/v1/clients", access="mine")}
    assert {row["client"]["id"] for row in officer.all("/v1/tax-card-status")} <= mine


def test_what_is_fetched_and_missing_adds_up_to_whoever_is_to_be_paid(leader):
    for row in leader.all("/v1/tax-card-status"):
        assert row["fetched"] + row["missing"] == row["employees"]
        assert (row["oldest"] is None) == (row["fetched"] == 0)
        assert (row["at_50_on"] is None) == (row["at_50"] == 0)


def test_an_order_moves_what_is_known_and_is_told_of(leader, clock):
    before = status(leader, MANY_KINDS)
    assert (before["missing"], before["last_order"]) == (1, None)
    job, _ = fetched(leader, clock, MANY_KINDS)
    after = status(leader, MANY_KINDS)
    assert (after["missing"], after["oldest"]) == (0, after["newest"])
    assert after["last_order"] == {
        "job": job["id"],
        "mode": "all",
        "at": "2026-03-16T12:00:00+01:00",
        "state": "completed_with_errors",
    }
    assert status(leader, MANY_KINDS, year=2025)["last_order"] is None


def test_an_order_that_nobody_was_put_on_is_not_the_last_one(leader, officer, clock):
    job, _ = fetched(leader, clock, MINE)
    finished(leader, clock, order(leader, item(MINE, [EMPLOYEE], key="again-today")))
    finished(officer, clock, order(officer, item(MINE, [EMPLOYEE], key="not-the-officers")))
    assert status(leader)["last_order"]["job"] == job["id"]


def test_half_is_withheld_without_a_card_with_none_with_one_used_up_and_of_numbers_nobody_knows(leader, sql):
    row = status(leader, MANY_KINDS)
    kinds = ["never fetched", "ikkeSkattekort", "frikort 0", "utgaattDnummer", "ugyldigFoedselsEllerDnummer"]
    assert row["at_50"] == len(kinds)
    sql("UPDATE tax_card SET result = 'noeNytt' WHERE result = 'ikkeTrekkplikt' AND client_id = ?", MANY_KINDS)
    assert status(leader, MANY_KINDS)["at_50"] == len(kinds) + 1


def test_a_free_card_used_up_at_another_payer_is_not_this_employers(leader, sql):
    before = status(leader)["at_50"]
    sql(
        "INSERT INTO card_content (deductions) VALUES ("
        '\'[{"code":"loennFraHovedarbeidsgiver","kind":"table","table":"8140","percent":4300},'
        '{"code":"loennFraNAV","kind":"free_card","free_amount":0}]\')'
    )
    sql("UPDATE tax_card SET content = (SELECT max(id) FROM card_content), applies = 0 WHERE client_id = ?", MINE)
    assert status(leader)["at_50"] == before
    sql("UPDATE tax_card SET applies = 1 WHERE client_id = ?", MINE)
    assert status(leader)["at_50"] == status(leader)["employees"]


@pytest.mark.parametrize(
    ("moment", "next_pay_date"),
    [
        ("2026-03-16T12:00:00", "2026-03-20"),
        ("2026-03-20T23:59:00", "2026-03-20"),
        ("2026-03-21T00:00:00", "2026-04-20"),
        ("2026-12-31T12:00:00", "2027-01-20"),
        ("2028-02-29T12:00:00", "2028-03-20"),
    ],
)
def test_the_next_pay_date_is_the_next_run_or_the_next_agreed_day(api_of, clock, sql, moment, next_pay_date):
    clock.now = datetime.fromisoformat(moment).replace(tzinfo=OSLO)
    leader = api_of("kari.nordmann")
    status(leader)  # the months until then are written
    sql("DELETE FROM pay_run WHERE client_id = ? AND pay_date > '2026-03-31'", MINE)
    sql("UPDATE pay_group SET payday = 20 WHERE client_id = ?", MINE)
    assert status(leader)["next_pay_date"] == next_pay_date


def test_a_run_on_another_day_than_agreed_is_when_people_are_paid(leader, sql):
    sql("UPDATE pay_run SET pay_date = '2026-03-18' WHERE client_id = ? AND pay_date = '2026-03-20'", MINE)
    assert status(leader)["next_pay_date"] == "2026-03-18"


def test_a_month_without_pay_is_passed_over(leader, sql):
    sql("DELETE FROM pay_run WHERE client_id = ? AND pay_date >= '2026-03-16'", MINE)
    sql("INSERT INTO no_pay SELECT id, '2026-03', 1, 'us_0002' FROM pay_group WHERE client_id = ?", MINE)
    assert status(leader)["next_pay_date"].startswith("2026-04")


def test_in_december_half_is_told_of_the_year_of_the_next_pay_date(api_of, clock, sql):
    clock.now = datetime(2026, 12, 14, 12, tzinfo=OSLO)
    leader = api_of("kari.nordmann")
    status(leader)  # the months until then are written
    sql("DELETE FROM pay_run WHERE client_id = ? AND pay_date > '2026-12-01'", MINE)
    sql("UPDATE pay_group SET payday = 12 WHERE client_id = ?", MINE)
    row = status(leader)
    assert row["next_pay_date"] == "2027-01-12"
    assert (row["fetched"], row["at_50"], row["at_50_on"]) == (row["employees"], row["employees"], "2027-01-12")


def test_a_client_whose_feed_stopped_says_since_when(leader):
    assert status(leader, "cl_000026")["fetched_at"] == "2026-03-13T00:00:00+01:00"


def test_changes_are_those_of_the_last_fetch_or_since_an_instant(leader, clock):
    before = {one["employee"]["id"] for one in leader.all("/v1/tax-card-changes", client=CHANGED)}
    results = fetched(leader, clock, CHANGED)[1]
    done = {one["employee"]["id"]: one for one in results if one["outcome"] == "done"}
    found = leader.all("/v1/tax-card-changes", client=CHANGED)
    assert {one["employee"]["id"] for one in found} == done.keys() != before
    for one in found:
        result = done[one["employee"]["id"]]
        assert (one["before"], one["after"]) == (result["previous"]["applies"], result["card"]["applies"])
        assert one["fnr"] == result["fnr"]
    since = leader.all("/v1/tax-card-changes", client=CHANGED, since="2026-03-16T11:00:00+01:00")
    assert since == found
    assert leader.all("/v1/tax-card-changes", client=CHANGED, since="2026-03-16T12:59:00+01:00") == []
    everything = leader.all("/v1/tax-card-changes", client=CHANGED, since="2025-01-01T00:00:00+01:00")
    assert {one["result_before"] for one in everything} == {None}
    clock.advance(days=1)
    finished(leader, clock, order(leader, item(CHANGED, people(leader, CHANGED), key="next")))
    assert leader.all("/v1/tax-card-changes", client=CHANGED) == []


def test_changes_come_page_by_page_and_hold_back_what_is_not_the_callers(leader):
    rows = leader.all("/v1/tax-card-changes", limit=7)
    assert len({(one["client"]["id"], one["employee"]["id"]) for one in rows}) == len(rows)
    mine = {one["id"] for one in leader.all("/v1/clients", access="mine")}
    for one in rows:
        assert (one["withheld"] is None) is (one["client"]["id"] in mine)
        assert one["withheld"] is None or one["after"] is None


@pytest.mark.parametrize("since", ["2026-03-16", "2026-03-16T12:00:00", "2026-02-30T12:00:00+01:00", "now"])
def test_an_instant_that_is_none_is_refused(leader, since):
    refused = leader.get("/v1/tax-card-changes", params={"since": since})
    assert refused.json()["errors"][0]["pointer"] == "/query/since"
