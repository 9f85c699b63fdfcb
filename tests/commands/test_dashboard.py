"""`bureau dashboard`: the eight figures, of whom they are, and that they are the sums of the lists behind them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from running import Bureau, Outcome

THIS, LAST = "2026-11", "2026-10"
LEADER = "kari.nordmann"
ORDER = [
    "clients", "employees", "payslips", "claims", "absences", "net_paid", "a_meldinger_failed", "automation",
]  # fmt: skip


def figures(told: Outcome) -> dict[str, Any]:
    """The values of the first scope by their names."""
    assert told.code == 0, told.err
    rows = told.json["data"]
    return {row["figure"]: row["value"] for row in rows if row["scope_kind"] == "bureau"}


def pages_of(bureau: Bureau, path: str, asked: dict[str, str]) -> list[Any]:
    """All rows of a list of the platform."""
    items: list[Any] = []
    turn = {"limit": "500"}
    while turn:
        fields = [word for name, value in (asked | turn).items() for word in ("--field", f"{name}={value}")]
        page = json.loads(bureau("api", "GET", path, *fields).text)
        items += page["items"]
        turn = {"limit": "500", "cursor": page["next"]} if page["next"] else {}
    return items


def sums(bureau: Bureau, selection: Sequence[str], asked: dict[str, str]) -> dict[str, Any]:
    """The figures of this month once more, from the lists behind them."""

    def listed(*words: str) -> list[Any]:
        return list(bureau(*words, *selection, "-o", "json").json["data"])

    everybody = listed("clients", "list")
    mine = [row for row in everybody if row["my_access"] is not None]
    clients = [row for row in everybody if row["status"] in {"active", "leaving"}]
    runs = listed("runs", "list", "--from", "2026-09-01", "--to", "2026-12-31")
    ordinary = [row for row in runs if row["type"] == "ordinary" and row["pay_date"].startswith(THIS)]
    slips, untouched = (sum(row[key] for row in ordinary) for key in ("payslips", "payslips_untouched"))
    paid = [Decimal(row["net"]) for row in runs if row["net"] and (row["paid_at"] or "").startswith(THIS)]
    usage: Counter[str] = Counter()
    for row in pages_of(bureau, "/v1/usage", {"month": THIS, **asked}):
        usage[row["kind"]] += row["count"]
    return {
        "clients": len(clients),
        "employees": sum(row["active_employees"] for row in clients),
        "payslips": usage["payslip"],
        "claims": usage["travel"] + usage["expense"],
        "absences": usage["absence"],
        "net_paid": str(sum(paid, Decimal("0.00"))) if mine else None,
        "a_meldinger_failed": sum(map(is_failed, pages_of(bureau, "/v1/period-status", {"period": LAST, **asked}))),
        "automation": str((Decimal(100 * untouched) / slips).quantize(Decimal("0.01"), ROUND_HALF_UP)),
    }


def is_failed(month: Any) -> bool:
    """Whether it went wrong, or is known not to be sent though its day has passed."""
    if month["a_melding"] == "not_sent":
        return bool(month["steps"]["a_melding"]["state"] == "late")
    return month["a_melding"] in {"rejected", "received_immediate"}


@pytest.mark.parametrize(
    ("user", "selection"),
    [
        (LEADER, ("--group", "payday-20")),
        (LEADER, ("--owner", "inger.hagen")),
        ("ola.admin", ("--group", "payday-12")),
    ],
)
def test_each_figure_is_the_sum_of_the_lists_behind_it(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, user: str, selection: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BUREAU_DEMO_USER", user)
    answer = bureau("dashboard", *selection, "-o", "json")
    told = figures(answer)
    assert list(told) == ORDER
    assert ("you have no access to the others\n" in answer.err) == (user != LEADER)
    asked = {selection[0].removeprefix("--"): selection[1]}
    assert told == sums(bureau, selection, asked)


def test_a_screen_gets_a_line_a_scope_and_a_program_a_line_a_figure_of_each(bureau: Bureau) -> None:
    first, *others = bureau("dashboard", "--by", "group", "-o", "markdown", "--lang", "en").lines[2:]
    assert first.startswith("| bureau | 113 | 1,635 |")
    assert [line.split(" | ")[0] for line in others if "payday" in line] == [
        f"| payday-{day}" for day in (12, 15, 20, 25, 31)
    ]
    rows = bureau("dashboard", "--by", "group", "-o", "json").json["data"]
    assert len(rows) == 8 * (1 + len(others))
    named = {(row["scope_kind"], row["scope"], row["scope_name"]) for row in rows}
    assert {kind for kind, _, _ in named} == {"bureau", "group"}
    owners = bureau("dashboard", "--by", "owner", "-o", "tsv", "--fields", "scope,figure,value").lines
    assert "kari.nordmann\tclients\t8" in owners
    assert bureau("dashboard", "--by", "owner", "-o", "plain").lines[-1].startswith("none ")


def test_a_figure_tells_its_change_its_trend_and_of_whom_it_is(bureau: Bureau) -> None:
    told = bureau("dashboard", "-o", "json")
    rows = {row["figure"]: row for row in told.json["data"]}
    clients, pay, share = (rows[name] for name in ("clients", "net_paid", "automation"))
    assert clients["change"] == clients["value"] - clients["previous"]
    assert clients["trend"][-2:] == [
        {"period": LAST, "value": clients["previous"]}, {"period": THIS, "value": clients["value"]},
    ]  # fmt: skip
    assert (pay["coverage"], pay["covered"], pay["covered_of"]) == ("11/120", 11, 120)
    assert share["growth"] is None
    assert clients["definition"].startswith("Clients that are active or leaving")
    assert clients["last_year"] is None
    assert "warning: amounts of 11 of 120 clients: you may not see the pay of the others\n" in told.err
    assert f"{THIS} so far: the oldest data are from " in told.err


def test_compared_it_stands_beside_the_month_before_and_the_year_before(bureau: Bureau) -> None:
    heading, _, clients, *_ = bureau("dashboard", "--compare", "-o", "plain", "--lang", "en").lines
    assert heading.split("  ")[0] == "Key figure"
    assert all(title in heading for title in ("Month before", "Year before", "Change in a year"))
    value, last_year, change = bureau(
        "dashboard", "--compare", "--no-header", "-o", "tsv", "--fields", "value,last_year,change_in_a_year"
    ).lines[0].split("\t")  # fmt: skip
    assert int(value) - int(last_year) == int(change)
    assert clients.split()[2] == value
    a_year_ago = bureau("dashboard", "--period", "2025-11", "-o", "json")
    assert figures(a_year_ago)["clients"] == int(last_year)


def test_definitions_are_told_on_request_and_by_explain(bureau: Bureau) -> None:
    told = bureau("dashboard", "--definitions")
    assert "\nautomation: Payslips of ordinary runs paid in the period" in told.err
    assert "Clients that are active" in bureau("explain", "clients").text
    assert "automation: " not in bureau("dashboard").err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--period", "2026-T5"), 2, "2026-T5 is a term"),
        (("--period", "november"), 2, "--period 2026-11"),
        (("--group", "nowhere"), 5, "nowhere"),
        (("--where", "payday = 20"), 2, "--where"),
        (("--clients", "-"), 0, ""),
    ],
)
def test_what_cannot_be_answered_is_told_plainly(bureau: Bureau, words: tuple[str, ...], code: int, said: str) -> None:
    answer = bureau("dashboard", *words, "-o", "ndjson")
    assert (answer.code, answer.text) == (code, "")
    assert said in answer.err


def test_a_month_outside_the_data_has_no_figures_rather_than_noughts(bureau: Bureau) -> None:
    told = bureau("dashboard", "--period", "2024-01", "-o", "json")
    assert set(figures(told).values()) == {None}
    assert "nothing is known of 2024-01\n" in told.err


def test_of_nobody_nothing_is_said_to_be_unknown(bureau: Bureau) -> None:
    assert bureau("dashboard", "--group", "payday-20", "--not-group", "payday-20").err == "no client is meant\n"


def test_who_runs_no_payroll_here_is_refused(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_DEMO_USER", "turid.kvam")
    assert bureau("dashboard").code == 4


def test_a_workbook_has_a_chart_a_figure_and_the_months_behind_them(bureau: Bureau, tmp_path: Path) -> None:
    words = "dashboard", "--by", "owner", "--sort", "-value", "--lang", "en"
    bureau(*words, "--out", tmp_path / "figures.xlsx")
    book = load_workbook(tmp_path / "figures.xlsx")
    assert book.sheetnames == ["List", "Charts", "Trends", "About"]
    assert len(book["Charts"]._charts) == 8
    heads, *lines = book["Trends"].iter_rows(values_only=True)
    assert heads[:2] == ("Name", "Month")
    told = {(line[0], line[1]): dict(zip(heads[2:], line[2:], strict=True)) for line in lines}
    for row in bureau(*words, "-o", "json").json["data"]:
        if row["figure"] in {"clients", "net_paid"}:
            head = "Payroll clients" if row["figure"] == "clients" else "Net pay paid"
            scope = f"{row['scope_name']} ({row['scope']})" if row["scope"] else row["scope_name"] or "none"
            for point in row["trend"]:
                value = told[scope, point["period"]][head]
                assert value == (None if point["value"] is None else float(point["value"]))
