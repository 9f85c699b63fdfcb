"""The same answer in every format, as golden files: what a change of looks does shows in the diff."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from formatters.sample import LISTING, RECORD, TEXT_FORMATS, said

from bureau_cli.errors import BadUsage
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Document, Prose
from bureau_cli.formatters.view import View

Golden = Callable[[str, str], None]
ENDINGS = {Format.MARKDOWN: "md", Format.PLAIN: "txt", Format.TABLE: "table.txt", Format.IDS: "ids.txt"}


def name(what: str, wanted: Format) -> str:
    return f"formats/{what}.{ENDINGS.get(wanted, wanted)}"


@pytest.mark.parametrize("wanted", TEXT_FORMATS)
def test_a_listing_looks_as_it_did(wanted: Format, golden: Golden) -> None:
    golden(name("listing", wanted), said(LISTING, View(output=wanted)).text)


@pytest.mark.parametrize("wanted", TEXT_FORMATS)
def test_one_thing_looks_as_it_did(wanted: Format, golden: Golden) -> None:
    golden(name("record", wanted), said(RECORD, View(output=wanted)).text)


@pytest.mark.parametrize("wanted", TEXT_FORMATS)
def test_an_empty_listing_looks_as_it_did(wanted: Format, golden: Golden) -> None:
    golden(name("empty", wanted), said(replace(LISTING, rows=()), View(output=wanted)).text)


def test_english_reads_english(golden: Golden) -> None:
    golden("formats/english.txt", said(LISTING, View(output=Format.PLAIN, lang="en")).text)


def test_a_terminal_gets_a_table_in_colour(golden: Golden) -> None:
    screen = {"width": 90, "colour": True}
    golden("formats/colour.txt", said(LISTING, screen=screen).text.replace("\x1b", "␛"))


def test_a_terminal_gets_one_thing_a_field_a_line(golden: Golden) -> None:
    golden("formats/record.screen.txt", said(RECORD, screen={"width": 60}).text)


def test_the_csv_for_a_norwegian_excel(golden: Golden) -> None:
    text = said(LISTING, View(output=Format.CSV, excel=True)).text
    assert text.startswith("\ufeffnumber;")
    assert text.count("\r\n") == text.count("\n") == 4
    golden("formats/excel.csv", text.replace("\r\n", "\n"))


@pytest.mark.parametrize("wanted", [Format.TSV, Format.CSV, Format.PLAIN, Format.TABLE])
def test_without_a_header_only_the_rows_are_left(wanted: Format) -> None:
    text = said(LISTING, View(output=wanted, header=False)).text
    assert text.startswith("0012")
    assert text.count("\n") == 3


@pytest.mark.parametrize("wanted", [Format.TSV, Format.CSV, Format.PLAIN, Format.TABLE])
def test_without_a_header_nothing_is_left_of_an_empty_list(wanted: Format) -> None:
    assert said(replace(LISTING, rows=()), View(output=wanted, header=False)).text == ""


def test_json_is_one_document_with_rows_and_what_is_known_of_them() -> None:
    document = json.loads(said(LISTING, View(output=Format.JSON, limit=2)).text)
    assert document["schema"] == "bureau/clients.list@1"
    assert document["data"][0]["last_net"] == "1234567.50"
    assert document["data"][0]["paydays"] == [12, 20]
    assert document["data"][1]["groups"] == []
    assert document["data"][1]["pinned"] is False
    assert document["meta"] == {
        "count": 2,
        "total": 3,
        "truncated": True,
        "as_of": "2026-11-23T11:30:00+00:00",
        "profile": "demo",
        "selection": "payday-20",
        "warnings": [],
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(said(replace(LISTING, rows=()), View(output=Format.JSON)).text)["data"] == []


def test_json_of_one_thing_is_an_object() -> None:
    assert json.loads(said(RECORD, View(output=Format.JSON)).text)["data"]["orgnr"] == "310000001"


def test_a_document_is_passed_on_indented_and_with_ndjson_an_item_a_line() -> None:
    document = Document(content=[{"a": "ø\u202e"}, 2])
    assert said(document).text == '[\n  {\n    "a": "ø\\u202e"\n  },\n  2\n]\n'
    assert said(document, View(output=Format.NDJSON)).text == '{"a":"ø\\u202e"}\n2\n'


def test_a_document_is_no_table() -> None:
    with pytest.raises(BadUsage, match="cannot be written as csv"):
        said(Document(content={}), View(output=Format.CSV))


def test_prose_is_written_as_it_is_but_for_controls() -> None:
    assert said(Prose(schema="x.show", text="en\n\tto \x1b[31m\n")).text == "en\n\tto \\x1b[31m\n"


def test_prose_is_a_field_to_programs() -> None:
    assert json.loads(said(Prose(schema="x.show", text="en\nto"), View(output=Format.JSON)).text)["data"] == {
        "text": "en\nto"
    }
