"""Clients as people and Excel write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    "written", ["270271006", "270 271 006", "270\u00a0271\u00a0006", "NO270271006MVA", "NO 270 271 006 MVA"]
)
def test_an_orgnr_is_known_however_it_is_grouped(bureau: Any, written: str) -> None:
    assert bureau("clients", "list", "--clients", written, "-o", "ids").lines == ["270271006"]


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("fields", ["number", "number,name"])
def test_our_own_workbook_is_taken_by_its_client_numbers(bureau: Any, lang: str, fields: str, tmp_path: Path) -> None:
    book = tmp_path / "clients.xlsx"
    assert bureau("clients", "list", "--fields", fields, "--lang", lang, "--out", book).code == 0
    assert len(bureau("clients", "list", "--clients", f"@{book}", "-o", "ids").lines) == 120


def test_a_word_that_is_not_utf_8_is_the_users_to_mend(bureau: Any) -> None:
    done = bureau("clients", "list", "--where", 'name contains "\udcd8"')
    assert (done.code, done.text) == (2, "")
    assert "is not UTF-8" in done.err


def test_several_values_in_one_cell_are_no_decimal_to_a_norwegian_excel(bureau: Any) -> None:
    done = bureau(
        "clients",
        "list",
        "--where",
        'name == "Vestfjord Bakeri AS"',
        "--fields",
        "paydays,zones",
        "-o",
        "csv",
        "--excel",
    )
    assert done.out.decode("utf-8-sig").splitlines()[1].startswith("12 + 20;")


@pytest.mark.parametrize("option", ["--where", "--owner", "--payday"])
def test_an_option_that_chooses_clients_is_not_silently_lost_when_said_twice(bureau: Any, option: str) -> None:
    value = {"--where": "payday == 20", "--owner": "me", "--payday": "20"}[option]
    done = bureau("clients", "list", option, value, f"{option}={value}")
    assert (done.code, done.text) == (2, "")
    assert f"{option} can be said only once" in done.err


def test_an_option_for_the_look_may_be_said_again_as_in_an_alias(bureau: Any) -> None:
    assert bureau("clients", "list", "-o", "json", "-o", "ids").lines[0].isdecimal()
