"""Nothing a name may hold reaches a terminal or a spreadsheet as anything but text, in any format."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from formatters.hostile import HOSTILE
from formatters.sample import LISTING, PROVENANCE, Said, named, said, workbook_of
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bureau_cli.errors import ClientNotFound, Detail
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.failure import for_people, for_programs
from bureau_cli.formatters.results import Record
from bureau_cli.formatters.text import clean, for_xml
from bureau_cli.formatters.view import View
from bureau_cli.formatters.xlsx_cells import CUT, LONGEST_TEXT

ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)
JOINED_EMOJI = "\u200d"


def unsafe(text: str, allowed: str = "\n") -> Iterator[str]:
    """Characters that a terminal would act upon or not show."""
    return (char for char in text if not char.isprintable() and char not in allowed + JOINED_EMOJI)


def rendered(wanted: Format, name: str, *, as_record: bool = False, **view: bool) -> Said:
    listing = named(name)
    one = Record(schema=listing.schema, columns=listing.columns, row=listing.rows[0], ids="name")
    return said(one if as_record else listing, View(output=wanted, **view))


@pytest.mark.parametrize("as_record", [False, True], ids=["list", "one"])
@pytest.mark.parametrize("wanted", [wanted for wanted in Format if not wanted.binary])
@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_control_character_leaves(name: str, wanted: Format, *, as_record: bool) -> None:
    allowed = "\n\t" if wanted is Format.TSV else "\n"
    result = rendered(wanted, name, as_record=as_record)
    assert list(unsafe(result.text + result.err, allowed)) == []
    if wanted in {Format.JSON, Format.NDJSON}:
        assert JOINED_EMOJI not in result.text


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_terminal_shows_it_on_one_line_of_its_width(name: str) -> None:
    lines = said(named(name), screen={"width": 40}).text.splitlines()
    assert len(lines) == 3
    assert list(unsafe("".join(lines))) == []


@pytest.mark.parametrize("wanted", [Format.TSV, Format.IDS])
@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_line_formats_give_a_line_a_name(name: str, wanted: Format) -> None:
    lines = rendered(wanted, name).text.split("\n")
    assert lines[-2:] == [clean(name), ""]


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_csv_reads_back_as_it_was_shown_and_starts_no_formula(name: str, *, excel: bool) -> None:
    text = rendered(Format.CSV, name, excel=excel).text.removeprefix("\ufeff")
    (_, [cell]) = csv.reader(StringIO(text, newline=""), delimiter=";" if excel else ",", strict=True)
    assert cell.removeprefix("'") == clean(name).removeprefix("'")
    assert not cell.startswith(("=", "+", "-", "@"))


def test_a_negative_amount_in_csv_stays_a_number() -> None:
    assert ",-10.00," in said(LISTING, View(output=Format.CSV)).text


@given(ANY_TEXT)
def test_json_reads_back_exactly(name: str) -> None:
    document = json.loads(rendered(Format.JSON, name).text)
    assert document["data"] == [{"name": name}]
    assert json.loads(rendered(Format.NDJSON, name).text) == {"name": name}


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_json_of_hostile_names_reads_back_exactly(name: str) -> None:
    assert json.loads(rendered(Format.JSON, name).text)["data"] == [{"name": name}]


@given(ANY_TEXT)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert list(unsafe(clean(text), "")) == []


def read_back(names: list[str]) -> list[str]:
    """The names as Excel reads them, having found no formula among them; an empty cell is an empty text."""
    sheet = workbook_of(named(*names)).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(2, len(names) + 2)]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    return [decoded(cell.value or "") for cell in cells]


def decoded(text: str) -> str:
    """`_x0041_` is an A to Excel, though not to openpyxl."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_a_workbook_gives_back_every_hostile_name() -> None:
    for name, cell in zip(HOSTILE, read_back(list(HOSTILE)), strict=True):
        if cell.endswith(CUT):
            assert len(name.encode("utf-16-le")) > 2 * LONGEST_TEXT
            assert name.startswith(cell.removesuffix(CUT))
        else:
            assert cell == for_xml(name)


def test_a_text_too_long_for_a_cell_is_told_of_on_stderr_and_in_the_workbook() -> None:
    result = said(named("x" * 40_000, "😀" * 20_000), View(output=Format.XLSX))
    assert result.err == "warning: 2 texts longer than a cell's 32767 characters were cut short\n"
    about = load_workbook(BytesIO(result.out)).worksheets[1]
    assert "2 texts longer" in [row[1].value for row in about.iter_rows()][-1]


@given(st.lists(ANY_TEXT, min_size=1, max_size=20))
def test_a_workbook_gives_back_any_name(names: list[str]) -> None:
    assert read_back(names) == [for_xml(name) for name in names]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_an_error_keeps_quoted_text_off_the_lines_of_its_own(name: str) -> None:
    error = ClientNotFound(name, fix=name, details=[Detail(where=name, message=name)], request_id=name)
    text = for_people(error)
    assert list(unsafe(text, "\n\t")) == []
    assert [line[:5] for line in text.splitlines() if not line.startswith("  ")] == ["error", "fix: "]
    assert json.loads(for_programs(error))["error"]["message"] == name
    assert "\n" not in for_programs(error)


def test_titles_and_facts_of_the_about_sheet_are_text_too() -> None:
    hostile = replace(PROVENANCE, profile="=1+1", selection="\x00\x1b[31m=2")
    about = workbook_of(named("x"), provenance=hostile).worksheets[1]
    cells = {row[0].value: row[1] for row in about.iter_rows()}
    assert (cells["Profil"].value, cells["Profil"].data_type) == ("=1+1", "s")
    assert cells["Utvalg"].value == "[31m=2"
