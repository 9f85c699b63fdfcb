"""Lists as TOML files: whatever is in them is read back as it was, and a note never breaks out of its comment."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from formatters.hostile import HOSTILE
from formatters.sample import AS_OF, LISTING, RECORD, said
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.errors import BadUsage, DocumentInvalid
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.read_toml import read_document, read_toml
from bureau_cli.formatters.results import Column, Kind, Listing, Noted
from bureau_cli.formatters.view import View

TOML = View(output=Format.TOML)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def filed(slug: str, title: str, *members: Noted) -> str:
    columns = (Column("slug", Kind.ID), Column("title"), Column("members", Kind.ID, many=True))
    row = SimpleNamespace(slug=slug, title=title, members=members)
    return said(Listing(schema="clients.file", columns=columns, rows=[row], as_of=AS_OF, filed=True), TOML).text


@given(slug=ANY_TEXT, title=ANY_TEXT, members=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=3))
def test_any_text_is_read_back_as_it_was(slug: str, title: str, members: list[tuple[str, str]]) -> None:
    text = filed(slug, title, *(Noted(value, note) for value, note in members))
    table = tomllib.loads(text)["clients"][slug]
    assert (table["title"], table["members"]) == (title, [value for value, _ in members])


@pytest.mark.parametrize("name", [name for name in HOSTILE if not any("\ud800" <= char <= "\udfff" for char in name)])
def test_a_hostile_name_is_kept_as_a_value_and_harmless_as_a_note(name: str) -> None:
    text = filed("g", name, Noted("10001", name))
    assert tomllib.loads(text) == {"clients": {"g": {"title": name, "members": ["10001"]}}}
    assert all(char.isprintable() or char in {"\n", "\u200d"} for char in text)


def test_terms_make_a_value_a_table_and_a_name_may_have_a_note() -> None:
    columns = (Column("login"), Column("member", Kind.ID, many=True))
    members = (Noted("10001", "Ærlig Øl"), Noted("10002", "Bær", {"to": date(2026, 12, 31)}, "client"))
    row = SimpleNamespace(login=Noted("kari.nordmann", "Kari Ås"), member=members)
    text = said(Listing(schema="clients.file", columns=columns, rows=[row], as_of=AS_OF, filed=True), TOML).text
    assert text == (
        '[clients."kari.nordmann"]  # Kari Ås\n'
        "member = [\n"
        '  "10001",  # Ærlig Øl\n'
        '  { client = "10002", to = 2026-12-31 },  # Bær\n'
        "]\n"
    )
    assert tomllib.loads(text)["clients"]["kari.nordmann"]["member"][1]["to"] == date(2026, 12, 31)


def test_half_an_emoji_still_gives_a_file_that_can_be_read() -> None:
    assert tomllib.loads(filed("g", "a\ud83db"))["clients"]["g"]["title"] == "a\ufffdb"


@pytest.mark.parametrize("result", [LISTING, RECORD])
def test_an_answer_that_nothing_takes_back_has_no_such_form(result: Any) -> None:
    with pytest.raises(BadUsage, match="toml"):
        said(replace(result, filed=False), TOML)


def test_a_file_that_is_to_be_given_back_is_written_whole() -> None:
    with pytest.raises(BadUsage, match="whole"):
        said(LISTING, View(output=Format.TOML, fields=("name",)))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[groups.a]\ntitle = x\n", "line 2"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"ok = 1\n\xff\n", "line 2 is not UTF-8"),
        (b"x = " + b"[" * 5000, "x.toml"),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_the_place(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(DocumentInvalid) as refused:
        read_toml(read_document(tmp_path / "x.toml", None))
    assert told in refused.value.message


def test_a_file_of_windows_is_read_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes("\ufefftitle = 'På vent'\r\n".encode())
    assert read_toml(read_document(tmp_path / "x.toml", None)) == {"title": "På vent"}


@pytest.mark.parametrize("name", ["nothing.toml", "."])
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentInvalid):
        read_document(tmp_path / name, None)
