"""A stream that knows few letters is no reason to fail."""

from __future__ import annotations

import pytest
from commands.outside import child


@pytest.mark.parametrize("words", ["--help", "clients --help", "clients list --help"])
def test_a_page_is_printed_in_any_encoding(words: str) -> None:
    page = child(*words.split(), environ={"PYTHONIOENCODING": "ascii"})
    assert (page.returncode, page.stderr) == (0, "")
    assert page.stdout.startswith("Usage: bureau")
    assert page.stdout.isascii()
