"""What another office suite makes of our workbook: the text that went in, and nothing carried out."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from formatters.claims import BY_OWNER, SPLIT, listing
from formatters.hostile import HOSTILE
from formatters.sample import LISTING, environment, named, said
from openpyxl import load_workbook

from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Listing
from bureau_cli.formatters.text import for_xml
from bureau_cli.formatters.view import View
from bureau_cli.formatters.xlsx_cells import CUT

AS_STORED_IN_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,"
FIRST_SHEET, EVERY_SHEET = f"{AS_STORED_IN_UTF8}1", f"{AS_STORED_IN_UTF8}-1"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]


def convert(content: bytes, folder: Path, to: str) -> list[Path]:
    """What LibreOffice makes of a workbook of ours."""
    (folder / "book.xlsx").write_bytes(content)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", to, "--outdir", folder, folder / "book.xlsx"],
        env=environment(HOME=str(folder)),
        check=True,
        capture_output=True,
        timeout=120,
    )
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".xlsx")


def table(path: Path) -> list[list[str]]:
    """The rows below the titles."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def through_office(listing: Listing, folder: Path) -> list[list[str]]:
    """The rows as LibreOffice writes them after opening our workbook."""
    (path,) = convert(said(listing, View(output=Format.XLSX)).out, folder, FIRST_SHEET)
    return table(path)


def without_values(content: bytes) -> bytes:
    """The same workbook with nothing said of what its formulas give, so that a program has to calculate."""
    emptied = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(emptied, "w") as target:
        for name in archive.namelist():
            target.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", archive.read(name)))
    return emptied.getvalue()


def numbers(row: Sequence[object]) -> list[float]:
    """The numbers of a row, to the øre."""
    return [round(float(str(cell)), 2) for cell in row if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(cell))]


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


@pytest.mark.parametrize("report", [listing(), listing(grouping=BY_OWNER), SPLIT], ids=["client", "owner", "sheets"])
def test_what_it_calculates_are_our_own_sums_and_no_cell_is_an_error(report: Listing, tmp_path: Path) -> None:
    content = said(report, View(output=Format.XLSX)).out
    book = load_workbook(BytesIO(content), data_only=True)
    sheets = convert(without_values(content), tmp_path, EVERY_SHEET)
    assert len(sheets) == len(book.sheetnames)
    calculated = [row for path in sheets for row in table(path)]
    assert not [cell for row in calculated for cell in row if cell.startswith(("#", "Err:"))]
    ours = [row for path in sheets for row in book[path.stem.removeprefix("book-")].iter_rows(2, values_only=True)]
    sums = [numbers(row) for row in ours if {"Sum", "Totalsum"}.intersection(row)]
    assert len(sums) > 1
    assert [numbers(row) for row in calculated if {"Sum", "Totalsum"}.intersection(row)] == sums


def test_it_prints_every_sheet_on_pages_of_its_own(tmp_path: Path) -> None:
    (page,) = convert(said(SPLIT, View(output=Format.XLSX)).out, tmp_path, "pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", page.read_bytes())) == len(SPLIT.parts) + 1
