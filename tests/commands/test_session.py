"""What the line said follows the answer: its provenance tells it, and an error speaks the answer's language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands.outside import with_profile


@pytest.mark.parametrize("line", ["-qo json", "--out x.json", "-o ndjson", "--out x.ndjson --force"])
def test_an_error_is_json_wherever_the_answer_was_to_be(bureau: Any, line: str) -> None:
    assert json.loads(bureau("groups", "show", "nope", *line.split()).err)["error"]["code"] == "group_not_found"


def test_an_error_is_json_too_where_the_configuration_is_what_is_wrong(bureau: Any, clean_world: Path) -> None:
    with_profile(clean_world, "writes = 'x'", name="demo")
    assert json.loads(bureau("groups", "list", "-qojson").err)["error"]["code"] == "config_invalid"


def test_what_narrows_a_list_is_told_with_its_selection(bureau: Any) -> None:
    line = "--group payday-20 --payday 20 --status active --status left --access none --member me"
    told = bureau("clients", "list", *line.split(), "-o", "json").json["meta"]["selection"]
    assert told == "payday-20, member me, payday 20, status active or left, access none"
    assert bureau("clients", "list", "--payday", "20", "-o", "json").json["meta"]["selection"] == "payday 20"
