"""`bureau api` says no before it sends, and sends what it was told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from commands.outside import Counted

from bureau_cli.app import Wiring

POST = ("api", "POST", "/v1/groups", "-f", "slug=oslo", "-f", "title=Oslo", "--yes")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-o", "csv"), "a JSON document cannot be written as csv"),
        (("--out", "HERE/x.xlsx"), "a JSON document cannot be written as xlsx"),
        (("--out", "HERE/taken.json"), "is there already"),
    ],
)
def test_an_answer_that_could_not_be_given_is_refused_before_the_change(
    bureau: Any, everything: Any, tmp_path: Path, words: Sequence[str], says: str
) -> None:
    (tmp_path / "taken.json").write_text("{}", encoding="utf-8")
    before = everything()
    refused = bureau(*POST, *(word.replace("HERE", str(tmp_path)) for word in words))
    assert (refused.code, refused.out) == (2, b"")
    assert says in refused.err
    assert everything() == before


def test_a_parameter_said_twice_is_sent_twice(bureau: Any) -> None:
    line = ("api", "GET", "/v1/clients", "-f", "limit=500", "-f", "status=left", "-f", "status=onboarding")
    assert {client["status"] for client in bureau(*line).json["items"]} == {"left", "onboarding"}


def test_a_field_of_the_body_said_twice_is_refused_before_anything_is_sent(bureau: Any) -> None:
    counted = Counted()
    refused = bureau(*POST, "-f", "slug=bergen", wiring=Wiring(around=counted.around))
    assert (refused.code, counted.requests) == (2, [])
    assert "given twice" in refused.err


def test_the_body_is_taken_from_stdin(bureau: Any) -> None:
    made = bureau("api", "POST", "/v1/groups", "--body", "-", "--yes", stdin='{"slug": "piped", "title": "Piped"}')
    assert (made.code, json.loads(made.out)["slug"]) == (0, "piped")
    assert bureau("api", "POST", "/v1/groups", "--body", "-", "--yes", stdin="[").code == 2
