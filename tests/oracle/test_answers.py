"""What the platform answers, at one moment after another, is what plain SQL makes of the same file."""

from __future__ import annotations

from datetime import datetime

from oracle.months import due_of, gates_of, overdue_of, steps_of

FIGURES = ("gross", "withholding", "attachment", "net", "aga_base", "aga")


def test_runs(expected, every):
    runs = every("/v1/payroll-runs", ("from", "2026-08-01"), ("to", "2026-12-31"))
    assert {
        (
            *(run["id"], run["client"]["id"], run["period"], run["type"], run["pay_date"], run["state"]),
            *(run[fact] and 1 for fact in ("payslips_sent_at", "paid_at", "withholding_paid_at")),
            *(run["payslips"], run["payslips_untouched"]),
        )
        for run in runs
    } == {(*row[:6], *(fact or None for fact in row[6:9]), *row[9:]) for row in expected("runs")}
    shown = {(run["id"], *(run[figure] for figure in FIGURES)) for run in runs if not run["withheld"]}
    assert shown
    assert shown <= expected("figures")


def test_messages(expected, every):
    messages = every("/v1/a-meldinger", ("month", "2026-10"))
    assert {
        (
            *(one["id"], one["client"]["id"], one["state"], one["replaces"], one["replaced_by"]),
            *(len(one["runs"]), len(one["deviations"])),
        )
        for one in messages
    } == expected("messages")
    mine = {one["id"] for one in messages if not one["withheld"]}
    assert {
        (one["id"], place, due["kind"], due["pay_date"], due["amount"], due["kid"], due["due"])
        for one in messages
        for place, due in enumerate(one["payments"] or ())
    } == {row for row in expected("payments") if row[0] in mine}


def test_where_clients_stand_in_a_month(expected, every):
    months = ("2026-10", "2026-11")
    rows = [row for month in months for row in every("/v1/period-status", ("period", month))]
    assert steps_of(rows) == {row for row in expected("steps") if row[1] in months}
    assert gates_of(rows) == {row for row in expected("gates") if row[1] in months}
    assert overdue_of(every("/v1/period-status", ("overdue", "true"))) == expected("overdue")


def test_deadlines(expected, every):
    shown = every("/v1/deadlines", ("from", "2026-10-01"), ("to", "2026-12-31"))
    found = expected("deadlines")
    assert due_of(shown) == {(*row[:4], row[5]) for row in found}
    mine = {(one["client"]["id"], one["due"], one["kind"], one["amount"]) for one in shown if not one["withheld"]}
    assert mine <= {(row[2], *row[:2], row[4]) for row in found}


def test_usage(expected, every):
    assert {
        (one["client"]["id"], one["kind"], one["count"]) for one in every("/v1/usage", ("month", "2026-11"))
    } == expected("usage")


def test_tax_cards(expected, every):
    shown = {
        (int(card["id"].removeprefix("tc_"), 16), card["client"]["id"], card["result"])
        for card in every("/v1/tax-cards", ("year", 2026))
    }
    assert shown == expected("cards")


def test_who_is_to_be_paid_and_how_far_their_cards_are_known(expected, every):
    shown = every("/v1/tax-card-candidates")
    free = {row["client"]["id"] for row in shown if row["blocked"] is None}
    assert free
    assert {(row["client"]["id"], one) for row in shown for one in row["people"]} == {
        row for row in expected("to be paid") if row[0] in free
    }
    counts = ("employees", "fetched", "missing", "at_50", "next_pay_date", "at_50_on")
    assert {
        (
            *(row["client"]["id"], *(row[count] for count in counts)),
            *(row[end] and int(datetime.fromisoformat(row[end]).timestamp()) for end in ("oldest", "newest")),
        )
        for row in every("/v1/tax-card-status", ("year", 2026))
    } == expected("card status")


def test_clients(expected, every):
    shown = {(one["id"], one["status"], one["active_employees"]) for one in every("/v1/clients")}
    assert shown == expected("clients")


def test_access(expected, every):
    def shown(*asked):
        return [
            (
                *(one["client"]["id"], one["user"]["login"], one["role"], one["from"], one["to"], one["state"]),
                *(one["source"], one["bureau_role"], one["user_active"]),
            )
            for one in every("/v1/access", *asked)
        ]

    for asked, states in (((), ("running", "upcoming")), ((("state", "ended"),), ("ended",))):
        rows = shown(*asked)
        assert set(rows) == {row for row in expected("access") if row[5] in states}
        assert len(rows) == len(set(rows))


def test_owners(expected, every):
    def login(user):
        return user and user["login"]

    assert {
        (
            *(one["client"]["id"], login(one["owner"]), one["source"], login(one["inferred"])),
            *((one["basis"] or {}).get(fact) for fact in ("run", "period", "pay_date")),
            one["verdict"],
        )
        for one in every("/v1/access/inferred-owners")
    } == expected("owners")


def test_altinn_settings(expected, every):
    shown = {
        (one["client"]["id"], one["partner_settings"], one["delegation"], login)
        for one in every("/v1/altinn-settings")
        for login in [user["login"] for user in one["tagged"]] or [None]
    }
    assert shown == expected("altinn")
