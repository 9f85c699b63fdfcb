"""A list of nobody is nobody: nothing is listed, nothing is changed, and it is no error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(params=["", "\n# ingen\n", "orgnr;navn\n"])
def nobody(request: pytest.FixtureRequest, tmp_path: Path) -> Sequence[str]:
    """The words for a list of none, from a file."""
    path = tmp_path / "clients.csv"
    path.write_text(request.param, encoding="utf-8")
    return ("--clients", f"@{path}")


def test_nobody_is_listed(bureau: Any, nobody: Sequence[str]) -> None:
    listed = bureau("clients", "list", *nobody, "-o", "json")
    assert (listed.code, listed.json["data"], listed.err) == (0, [], "")


def test_nobody_is_changed(bureau: Any, everything: Any, nobody: Sequence[str]) -> None:
    before = everything()
    added = bureau("groups", "add", "paused", *nobody, "--yes")
    assert (added.code, added.err.splitlines()[-1]) == (0, "nothing to do")
    assert everything() == before


def test_an_empty_stdin_is_nobody(bureau: Any) -> None:
    listed = bureau("clients", "list", "--clients", "-", "-o", "ids", stdin="")
    assert (listed.code, listed.out, listed.err) == (0, b"", "")
