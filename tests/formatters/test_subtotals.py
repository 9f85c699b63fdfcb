"""What belongs together is added up in a workbook: as formulas with their values, folded, and in no other format."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from formatters.claims import BERRY, BY_OWNER, COLUMNS, ROWS, SPLIT, listing, row
from formatters.sample import AS_OF, Batches, said, workbook_of
from openpyxl import load_workbook

from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.reading import read_list
from bureau_cli.formatters.results import Column, Kind, Listing, Measure, Pictures, Point, Result
from bureau_cli.formatters.view import View
from bureau_cli.formatters.workbook import AT_LEISURE


def values(result: Result, view: View | None = None, sheet: int = 0) -> list[list[Any]]:
    """What a program sees that does not calculate, without the titles."""
    written = said(result, replace(view or View(), output=Format.XLSX)).out
    book = load_workbook(BytesIO(written), data_only=True)
    return [[cell.value for cell in line] for line in book.worksheets[sheet].iter_rows(min_row=2)]


def sums(result: Result, view: View | None = None) -> list[list[Any]]:
    """The number, name, count and two amounts of each row that adds up."""
    return [[*line[:2], *line[4:7]] for line in values(result, view) if line[0] in {"Sum", "Totalsum"}]


def formulas(result: Result, column: str, view: View | None = None) -> list[str]:
    cells = workbook_of(result, view).worksheets[0][column]
    return [cell.value for cell in cells if str(cell.value).startswith("=SUBTOTAL")]


def depths(result: Result) -> list[int]:
    sheet = workbook_of(result).worksheets[0]
    return [sheet.row_dimensions[at].outlineLevel for at in range(1, sheet.max_row + 1)]


def test_each_client_has_a_row_of_its_sums_and_all_of_them_have_one() -> None:
    assert sums(listing()) == [
        ["Sum", "Blåbær & Sønner AS", 25, 411145.05, -300],
        ["Sum", "Blåbær & Sønner AS", 3, 90000, 0],
        ["Sum", "=SUM(A1) Ærlig Øl", 5, None, None],
        ["Totalsum", None, 33, 501145.05, -300],
    ]


def test_the_sums_are_formulas_that_pass_over_each_other() -> None:
    assert formulas(listing(), "F") == ["=SUBTOTAL(9,F2:F3)", "=SUBTOTAL(9,F5:F5)", "=SUBTOTAL(9,F2:F9)"]


def test_a_group_of_which_nothing_is_known_has_no_sum_and_no_formula_that_would_give_nought() -> None:
    assert [line[5] for line in values(listing()) if line[1] == "=SUM(A1) Ærlig Øl"] == [None, None, None]


def test_groups_of_groups_are_added_up_once() -> None:
    assert [line[-2] for line in sums(listing(grouping=BY_OWNER))] == [
        411145.05,
        90000,
        501145.05,
        None,
        501145.05,
    ]
    assert formulas(listing(grouping=BY_OWNER), "F")[2:] == ["=SUBTOTAL(9,F2:F6)", "=SUBTOTAL(9,F2:F10)"]
    assert [line[2] for line in values(listing(grouping=BY_OWNER)) if line[0] == "Sum"][2] == "Kari Nordmann"


def test_a_group_that_is_all_of_another_is_added_up_in_one_row_with_both_names() -> None:
    written = [line for line in values(listing(grouping=BY_OWNER)) if line[0] == "Sum"]
    assert [line[1:3] for line in written] == [
        ["Blåbær & Sønner AS", None],
        ["Blåbær & Sønner AS", None],
        [None, "Kari Nordmann"],
        ["=SUM(A1) Ærlig Øl", "Per Lie"],
    ]
    assert sums(listing(ROWS[2:], grouping=BY_OWNER))[0] == ["Sum", "Blåbær & Sønner AS", 3, 90000, 0]


def test_rows_are_folded_by_client_and_clients_by_owner() -> None:
    assert depths(listing()) == [0, 2, 2, 1, 2, 1, 2, 2, 1, 0]
    assert depths(listing(grouping=BY_OWNER)) == [0, 3, 3, 2, 3, 2, 1, 3, 3, 1, 0]
    assert workbook_of(listing()).worksheets[0].sheet_format.outlineLevelRow == 2


def test_a_list_too_long_to_be_folded_has_its_sums_all_the_same() -> None:
    rows = [row(BERRY, "2026-09", 1, "1.10", None)] * (AT_LEISURE + 1)
    long = listing(Batches(pages=[rows[:3000], rows[3000:]], total=len(rows)))
    sheet = workbook_of(long).worksheets[0]
    assert {dimension.outlineLevel for dimension in sheet.row_dimensions.values()} <= {0}
    assert sheet.sheet_format.outlineLevelRow in {None, 0}
    assert [line[3] for line in sums(long)] == [5501.1, 5501.1]


def test_a_group_goes_on_over_batches() -> None:
    pages = Batches(pages=[ROWS[:1], ROWS[1:2], ROWS[2:]], total=5)
    assert sums(listing(pages)) == sums(listing())


def test_the_filter_covers_the_sums_of_clients_and_not_those_of_all() -> None:
    assert workbook_of(listing()).worksheets[0].auto_filter.ref == "A1:H9"


def test_rows_sorted_otherwise_are_not_torn_into_groups() -> None:
    assert sums(listing(), View(sort="gross")) == [["Sum", None, 33, 501145.05, -300]]


def test_a_client_is_named_in_front_where_its_own_column_is_not_shown() -> None:
    shown = values(listing(), View(fields=("period", "gross")))
    assert next(line for line in shown if str(line[0]).startswith("Sum")) == ["Sum Blåbær & Sønner AS", 411145.05]


def test_without_a_column_to_add_up_there_are_no_groups() -> None:
    assert len(values(listing(), View(fields=("number", "name")))) == len(ROWS)


def test_an_empty_list_has_no_groups() -> None:
    assert values(listing(())) == []


@pytest.mark.parametrize("wanted", [Format.TSV, Format.CSV, Format.JSON, Format.NDJSON, Format.TABLE, Format.HTML])
def test_other_formats_have_rows_only(wanted: Format) -> None:
    plain = Listing(schema="clients.list", columns=COLUMNS, rows=ROWS, as_of=AS_OF)
    for grouped in (listing(), SPLIT):
        assert said(grouped, View(output=wanted)).out == said(plain, View(output=wanted)).out


def test_sums_that_are_read_back_are_no_rows(tmp_path: Any) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(said(listing(), View(output=Format.XLSX)).out)
    numbers = [entry.value for entry in read_list(path, ("nr.",))]
    assert numbers == [one.number for one in ROWS]


# --- several sheets ------------------------------------------------------------------------------------------------


def test_parts_of_a_report_are_sheets_of_one_workbook() -> None:
    book = workbook_of(SPLIT)
    assert book.sheetnames == ["Liste", "Utvikling", "Om"]
    first, second = (values(SPLIT, sheet=at) for at in (0, 1))
    assert [line[0] for line in first] == ["10001", "Sum", "10002", "Sum", "10003", "Sum", "Totalsum"]
    assert [line[2] for line in second] == ["10001", "10003", None]
    assert second[-1][:2] == ["Sum", -300]
    assert book.worksheets[1].auto_filter.ref == "A1:C3"


def test_rows_stand_on_their_sheets_however_mixed_they_come() -> None:
    mixed = replace(SPLIT, rows=Batches(pages=[ROWS[3:], ROWS[:3]], total=5))
    assert next(line[0] for line in values(mixed)) == "10003"
    assert [line[2] for line in values(mixed, sheet=1)] == ["10003", "10001", None]


def test_a_row_that_no_part_holds_is_not_lost() -> None:
    stray = replace(SPLIT, rows=[*ROWS, row(BERRY, "2026-08", 1, "1.00", None)])
    assert [line[2] for line in values(stray)].count("2026-08") == 1


def test_fields_asked_for_are_one_table() -> None:
    book = workbook_of(SPLIT, View(fields=("number", "gross")))
    assert book.sheetnames == ["Liste", "Om"]
    assert book.worksheets[0].max_row == len(ROWS) + 2


def test_each_sheet_repeats_its_titles_on_paper() -> None:
    book = workbook_of(SPLIT)
    assert [sheet.print_title_rows for sheet in book.worksheets] == ["$1:$1", "$1:$1", None]


# --- on paper and on screen ----------------------------------------------------------------------------------------


def test_every_sheet_is_a4_on_its_side_as_wide_as_the_paper_with_its_pages_numbered() -> None:
    for sheet in workbook_of(SPLIT).worksheets:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (9, "landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.oddHeader.left.text, sheet.oddFooter.right.text) == ("Klienter", "Side &P av &N")
        assert sheet.oddFooter.left.text == "Opplysninger pr. 23.11.2026 12:30"


def test_a_list_too_wide_to_be_read_on_one_page_goes_on_beside_it_with_its_names_repeated() -> None:
    columns = [Column("number", Kind.ID), Column("name"), *(Column(key) for key in ("period", "email", "login"))]
    rows = [SimpleNamespace(**{column.key: "x" * 60 for column in columns})]
    sheet = workbook_of(Listing(schema="x.y", columns=columns, rows=rows)).worksheets[0]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$1:$1")


def test_groups_within_groups_look_less() -> None:
    sheet = workbook_of(listing(grouping=BY_OWNER)).worksheets[0]
    inner, outer = sheet["F4"], sheet["F7"]
    assert (inner.font.b, outer.font.b) == (True, True)
    assert (inner.fill.fill_type, outer.fill.fill_type) == (None, "solid")


def test_the_language_of_the_paper_is_that_of_the_titles() -> None:
    sheet = workbook_of(listing(), View(lang="en")).worksheets[0]
    assert (sheet.oddHeader.left.text, sheet.oddFooter.right.text) == ("Clients", "Page &P of &N")


def test_a_difference_is_marked_by_a_rule_of_the_sheet_in_sums_too() -> None:
    rules = {str(part.sqref): list(part.rules) for part in workbook_of(listing()).worksheets[0].conditional_formatting}
    assert list(rules) == ["G2:G10"]
    assert rules["G2:G10"][0].formula == ["AND(ISNUMBER(G2),ROUND(G2,2)<>0)"]


def test_a_difference_is_seen_in_a_page_as_well() -> None:
    page = said(listing(), View(output=Format.HTML)).text
    assert page.count('class="figure bad"') == 1


# --- pictures ------------------------------------------------------------------------------------------------------


def drawn(count: int) -> list[str]:
    """The sheets of a workbook of so many rows that have a trend each."""
    name, trend = Column("name"), Column("trend", Kind.TREND)
    months = [Point("2026-09", Measure(3, Kind.COUNT)), Point("2026-10", Measure(5, Kind.COUNT))]
    rows = [SimpleNamespace(name="Blåbær & Sønner AS", trend=months)] * count
    pictures = Pictures(heading=name, under=name, name=name, value=name, note=name, trend=trend)
    return workbook_of(Listing(schema="x.y", columns=(name,), rows=rows, pictures=pictures)).sheetnames


def test_trends_are_drawn_of_as_many_rows_as_are_folded() -> None:
    assert drawn(2) == ["Liste", "Diagrammer", "Utvikling", "Om"]
    assert drawn(AT_LEISURE + 1) == ["Liste", "Om"]
