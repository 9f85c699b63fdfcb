"""`access review`: every access that is not over is there to be signed, with what speaks against it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands.people import lasting


def reviewed(bureau: Any, *more: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = bureau("access", "review", *more, "-o", "json").json["data"]
    return rows


def test_every_access_that_is_not_over_is_there_once(bureau: Any, sql: Any) -> None:
    listed = [(row["number"], row["user"]) for row in reviewed(bureau)]
    assert sorted(listed) == sorted((row.number, row.login) for row in lasting(sql))


@pytest.mark.parametrize(
    ("planted", "finding"),
    [
        ("UPDATE user SET left_on = '2026-06-30' WHERE login = 'anne.aas'", "has_left"),
        ("UPDATE user SET role = 'none' WHERE login = 'anne.aas'", "no_role"),
        ("UPDATE access SET starts = '2020-01-01', last_used = NULL", "never_used"),
        ("UPDATE access SET starts = '2020-01-01', last_used = unixepoch('2026-08-24')", "unused"),
    ],
    ids=["left", "no role", "never used", "not used for long"],
)
def test_what_speaks_against_an_access_is_found(bureau: Any, sql: Any, planted: str, finding: str) -> None:
    sql(planted)
    rows = [row for row in reviewed(bureau) if row["user"] == "anne.aas"]
    assert rows
    assert all(finding in row["findings"] for row in rows)


@pytest.mark.parametrize(
    "harmless",
    [
        "UPDATE access SET starts = '2026-11-01', last_used = NULL",
        "UPDATE access SET starts = '2020-01-01', last_used = unixepoch('2026-11-01')",
    ],
    ids=["young", "in use"],
)
def test_what_is_young_or_in_use_is_no_finding(bureau: Any, sql: Any, harmless: str) -> None:
    sql(harmless)
    assert not [row for row in reviewed(bureau) if {"unused", "never_used"} & set(row["findings"])]


def test_the_workbook_has_columns_to_sign_and_the_selection_counts(bureau: Any, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    assert bureau("access", "review", "--clients", "10001,10002", "--out", path).code == 0
    titles, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert titles[-3:] == ("Funn", "Beholdes", "Signatur")
    assert all(row[-2:] == (None, None) for row in rows)
    assert {row[0] for row in rows if row[0] and row[0].isdigit()} == {"10001", "10002"}


def test_the_number_of_findings_is_told(bureau: Any) -> None:
    rows = reviewed(bureau)
    found = sum(bool(row["findings"]) for row in rows)
    assert 0 < found < len(rows)
    assert bureau("access", "review").err == f"{len(rows)} to sign for, {found} with findings\n"
