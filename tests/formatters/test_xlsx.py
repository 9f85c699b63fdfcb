"""A workbook as other programs read it: typed, framed, documented, and the same each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from formatters.sample import AS_OF, LISTING, PROVENANCE, RECORD, ROWS, Batches, said, workbook_of
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell

from bureau_cli import errors
from bureau_cli.formatters.as_xlsx import XlsxSink
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Column, Kind, Listing, Look, Pivot, Tone
from bureau_cli.formatters.values import OSLO
from bureau_cli.formatters.view import View
from bureau_cli.formatters.xlsx_pack import ROWS_IN_A_SHEET

XLSX = View(output=Format.XLSX)


def column(key: str, listing: Any = LISTING, **view: Any) -> list[Cell]:
    """The cells below the title that a column has when it is the only one."""
    sheet = workbook_of(listing, View(fields=(key,), **view)).worksheets[0]
    return [row[0] for row in sheet.iter_rows(min_row=2)]


def amounts(*values: Decimal | None) -> Listing:
    rows = [SimpleNamespace(last_net=value) for value in values]
    return Listing(schema="x.y", columns=(Column("last_net", Kind.MONEY, total=True),), rows=rows)


@pytest.mark.parametrize(
    ("key", "value", "kind", "look"),
    [
        ("number", "0012", "s", "@"),
        ("orgnr", "310000001", "s", "@"),
        ("name", "Blåbær & Sønner AS", "s", "General"),
        ("status", "aktiv", "s", "General"),
        ("paydays", "12, 20", "s", "General"),
        ("active_employees", 1204, "n", "#,##0"),
        ("last_net", 1234567.5, "n", "#,##0.00"),
        ("rate", 0.125, "n", "0.0# %"),
        ("pinned", "ja", "s", "General"),
        ("last_pay_date", datetime(2026, 11, 20), "d", "dd.mm.yyyy"),  # noqa: DTZ001 - as sheets have them
        ("fetched_at", datetime(2026, 7, 2, 0, 15), "d", "dd.mm.yyyy hh:mm"),  # noqa: DTZ001 - the same
        ("groups", "payday-20, store", "s", "@"),
    ],
)
def test_every_kind_is_a_cell_of_its_type(key: str, value: object, kind: str, look: str) -> None:
    cell = column(key)[0]
    assert (cell.value, cell.data_type, cell.number_format) == (value, kind, look)


def test_days_follow_the_language() -> None:
    assert column("last_pay_date", lang="en")[0].number_format == "yyyy-mm-dd"
    assert column("status", lang="en")[0].value == "active"


def test_an_instant_says_in_its_title_whose_clock_it_is_by() -> None:
    sheet = workbook_of(LISTING, View(fields=("fetched_at",))).worksheets[0]
    assert sheet["A1"].value == "Hentet (Oslo)"


def test_text_like_a_formula_is_marked_as_text_for_whoever_edits_it() -> None:
    assert [cell.quotePrefix for cell in column("name")] == [False, True, False]


def test_a_missing_value_is_an_empty_cell() -> None:
    sheet = workbook_of(LISTING).worksheets[0]
    assert [cell.value for cell in sheet[4]] == ["0003", "Ærlig Øl", *[None] * 10]


def test_titles_are_styled_frozen_and_filter_every_row_but_the_sum() -> None:
    sheet = workbook_of(LISTING).worksheets[0]
    assert sheet.title == "Liste"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:L4"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width > len("Blåbær & Sønner AS")


def test_sums_are_numbers_below_the_columns_that_ask_for_one() -> None:
    sheet = workbook_of(LISTING).worksheets[0]
    sums = {cell.column_letter: cell.value for cell in sheet[5] if cell.value is not None}
    assert sums == {"A": "Sum", "F": 1204, "G": 1234557.5}
    assert sheet["G5"].number_format == "#,##0.00"
    assert sheet["G5"].font.bold


def test_sums_run_over_all_batches() -> None:
    pages = Batches(pages=[ROWS[:1], ROWS[:1], ROWS[1:2]], total=3)
    assert workbook_of(replace(LISTING, rows=pages)).worksheets[0]["G5"].value == 2469125


def test_a_sum_of_nothing_known_is_not_nought() -> None:
    assert column("last_net", amounts(None)) == []
    assert [cell.value for cell in column("last_net", amounts(None, Decimal(2)))] == [None, 2, 2]


def test_without_rows_there_is_no_filter_and_no_sum() -> None:
    sheet = workbook_of(replace(LISTING, rows=())).worksheets[0]
    assert sheet.max_row == 1
    assert sheet.auto_filter.ref is None


@settings(max_examples=25)
@given(st.lists(st.decimals(Decimal(-(10**11)), Decimal(10**11), places=2), min_size=1, max_size=30))
def test_amounts_and_their_sum_are_exact(values: list[Decimal]) -> None:
    *cells, total = column("last_net", amounts(*values))
    assert [Decimal(str(cell.value)) for cell in cells] == values
    assert Decimal(str(total.value)) == sum(values)


@pytest.mark.parametrize("value", [Decimal("10000000000000.00"), Decimal("-10000000000000.00")])
def test_an_amount_a_spreadsheet_would_round_is_refused(value: Decimal) -> None:
    with pytest.raises(errors.OutputFailed, match="too many digits"):
        said(amounts(value), XLSX)


def test_a_sum_a_spreadsheet_would_round_is_refused() -> None:
    with pytest.raises(errors.OutputFailed, match="too many digits"):
        said(amounts(Decimal("9999999999999.99"), Decimal("0.01")), XLSX)


def test_a_day_before_sheets_agree_on_days_is_text() -> None:
    rows = [SimpleNamespace(onboarded=day) for day in (date(1900, 2, 28), date(1900, 3, 1))]
    listing = Listing(schema="x.y", columns=(Column("onboarded", Kind.DATE),), rows=rows)
    assert [cell.value for cell in column("onboarded", listing)] == ["1900-02-28", datetime(1900, 3, 1)]  # noqa: DTZ001


INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@settings(max_examples=25)
@given(st.lists(INSTANTS, min_size=1, max_size=30))
def test_an_instant_is_the_second_it_was_on_a_clock_in_norway(instants: list[datetime]) -> None:
    rows = [SimpleNamespace(fetched_at=at) for at in instants]
    listing = Listing(schema="x.y", columns=(Column("fetched_at", Kind.INSTANT),), rows=rows)
    expected = [at.astimezone(OSLO).replace(tzinfo=None, microsecond=0) for at in instants]
    assert [cell.value for cell in column("fetched_at", listing)] == expected


def test_one_thing_is_a_field_a_row() -> None:
    sheet = workbook_of(RECORD).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["Felt", "Verdi"]
    facts = {row[0].value: row[1] for row in sheet.iter_rows(min_row=2)}
    assert facts["Org.nr"].value == "310000001"
    assert facts["Org.nr"].number_format == "@"
    assert facts["Siste netto"].value == 1234567.5
    assert len(facts) == 12


def test_the_about_sheet_says_where_it_all_comes_from() -> None:
    sheet = workbook_of(LISTING, View(limit=2)).worksheets[1]
    assert sheet.title == "Om"
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [
        ("Skjema", "bureau/clients.list@1"),
        ("Profil", "demo"),
        ("Utvalg", "payday-20"),
        ("Rader", 2),
        ("Rader i alt", 3),
        ("Opplysninger pr. (Oslo)", datetime(2026, 11, 23, 12, 30)),  # noqa: DTZ001 - as sheets have them
        ("Versjon", "0.1.0"),
    ]


def test_a_fact_too_long_for_a_cell_ends_in_a_mark() -> None:
    long = replace(PROVENANCE, selection="310000001," * 10_000)
    selection = workbook_of(LISTING, provenance=long).worksheets[1]["B3"].value
    assert selection.endswith("310000001,31…")


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert said(LISTING, XLSX).out == said(LISTING, XLSX).out


def test_nobody_is_named_and_every_date_is_that_of_the_answer() -> None:
    properties = workbook_of(LISTING).properties
    assert (properties.creator, properties.lastModifiedBy) == ("bureau", None)
    assert properties.created == properties.modified == AS_OF.replace(tzinfo=None)
    archive = ZipFile(BytesIO(said(LISTING, XLSX).out))
    assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 23, 12, 30, 0)}, "by a clock in Norway"


@pytest.mark.slow
def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    sink = XlsxSink(BytesIO(), Look(), PROVENANCE)
    sink.open([Column("name")])
    batch = [SimpleNamespace(name=None)] * (ROWS_IN_A_SHEET // 8)
    for _ in range(7):
        sink.write(batch)
    with pytest.raises(errors.OutputFailed, match="no more than 1048576 rows"):
        sink.write(batch)
    sink.abandon()


def test_an_abandoned_workbook_says_nothing(recwarn: pytest.WarningsRecorder) -> None:
    stream = BytesIO()
    sink = XlsxSink(stream, Look(), PROVENANCE)
    sink.open([Column("name")])
    sink.write([SimpleNamespace(name="x")])
    sink.abandon()
    stream.close()
    del sink
    assert list(recwarn) == []


def whole(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(said(LISTING, XLSX).out)
    return path


def test_a_whole_workbook_passes_its_check(tmp_path: Path) -> None:
    XlsxSink.check(whole(tmp_path))


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
def test_a_cut_workbook_fails_its_check(tmp_path: Path, kept: float) -> None:
    path = whole(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(OSError, match="not whole"):
        XlsxSink.check(path)


def test_a_workbook_with_a_flipped_bit_fails_its_check(tmp_path: Path) -> None:
    path = whole(tmp_path)
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    with pytest.raises(OSError, match="not whole"):
        XlsxSink.check(path)


def test_a_workbook_without_a_part_fails_its_check(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    with pytest.raises(OSError, match="not whole"):
        XlsxSink.check(path)


# --- the second sheet ----------------------------------------------------------------------------------------------


ACCESSES = [("10002", "Ærlig Øl", "per.lie", "member"), ("10001", "=1+1 [as]", "anne.aas", "owner"),
            ("10001", "=1+1 [as]", "per.lie", "member")]  # fmt: skip


def turned(*rows: tuple[str, str, str, str], **view: Any) -> Any:
    number, name = Column("number", Kind.ID), Column("name")
    login, role = Column("login"), Column("role", Kind.STATE)
    return workbook_of(
        Listing(
            schema="x.y",
            columns=(number, login, role),
            rows=[SimpleNamespace(number=one, name=called, login=who, role=what) for one, called, who, what in rows],
            pivot=Pivot(rows=(number, name), across=login, cell=role),
        ),
        View(**view),
    )


def test_the_rows_turned_about_are_a_second_sheet() -> None:
    book = turned(*ACCESSES, lang="nb")
    assert book.sheetnames == ["Liste", "Matrise", "Om"]
    sheet = book.worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Nr.", "Navn", "anne.aas", "per.lie"],
        ["10001", "=1+1 [as]", "ansvarlig", "medarbeider"],
        ["10002", "Ærlig Øl", None, "medarbeider"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}  # n is what an empty one has
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:D3")
    assert book.worksheets[0].auto_filter.ref == "A1:C4"


def test_a_list_of_none_has_an_empty_second_sheet() -> None:
    sheet = turned(lang="en").worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["No.", "Name"]]


def test_what_crosses_twice_is_told_twice() -> None:
    sheet = turned(ACCESSES[1], (*ACCESSES[1][:3], "member"), lang="en").worksheets[1]
    assert sheet["C2"].value == "owner; member"


def test_a_state_is_coloured_by_a_rule_of_the_sheet_that_goes_on_when_it_is_edited() -> None:
    sheet = workbook_of(LISTING).worksheets[0]
    rules = {str(part.sqref): list(part.rules) for part in sheet.conditional_formatting}
    assert list(rules) == ["D2:D4"], "the states, and nothing else"
    good, dull = rules["D2:D4"]
    assert (good.formula, good.dxf.fill.bgColor.rgb) == (['OR(D2="aktiv")'], "00E2EFDA")
    assert (dull.formula, dull.dxf.fill) == (['OR(D2="sluttet")'], None)


def test_neighbours_whose_states_have_the_same_tones_share_their_rules() -> None:
    tones = {"done": Tone.GOOD, "late": Tone.BAD, "problem": Tone.BAD}
    columns = [Column(key, Kind.STEP, lambda _row: "late", tones=tones) for key in ("created", "approved", "locked")]
    sheet = workbook_of(Listing(schema="status.list", columns=columns, rows=[object()])).worksheets[0]
    found = [(str(part.sqref), [rule.formula[0] for rule in part.rules]) for part in sheet.conditional_formatting]
    assert found == [("A2:C2", ['OR(A2="ferdig")', 'OR(A2="forsinket",A2="feil")'])]


def test_one_thing_and_an_empty_list_have_no_rules() -> None:
    for result in (RECORD, replace(LISTING, rows=())):
        assert not workbook_of(result).worksheets[0].conditional_formatting
