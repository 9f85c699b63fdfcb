"""Lists as users have them: exported, typed, piped, mangled by Excel, or meant to do harm."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from formatters.hostile import HOSTILE
from formatters.sample import LISTING, RECORD, ROWS, named, said
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bureau_cli.errors import FileInvalid
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.entries import MOST_BYTES, MOST_ROWS
from bureau_cli.formatters.reading import Entry, read_list
from bureau_cli.formatters.text import clean
from bureau_cli.formatters.view import View

WITH_ORGNR = replace(LISTING, rows=ROWS[:2])
WANTED = ("orgnr", "org.nr", "organisasjonsnummer", "client", "klient", "number", "klientnr", "nr.", "name", "navn")
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writer(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writer


def values(source: Path | TextIOWrapper | StringIO) -> list[str]:
    return [entry.value for entry in read_list(source, WANTED)]


def refused(path: Path, match: str) -> FileInvalid:
    with pytest.raises(FileInvalid, match=match) as error:
        read_list(path, WANTED)
    assert "\n" not in error.value.message
    return error.value


def told(source: Path | TextIOWrapper) -> str:
    """The place of the last entry, or the one line that says why there is none."""
    try:
        return [*(entry.place for entry in read_list(source, WANTED)), "stdin: none"][-2:][0]
    except FileInvalid as error:
        return error.message


# --- text --------------------------------------------------------------------------------------------------------


def test_text_is_a_value_a_line_without_comments_and_blanks(write: Write) -> None:
    path = write("clients.txt", "# mine\n310000001\n\n  Blåbær, Bær & Sønner AS  \r\n#310000002\n")
    assert read_list(path, WANTED) == [
        Entry(value="310000001", place="clients.txt:2"),
        Entry(value="Blåbær, Bær & Sønner AS", place="clients.txt:4"),
    ]


def test_text_that_begins_with_titles_is_a_table(write: Write) -> None:
    assert values(write("clients.txt", "number\tname\torgnr\n1\tBær AS\t310000001\n")) == ["310000001"]


def test_a_title_alone_is_not_a_value(write: Write) -> None:
    assert values(write("clients.txt", "orgnr\n310000001\n")) == ["310000001"]


def test_stdin_is_read_like_a_file_whatever_its_encoding() -> None:
    entries_ = read_list(TextIOWrapper(BytesIO("Bær AS\n".encode("cp1252")), encoding="ascii"), WANTED)
    assert entries_ == [Entry(value="Bær AS", place="stdin:1")]
    assert values(StringIO("310000001\n")) == ["310000001"]


@pytest.mark.parametrize("wanted", [Format.TSV, Format.CSV, Format.IDS])
def test_what_one_command_writes_the_next_one_reads(wanted: Format) -> None:
    out = said(WITH_ORGNR, View(output=wanted)).out
    assert values(TextIOWrapper(BytesIO(out))) == ["310000001", "310000002"]


def test_a_workbook_through_a_pipe_is_read_as_one() -> None:
    assert values(TextIOWrapper(BytesIO(said(WITH_ORGNR, View(output=Format.XLSX)).out))) == ["310000001", "310000002"]


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("fields", [("name", "active_employees"), ("active_employees", "number", "name")])
def test_the_sums_below_our_own_list_are_no_row_of_it(lang: str, fields: tuple[str, ...]) -> None:
    out = said(WITH_ORGNR, View(output=Format.XLSX, lang=lang, fields=fields)).out
    assert len(values(TextIOWrapper(BytesIO(out)))) == len(WITH_ORGNR.rows)


# --- csv ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "navn,Org.nr\nBær AS,310000001\n",
        "navn;Org.nr\r\nBær AS;310000001\r\n",
        "navn\tORG.NR\nBær AS\t310000001",
        '"navn; kort";"org.nr"\n"Bær; AS";"310000001"\n',
        "\ufeffnavn;org.nr\nBær AS;310000001\n",
        "navn;org.nr\nBær AS;310000001\n".encode("cp1252"),
        "navn\torg.nr\nBær AS\t310000001\n".encode("utf-16"),
        "\n\n org.nr ,navn\n310000001,Bær AS\n,\n",
        "org.nr\r310000001\r",
    ],
)
def test_tables_of_every_dialect_are_read(write: Write, content: str | bytes) -> None:
    assert values(write("clients.csv", content)) == ["310000001"]


def test_the_columns_are_tried_in_order_of_preference(write: Write) -> None:
    assert values(write("a.csv", "name,number,orgnr\nx,2,3\n")) == ["3"]
    assert values(write("b.csv", "name,number\nx,2\n")) == ["2"]


def test_a_table_of_one_column_keeps_every_separator_in_it(write: Write) -> None:
    assert values(write("clients.csv", 'navn\nBær; Øl, Ås\n"Bær, ""A"""\n')) == ["Bær; Øl, Ås", 'Bær, "A"']


def test_an_entry_says_on_which_line_it_begins(write: Write) -> None:
    path = write("clients.csv", 'note,orgnr\n"two\nlines",310000001\n\nx,310000002\n , \n')
    assert [entry.place for entry in read_list(path, WANTED)] == ["clients.csv:2", "clients.csv:5"]


def test_a_table_with_no_rows_is_a_list_of_none(write: Write) -> None:
    assert values(write("clients.csv", "orgnr,name\n")) == []


@settings(max_examples=50)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=8), st.booleans())
def test_names_written_as_csv_are_read_back_as_shown(names: list[str], excel: bool) -> None:  # noqa: FBT001 - given
    out = said(named(*names), View(output=Format.CSV, excel=excel)).out
    shown = [clean(name).strip().removeprefix("'") for name in names]
    assert [value.removeprefix("'") for value in values(TextIOWrapper(BytesIO(out)))] == [
        name for name in shown if name
    ]


# --- xlsx --------------------------------------------------------------------------------------------------------


def book(*sheets: list[list[object]]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for at, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"Ark {at}")
        for row in rows:
            sheet.append(row)
    packed = BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def test_a_workbook_is_read_by_its_titles_with_the_cell_of_each_value(write: Write) -> None:
    path = write("clients.xlsx", book([[None, None], ["Navn", "ORGNR"], ["Bær", "310000001"], [], ["Øl", 310000002.0]]))
    assert read_list(path, WANTED) == [
        Entry(value="310000001", place="clients.xlsx!Ark 1!B3"),
        Entry(value="310000002", place="clients.xlsx!Ark 1!B5"),
    ]


def test_the_sheet_with_the_column_is_found(write: Write) -> None:
    path = write("clients.xlsx", book([["Forside"]], [["orgnr"], ["310000001"]]))
    assert [entry.place for entry in read_list(path, WANTED)] == ["clients.xlsx!Ark 2!A2"]


def test_cells_of_other_types_are_read_as_they_look(write: Write) -> None:
    path = write("clients.xlsx", book([["number"], [12], [12.5], [True], [date(2026, 1, 2)], ["=1+1"], [" 0012 "]]))
    assert values(path) == ["12", "12.5", "True", "2026-01-02T00:00:00", "0012"]


def test_what_is_in_a_file_counts_and_not_its_name(write: Write) -> None:
    assert values(write("clients.txt", book([["orgnr"], ["310000001"]]))) == ["310000001"]


def test_our_own_workbook_is_read_back(write: Write) -> None:
    out = said(RECORD, View(output=Format.XLSX)).out
    assert refused(write("one.xlsx", out), "found Felt, Verdi")
    out = said(LISTING, View(output=Format.XLSX, lang="nb", fields=("name",))).out
    assert values(write("list.xlsx", out)) == ["Blåbær & Sønner AS", "=1+1 [as]", "Ærlig Øl"]


@pytest.mark.parametrize("row", ["Bær AS;;12", "Bær AS; ;12", "Bær AS"])
def test_a_filled_row_without_the_value_is_told_with_its_place_and_never_passed_over(write: Write, row: str) -> None:
    error = refused(
        write("clients.csv", f"navn;orgnr;ansatte\n;;\n{row}\nØl;310000001;2\n"), "clients.csv:3 has no orgnr"
    )
    assert error.fix == "fill it in, or take the row out"
    cells = [*row.split(";"), "", ""][:3]
    content = book([["navn", "Orgnr", "ansatte"], [], cells, ["Øl", "310000001", 2]])
    refused(write("clients.xlsx", content), "clients.xlsx!Ark 1!B3 has no Orgnr")


# --- what cannot be read -------------------------------------------------------------------------------------------


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.csv", "gone.csv: No such file").code == "file_invalid"
    refused(tmp_path, "Is a directory")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"# nothing\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_list_of_none(write: Write, content: bytes) -> None:
    assert values(write("clients.txt", content)) == []


def test_a_table_without_the_column_is_told_with_those_it_has(write: Write) -> None:
    error = refused(write("clients.csv", "kunde,by\nx,Oslo\n"), "found kunde, by")
    assert error.fix == "name a column of the first row orgnr, org.nr, organisasjonsnummer or the like"
    refused(write("clients.xlsx", book([["kunde", "by"]])), "clients.xlsx: .* found kunde, by")
    refused(write("blank.xlsx", book([[]])), "blank.xlsx: .* found none")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and then nothing",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d",
        bytes(range(256)),
        b"\xff\xfe\x00",
        b"PK\x05\x06" + bytes(18),
    ],
)
def test_junk_is_told_as_junk(write: Write, content: bytes) -> None:
    refused(write("clients.xlsx", content), "clients.xlsx: ")


def test_a_workbook_with_a_password_is_told(write: Write) -> None:
    refused(write("clients.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)), "password")


def test_any_damage_to_a_workbook_is_one_clear_line(write: Write) -> None:
    whole = book([["orgnr"], ["310000001"]])
    for at in range(0, len(whole), 97):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        assert told(write("clients.xlsx", bytes(damaged))).startswith("clients.xlsx")


def test_a_cut_workbook_is_told(write: Write) -> None:
    whole = book([["orgnr"], ["310000001"]])
    for kept in range(4, len(whole), len(whole) // 20):
        refused(write("clients.xlsx", whole[:kept]), "not a workbook that can be read")


PLAIN_BOOK = book([["orgnr"], ["310000001"]])
SHEET = "xl/worksheets/sheet1.xml"
NOISE = b"".join(b'<c r="A1"><v>%d</v></c>' % (at * at * 7919 % 10**9) for at in range(200_000))


def repacked(part: str, content: bytes) -> bytes:
    """The plain workbook with one part replaced or added."""
    packed = BytesIO()
    with ZipFile(BytesIO(PLAIN_BOOK)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), part]):
            new.writestr(name, content if name == part else old.read(name))
    return packed.getvalue()


def sheet_of(rows: bytes, declared: bytes = b"") -> bytes:
    head = declared + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return head + rows + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("part", "content", "match"),
    [
        (SHEET, sheet_of(b"<row>" + bytes(30 * 2**20) + b"</row>"), "unpacks to 30 MB"),
        ("xl/media/image1.png", bytes(30 * 2**20), "unpacks to 30 MB"),
        (SHEET, sheet_of(b"<row r='1'>" + NOISE + b"</row>"), "a row without end"),
        ("xl/sharedStrings.xml", b"<sst><si>" + NOISE + b"</si></sst>", "a row without end"),
        ("xl/styles.xml", b"<styleSheet>" + NOISE + b"</styleSheet>", "xl/styles.xml is too large"),
        (SHEET, sheet_of(b"", b'<!DOCTYPE a [<!ENTITY b "c">]>'), "declares entities"),
        (SHEET, sheet_of(b"").decode().encode("utf-16"), "is not UTF-8"),
    ],
    ids=["bomb", "bomb beside", "row", "string", "styles", "doctype", "utf-16"],
)
def test_a_workbook_made_to_do_harm_is_refused_in_little_memory(
    write: Write, part: str, content: bytes, match: str
) -> None:
    path = write("clients.xlsx", repacked(part, content))
    tracemalloc.start()
    try:
        refused(path, match)
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()


def test_a_bomb_that_lies_about_its_size_is_refused(write: Write) -> None:
    bomb = repacked(SHEET, sheet_of(bytes(30 * 2**20)))
    with ZipFile(BytesIO(bomb)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = bomb.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    refused(write("clients.xlsx", lying), "not a workbook that can be read")


def test_a_part_with_a_password_is_told(write: Write) -> None:
    locked = bytearray(PLAIN_BOOK)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    refused(write("clients.xlsx", bytes(locked)), "locked with a password")


def test_a_file_too_large_for_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clients.txt"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    refused(path, "clients.txt: larger than 32 MB")


@pytest.mark.parametrize("name", ["clients.txt", "clients.csv"])
def test_a_list_too_long_is_refused(write: Write, name: str) -> None:
    refused(write(name, "orgnr\n" + "310000001\n" * (MOST_ROWS + 1)), f"{name}: more than 200000 rows")


@pytest.mark.slow
def test_a_workbook_too_long_is_refused(write: Write) -> None:
    rows = b"".join(b'<row r="%d"><c t="n"><v>%d</v></c></row>' % (at, at * 7919) for at in range(1, MOST_ROWS + 3))
    titles = b'<row r="1"><c t="inlineStr"><is><t>orgnr</t></is></c></row>'
    refused(write("clients.xlsx", repacked(SHEET, sheet_of(titles + rows))), "more than 200000 rows")


@given(st.binary(max_size=300))
def test_whatever_the_bytes_it_is_a_list_or_one_clear_line(content: bytes) -> None:
    for start in (b"", b"orgnr;a\n", b"PK\x03\x04"):
        assert told(TextIOWrapper(BytesIO(start + content))).startswith("stdin")
