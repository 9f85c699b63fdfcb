"""What LibreOffice makes of a month's pack: it opens every workbook, calculates our sums, and finds no error."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from formatters.test_office import EVERY_SHEET, convert, numbers, table, without_values
from openpyxl import load_workbook

SUMS = {"Sum", "Totalsum"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]


def test_every_workbook_of_a_pack_opens_and_calculates_to_our_sums(bureau: Any, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    assert bureau("report", "all", "--period", "2026-10", "--out", pack).code == 0
    for path in sorted(pack.glob("*.xlsx")):
        folder = tmp_path / path.stem
        folder.mkdir()
        sheets = convert(without_values(path.read_bytes()), folder, EVERY_SHEET)
        book = load_workbook(path, data_only=True)
        assert len(sheets) == len(book.sheetnames), path.name
        calculated = [row for sheet in sheets for row in table(sheet)]
        assert not [cell for row in calculated for cell in row if cell.startswith(("#", "Err:"))], path.name
        ours = [row for one in sheets for row in book[one.stem.removeprefix("book-")].iter_rows(2, values_only=True)]
        sums = [numbers(row) for row in ours if SUMS.intersection(row)]
        assert [numbers(row) for row in calculated if SUMS.intersection(row)] == sums, path.name
