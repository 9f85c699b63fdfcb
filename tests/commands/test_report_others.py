"""`report automatiseringsgrad` and `report mine-klienter`: whose pay runs by itself, and where clients stand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from bureau_cli.domain.dashboard import MEANINGS


def rows(bureau: Any, *words: str) -> list[dict[str, Any]]:
    answer = bureau(*words, "-o", "json")
    assert answer.code == 0, answer.err
    return list(answer.json["data"])


def degree(row: dict[str, Any]) -> str | None:
    if not row["payslips"]:
        return None
    return str((Decimal(row["untouched"]) * 100 / row["payslips"]).quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_the_definition_stands_beside_the_degree_wherever_it_is_shown(bureau: Any) -> None:
    told = bureau("report", "automatiseringsgrad", "--period", "2026-10", "--owner", "me", "-o", "json")
    assert told.err.startswith(f"automatiseringsgrad: {MEANINGS['automation']}\n")
    assert told.json["meta"]["notes"] == [f"automatiseringsgrad: {MEANINGS['automation']}"]
    assert all(row["definition"] for row in told.json["data"])


@pytest.mark.parametrize("months", [("--period", "2026-10"), ("--from", "2026-05", "--to", "2026-10")])
def test_the_last_line_is_of_all_the_clients_before_it(bureau: Any, months: tuple[str, ...]) -> None:
    *clients, whole = rows(bureau, "report", "automatiseringsgrad", *months)
    assert {row["scope_kind"] for row in clients} == {"client"}
    assert whole["scope_kind"] == "bureau"
    for count in ("payslips", "manual", "untouched"):
        assert whole[count] == sum(row[count] or 0 for row in clients)
    assert all(row["degree"] == degree(row) for row in (*clients, whole))
    assert [point["period"] for point in whole["trend"]] == [f"2025-{m:02}" for m in (11, 12)] + [
        f"2026-{m:02}" for m in range(1, 11)
    ]
    *owners, again = rows(bureau, "report", "automatiseringsgrad", *months, "--by", "owner")
    assert sum(row["payslips"] or 0 for row in owners) == again["payslips"] == whole["payslips"]
    (alone,) = rows(bureau, "report", "automatiseringsgrad", *months, "--by", "bureau")
    assert alone == again == whole


def test_it_is_the_figure_of_the_dashboard(bureau: Any) -> None:
    (whole,) = rows(bureau, "report", "automatiseringsgrad", "--period", "2026-10", "--by", "bureau")
    figures = {row["figure"]: row for row in rows(bureau, "dashboard", "--period", "2026-10")}
    assert Decimal(whole["degree"]) == Decimal(figures["automation"]["value"])
    assert Decimal(whole["change"]) == Decimal(figures["automation"]["change"])


def test_the_runs_somebody_touched_add_up_to_what_was_manual(bureau: Any) -> None:
    touched = rows(bureau, "report", "automatiseringsgrad", "--period", "2026-10", "--manual", "--owner", "me")
    *clients, _ = rows(bureau, "report", "automatiseringsgrad", "--period", "2026-10", "--owner", "me")
    manual = {row["scope"]: row["manual"] for row in clients if row["manual"]}
    assert {row["number"] for row in touched} == set(manual)
    for number, count in manual.items():
        assert sum(row["manual"] for row in touched if row["number"] == number) == count
    assert all(len(row["employee_names"]) == row["manual"] for row in touched)


@pytest.mark.parametrize("how", [(), ("--by", "bureau"), ("--manual",)])
def test_a_degree_of_which_months_are_not_known_says_so(bureau: Any, how: tuple[str, ...]) -> None:
    told = bureau("report", "automatiseringsgrad", "--from", "2025-09", "--to", "2025-10", *how, "-o", "json")
    assert told.json["meta"]["warnings"] == ["nothing is known of 2025-09 at any client"]


def test_months_before_the_first_have_no_degree(bureau: Any) -> None:
    *clients, whole = rows(bureau, "report", "automatiseringsgrad", "--period", "2020-01", "--owner", "me")
    for row in (*clients, whole):
        assert [row[key] for key in ("payslips", "manual", "untouched", "degree", "change")] == [None] * 5


def test_who_may_not_look_in_gets_a_line_that_says_so(bureau: Any, acting_as: Any) -> None:
    acting_as("per.myhre")
    told = bureau("report", "automatiseringsgrad", "--period", "2026-10", "-o", "json")
    *clients, whole = told.json["data"]
    hidden = [row for row in clients if row["withheld"]]
    assert {row["degree"] for row in hidden} == {row["payslips"] for row in hidden} == {None}
    assert (whole["covered"], whole["covered_of"]) == (len(clients) - len(hidden), 120)
    assert f"counts of {len(clients) - len(hidden)} of 120 clients" in told.err
    clients_told = bureau("report", "mine-klienter", "-o", "json")
    hidden = [row for row in clients_told.json["data"] if row["withheld"]]
    assert {row["closed"] for row in hidden} == {row["tax_cards_missing"] for row in hidden} == {None}
    assert "states of " in clients_told.err


def test_a_line_of_mine_klienter_is_as_the_lists_have_it(bureau: Any) -> None:
    found = {row["number"]: row for row in rows(bureau, "report", "mine-klienter", "--period", "2026-10")}
    board = [row for row in rows(bureau, "status", "--period", "2026-10") if row["period"] == "2026-10"]
    listed = {row["number"]: row for row in rows(bureau, "clients", "list")}
    assert found.keys() == listed.keys() == {row["number"] for row in board}
    for row in board:
        mine = found[row["number"]]
        assert [mine[key] for key in ("closed", "reported", "done")] == [row[k] for k in ("closed", "reported", "done")]
        assert mine["a_melding"] == row["a_melding_state"]
    for number, client in listed.items():
        for key in ("owner", "members", "groups", "paydays", "active_employees", "my_access", "status"):
            assert found[number][key] == client[key], (number, key)
    assert any(row["tax_cards_missing"] for row in found.values())


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("automatiseringsgrad", "--manual", "--by", "owner"), 2, "--manual shows runs, which are a client's"),
        (("automatiseringsgrad", "--by", "client"), 2, "client"),
        (("automatiseringsgrad", "--from", "2023-01", "--to", "2026-10"), 2, "window_too_long"),
        (("mine-klienter", "--period", "2026-T5"), 2, "2026-T5 is a term of two months"),
        (("mine-klienter", "--clients", "99999"), 5, "99999"),
    ],
)
def test_what_cannot_be_meant_is_refused(bureau: Any, words: tuple[str, ...], code: int, complaint: str) -> None:
    refused = bureau("report", *words)
    assert (refused.code, refused.text) == (code, "")
    assert complaint in refused.err
