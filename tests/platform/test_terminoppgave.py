"""The terminoppgave: the worked example, zones and years, differences with their reasons, and who sees what."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from bureau_cli.platform import seeding
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.sources import known

from . import term_cases
from .conftest import HandClock
from .term_cases import ACCOUNT, KID_BAD, KID_BY_MOD10, KID_BY_MOD11

BUREAU = term_cases.bureau()
SOURCE = BUREAU.source()
NOON = datetime(2026, 5, 11, 12, tzinfo=OSLO)
REPORT = "/v1/reports/terminoppgave"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Fill this module's stores from what is told; `path`, `platform` and the rest follow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(known.KNOWN, "told", lambda _: SOURCE)
        path = tmp_path_factory.mktemp("told") / "told.db"
        seeding.seed_if_absent(path, SOURCE)
        yield path


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setitem(known.KNOWN, "told", lambda _: SOURCE)
    return HandClock(NOON)


@pytest.fixture
def olav(api_of):
    return api_of("olav")


@pytest.fixture
def row(olav):
    """Give a client's row by its story."""

    def of(story, term="2026-T1"):
        (found,) = olav.all(REPORT, term=term, client=f"cl_{BUREAU.numbers[story]}")
        return found

    return of


def lines(row, *facts):
    return [tuple(line[fact] for fact in facts) for line in row["lines"]]


def reasons(row):
    return [
        (one["month"], one["kind"], one["difference"], [reason["reason"] for reason in one["reasons"]])
        for one in row["differences"]
    ]


def test_the_worked_example_is_right_to_the_krone_and_due_on_its_days(row):
    told = row("the worked example")
    assert [(month["month"], month["basis"], month["aga"]) for month in told["months"]] == [
        ("2026-01", "reported", "78180.00"),
        ("2026-02", "reported", "79793.00"),
    ]
    assert told["sums"] == {
        "aga": "157973.00", "finansskatt": "0.00", "forskuddstrekk": "413448.00", "utleggstrekk": "0.00",
    }  # fmt: skip
    assert lines(told, "month", "kind", "site", "zone", "base", "rate", "amount", "lawful") == [
        ("2026-01", "pay", "311000001", "1", "500000.00", "14.10", "70500.00", True),
        ("2026-01", "pay", "311900001", "3", "120000.50", "6.40", "7680.03", True),
        ("2026-01", "avrunding", None, None, None, None, "-0.03", None),
        ("2026-02", "pay", "311000001", "1", "512345.50", "14.10", "72240.72", True),
        ("2026-02", "pay", "311900001", "3", "118000.00", "6.40", "7552.00", True),
        ("2026-02", "avrunding", None, None, None, None, "0.28", None),
    ]
    assert (told["differs"], told["differences"], told["fribelop"]) == (False, [], None)
    facts = ("part", "kind", "pay_date", "amount", "reported", "due", "kid", "kid_valid", "paid")
    assert [tuple(one[fact] for fact in facts) for one in told["payments"]] == [
        (1, "aga", None, "157973.00", "157973.00", "2026-03-16", KID_BY_MOD11, True, None),
        (2, "forskuddstrekk", "2026-01-20", "206666.00", "206666.00", "2026-01-21", KID_BY_MOD10, True, True),
        (2, "forskuddstrekk", "2026-02-20", "206782.00", "206782.00", "2026-02-23", KID_BY_MOD10, True, False),
    ]
    assert {one["account"] for one in told["payments"]} == {ACCOUNT}


def test_the_law_is_told_with_its_source_and_how_long_it_holds(olav):
    law = olav.get(REPORT, params={"term": "2026-T1"}).json()["law"]
    assert (law["months"], law["due"]) == (["2026-01", "2026-02"], "2026-03-16")
    assert (law["aga"]["fribelop"], law["aga"]["reduced_base"]) == ("850000.00", "24285714.00")
    assert law["aga"]["validity"]["source"] == "Stortingets vedtak om avgifter til folketrygden for budsjettåret 2026"
    assert {one["zone"]: (one["rate"], one["agriculture"]) for one in law["aga"]["rates"]}["4a"] == ("7.90", "5.10")
    assert (law["extra"], law["withholding"]["follows_pay"], law["account"]["account"]) == (None, True, ACCOUNT)
    before = olav.get(REPORT, params={"term": "2024-T6"}).json()["law"]
    assert (before["extra"]["above"], before["extra"]["rate"]) == ("850000.00", "5.00")
    assert (before["withholding"]["follows_pay"], before["due"]) == (False, "2025-01-15")
    assert olav.get(REPORT, params={"term": "2023-T1"}).json()["law"]["aga"]["fribelop"] == "500000.00"


@pytest.mark.parametrize(
    ("term", "code"),
    [("2027-T1", "law_unknown"), ("2022-T6", "law_unknown"), ("1900-T1", "law_unknown"), ("2026-T7", "invalid_request"),
     ("2026-5", "invalid_request"), ("2026-05", "invalid_request"), ("0000-T1", "invalid_request")],
)  # fmt: skip
def test_a_term_of_unknown_law_or_that_is_none_is_refused(olav, term, code):
    refused = olav.get(REPORT, params={"term": term})
    assert (refused.status_code, refused.json()["code"]) == (400, code)


def test_zone_1a_is_counted_over_the_year_and_all_sites_until_its_fribelop_is_used_up(row):
    told = row("crossing the fribeløp")["fribelop"]
    assert told == {
        "limit": "850000.00", "opening": "0.00", "base": "26000000.00", "term_base": "26000000.00",
        "used": "850000.00", "left": "0.00", "used_up_in": "2026-02",
    }  # fmt: skip
    after = row("crossing the fribeløp", "2026-T2")["fribelop"]  # a refund gave 3 000 000,00 back
    assert (after["base"], after["term_base"], after["used_up_in"]) == ("23000000.00", "-3000000.00", None)
    assert (after["used"], after["left"]) == ("805000.00", "45000.00")
    opened = row("beginning with a base", "2024-T1")["fribelop"]
    assert (opened["opening"], opened["base"], opened["used"]) == ("10000000.00", "11000000.00", "385000.00")


def test_both_rates_of_zone_1a_are_lawful_and_that_of_another_zone_is_not(row):
    assert all(lawful for (lawful,) in lines(row("crossing the fribeløp"), "lawful") if lawful is not None)
    assert lines(row("in zone 4a"), "rate", "sector", "lawful") == [
        ("5.10", "agriculture", True), ("7.90", "ordinary", True),
    ]  # fmt: skip
    assert lines(row("farming in zone 1a"), "zone", "rate", "lawful") == [("1a", "10.60", True), ("3", "10.60", False)]


def test_agriculture_uses_nothing_of_the_fribelop(row):
    assert row("farming in zone 1a")["fribelop"] is None


def test_finansskatt_is_of_the_months_base_in_whole_kroner(row):
    told = row("in finance")
    assert lines(told, "kind", "base", "rate", "amount")[-1] == ("finansskatt", "1000010.00", "5.00", "50001.00")
    assert (told["sums"]["aga"], told["sums"]["finansskatt"]) == ("141001.00", "50001.00")
    facts = [(one["kind"], one["amount"], one["reported"], one["kid"], one["due"]) for one in told["payments"]]
    assert facts == [
        ("aga", "141001.00", None, None, "2026-03-16"),
        ("finansskatt", "50001.00", None, None, "2026-03-16"),
    ]


def test_a_refund_is_negative_and_takes_from_the_sum(row):
    told = row("with a refund")
    assert lines(told, "kind", "base", "amount") == [
        ("pay", "100000.00", "14100.00"), ("refund", "-40000.00", "-5640.00"),
    ]  # fmt: skip
    assert told["sums"]["aga"] == "8460.00"


def test_up_to_2025_all_is_paid_by_the_term_and_the_extra_avgift_of_2024_is_as_it_was_reported(row):
    told = row("with extra avgift in 2024", "2024-T6")
    assert lines(told, "kind", "base", "rate", "amount", "lawful") == [
        ("pay", "1000000.00", "14.10", "141000.00", True), ("extra", "150000.00", "5.00", "7500.00", True),
    ]  # fmt: skip
    facts = ("part", "kind", "amount", "due", "kid_valid", "paid")
    assert [tuple(one[fact] for fact in facts) for one in told["payments"]] == [
        (1, "aga", "148500.00", "2025-01-15", True, None),
        (1, "forskuddstrekk", "300000.00", "2025-01-15", True, True),
        (1, "utleggstrekk", "1000.00", "2025-01-15", False, False),
    ]
    assert told["payments"][-1]["kid"] == KID_BAD
    after = row("with extra avgift in 2025", "2025-T6")
    assert lines(after, "kind", "lawful") == [("pay", True), ("extra", False)]
    assert [(one["part"], one["kind"], one["due"]) for one in after["payments"]] == [
        (1, "aga", "2026-01-15"), (1, "forskuddstrekk", "2026-01-15"),
    ]  # fmt: skip


def test_what_there_was_nothing_of_is_zero_and_what_is_not_known_is_null(row):
    told = row("with no pay at all")
    assert [(one["basis"], one["aga"]) for one in told["months"]] == [("nothing", "0.00"), ("nothing", "0.00")]
    assert (told["lines"], told["payments"], told["sums"]["aga"]) == ([], [], None)
    assert [one["basis"] for one in row("with no pay at all", "2026-T3")["months"]] == ["nothing", "unknown"]
    assert [one["basis"] for one in row("with no pay at all", "2023-T6")["months"]] == ["unknown", "unknown"]
    unknown = row("no longer fetched")["months"]
    assert [(one["basis"], one["aga"]) for one in unknown] == [("unknown", None), ("unknown", None)]


DIFFERENCES = {
    "rejected": [
        ("2026-03", "aga", "-14100.00", ["rejected"]),
        ("2026-03", "forskuddstrekk", "-30000.00", ["rejected"]),
    ],
    "with a late run": [
        ("2026-03", "aga", "-1410.00", ["run_in_no_message"]),
        ("2026-03", "forskuddstrekk", "-5000.00", ["run_in_no_message"]),
    ],
    "not sent": [
        ("2026-04", "aga", "-14100.00", ["not_sent"]),
        ("2026-04", "forskuddstrekk", "-30000.00", ["not_sent"]),
    ],
    "not answered": [
        ("2026-04", "aga", "-14100.00", ["awaiting_feedback"]),
        ("2026-04", "forskuddstrekk", "-30000.00", ["awaiting_feedback"]),
    ],
    "replaced by less": [("2026-03", "aga", "-4100.00", ["replaced"])],
    "told otherwise": [("2026-03", "forskuddstrekk", "-10000.00", ["unknown"])],
    "asked for otherwise": [("2026-03", "aga", "-100.00", ["payment_differs"])],
    "rounded down": [("2026-03", "aga", "-1.00", ["unknown"])],
    "told of in three messages": [],
    "in finance, rejected and half of it sent again": [
        ("2026-03", "aga", "-28200.00", ["rejected"]),
        ("2026-03", "finansskatt", "-10000.00", ["rejected"]),
        ("2026-03", "forskuddstrekk", "-30000.00", ["rejected"]),
    ],
}


@pytest.mark.parametrize("story", DIFFERENCES)
def test_where_feedback_and_runs_differ_the_reason_is_told(row, story):
    told = row(story, "2026-T2")
    assert reasons(told) == DIFFERENCES[story]
    assert told["differs"] == bool(DIFFERENCES[story])


def test_a_reason_names_the_message_and_the_run(row):
    (reason,) = row("rejected", "2026-T2")["differences"][0]["reasons"]
    assert reason["message"].startswith("am_")
    assert reason["run"].startswith("run_")
    (late,) = row("with a late run", "2026-T2")["differences"][0]["reasons"]
    assert (late["message"], late["run"] is None) == (None, False)


def test_who_differs_comes_first_then_who_only_waits_then_the_others_and_each_once(olav, clock):
    clock.now = datetime(2026, 4, 30, 12, tzinfo=OSLO)  # what was paid in April is not due yet
    by_number = {number: story for story, number in BUREAU.numbers.items()}
    stories = [by_number[int(one["client"]["id"][3:])] for one in olav.all(REPORT, term="2026-T2", limit=2)]
    assert sorted(stories) == sorted(BUREAU.numbers)
    differing = [story for story in DIFFERENCES if DIFFERENCES[story]]
    waiting = ["not sent", "not answered"]
    assert set(stories[: len(differing) - 2]) == {*differing} - {*waiting}
    assert set(stories[len(differing) - 2 : len(differing)]) == {*waiting}
    clock.now = NOON
    overdue = olav.all(REPORT, term="2026-T2")[: len(differing)]
    assert {by_number[int(one["client"]["id"][3:])] for one in overdue} == set(differing)


def test_an_order_that_was_begun_goes_on_though_facts_come_meanwhile(olav, clock):
    clock.now = datetime(2026, 3, 25, 9, 2, tzinfo=OSLO)  # all messages of March are sent, none is answered
    first = olav.get(REPORT, params={"term": "2026-T2", "limit": 3, "ahead": 2}).json()
    clock.now = NOON
    seen = [one["client"]["id"] for one in first["items"]]
    cursor = first["next"]
    while cursor:
        page = olav.get(REPORT, params={"term": "2026-T2", "limit": 3, "cursor": cursor}).json()
        seen += [one["client"]["id"] for one in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(f"cl_{number}" for number in BUREAU.numbers.values())


def test_by_name_is_by_name(olav):
    names = [one["client"]["name"] for one in olav.all(REPORT, term="2026-T2", sort="client", limit=4)]
    assert len(names) == len(BUREAU.numbers)
    assert names[0] == "Kunde 0 AS"


@pytest.mark.parametrize(("login", "seen"), [("olav", -1), ("ada", 1), ("mari", 0), ("lise", 0)])
def test_figures_are_of_those_with_access_and_the_rest_says_so(api_of, login, seen):
    page = api_of(login).get(REPORT, params={"term": "2026-T1", "limit": 500}).json()
    everyone = len(BUREAU.numbers)
    wanted = seen if seen >= 0 else everyone - 1
    assert page["coverage"] == {"clients": wanted, "of": everyone}
    open_rows = [one for one in page["items"] if one["withheld"] is None]
    assert len(open_rows) == wanted
    for one in page["items"]:
        figures = ("differs", "sums", "months", "lines", "payments", "fribelop", "differences")
        if one["withheld"]:
            assert one["withheld"] == {"reason": "no_access", "fields": list(figures)}
            assert {one[name] for name in figures} == {None}


def test_nobody_sees_by_the_order_whether_a_client_without_access_differs(api_of):
    ids = [one["client"]["id"] for one in api_of("mari").all(REPORT, term="2026-T2")]
    by_name = [one["client"]["id"] for one in api_of("mari").all(REPORT, term="2026-T2", sort="client")]
    assert ids == by_name


def test_rows_add_up_and_agree_with_the_deadlines(olav):
    for term in ("2024-T6", "2025-T6", "2026-T1", "2026-T2"):
        asked = {"2024-T6": "2025-01-15", "2025-T6": "2026-01-15", "2026-T1": "2026-03-16", "2026-T2": "2026-05-15"}
        due = olav.all("/v1/deadlines", kind="term", **{"from": asked[term], "to": asked[term]})
        by_client = {one["client"]["id"]: Decimal(one["amount"]) for one in due}
        for one in (found for found in olav.all(REPORT, term=term) if not found["withheld"]):
            check_sums(one)
            charges = sum(Decimal(one["sums"][kind] or 0) for kind in ("aga", "finansskatt"))
            assert by_client.get(one["client"]["id"], 0) == charges


def check_sums(row):
    """Hold lines, months, payments and the sums of a row against each other."""
    for month in row["months"]:
        made_of = [one for one in row["lines"] if one["month"] == month["month"]]
        aga = sum((Decimal(one["amount"]) for one in made_of if one["kind"] != "finansskatt"), Decimal(0))
        assert aga == Decimal(month["aga"] or 0)
        assert aga == aga.to_integral_value()
        taxed = sum(Decimal(one["amount"]) for one in made_of if one["kind"] == "finansskatt")
        assert taxed == Decimal(month["finansskatt"] or 0)
    for kind, total in row["sums"].items():
        assert sum(Decimal(one[kind] or 0) for one in row["months"]) == Decimal(total or 0)
        if row["client"]["id"] != f"cl_{BUREAU.numbers['told otherwise']}":  # there the runs say when it was withheld
            assert sum(Decimal(one["amount"]) for one in row["payments"] if one["kind"] == kind) == Decimal(total or 0)
