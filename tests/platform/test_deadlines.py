"""Deadlines: the worked dates, what is known of amounts and of what is done, who sees them, page after page."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bureau_cli.platform import seeding
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.sources import NoPay, PayGroup, Payslip, Site, known

from .conftest import HandClock
from .told import ADMINISTRATOR, OWNER, Access, ToldSource, at, client, employee, message, payslip, run

EASTER = datetime(2026, 4, 8, 12, tzinfo=OSLO)
ATTACHED = Payslip("em_1", 50_000_00, 15_000_00, 2_000_00, 33_000_00, False)  # noqa: FBT003 - a tuple of figures
PAID = {"created_at": at("2026-03-10T09:00"), "paid_at": at("2026-03-20T06:00")}
TOLD = ToldSource(
    today=EASTER.date(),
    clients=(
        client(0, linked_via="internal", active_from=date(2030, 1, 1)),
        client(1),
        client(2, pay_groups=(PayGroup(id="pg_2", name="Månedslønn", payday=5),), left_on=date(2026, 9, 30)),
        client(3, payments_known=False, sites=(Site(orgnr="311000003", zone="5", sector="ordinary"),)),
        client(
            4,
            access=(Access(user_id=ADMINISTRATOR, role="owner", starts=date(2020, 1, 1)),),
            feed_stopped_on=date(2026, 3, 20),
        ),
    ),
    employees=(employee(1, 1), employee(2, 2), employee(3, 3), employee(4, 4)),
    runs=(
        run(1, 1, [ATTACHED], "2025-04", withholding_paid_at=at("2025-05-15T06:00")),
        run(2, 1, [ATTACHED], withholding_paid_at=at("2026-03-23T06:00")),
        run(3, 1, [payslip(1, 900_00)], type="extra", pay_date=date(2026, 3, 27), paid_at=None),
        run(4, 3, [payslip(3)], paid_at=None, aga=()),
        run(5, 4, [payslip(4)], paid_at=None),
        run(6, 1, [Payslip("em_1", 0, 0, 0, 0, False)], type="extra", pay_date=date(2026, 3, 30)),  # noqa: FBT003
    ),
    messages=(
        message(1, 1, ["run_2", "run_3", "run_6"], "2026-03", aga_sum=14_100_00, finansskatt_sum=100_00),
        message(2, 1, ["run_1"], "2025-04"),
    ),
    no_pay=(NoPay(pay_group_id="pg_3", period="2026-04", recorded_at=at("2026-04-07T09:00"), recorded_by=OWNER),),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Fill this module's stores from what is told; `path`, `platform` and the rest follow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(known.KNOWN, "told", lambda _: TOLD)
        path = tmp_path_factory.mktemp("told") / "told.db"
        seeding.seed_if_absent(path, TOLD)
        yield path


@pytest.fixture
def clock(monkeypatch):
    """Begin after Easter; whoever looks in another month asks the source for what it tells of it."""
    monkeypatch.setitem(known.KNOWN, "told", lambda _: TOLD)
    return HandClock(EASTER)


@pytest.fixture
def olav(api_of):
    return api_of("olav")


def rows(api, *facts, **asked):
    """Give these facts of every deadline, the client by its last digit."""
    asked = {name.rstrip("_"): value for name, value in asked.items()}
    found = api.all("/v1/deadlines", **asked)
    return [tuple(one["client"]["id"][-1] if fact == "client" else one[fact] for fact in facts) for one in found]


WORKED = ("kind", "client", "agreed", "pay_date", "due", "amount", "met")


def test_pay_agreed_for_easter_sunday_is_due_on_wednesday_and_its_withholding_after_easter(olav):
    assert rows(olav, *WORKED, from_="2026-03-30", to="2026-04-19", client="cl_2") == [
        ("pay_day", "2", "2026-04-05", "2026-04-01", "2026-04-01", None, False),
        ("a_melding", "2", "2026-04-05", None, "2026-04-07", None, False),
        ("forskuddstrekk", "2", "2026-04-02", "2026-04-01", "2026-04-07", None, False),
    ]


def test_before_2026_what_was_withheld_is_due_with_the_term(olav):
    assert rows(olav, *WORKED, "term", from_="2025-04-10", to="2025-05-19", client="cl_1") == [
        ("pay_day", "1", "2025-04-20", "2025-04-16", "2025-04-16", "33000.00", True, None),
        ("a_melding", "1", "2025-05-05", None, "2025-05-05", None, True, None),
        ("forskuddstrekk", "1", "2025-05-15", None, "2025-05-15", "15000.00", True, "2025-T2"),
        ("term", "1", "2025-05-15", None, "2025-05-15", "7050.00", None, "2025-T2"),
        ("utleggstrekk", "1", "2025-05-15", None, "2025-05-15", "2000.00", False, "2025-T2"),
    ]


def test_from_2026_each_pay_day_has_its_own_and_the_term_is_what_is_reported(olav):
    assert rows(olav, *WORKED, from_="2026-03-20", to="2026-05-15", client="cl_1") == [
        ("pay_day", "1", "2026-03-20", "2026-03-20", "2026-03-20", "33000.00", True),
        ("forskuddstrekk", "1", "2026-03-21", "2026-03-20", "2026-03-23", "15000.00", True),
        ("utleggstrekk", "1", "2026-03-21", "2026-03-20", "2026-03-23", "2000.00", False),
        ("pay_day", "1", "2026-03-27", "2026-03-27", "2026-03-27", "600.00", False),
        ("forskuddstrekk", "1", "2026-03-28", "2026-03-27", "2026-03-30", "300.00", False),
        ("a_melding", "1", "2026-04-05", None, "2026-04-07", None, True),
        ("pay_day", "1", "2026-04-20", "2026-04-20", "2026-04-20", None, False),
        ("forskuddstrekk", "1", "2026-04-21", "2026-04-20", "2026-04-21", None, False),
        ("a_melding", "1", "2026-05-05", None, "2026-05-05", None, False),
        ("term", "1", "2026-05-15", None, "2026-05-15", "14200.00", None),
    ]


def test_nothing_is_due_where_no_pay_is_recorded_and_nobody_knows_what_an_unknown_bank_paid(olav, clock):
    asked = {"from_": "2026-03-20", "to": "2026-05-15", "client": "cl_3"}
    facts = ("kind", "due", "met")
    told = [
        ("pay_day", "2026-03-20", None),
        ("forskuddstrekk", "2026-03-23", None),
        ("a_melding", "2026-04-07", False),
        ("a_melding", "2026-05-05", False),
    ]
    assert rows(olav, *facts, **asked) == told
    clock.now = datetime(2026, 4, 6, 12, tzinfo=OSLO)
    untold = [("pay_day", "2026-04-20", False), ("forskuddstrekk", "2026-04-21", False)]
    assert rows(olav, *facts, **asked) == [*told[:3], *untold, told[3]]


def test_whether_a_month_is_reported_is_unknown_once_it_is_due_after_the_feed_has_stopped(api_of):
    ada = api_of("ada")
    assert rows(ada, "kind", "due", "met", from_="2026-04-01", to="2026-05-06", kind="a_melding") == [
        ("a_melding", "2026-04-07", None), ("a_melding", "2026-05-05", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("active_from", "left_on", "months"),
    [
        ("2020-02-01", None, ["2026-03", "2026-04"]),
        ("2026-04-01", "2026-04-30", ["2026-04"]),
        ("2026-03-02", "2026-04-29", []),
    ],
)
def test_whom_a_client_employs_obliges_it_to_tell_of_the_months_it_is_there_from_first_to_last(
    olav, sql, active_from, left_on, months
):
    sql("UPDATE client SET active_from = ?, left_on = ? WHERE id = 'cl_2'", active_from, left_on)
    asked = {"from_": "2026-04-01", "to": "2026-05-31", "kind": "a_melding"}
    assert [month for (month,) in rows(olav, "period", client="cl_2", **asked)] == months
    assert ("1", "2026-03") in rows(olav, "client", "period", **asked)


def test_a_run_takes_the_place_of_its_agreed_day_once_it_is_made(olav, clock):
    asked = {"from_": "2026-03-20", "to": "2026-03-20", "client": "cl_1"}
    assert rows(olav, "due", "amount", "run", **asked) == [("2026-03-20", "33000.00", "run_2")]
    clock.now = datetime(2026, 3, 10, 8, 59, 59, tzinfo=OSLO)
    assert rows(olav, "due", "amount", "run", **asked) == [("2026-03-20", None, None)]


def test_next_years_tax_cards_come_in_december_for_who_still_has_people_then(olav):
    assert rows(olav, "kind", "client", "due", "agreed", "period", from_="2026-12-01", to="2026-12-16") == [
        ("a_melding", "1", "2026-12-07", "2026-12-05", "2026-11"),
        ("a_melding", "3", "2026-12-07", "2026-12-05", "2026-11"),
        ("tax_cards", "1", "2026-12-15", "2026-12-15", None),
        ("tax_cards", "3", "2026-12-15", "2026-12-15", None),
    ]


def test_a_term_to_come_is_due_of_who_will_have_people_in_it(olav):
    asked = {"from_": "2026-07-01", "to": "2026-11-30", "kind": "term"}
    assert rows(olav, "client", "term", "due", "amount", **asked) == [
        *((number, "2026-T3", "2026-07-15", None) for number in "123"),
        *((number, "2026-T4", "2026-09-15", None) for number in "123"),
        *((number, "2026-T5", "2026-11-16", None) for number in "123"),
    ]


def test_a_leader_sees_what_is_due_everywhere_but_no_amounts(api_of):
    asked = {"from_": "2026-03-20", "to": "2026-03-27"}
    leader, owner = (rows(api_of(login), "id", "client", "amount", "withheld", **asked) for login in ("lise", "olav"))
    assert {client for _, client, *_ in leader} == {"1", "3", "4"}
    assert {client for _, client, *_ in owner} == {"1", "3"}
    assert {amount for *_, amount, _ in leader} == {None}
    assert [withheld for *_, withheld in leader] == [{"reason": "no_access", "fields": ["amount"]}] * len(leader)
    assert all(amount and not withheld for *_, amount, withheld in owner)
    assert {one for one, *_ in owner} < {one for one, *_ in leader}


@pytest.mark.parametrize("kind", ["pay_day", "forskuddstrekk", "utleggstrekk", "a_melding", "term", "tax_cards"])
def test_one_kind_is_listed_as_among_all(olav, kind):
    asked = {"from_": "2026-03-01", "to": "2027-01-31", "limit": 500}
    assert [row for row in rows(olav, "kind", "id", **asked) if row[0] == kind] == rows(
        olav, "kind", "id", **asked, kind=kind
    )


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_give_every_deadline_once_by_day(olav, limit):
    asked = {"from": "2026-03-01", "to": "2027-01-31"}
    whole = olav.get("/v1/deadlines", params={**asked, "limit": 500}).json()
    ids = [one["id"] for one in whole["items"]]
    assert [one["due"] for one in whole["items"]] == sorted(one["due"] for one in whole["items"])
    assert len(set(ids)) == len(ids) == whole["total"] > 40
    assert [one["id"] for one in olav.all("/v1/deadlines", **asked, limit=limit)] == ids
    first = olav.get("/v1/deadlines", params={**asked, "limit": limit, "ahead": 5}).json()
    starts = [
        olav.get("/v1/deadlines", params={**asked, "limit": limit, "cursor": one}).json() for one in first["ahead"]
    ]
    assert [[row["id"] for row in one["items"]] for one in starts] == [
        ids[begin : begin + limit] for begin in range(limit, 6 * limit, limit)
    ]
    assert {one["total"] for one in starts} == {len(ids)}


def test_more_than_four_hundred_days_are_refused(olav):
    assert olav.get("/v1/deadlines", params={"from": "2026-01-01", "to": "2027-02-05"}).status_code == 200
    refused = olav.get("/v1/deadlines", params={"from": "2026-01-01", "to": "2027-02-06"})
    assert (refused.status_code, refused.json()["code"]) == (400, "window_too_long")


@pytest.mark.parametrize(
    "asked",
    [
        {"from_": "0001-01-01"},
        {"from_": "9999-12-31"},
        {"from_": "2100-01-01", "to": "2100-12-31"},
        {"from_": "2026-04-09", "to": "2026-04-08"},
        {"from_": "2024-01-01", "to": "2025-01-31", "kind": ["pay_day", "forskuddstrekk", "a_melding", "term"]},
    ],
)
def test_nothing_is_due_on_days_nobody_knows_of(olav, asked):
    assert rows(olav, "id", **asked) == []


def test_a_window_is_thirty_days_from_today(olav):
    usual = rows(olav, "id")
    assert usual == rows(olav, "id", from_="2026-04-08", to="2026-05-08")
    assert rows(olav, "id", from_="2026-04-08", limit=500) == usual
    assert rows(olav, "id", from_="2099-12-20") != []


def test_a_list_goes_on_as_it_is_when_something_happens_between_two_pages(olav, clock):
    clock.now = datetime(2026, 4, 7, 8, 59, tzinfo=OSLO)
    asked = {"from": "2026-03-20", "to": "2026-05-15", "limit": 7}
    first = olav.get("/v1/deadlines", params={**asked, "ahead": 5}).json()
    clock.advance(minutes=1)
    assert olav.get("/v1/deadlines", params=asked).json()["total"] == first["total"] - 2
    items, cursor = first["items"], first["next"]
    while cursor:
        page = olav.get("/v1/deadlines", params={**asked, "cursor": cursor}).json()
        items, cursor = items + page["items"], page["next"]
    assert [one["id"] for one in items] == [id_ for (id_,) in rows(olav, "id", from_="2026-03-20", to="2026-05-15")]
