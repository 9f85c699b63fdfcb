"""What another office suite makes of our workbook: the text that went in, and nothing carried out."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from formatters.hostile import HOSTILE
from formatters.sample import LISTING, environment, named, said

from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Listing
from bureau_cli.formatters.text import for_xml
from bureau_cli.formatters.view import View
from bureau_cli.formatters.xlsx_cells import CUT

UTF8_FIRST_SHEET_AS_STORED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]


def through_office(listing: Listing, folder: Path) -> list[list[str]]:
    """The rows as LibreOffice writes them after opening our workbook."""
    (folder / "book.xlsx").write_bytes(said(listing, View(output=Format.XLSX)).out)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", UTF8_FIRST_SHEET_AS_STORED, "--outdir", folder, folder / "book.xlsx"],
        env=environment(HOME=str(folder)),
        check=True,
        capture_output=True,
        timeout=120,
    )
    with next(folder.glob("*.csv")).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def test_every_hostile_name_comes_through_as_the_same_text(tmp_path: Path) -> None:
    for name, row in zip(HOSTILE, through_office(named(*HOSTILE), tmp_path), strict=True):
        text = "".join(row)
        if text.endswith(CUT):
            assert name.startswith(text.removesuffix(CUT))
        else:
            assert text.replace("\r\n", "\n") == for_xml(name).replace("\r\n", "\n")


def test_ids_keep_their_noughts_and_amounts_are_numbers(tmp_path: Path) -> None:
    first, *_, total = through_office(LISTING, tmp_path)
    assert first[0] == "0012"
    assert first[6] == "1234567.5"
    assert total[6] == "1234557.5"
