from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from formatters.sample import COLUMNS, LISTING, RECORD

from bureau_cli.errors import BadUsage
from bureau_cli.formatters.chooser import Format, format_of
from bureau_cli.formatters.columns import chosen, in_order
from bureau_cli.formatters.results import Column, Kind
from bureau_cli.formatters.view import View


def keys(columns: list[Column]) -> list[str]:
    return [column.key for column in columns]


@pytest.mark.parametrize("wanted", [Format.TABLE, Format.PLAIN, Format.MARKDOWN])
def test_people_see_the_main_columns_of_a_list(wanted: Format) -> None:
    assert keys(chosen(LISTING, (), wanted)) == [column.key for column in COLUMNS if column.main]


@pytest.mark.parametrize("wanted", [Format.TSV, Format.CSV, Format.JSON, Format.NDJSON, Format.XLSX])
def test_programs_and_workbooks_get_every_column(wanted: Format) -> None:
    assert chosen(LISTING, (), wanted) == list(COLUMNS)


def test_one_thing_is_shown_whole() -> None:
    assert chosen(RECORD, (), Format.TABLE) == list(COLUMNS)


def test_fields_come_as_they_were_asked_for() -> None:
    assert keys(chosen(LISTING, ("groups", "name"), Format.TABLE)) == ["groups", "name"]


def test_an_unknown_field_is_told_with_the_one_meant() -> None:
    with pytest.raises(BadUsage, match="no field 'orgnt'") as error:
        chosen(LISTING, ("orgnt",), Format.JSON)
    assert error.value.fix == "did you mean orgnr?"


def test_a_field_like_no_other_is_told_with_all_there_are() -> None:
    with pytest.raises(BadUsage) as error:
        chosen(LISTING, ("qqq",), Format.JSON)
    assert error.value.fix is not None
    assert error.value.fix.startswith("the fields are number, name, orgnr")


def test_ids_are_the_column_that_the_noun_selects_by() -> None:
    assert keys(chosen(LISTING, ("name",), Format.IDS)) == ["orgnr"]


def test_an_answer_without_ids_says_so() -> None:
    with pytest.raises(BadUsage, match="no ids"):
        chosen(replace(LISTING, ids=None), (), Format.IDS)


ROWS = [
    SimpleNamespace(name=name, last_net=net, groups=groups)
    for name, net, groups in [("Ås", 2, ("b",)), ("Zeta", None, None), ("ærlig", 10, ("a", "c")), ("Øl", 2, ("a",))]
]
SORTABLE = [Column("name"), Column("last_net", Kind.MONEY), Column("groups", many=True)]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Zeta", "ærlig", "Øl", "Ås"]),
        ("-name", ["Ås", "Øl", "ærlig", "Zeta"]),
        ("last_net", ["Ås", "Øl", "ærlig", "Zeta"]),
        ("-last_net", ["ærlig", "Ås", "Øl", "Zeta"]),
        ("groups", ["Øl", "ærlig", "Ås", "Zeta"]),
    ],
)
def test_rows_are_sorted_as_norwegians_do_and_missing_values_come_last(sort: str, expected: list[str]) -> None:
    assert [row.name for row in in_order(ROWS, SORTABLE, sort)] == expected


def test_sorting_by_an_unknown_field_is_told() -> None:
    with pytest.raises(BadUsage, match="no field 'nam'"):
        in_order(ROWS, SORTABLE, "-nam")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.xlsx", "xlsx"), ("a.CSV", "csv"), ("a.b.json", "json"), ("a.md", "markdown"), ("a.txt", "plain")],
)
def test_a_file_name_says_its_format(name: str, wanted: str, tmp_path: Path) -> None:
    assert format_of(tmp_path / name) == wanted


@pytest.mark.parametrize("name", ["a", "a.doc", ".csv"])
def test_a_file_name_that_says_no_format_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="which format"):
        format_of(tmp_path / name)


def test_what_was_asked_for_outranks_the_name_which_outranks_the_place(tmp_path: Path) -> None:
    view = View(output=Format.JSON, out=tmp_path / "a.csv")
    assert view.format_on(terminal=True) is Format.JSON
    assert replace(view, output=None).format_on(terminal=True) is Format.CSV
    assert View().format_on(terminal=True) is Format.TABLE
    assert View().format_on(terminal=False) is Format.TSV
