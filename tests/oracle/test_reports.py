"""What the four reports answer, of every client and term there is, is what plain SQL makes of the same file."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal

import pytest
from oracle.calendar import shifted, term_due
from oracle.conftest import EXPECTED, NOON
from oracle.store import opened
from platform_files import behind_its_back, pinned_demo
from running import TODAY

MONTHS = [shifted("2025-10", ahead) for ahead in range(15)]
"""Those the demo tells of; it has runs of January, paid in December."""
TERMS = ["2025-T5", "2025-T6", *(f"2026-T{number}" for number in range(1, 7))]


def see_all(path):
    """Give the caller access to every client, so that nothing is held back."""
    with behind_its_back(path) as db:
        db.execute(
            "INSERT INTO access (client_id, user_id, role, starts, source)"
            " SELECT client.id, user.id, 'member', '2020-01-01', 'manual' FROM client, user, setting"
            " WHERE setting.name = 'default_login' AND login = setting.value AND client.id NOT IN ("
            " SELECT client_id FROM access WHERE access.user_id = user.id AND ended_at IS NULL AND ends IS NULL)"
        )


def every_term(every):
    """Every client's terminoppgave of every term."""
    rows = [row for term in TERMS for row in every("/v1/reports/terminoppgave", ("term", term))]
    assert not [row for row in rows if row["withheld"]]
    return rows


def hundredths(percent):
    return int(Decimal(percent) * 100)


def test_the_terminoppgave_of_every_term(platform_file, expected, every):
    see_all(platform_file)
    terms = every_term(every)
    whole = json.dumps(terms)
    for check, damage in CHECKS.items():
        check(terms, expected)
        damaged = json.loads(whole)
        damage(damaged)
        with pytest.raises(AssertionError):
            check(damaged, expected)


@pytest.mark.slow
def test_the_terminoppgave_of_six_hundred_clients(platform_file, every):
    platform_file.unlink()
    see_all(pinned_demo(platform_file, today=TODAY, clients=600))
    terms = every_term(every)
    with opened(platform_file, NOON) as db:
        for check in CHECKS:
            check(terms, lambda name: {tuple(row) for row in db.execute(EXPECTED[name])})


def test_the_forbrukslogg(expected, every):
    shown = {
        (row["client"]["id"], month["month"], kind, month[kind])
        for row in every("/v1/reports/forbrukslogg", ("from", "2025-11"), ("to", "2026-12"))
        for month in row["months"]
        for kind in ("payslip", "travel", "expense", "absence")
        if month[kind]
    }
    assert shown == expected("forbrukslogg")


def test_the_automatiseringsgrad(expected, every):
    asked = (("from", MONTHS[0]), ("to", MONTHS[-1]))
    rows = every("/v1/reports/automatiseringsgrad", *asked)
    shown = {
        (row["client"]["id"], month["month"], month["payslips"], month["untouched"])
        for row in rows
        for month in row["months"]
        if month["payslips"]
    }
    assert shown == {row for row in expected("automatiseringsgrad") if row[1] in {one for _, one, *_ in shown}}
    assert {
        (row["client"]["id"], run["run"]["id"], employee["id"])
        for row in every("/v1/reports/automatiseringsgrad", ("from", "2026-09"), ("to", "2026-10"), ("manual", "true"))
        for run in row["runs"]
        for employee in run["employees"]
    } == expected("touched by hand")


def test_mine_klienter(expected, every):
    rows = every("/v1/reports/mine-klienter", ("period", "2026-11"))
    ids = {row["client"]["id"] for row in rows}
    assert {(row["client"]["id"], row["status"], row["active_employees"]) for row in rows} == expected("clients")
    assert {
        (row["client"]["id"], "2026-11", int(row["closed"]), int(row["reported"]), row["a_melding"])
        for row in rows
        if row["outside"] is None
    } == {row for row in expected("gates") if row[1] == "2026-11"}
    missing = {(row["client"]["id"], row["tax_cards_missing"]) for row in rows if row["tax_cards_missing"]}
    assert missing == expected("without a card")
    assert {(row["client"]["id"], row["last_run"]["id"]) for row in rows if row["last_run"]} == expected("last runs")
    assert {
        (row["client"]["id"], row["next_deadline"]["due"], row["next_deadline"]["kind"])
        for row in rows
        if row["next_deadline"]
    } == {row for row in expected("next deadlines") if row[0] in ids}


def check_lines(terms, expected):
    shown = [
        (row["client"]["id"], line)
        for row in terms
        for line in row["lines"]
        if line["kind"] not in {"avrunding", "finansskatt"}
    ]
    facts = ("month", "kind", "site", "zone", "sector", "base")
    assert {
        (client, *(line[fact] for fact in facts), hundredths(line["rate"]), line["amount"], int(line["lawful"]))
        for client, line in shown
    } == expected("term lines")
    assert len(shown) == len(expected("term lines"))
    assert {
        (row["client"]["id"], line["month"], line["amount"])
        for row in terms
        for line in row["lines"]
        if line["kind"] == "avrunding"
    } == expected("rounded off")


def check_charges(terms, expected):
    """Month by month, and what it comes to for clients, their owners and the bureau."""
    kinds = ("aga", "finansskatt", "forskuddstrekk", "utleggstrekk")
    charged = {
        (row["client"]["id"], month["month"], kind, month[kind])
        for row in terms
        for month in row["months"]
        for kind in kinds
        if Decimal(month[kind] or 0)
    }
    assert charged == expected("charges")
    by_owner = defaultdict(Decimal)
    for row in terms:
        due = term_due(row["months"][0]["month"]).isoformat()
        for kind in kinds:
            of_client = sum(Decimal(month[kind] or 0) for month in row["months"])
            assert Decimal(row["sums"][kind] or 0) == of_client
            by_owner[row["owner"] and row["owner"]["login"], due, kind] += of_client
    found = {tuple(row[:3]): Decimal(row[3]) for row in expected("charges of owners")}
    assert {key: amount for key, amount in by_owner.items() if amount} == found
    assert sum(by_owner.values()) == sum(Decimal(row[3]) for row in expected("charges"))


def check_payments(terms, expected):
    facts = ("part", "due", "kind", "pay_date", "amount", "reported", "kid")
    shown = [
        (
            row["client"]["id"],
            *(one[fact] for fact in facts),
            one["kid_valid"] if one["kid"] is None else int(one["kid_valid"]),
        )
        for row in terms
        for one in row["payments"]
    ]
    assert set(shown) == expected("to pay")
    assert len(shown) == len(set(shown))


def check_fribelop(terms, expected):
    assert {
        (row["client"]["id"], row["months"][1]["month"], row["fribelop"]["base"], row["fribelop"]["used"])
        for row in terms
        if row["fribelop"]
    } == expected("fribeløp")


def check_differences(terms, expected):
    rows = [(row["client"]["id"], one) for row in terms for one in row["differences"]]
    assert {(client, one["month"], one["kind"], one["reported"], one["expected"]) for client, one in rows} == expected(
        "differences"
    )
    assert {
        (client, one["month"], reason["run"], reason["reason"]) for client, one in rows for reason in one["reasons"]
    } == expected("untold runs")


def an_ore_more(rows):
    line = next(line for row in rows for line in row["lines"])
    line["amount"] = str(Decimal(line["amount"]) + Decimal("0.01"))


def two_owners_exchanged(rows):
    first = next(row for row in rows if row["sums"]["aga"])
    other = next(row for row in rows if row["sums"]["aga"] and row["owner"] != first["owner"])
    first["owner"], other["owner"] = other["owner"], first["owner"]


def a_day_later(rows):
    payment = next(one for row in rows for one in row["payments"] if one["part"] == 2)
    payment["due"] = "2026-12-24"


def a_month_forgotten(rows):
    fribelop = next(row["fribelop"] for row in rows if row["fribelop"])
    fribelop["base"] = str(Decimal(fribelop["base"]) - 1)


def another_reason(rows):
    difference = next(one for row in rows for one in row["differences"])
    difference["reasons"][0]["reason"] = "unknown"


CHECKS = {
    check_lines: an_ore_more,
    check_charges: two_owners_exchanged,
    check_payments: a_day_later,
    check_fribelop: a_month_forgotten,
    check_differences: another_reason,
}
"""Each check with the damage that it must notice."""
