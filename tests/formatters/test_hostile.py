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
from formatters.sample import LISTING, PROVENANCE, TEXT_FORMATS, named, said, workbook_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from rich.cells import cell_len

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


def one(name: str) -> Record:
    listing = named(name)
    return Record(schema=listing.schema, columns=listing.columns, row=listing.rows[0], ids="name", filed=True)


@pytest.mark.parametrize("wanted", TEXT_FORMATS)
def test_no_control_character_leaves(wanted: Format) -> None:
    result = said(named(*HOSTILE), View(output=wanted))
    assert set(unsafe(result.text + result.err)) == set()
    if wanted in {Format.JSON, Format.NDJSON}:
        assert JOINED_EMOJI not in result.text


@pytest.mark.parametrize("wanted", TEXT_FORMATS)
def test_no_control_character_leaves_with_one_thing(wanted: Format) -> None:
    assert [name for name in HOSTILE if set(unsafe(said(one(name), View(output=wanted)).text))] == []


def test_a_terminal_shows_each_on_one_line_of_its_width() -> None:
    lines = said(named(*HOSTILE), screen={"width": 40}).text.splitlines()
    assert len(lines) == len(HOSTILE) + 2
    assert max(map(cell_len, lines)) <= 40
    assert set(unsafe("".join(lines))) == set()


@pytest.mark.parametrize("wanted", [Format.TSV, Format.IDS])
def test_line_formats_give_a_line_a_name(wanted: Format) -> None:
    lines = said(named(*HOSTILE), View(output=wanted, header=False)).text.split("\n")
    assert lines == [*map(clean, HOSTILE), ""]


@pytest.mark.parametrize("excel", [False, True])
def test_csv_reads_back_as_it_was_shown_and_starts_no_formula(*, excel: bool) -> None:
    text = said(named(*HOSTILE), View(output=Format.CSV, excel=excel)).text.removeprefix("\ufeff")
    cells = [cell for [cell] in csv.reader(StringIO(text, newline=""), delimiter=";" if excel else ",", strict=True)]
    assert [cell.removeprefix("'") for cell in cells[1:]] == [clean(name).removeprefix("'") for name in HOSTILE]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_a_negative_amount_in_csv_stays_a_number() -> None:
    assert ",-10.00," in said(LISTING, View(output=Format.CSV)).text


@settings(max_examples=50)
@given(st.lists(ANY_TEXT, max_size=20))
@example(list(HOSTILE))
def test_json_reads_back_exactly(names: list[str]) -> None:
    expected = [{"name": name} for name in names]
    assert json.loads(said(named(*names), View(output=Format.JSON)).text)["data"] == expected
    lines = said(named(*names), View(output=Format.NDJSON)).text.splitlines()
    assert [json.loads(line) for line in lines] == expected


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


@settings(max_examples=50)
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
