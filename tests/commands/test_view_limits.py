"""Options that do not fit the answer are refused before anything is done."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "line", ["groups add paused --clients 10001,10002 --yes", "groups remove paused --all-clients"]
)
def test_a_report_of_changes_is_not_cut_short(bureau: Any, everything: Any, line: str) -> None:
    before = everything()
    refused = bureau(*line.split(), "--limit", "1")
    assert (refused.code, refused.out) == (2, b"")
    assert "leave out --limit" in refused.err
    assert everything() == before


@pytest.mark.parametrize("line", ["clients list", "clients list -o json", "groups create oslo --out x.xlsx"])
def test_excel_is_a_form_of_csv_alone(bureau: Any, everything: Any, line: str) -> None:
    before = everything()
    refused = bureau(*line.split(), "--excel")
    assert (refused.code, refused.out) == (2, b"")
    assert "--excel is a form of csv" in refused.err
    assert everything() == before
