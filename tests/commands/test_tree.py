"""Walks the command tree, so that a command is held to the house's rules the day it is added."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from running import call_in_process

from bureau_cli.__main__ import ready_answer
from bureau_cli.commands._command import (
    BulkCommand,
    ChangingCommand,
    ConfirmedCommand,
    ImportingCommand,
    OrderingCommand,
    PlannedCommand,
    SelectingCommand,
)
from bureau_cli.formatters.titles import titles
from generate.schemas import shapes
from generate.tree import Node, commands, names_of

ROOT = Path(__file__).parents[2]
TREE = list(commands())
LONGEST_SHEET_NAME, NOT_IN_SHEET_NAMES = 31, set("[]:*?/\\")
"""What a spreadsheet asks of the name of a sheet."""

LEAVES = [node for node in TREE if not node.is_group]
BULK = next(node.command for node in LEAVES if isinstance(node.command, BulkCommand))


def changes(node: Node) -> bool:
    return isinstance(node.command, ChangingCommand | ConfirmedCommand | BulkCommand)


def line(node: Node) -> str:
    return " ".join(("bureau", *node.words))


@pytest.mark.parametrize("node", TREE, ids=line)
def test_the_page_kept_as_a_file_is_what_typer_prints(node: Node, capsys: Any) -> None:
    assert call_in_process(*node.words, "--help").code == 0
    assert capsys.readouterr().out == ready_answer([*node.words, "--help"]) == ready_answer([*node.words, "-h"])


@pytest.mark.parametrize("node", [node for node in TREE if node.is_group], ids=line)
def test_what_a_command_does_fits_the_line_of_its_groups_page(node: Node) -> None:
    assert [cut for cut in (ready_answer([*node.words, "--help"]) or "").splitlines()[1:] if cut.endswith("...")] == []


def test_a_bare_bureau_prints_its_first_page() -> None:
    assert ready_answer([]) == ready_answer(["--help"])


@pytest.mark.parametrize(
    "words", [["clientz", "--help"], ["../x", "--help"], ["clients", "list"], ["-o", "json", "--help"]]
)
def test_any_other_line_takes_the_long_way(words: list[str]) -> None:
    assert ready_answer(words) is None


@pytest.mark.parametrize("node", LEAVES, ids=line)
def test_every_command_says_what_it_does_in_a_sentence_and_describes_its_parameters(node: Node) -> None:
    assert node.command.help
    assert node.command.help.splitlines()[0].endswith(".")
    assert all(parameter.help for parameter in node.command.params)


@pytest.mark.parametrize("node", LEAVES, ids=line)
def test_every_command_takes_the_view_options(node: Node) -> None:
    names = {name for option in node.options for name in names_of(option)}
    assert {"-o", "--output", "--out", "--fields", "--sort", "--limit", "--profile", "--quiet"} <= names


@pytest.mark.parametrize("node", LEAVES, ids=line)
def test_options_of_one_name_mean_the_same_everywhere(node: Node) -> None:
    shared = {name: option.help for option in BULK.shared for name in names_of(option)}
    for option in node.options:
        for name in names_of(option):
            if (name, node.words) != ("--clients", ("platform", "seed")):  # how many are to be made
                assert option.help == shared.get(name, option.help), name


@pytest.mark.parametrize("node", LEAVES, ids=line)
def test_no_parameter_hides_a_shared_one(node: Node) -> None:
    names = [parameter.name for parameter in node.command.params]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("node", [node for node in LEAVES if changes(node)], ids=line)
def test_a_command_that_changes_something_says_beforehand_what_it_answers(node: Node) -> None:
    assert node.command.answers is not None or node.words == ("api",)


@pytest.mark.parametrize("node", [node for node in LEAVES if isinstance(node.command, BulkCommand)], ids=line)
def test_a_command_that_changes_many_has_selection_plan_and_yes(node: Node) -> None:
    names = {name for option in node.options for name in names_of(option)}
    assert {"--clients", "--group", "--not-group", "--owner", "--where", "--all-clients", "--plan", "--yes"} <= names


OF_MANY = {"--plan", "--yes", "--jobs", "--fail-fast", "--max-failures"}
SAVED = {"--plan-out"}
"""Beside these, where the plan may be carried out on another day."""


def runs_many(node: Node) -> bool:
    return any(way in inspect.getsource(node.command.callback) for way in ("perform(", "carry_through("))


def test_whatever_runs_many_has_one_shared_set_of_options() -> None:
    many = [node for node in LEAVES if runs_many(node)]
    assert len(many) > 4
    for node in many:
        anew = isinstance(node.command, OrderingCommand | ImportingCommand)
        assert anew or isinstance(node.command, BulkCommand | PlannedCommand), line(node)
        shared = {name for option in node.command.shared for name in names_of(option)}
        assert shared & (OF_MANY | SAVED) == (OF_MANY if anew else OF_MANY | SAVED), line(node)
    for node in LEAVES:
        assert runs_many(node) or not {"--jobs", "--fail-fast"} & {
            name for one in node.options for name in names_of(one)
        }


def test_the_walk_finds_commands_of_every_kind() -> None:
    assert len(LEAVES) > 10
    assert sum(isinstance(node.command, SelectingCommand) for node in LEAVES) >= 1
    assert sum(isinstance(node.command, BulkCommand) for node in LEAVES) >= 2


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_column_has_a_title_in_both_languages(lang: str) -> None:
    known = titles(lang).columns
    for shape in shapes():
        for column in shape.columns:
            assert known[column.key], column.key


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_workbook_and_each_of_its_sheets_has_a_name_in_both_languages(lang: str) -> None:
    known = titles(lang)
    for shape in shapes():
        assert known.workbooks[shape.name], shape.name
        names = [known.words[part.title] for part in shape.parts]
        about = [known.words[name] for name in ("about", "matrix", "charts", "trends")]
        assert len({name.casefold() for name in (*names, *about)}) == len([*names, *about]), shape.name
        assert all(0 < len(name) <= LONGEST_SHEET_NAME and not set(name) & NOT_IN_SHEET_NAMES for name in names)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_columns_of_each_sheet_are_those_of_the_list(lang: str) -> None:
    for shape in shapes():
        keys = {column.key for column in shape.columns}
        for part in shape.parts:
            assert keys.issuperset(part.columns), f"{shape.name} {part.title}"
            beside = [titles(lang).columns[key] for key in part.columns]
            assert len(set(beside)) == len(beside)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_titles_that_stand_beside_each_other_differ(lang: str) -> None:
    for shape in shapes():
        beside = [titles(lang).columns[column.key] for column in shape.columns]
        assert len(set(beside)) == len(beside), shape.name


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.name)
def test_every_shape_has_a_valid_schema_in_the_docs(shape: Any) -> None:
    text = (ROOT / "docs" / "schemas" / f"{shape.name}@1.json").read_text(encoding="utf-8")
    jsonschema_rs.meta.validate(json.loads(text))
    assert shape.ids is None or shape.ids in {column.key for column in shape.columns}


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for node in LEAVES:
        assert f"`{line(node)}" in readme


def test_what_is_generated_is_current() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "generate", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, "")
