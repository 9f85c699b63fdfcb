"""Mine klienter, forbrukslogg and automatiseringsgrad of clients made up for them: to the second, and who sees what."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bureau_cli.platform import seeding
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.sources import Registration, known

from .conftest import HandClock
from .told import ADMINISTRATOR, Access, ToldSource, at, card, client, employee, payslip, run

APRIL = datetime(2026, 4, 8, 12, tzinfo=OSLO)
USAGE, AUTOMATION, CLIENTS = (
    f"/v1/reports/{name}" for name in ("forbrukslogg", "automatiseringsgrad", "mine-klienter")
)
COUNTED = ("payslip", "travel", "expense", "absence")
ADAS = (Access(user_id=ADMINISTRATOR, role="owner", starts=date(2020, 1, 1)),)
TOLD = ToldSource(
    today=APRIL.date(),
    clients=(
        client(0, linked_via="internal", active_from=date(2030, 1, 1)),
        client(1),
        client(2, access=ADAS),
        client(3, feed_stopped_on=date(2026, 2, 10)),
    ),
    employees=(employee(1, 1), employee(2, 1, name="Bjørn"), employee(3, 2), employee(4, 1, ends=date(2026, 3, 31))),
    tax_cards=(card(1, "2026-01-05T09:00"), card(3, "2026-04-09T09:00"), card(2, "2025-01-05T09:00", 2025)),
    runs=(
        run(1, 1, [payslip(1), payslip(2, touched=True)], "2026-02", payslips_sent_at=at("2026-03-01T00:00")),
        run(2, 1, [payslip(1), payslip(2)], payslips_sent_at=at("2026-03-31T23:59:59")),
        run(3, 1, [payslip(1, touched=True)], type="extra", payslips_sent_at=at("2026-04-01T00:00")),
        run(4, 1, [payslip(4, touched=True)], pay_date=date(2026, 3, 29), payslips_sent_at=None),
        run(5, 2, [payslip(3)]),
    ),
    registrations=(
        Registration(employee_id="em_1", kind="travel", at=at("2026-02-28T23:59:59"), amount=100),
        Registration(employee_id="em_1", kind="travel", at=at("2026-03-01T00:00"), amount=100),
        Registration(
            employee_id="em_1", kind="expense", at=at("2026-03-29T01:59:59"), amount=100
        ),  # an hour is left out
        Registration(employee_id="em_1", kind="expense", at=at("2026-03-29T03:00"), amount=100),
        Registration(employee_id="em_1", kind="absence", at=at("2026-04-08T12:00")),
        Registration(employee_id="em_1", kind="absence", at=at("2026-04-08T12:01")),  # and this is still to come
    ),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Fill these stores from what is told; `path`, `platform` and the rest follow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(known.KNOWN, "told", lambda _: TOLD)
        path = tmp_path_factory.mktemp("told") / "told.db"
        seeding.seed_if_absent(path, TOLD)
        yield path


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setitem(known.KNOWN, "told", lambda _: TOLD)
    return HandClock(APRIL)


@pytest.fixture
def olav(api_of):
    return api_of("olav")


def test_a_month_is_counted_from_its_first_second_to_its_last(olav):
    (row,) = olav.all(USAGE, client="cl_1", **{"from": "2026-02", "to": "2026-05"})
    assert [(one["month"], *(one[kind] for kind in COUNTED)) for one in row["months"]] == [
        ("2026-02", 0, 1, 0, 0),
        ("2026-03", 4, 1, 2, 0),
        ("2026-04", 1, 0, 0, 1),
        ("2026-05", None, None, None, None),
    ]


def test_what_lies_before_the_first_month_or_after_the_last_fetch_is_not_known(olav):
    (row,) = olav.all(USAGE, client="cl_3", **{"from": "2025-01", "to": "2026-04"})
    counted = [one["month"] for one in row["months"] if one["payslip"] == 0]
    assert (counted[0], counted[-1], len(row["months"])) == ("2025-03", "2026-02", 16)
    (row,) = olav.all(AUTOMATION, client="cl_3", **{"from": "2026-02", "to": "2026-03"})
    assert [one["payslips"] for one in row["months"]] == [0, None]


def test_one_end_of_a_range_means_that_month_and_none_this(olav):
    for asked, ends in (
        ({}, ("2026-04", "2026-04")),
        ({"from": "2026-01"}, ("2026-01", "2026-01")),
        ({"to": "2026-01"}, ("2026-01", "2026-01")),
    ):
        page = olav.get(USAGE, params=asked).json()
        assert (page["from"], page["to"]) == ends


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"from": "2024-04", "to": "2026-04"}, "window_too_long"),
        ({"from": "2026-13"}, "invalid_request"),
    ],
)
def test_a_range_of_more_than_two_years_is_refused(olav, asked, code):
    for report in (USAGE, AUTOMATION):
        refused = olav.get(report, params=asked)
        assert (refused.status_code, refused.json()["code"]) == (400, code)


def test_a_range_that_ends_before_it_begins_has_no_months(olav):
    for report in (USAGE, AUTOMATION):
        (row,) = olav.all(report, client="cl_1", **{"from": "2026-03", "to": "2026-02"})
        assert row["months"] == []


def test_a_degree_is_of_ordinary_runs_by_the_month_they_are_paid_in(olav):
    asked = {"from": "2026-02", "to": "2026-04"}
    (row,) = olav.all(AUTOMATION, client="cl_1", **asked)
    facts = ("month", "payslips", "untouched", "manual", "degree", "change")
    assert [tuple(one[fact] for fact in facts) for one in row["months"]] == [
        ("2026-02", 2, 1, 1, "50.00", None),
        ("2026-03", 3, 2, 1, "66.67", "16.67"),
        ("2026-04", 0, 0, 0, None, None),
    ]
    assert (row["payslips"], row["untouched"], row["manual"], row["degree"]) == (5, 3, 2, "60.00")
    (march,) = olav.all(AUTOMATION, client="cl_1", **{"from": "2026-03"})
    assert [one["change"] for one in march["months"]] == ["16.67"]
    assert "ordinary runs" in olav.get(AUTOMATION).json()["definition"]


def test_which_were_manual_is_told_when_it_is_asked_for(olav):
    asked = {"from": "2026-02", "to": "2026-04"}
    (row,) = olav.all(AUTOMATION, client="cl_1", manual="true", **asked)
    assert [(one["month"], one["run"]["id"], [who["name"] for who in one["employees"]]) for one in row["runs"]] == [
        ("2026-02", "run_1", ["Bjørn"]),
        ("2026-03", "run_4", ["Ansatt 4"]),
    ]
    (row,) = olav.all(AUTOMATION, client="cl_1", **asked)
    assert row["runs"] is None


def test_whoever_may_not_look_into_a_client_learns_that_it_is_held_back(api_of):
    for login, seen in (("olav", 3), ("ada", 1), ("mari", 0), ("lise", 4)):
        for report in (USAGE, AUTOMATION, CLIENTS):
            page = api_of(login).get(report).json()
            assert page["coverage"] == {"clients": seen, "of": 4}
            held_back = [one for one in page["items"] if one["withheld"]]
            assert len(held_back) == 4 - seen
            for one in held_back:
                assert one["withheld"]["reason"] == "no_access"
                assert {one[field] for field in one["withheld"]["fields"]} == {None}


def test_a_card_is_missing_where_none_of_the_year_is_fetched_yet_for_somebody_to_be_paid(api_of, clock):
    def missing():
        page = api_of("lise").get(CLIENTS).json()
        return page["tax_year"], {one["client"]["id"]: one["tax_cards_missing"] for one in page["items"]}

    assert missing() == (2026, {"cl_0": 0, "cl_1": 1, "cl_2": 1, "cl_3": 0})
    clock.advance(days=1)
    assert missing()[1]["cl_2"] == 0


def test_a_line_a_client_tells_who_and_where_it_stands(olav):
    (row,) = olav.all(CLIENTS, client="cl_1", period="2026-03")
    assert (row["owner"]["login"], row["access"], row["paydays"], row["active_employees"]) == (
        "olav",
        "owner",
        [20],
        2,
    )
    assert row["last_run"] == {
        "id": "run_4", "period": "2026-03", "type": "ordinary", "pay_date": "2026-03-29", "payslips": 1,
    }  # fmt: skip
    status = olav.get("/v1/period-status/cl_1", params={"period": "2026-03"}).json()
    for fact in ("closed", "reported", "done", "outside", "a_melding", "next", "period"):
        assert row[fact] == status[fact]
    due = olav.all("/v1/deadlines", client="cl_1", to="2026-06-07")
    first = next(one for one in due if one["met"] is not True)
    assert row["next_deadline"] == {name: first[name] for name in ("kind", "due", "met", "period", "term")}
