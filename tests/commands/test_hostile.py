"""Names as nobody should write them, in the platform's file: shown safely by every command, kept exactly in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from formatters.hostile import HOSTILE
from openpyxl import load_workbook

from bureau_cli.app import Wiring
from bureau_cli.formatters.text import for_xml
from bureau_cli.platform.names import order_key

ACTED_UPON = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What a terminal obeys, or a reader cannot see; line ends and tabs are the formats' own."""

STORED = [name for name in HOSTILE if name.isprintable() or not re.search("[\ud800-\udfff]", name)]
"""All but those with half a character, which no database takes."""

SPOKEN = ["table", "plain", "tsv", "csv", "markdown"]
LIST = ("clients", "list", "--sort", "number", "--fields", "number,name,owner_name,member_names,groups")


@pytest.fixture
def hostile(bureau: Any, sql: Any) -> Any:
    """The real root command over a store of hostile names; the contract, which bounds them, is not asked."""
    for position, name in enumerate(STORED):
        sql("UPDATE client SET name = ? WHERE number = ?", name, str(10000 + position))
    for table, column in (("user", "name"), ("client_group", "title")):
        for position, row in enumerate(sql(f"SELECT id FROM {table}")):  # noqa: S608 - one of the two above
            name = STORED[-1 - 3 * position]
            sql(f"UPDATE {table} SET {column} = ? WHERE id = ?", name, row["id"])  # noqa: S608
    return lambda *argv, **given: bureau(*argv, wiring=Wiring(), **given)


@pytest.fixture
def names() -> Mapping[str, str]:
    return {str(10000 + position): name for position, name in enumerate(STORED)}


def test_the_names_are_hostile_indeed() -> None:
    assert len(STORED) > 60
    assert sum(ACTED_UPON.search(name) is not None for name in STORED) > 12


@pytest.mark.parametrize("spoken", SPOKEN)
def test_nothing_a_terminal_obeys_is_shown(hostile: Any, spoken: str) -> None:
    for line in (LIST, ("groups", "list"), ("clients", "show", "10040"), ("groups", "show", "paused")):
        shown = hostile(*line, "-o", spoken)
        assert shown.code == 0
        assert ACTED_UPON.search(shown.text + shown.err) is None


@pytest.mark.parametrize("spoken", ["tsv", "csv"])
def test_every_client_is_still_one_line(hostile: Any, spoken: str) -> None:
    lines = hostile(*LIST[:4], "--fields", "number,name,orgnr", "--no-header", "-o", spoken).text.split("\n")
    assert len(lines) == 120 + 1
    assert [line[:5] for line in lines[:-1]] == [str(number) for number in range(10000, 10120)]


def test_json_keeps_every_name_exactly(hostile: Any, names: Mapping[str, str], sql: Any) -> None:
    document = hostile(*LIST, "-o", "json").json["data"]
    lines = [json.loads(line) for line in hostile(*LIST, "-o", "ndjson").lines]
    assert document == lines
    assert {client["number"]: client["name"] for client in document[: len(names)]} == names
    owners = {row["login"]: row["name"] for row in sql("SELECT login, name FROM user")}
    detailed = hostile("clients", "list", "--fields", "owner,owner_name", "-o", "json").json["data"]
    assert all(client["owner_name"] == owners.get(client["owner"]) for client in detailed)


def test_a_workbook_holds_the_names_as_text(hostile: Any, names: Mapping[str, str], tmp_path: Path) -> None:
    book = tmp_path / "hostile.xlsx"
    assert hostile(*LIST, "--out", book).code == 0
    rows = list(load_workbook(book).worksheets[0].iter_rows(min_row=2, max_row=len(names) + 1))
    for row, name in zip(rows, names.values(), strict=True):
        assert row[1].data_type == "s"
        assert re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), row[1].value)[:100] == for_xml(name)[:100]


@pytest.mark.parametrize("spoken", [*SPOKEN, "json"])
def test_a_change_of_many_reports_them_safely(hostile: Any, spoken: str) -> None:
    changed = hostile("groups", "add", "finance", "--all-clients", "--yes", "-o", spoken)
    assert changed.code == 0
    assert ACTED_UPON.search(changed.text + changed.err) is None


def test_an_error_quotes_them_safely(hostile: Any, sql: Any, names: Mapping[str, str]) -> None:
    """Two clients share each name in turn, so that it is quoted as it was typed and as the platform has it."""
    quoted = 0
    for name in names.values():
        sql("UPDATE client SET name = ?, name_order = ? WHERE number IN ('10100', '10101')", name, order_key(name))
        twins = hostile("clients", "show", "--", name)
        assert (twins.code, twins.out) == (2, b"")
        assert ACTED_UPON.search(twins.err) is None
        assert [line[:5] for line in twins.err.splitlines() if line[:2] != "  "] == ["error", "fix: "]
        quoted += "several clients" in twins.err
    assert quoted > 50


@pytest.mark.parametrize("option", ["--clients", "--group", "--owner", "--where", "--fields", "--sort", "--profile"])
def test_what_the_user_typed_is_quoted_safely(hostile: Any, option: str) -> None:
    for typed in ("\x1b]0;x\x07", "\u202egnp", "a\nerror: b", "\x9b31m", "x" * 5000):
        refused = hostile("clients", "list", option, typed)
        assert refused.code in {2, 5}
        assert ACTED_UPON.search(refused.err) is None
        assert sum(line.startswith("error: ") for line in refused.err.splitlines()) == 1


def test_a_list_of_hostile_names_finds_nobody_and_says_so_safely(hostile: Any) -> None:
    missing = hostile("clients", "list", "--clients", "-", stdin="\n".join(f"{name} x" for name in STORED[:40]))
    assert missing.code == 5
    assert ACTED_UPON.search(missing.err) is None
