"""Employees, tax cards and what is counted: seen by the clock, masked unless revealed with a reason that is kept."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from .conftest import NOON

SEEN = int(NOON.timestamp())
MASKED = re.compile(r"[0-9]{6} \*{5}")
NEWEST = (
    "fetched_at <= :now AND NOT EXISTS (SELECT 1 FROM tax_card AS newer WHERE newer.employee = tax_card.employee AND"
    " newer.year = tax_card.year AND newer.fetched_at > tax_card.fetched_at AND newer.fetched_at <= :now)"
).replace(":now", str(SEEN))
MINE, NOT_MINE = "cl_000001", "cl_000004"


def revealing(api, path, reason="control of the run"):
    return api("GET", path, params={"reveal": "fnr"}, headers={"Reveal-Reason": reason} if reason else {})


@pytest.mark.parametrize(
    ("active", "condition"),
    [
        ("true", "(ends IS NULL OR ends >= '2026-03-16')"),
        ("false", "ends < '2026-03-16'"),
        ("all", "1"),
    ],
)
def test_employees_are_listed_by_whether_they_are_employed_today(leader, sql, active, condition):
    for client_id in (MINE, "cl_000009", "cl_000014"):
        wanted = sql(
            f"SELECT id FROM employee WHERE client_id = ? AND starts <= '2026-03-16' AND {condition}"  # noqa: S608 - ours
            " ORDER BY starts, seq",
            client_id,
        )
        found = leader.all(f"/v1/clients/{client_id}/employees", active=active, limit=3)
        assert [one["id"] for one in found] == [row["id"] for row in wanted]
        assert all(MASKED.fullmatch(one["fnr"]) for one in found)
    counted = leader.get(f"/v1/clients/{MINE}").json()["active_employees"]
    assert leader.get(f"/v1/clients/{MINE}/employees").json()["total"] == counted


def test_tax_cards_are_the_newest_of_every_employee_and_year(leader, sql):
    for year in (2025, 2026):
        wanted = sql(f"SELECT id FROM tax_card WHERE year = ? AND {NEWEST}", year)  # noqa: S608 - ours
        page = leader.get(f"/v1/tax-cards?year={year}").json()
        cards = leader.all("/v1/tax-cards", year=year, limit=200)
        assert sorted(card["id"] for card in cards) == sorted(f"tc_{row['id']:x}" for row in wanted)
        assert page["total"] == len(cards) == len({card["employee"]["id"] for card in cards})
    assert {card["year"] for card in leader.all("/v1/tax-cards", owner="me")} == {2026}


@pytest.mark.parametrize("result", ["ikkeSkattekort", "skattekortopplysningerOK"])
@pytest.mark.parametrize("narrowed", ["", "&owner=me", "&group=payday-20", "&client=cl_000009"])
def test_totals_of_tax_cards_are_what_is_listed(leader, result, narrowed):
    every = leader.get(f"/v1/tax-cards?limit=500{narrowed}").json()
    some = leader.get(f"/v1/tax-cards?limit=500&result={result}{narrowed}").json()
    for page in (every, some):
        assert page["total"] == len(page["items"]) or page["next"]
    if every["next"] is None:
        assert [card["id"] for card in every["items"] if card["result"] == result] == [
            card["id"] for card in some["items"]
        ]


def test_a_card_is_superseded_at_the_second_a_newer_one_is_fetched(leader, clock, sql):
    (newer,) = sql(
        "SELECT * FROM tax_card WHERE supersedes IS NOT NULL AND year = 2026 ORDER BY fetched_at DESC LIMIT 1"
    )
    (older,) = sql("SELECT * FROM tax_card WHERE id = ?", newer["supersedes"])
    (who,) = sql("SELECT id FROM employee WHERE seq = ?", newer["employee"])

    def shown():
        cards = leader.all("/v1/tax-cards", client=newer["client_id"], year=2026)
        return [card["id"] for card in cards if card["employee"]["id"] == who["id"]]

    clock.advance(seconds=newer["fetched_at"] - SEEN - 1)
    assert shown() == [f"tc_{older['id']:x}"]
    clock.advance(seconds=1)
    assert shown() == [f"tc_{newer['id']:x}"]


def test_a_deduction_says_what_it_has_and_a_free_card_without_limit_is_not_one_with_nothing_left(leader):
    cards = [card for card in leader.all("/v1/tax-cards") if card["deductions"]]
    kinds = Counter(one["kind"] for card in cards for one in card["deductions"])
    assert {"table", "percent", "free_card"} <= kinds.keys()
    for card in cards:
        assert card["applies"] is None or card["applies"] in card["deductions"]
        for one in card["deductions"]:
            assert (one["table"] is not None) is (one["kind"] == "table")
            assert (one["percent"] is None) is (one["kind"] == "free_card")
    free = {
        one["free_amount"]
        for card in leader.all("/v1/tax-cards")
        for one in card["deductions"] or []
        if one["kind"] == "free_card"
    }
    assert free  # which of them depends on whose cards the caller sees


def test_revealing_shows_eleven_digits_and_leaves_who_saw_whose_and_why(leader, sql):
    answer = revealing(leader, f"/v1/clients/{MINE}/employees", "kontroll av l%C3%B8nn")
    shown = answer.json()["items"]
    (event,) = leader.all("/v1/audit-events", action="fnr.reveal")
    assert [one["fnr"] for one in shown] == [
        sql("SELECT fnr FROM employee WHERE id = ?", one["id"])[0]["fnr"] for one in shown
    ]
    assert event["subject"] == f"clients/{MINE}/employees"
    assert event["after"] == {"reason": "kontroll av lønn", "employees": [one["id"] for one in shown]}
    assert (event["outcome"], event["actor"]) == ("done", "kari.nordmann")
    assert not re.search(r"[0-9]{11}", str(event["after"]))


def test_tax_cards_are_revealed_only_when_every_client_of_the_list_is_open(leader):
    refused = revealing(leader, "/v1/tax-cards")
    assert (refused.status_code, refused.json()["code"]) == (403, "no_access")
    cards = leader(
        "GET",
        "/v1/tax-cards",
        params={"reveal": "fnr", "where": 'access in ("owner", "member")'},
        headers={"Reveal-Reason": "control"},
    ).json()
    assert cards["items"]
    assert all(re.fullmatch("[0-9]{11}", card["fnr"]) for card in cards["items"])
    assert [event["outcome"] for event in leader.all("/v1/audit-events", action="fnr.reveal")] == ["refused", "done"]


def test_revealing_without_access_is_refused_and_leaves_its_event(leader):
    answer = revealing(leader, f"/v1/clients/{NOT_MINE}/employees")
    assert (answer.status_code, answer.json()["code"]) == (403, "no_access")
    (event,) = leader.all("/v1/audit-events", action="fnr.reveal")
    assert (event["outcome"], event["code"]) == ("refused", "no_access")


@pytest.mark.parametrize("place", [f"/v1/clients/{MINE}/employees", "/v1/tax-cards?owner=me"])
def test_revealing_without_a_reason_shows_nothing(leader, place):
    refused = leader.get(f"{place}{'&' if '?' in place else '?'}reveal=fnr")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/header/Reveal-Reason")


def test_looking_without_revealing_leaves_no_event(leader, officer):
    leader.get(f"/v1/clients/{MINE}/employees")
    leader.get("/v1/tax-cards")
    officer.get("/v1/clients/cl_000015/employees")
    assert leader.all("/v1/audit-events") == []


COUNTED = {
    "payslip": "SELECT client_id, sum(payslips) FROM pay_run WHERE payslips_sent_at BETWEEN ? AND ? GROUP BY 1",
    "travel": "SELECT client_id, count(*) FROM registration WHERE kind = 'travel' AND at BETWEEN ? AND ? GROUP BY 1",
    "expense": "SELECT client_id, count(*) FROM registration WHERE kind = 'expense' AND at BETWEEN ? AND ? GROUP BY 1",
    "absence": "SELECT client_id, count(*) FROM registration WHERE kind = 'absence' AND at BETWEEN ? AND ? GROUP BY 1",
}
BEGINNINGS = {"2026-02": "2026-02-01", "2026-03": "2026-03-01", "2026-04": "2026-04-01"}


@pytest.mark.parametrize("month", ["2026-02", "2026-03"])
@pytest.mark.parametrize("kind", COUNTED)
def test_usage_is_what_came_in_the_month_so_far(leader, sql, month, kind):
    start, end = (int(NOON.fromisoformat(f"{day}T00:00+01:00").timestamp()) for day in month_days(month))
    wanted = {row[0]: row[1] for row in sql(COUNTED[kind], start, min(end - 1, SEEN))}
    found = leader.all("/v1/usage", month=month, kind=kind, limit=20)
    assert {one["client"]["id"]: one["count"] for one in found} == wanted
    assert wanted


def month_days(month):
    return {"2026-02": ("2026-02-01", "2026-03-01"), "2026-03": ("2026-03-01", "2026-04-01")}[month]


def test_usage_of_several_months_is_each_months_in_order(leader):
    months = ("2026-01", "2026-02", "2026-03")
    separate = [one for month in months for one in leader.all("/v1/usage", month=month)]
    together = leader.all("/v1/usage", **{"from": "2026-01", "to": "2026-03"}, limit=33)
    assert together == separate
    assert leader.all("/v1/usage", **{"from": "2026-01", "to": "2026-03"}, sort="-month") == separate[::-1]


def test_any_month_may_be_asked_for_whose_calendar_is_known(leader):
    path = "/v1/clients/cl_000001/registrations"
    assert [leader.get(path, params={"month": month}).status_code for month in ("1900-01", "2099-12")] == [200, 200]
    for beyond in ("0000-01", "1899-12", "2100-01"):
        assert leader.get(path, params={"month": beyond}).json()["code"] == "invalid_request"


def test_every_use_has_its_registrations(leader):
    for one in leader.all("/v1/usage", month="2026-02", owner="me"):
        path = f"/v1/clients/{one['client']['id']}/registrations"
        behind = leader.all(path, month="2026-02", kind=one["kind"], limit=4)
        assert len(behind) == one["count"] == len({entry["id"] for entry in behind})
        assert all(entry["at"] < "2026-03" for entry in behind)
        assert all((entry["run"] is not None) is (one["kind"] == "payslip") for entry in behind)
        instants = [entry["at"] for entry in behind]
        assert instants == sorted(instants)


def test_a_registration_is_counted_from_the_second_it_came(leader, clock, sql):
    (row,) = sql(
        "SELECT registration.*, client_id AS of FROM registration WHERE at > ? AND at < ? ORDER BY at LIMIT 1",
        SEEN,
        SEEN + 10 * 86_400,
    )
    path = f"/v1/clients/{row['client_id']}/registrations"

    def count():
        return leader.get(path, params={"month": "2026-03", "kind": row["kind"]}).json()["total"]

    clock.advance(seconds=row["at"] - SEEN - 1)
    before = count()
    clock.advance(seconds=1)
    assert count() == before + 1
