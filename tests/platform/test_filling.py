"""What a source tells is what the store holds: added month by month, seen when its time has come, never rewritten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from bureau_cli.platform import seeding
from bureau_cli.platform.sources import Registration, known

from .told import ToldSource, at, card, client, employee, message, payslip, run

TOLD = ToldSource(
    clients=(client(0, linked_via="internal"), client(1, feed_stopped_on=date(2026, 3, 12)), client(2)),
    employees=(
        employee(1, 1),
        employee(2, 1, ends=date(2026, 3, 31)),
        employee(3, 2),
        employee(4, 2, starts=date(2026, 6, 1)),
    ),
    tax_cards=(
        card(1, "2025-12-16T06:00"),
        card(3, "2026-01-05T06:00"),
        card(3, "2026-06-02T06:00", extra_info=("kildeskattPaaLoenn",)),
        card(4, "2026-06-01T06:00"),
    ),
    runs=(
        run(1, 1, [payslip(1), payslip(2, 3_000_000, touched=True)], "2026-02"),
        run(2, 1, [payslip(1)], "2026-03", submitted_at=None, approved_at=None, locked_at=None),
        run(3, 2, [payslip(3)], "2026-04"),
        run(4, 2, [payslip(3), payslip(4)], "2026-06"),
    ),
    messages=(
        message(1, 1, ["run_1"], "2026-02"),
        message(2, 1, ["run_1"], "2026-02", replaces="am_1", created_at=at("2026-03-02T08:00")),
        message(3, 2, ["run_3"], "2026-06"),
    ),
    registrations=(
        Registration(employee_id="em_1", kind="travel", at=at("2026-02-28T23:59"), amount=10_000),
        Registration(employee_id="em_1", kind="travel", at=at("2026-03-01T00:00"), amount=20_000),
        Registration(employee_id="em_3", kind="absence", at=at("2026-06-15T10:00"), starts=date(2026, 6, 15)),
    ),
)
FACTS = (
    "employee", "tax_card", "pay_run", "payslip", "pay_run_aga", "a_melding", "a_melding_run", "a_melding_aga",
    "registration", "usage_month", "fact_instant",
)  # fmt: skip


@pytest.fixture
def template(tmp_path_factory, monkeypatch):
    """Fill this module's stores from what is told; `path`, `platform` and `leader` follow."""
    monkeypatch.setitem(known.KNOWN, "told", lambda _: TOLD)
    path = tmp_path_factory.mktemp("told") / "told.db"
    seeding.seed_if_absent(path, TOLD)
    return path


def dump(sql):
    return {table: [tuple(row) for row in sql(f"SELECT * FROM {table}")] for table in FACTS}  # noqa: S608 - ours


def values(sql, statement):
    return [tuple(row) for row in sql(statement)]


def test_a_runs_sums_are_those_of_its_payslips_and_lines(sql):
    figures = "payslips, untouched, gross, withholding, attachment, net, aga_base, aga"
    (row,) = values(sql, f"SELECT {figures} FROM pay_run WHERE id = 'run_1'")  # noqa: S608 - ours
    assert row == (2, 1, 8_000_000, 2_666_600, 0, 5_333_400, 5_000_000, 705_000)
    slips = "SELECT employee.id, payslip.gross, net, touched FROM payslip JOIN employee ON seq = employee WHERE run = 1"
    assert values(sql, f"{slips} ORDER BY 1") == [("em_1", 5_000_000, 3_333_400, 0), ("em_2", 3_000_000, 2_000_000, 1)]


def test_rows_refer_to_rows_that_are_there(sql):
    assert values(sql, "PRAGMA foreign_key_check") == []
    carried = "SELECT a_melding.id, pay_run.id FROM a_melding_run JOIN a_melding ON a_melding.seq = message"
    assert values(sql, f"{carried} JOIN pay_run ON pay_run.seq = run ORDER BY 1") == [
        ("am_1", "run_1"),
        ("am_2", "run_1"),
    ]


def test_use_is_counted_in_the_month_that_oslo_has(sql):
    assert values(sql, "SELECT month, client_id, kind, first_at FROM usage_month ORDER BY 1, 2, 3") == [
        ("2026-02", "cl_1", "payslip", at("2026-02-19T09:00")),
        ("2026-02", "cl_1", "travel", at("2026-02-28T23:59")),
        ("2026-03", "cl_1", "travel", at("2026-03-01T00:00")),
        ("2026-04", "cl_2", "payslip", at("2026-04-19T09:00")),
    ]


def test_of_a_client_whose_feed_has_stopped_nothing_is_known_that_came_later(leader, clock):
    clock.advance(days=61)
    runs = leader.all("/v1/payroll-runs", client="cl_1")
    assert [(run["id"], run["state"]) for run in runs] == [("run_1", "locked"), ("run_2", "open")]
    assert runs[1]["payslips_sent_at"] is runs[1]["paid_at"] is None
    assert all(run["fetched_at"] == run["payments_as_of"] == "2026-03-12T00:00:00+01:00" for run in runs)
    assert max(max(run[step] or "" for step in run if step.endswith("_at")) for run in runs) == runs[0]["fetched_at"]


def test_months_are_added_and_touch_nothing_that_was_there(leader, sql, clock):
    before = dump(sql)
    clock.advance(days=61)
    assert leader.get("/v1/clients").status_code == 200
    after = dump(sql)
    for table in FACTS:
        assert set(before[table]) <= set(after[table]), table
        assert len(after[table]) > len(before[table]), table
    assert values(sql, "PRAGMA foreign_key_check") == []


def test_months_added_one_by_one_are_those_written_at_once(leader, sql, clock, tmp_path):
    for _ in range(4):
        clock.advance(days=30)
        leader.get("/v1/clients")
    whole = tmp_path / "whole.db"
    seeding.seed_if_absent(whole, replace(TOLD, today=clock.now.date()))
    with closing(sqlite3.connect(whole)) as db:
        for table, found in dump(sql).items():
            assert sorted(found, key=repr) == sorted(db.execute(f"SELECT * FROM {table}"), key=repr), table  # noqa: S608


def test_each_day_shows_who_is_employed_what_status_clients_have_and_when_they_were_fetched(leader, clock, sql):
    sql("UPDATE client SET notice_on = '2026-04-01', left_on = '2026-04-30' WHERE id = 'cl_2'")

    def seen(client_id):
        shown = leader.get(f"/v1/clients/{client_id}").json()
        return shown["status"], shown["active_employees"], shown["fetched_at"][:10]

    assert [seen("cl_1"), seen("cl_2")] == [("active", 2, "2026-03-12"), ("active", 1, "2026-03-16")]
    clock.advance(days=16)
    assert [seen("cl_1"), seen("cl_2")] == [("active", 1, "2026-03-12"), ("leaving", 1, "2026-04-01")]
    clock.advance(days=30)
    assert seen("cl_2") == ("left", 1, "2026-05-01")
    clock.advance(days=-46)
    assert [seen("cl_1"), seen("cl_2")] == [("active", 2, "2026-03-12"), ("active", 1, "2026-03-16")]


def test_a_day_that_changes_nothing_of_a_client_writes_nothing_of_it(leader, clock, sql):
    leader.get("/v1/clients")
    sql("CREATE TABLE written (client_id)")
    sql("CREATE TRIGGER watch AFTER UPDATE ON client BEGIN INSERT INTO written VALUES (new.id); END")
    clock.advance(days=1)
    leader.get("/v1/clients")
    assert values(sql, "SELECT * FROM written") == []
    clock.advance(days=15)
    leader.get("/v1/clients")
    assert values(sql, "SELECT * FROM written") == [("cl_1",)]


def test_a_source_this_program_does_not_know_is_told(leader, clock, monkeypatch):
    monkeypatch.delitem(known.KNOWN, "told")
    clock.advance(days=61)
    assert leader.get("/v1/clients").status_code == 500
