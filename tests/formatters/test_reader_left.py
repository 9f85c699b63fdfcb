"""A reader that leaves ends the answer and nothing else: the command still ends as it ended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TextIO

import anyio
import pytest
from formatters.sample import LISTING, PROVENANCE, RECORD

from bureau_cli.formatters.output import Output
from bureau_cli.formatters.results import Document, Prose, Result
from bureau_cli.formatters.screen import Screen
from bureau_cli.formatters.view import View


@pytest.fixture
def unread() -> Iterator[TextIO]:
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        yield stream


@pytest.mark.parametrize("result", [LISTING, RECORD, Document(content={"a": 1}), Prose(schema="x.show", text="x")])
def test_render_ends_quietly_when_the_reader_has_left(unread: TextIO, result: Result) -> None:
    output = Output(Screen(stream=unread), Screen(stream=None))
    anyio.run(output.render, result, View(), PROVENANCE)
