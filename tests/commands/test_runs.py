"""`runs`: the payroll runs asked for, all of them, no others, and their amounts only for who may see pay."""

from __future__ import annotations

import shlex
from typing import Any

from commands.oracle import ME, OWNER, numbered, with_access
from commands.outside import Counted

from bureau_cli.app import Wiring

NOW = "(SELECT value FROM setting WHERE name = 'pinned_at')"
RUNS = f"""
    SELECT pay_run.id FROM pay_run JOIN client ON client.id = pay_run.client_id
    JOIN pay_group ON pay_group.id = pay_run.pay_group_id WHERE created_at <= {NOW} AND
"""  # noqa: S608 - written above
OCTOBER, NOVEMBER = "period = '2026-10'", "period = '2026-11'"
FILTERS = {
    "": NOVEMBER,
    "--period this": NOVEMBER,
    "--period last": OCTOBER,
    "--period 2026-09 --type ordinary": "period = '2026-09' AND pay_run.type = 'ordinary'",
    "--period last --type extra --type vacation": f"{OCTOBER} AND pay_run.type IN ('extra', 'vacation')",
    "--period last --state locked": f"{OCTOBER} AND locked_at <= {NOW}",
    "--state open": f"{NOVEMBER} AND coalesce(submitted_at, approved_at, locked_at, {NOW} + 1) > {NOW}",
    "--from 2026-10-25 --to 2026-11-12": "pay_date BETWEEN '2026-10-25' AND '2026-11-12'",
    "--to 2026-11-12 --period this": f"{NOVEMBER} AND pay_date <= '2026-11-12'",
    "--payday 12 --period last": f"{OCTOBER} AND payday = 12",
    "--owner me --period last": f"{OCTOBER} AND {with_access(ME, OWNER)}",
    "--clients 10001,10005": f"{NOVEMBER} AND {numbered(10001, 10005)}",
    "--clients 10005": f"{NOVEMBER} AND number = '10005'",
}


def test_each_filter_leaves_exactly_what_plain_sql_leaves(bureau: Any, sql: Any) -> None:
    for said, condition in FILTERS.items():
        listed = bureau("runs", "list", *shlex.split(said), "-o", "ids")
        expected = {row["id"] for row in sql(RUNS + condition)}
        assert (listed.code, len(listed.lines), set(listed.lines)) == (0, len(expected), expected), said
        assert expected, said


def test_runs_come_by_pay_date_and_one_is_shown_as_it_is_listed(bureau: Any) -> None:
    rows = bureau("runs", "list", "--period", "last", "-o", "json").json["data"]
    assert [row["pay_date"] for row in rows] == sorted(row["pay_date"] for row in rows)
    shown = bureau("runs", "show", rows[0]["payroll_run"], "-o", "json")
    assert (shown.code, shown.json["data"]) == (0, rows[0])
    nets = sorted((float(row["net"]) for row in rows if row["net"]), reverse=True)
    largest = bureau("runs", "list", "--period", "last", "--sort", "-net", "--limit", "2", "-o", "json").json["data"]
    assert [float(row["net"]) for row in largest] == nets[:2]
    missing = bureau("runs", "show", "pr_nothing")
    assert (missing.code, missing.err.splitlines()[-1]) == (5, "fix: bureau runs list")


def test_amounts_are_held_back_without_access_and_it_is_told_of_how_many_clients_they_are(
    bureau: Any, sql: Any, acting_as: Any
) -> None:
    mine = {row["number"] for row in sql(f"SELECT number FROM client WHERE {with_access(ME)}")}  # noqa: S608 - written above
    listed = bureau("runs", "list", "--period", "last", "-o", "json")
    rows = listed.json["data"]
    for row in rows:
        seen = row["number"] in mine
        amounts = [row[name] for name in ("gross", "net", "withholding", "attachment", "aga_base", "aga", "aga_lines")]
        assert (row["withheld"], {amount is None for amount in amounts}) == (None if seen else "no_access", {not seen})
    listed_mine, everybody = {row["number"] for row in rows} & mine, {row["number"] for row in rows}
    told = f"amounts of {len(listed_mine)} of {len(everybody)} clients: you may not see the pay of the others"
    assert (listed.err, listed.json["meta"]["warnings"]) == (f"warning: {told}\n", [told])
    assert bureau("runs", "list", "--period", "last", "--owner", "me").err == ""
    for without in (("-o", "ids"), ("--fields", "number,state")):
        assert bureau("runs", "list", "--period", "last", *without).err == ""
    foreign = next(row["payroll_run"] for row in rows if row["withheld"])
    acting_as("geir.berg")
    assert "no_access" in bureau("runs", "show", foreign).err


def test_a_period_that_is_none_says_what_was_meant_before_anything_is_listed(bureau: Any) -> None:
    for said, fix in {"2026-5": "--period 2026-05", "2026-T5": "--period 2026-09 or --period 2026-10"}.items():
        refused = bureau("runs", "list", "--period", said)
        assert (refused.code, refused.out) == (2, b"")
        assert f"--period {said} is no month" in refused.err
        assert fix in refused.err
    assert bureau("runs", "list", "--from", "2026-11-02", "--to", "2026-11-01").code == 2
    assert bureau("runs", "list", "--type", "weekly").code == 2


def test_an_answer_says_which_month_it_is_about(bureau: Any) -> None:
    for said, told in {
        "": "period 2026-11",
        "--period last": "period 2026-10",
        "--to 2026-11-12": "to 2026-11-12",
    }.items():
        listed = bureau("runs", "list", *said.split(), "--limit", "1", "-o", "json")
        assert listed.json["meta"]["selection"] == told
    triage = bureau("a-melding", "triage", "--period", "last", "--severity", "rejection", "-o", "json")
    assert triage.json["meta"]["selection"] == "month 2026-10, severity rejection"


def test_a_month_that_is_named_asks_nobody_what_day_it_is(bureau: Any) -> None:
    named, this = Counted(), Counted()
    bureau("runs", "list", "--period", "2026-11", wiring=Wiring(around=named.around))
    bureau("runs", "list", wiring=Wiring(around=this.around))
    assert (len(named.requests), len(this.requests)) == (1, 2)
