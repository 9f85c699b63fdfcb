"""Who says what where: answers on stdout, talk on stderr, and neither before it is certain."""

from __future__ import annotations

import json
import os
import stat
import termios
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO
from unittest.mock import ANY

import anyio
import pyte
import pytest
from formatters.sample import AS_OF, LISTING, PROVENANCE, RECORD, ROWS, TEXT_FORMATS, Batches, said

from bureau_cli import errors
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.output import Output
from bureau_cli.formatters.screen import Screen, screen_of
from bureau_cli.formatters.view import View


def test_answers_go_to_stdout_and_hints_to_stderr() -> None:
    result = said(LISTING, screen={"width": 100})
    assert result.text.startswith("Nr.")
    assert result.err == "+5 columns: --fields … or -o xlsx\n"


def test_nothing_is_hidden_where_fields_were_chosen() -> None:
    assert said(LISTING, View(fields=("name",)), screen={"width": 100}).err == ""


def test_off_a_terminal_the_default_is_tsv_and_nothing_is_said() -> None:
    result = said(LISTING)
    assert result.text.startswith("number\tname\torgnr\t")
    assert result.err == ""


def test_quiet_stills_hints_but_never_how_many_there_are() -> None:
    result = said(LISTING, View(limit=1), screen={"width": 100}, quiet=True)
    assert result.err == "1 of 3\n"


@pytest.mark.parametrize("wanted", [wanted for wanted in TEXT_FORMATS if wanted is not Format.TOML])
def test_a_limit_is_told_in_every_format(wanted: Format) -> None:
    result = said(LISTING, View(output=wanted, limit=2))
    assert result.err == "2 of 3\n"
    assert "0003" not in result.text


def test_rows_in_memory_are_sorted_before_they_are_limited() -> None:
    assert said(LISTING, View(output=Format.IDS, sort="number", limit=2, fields=("number",))).text == "310000002\n"


def test_pages_are_written_as_they_come_and_fetched_no_further_than_needed() -> None:
    pages = Batches(pages=[ROWS[:1], ROWS[1:2], ROWS[2:]], total=3)
    result = said(replace(LISTING, rows=pages), View(output=Format.IDS, limit=2))
    assert result.text == "310000001\n310000002\n"
    assert result.err == "2 of 3\n"
    assert (pages.given, pages.closed) == (2, True)


def test_the_oldest_page_says_as_of_when_the_answer_holds() -> None:
    pages = Batches(pages=[ROWS], total=3, as_of=AS_OF.replace(year=2025))
    meta = json.loads(said(replace(LISTING, rows=pages), View(output=Format.JSON)).text)["meta"]
    assert meta["as_of"] == "2025-11-23T11:30:00+00:00"
    assert (meta["count"], meta["total"], meta["truncated"]) == (3, 3, False)


@dataclass
class Failing(Batches):
    """Pages that end in a fault."""

    fault: Exception = field(default_factory=lambda: BrokenPipeError("the socket"))

    async def batches(self) -> AsyncGenerator[list[object], None]:
        for page in self.pages:
            yield list(page)
        raise self.fault


@pytest.mark.parametrize("wanted", list(Format))
def test_a_refusal_before_the_first_row_leaves_stdout_empty(wanted: Format) -> None:
    out = TextIOWrapper(BytesIO(), encoding="utf-8")
    output = Output.of(out, StringIO(), None, {})
    listing = replace(LISTING, rows=Failing(pages=[], fault=errors.GroupNotFound("no group payday-99")))
    with pytest.raises(errors.GroupNotFound):
        anyio.run(output.render, listing, View(output=wanted), PROVENANCE)
    out.flush()
    assert out.buffer.getvalue() == b""


@pytest.mark.parametrize("wanted", list(Format))
def test_a_fault_of_the_source_is_never_taken_for_a_reader_that_left(wanted: Format) -> None:
    listing = replace(LISTING, rows=Failing(pages=[ROWS]))
    with pytest.raises(errors.UnexpectedFault, match="the rows could not be read"):
        said(listing, View(output=wanted))


def test_a_workbook_is_not_poured_onto_a_terminal() -> None:
    with pytest.raises(errors.BadUsage, match="xlsx cannot be shown on a terminal") as error:
        said(LISTING, View(output=Format.XLSX), screen={})
    assert error.value.fix == "add --out FILE.xlsx"


@pytest.mark.parametrize("extension", ["tsv", "csv", "json", "ndjson", "md", "txt", "xlsx"])
def test_a_file_is_written_whole_for_its_owner_alone(extension: str, tmp_path: Path) -> None:
    path = tmp_path / f"clients.{extension}"
    result = said(LISTING, View(out=path), screen={"width": 20, "colour": True})
    assert result.out == b""
    assert result.err == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]
    if extension != "xlsx":
        assert "Blåbær" in path.read_text(encoding="utf-8")
        assert "\x1b" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("extension", ["tsv", "xlsx"])
def test_a_file_that_is_there_is_replaced_only_when_told(extension: str, tmp_path: Path) -> None:
    path = tmp_path / f"clients.{extension}"
    path.write_text("mine")
    with pytest.raises(errors.FileExists):
        said(LISTING, View(out=path))
    assert path.read_text() == "mine"
    said(LISTING, View(out=path, force=True))
    assert path.read_bytes() != b"mine"


@pytest.mark.parametrize("extension", ["tsv", "json", "xlsx"])
def test_a_fault_midway_leaves_the_old_file_and_nothing_beside_it(extension: str, tmp_path: Path) -> None:
    path = tmp_path / f"clients.{extension}"
    path.write_text("mine")
    listing = replace(LISTING, rows=Failing(pages=[ROWS, ROWS], fault=errors.AnswerBroken("cut off")))
    with pytest.raises(errors.AnswerBroken):
        said(listing, View(out=path, force=True))
    assert path.read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]


def test_warnings_are_told_and_repeated_with_the_answer() -> None:
    out, err = TextIOWrapper(BytesIO(), encoding="utf-8"), StringIO()
    output = Output.of(out, err, None, {})
    output.quiet = True
    output.warn("two clients\x1b are old")
    anyio.run(output.render, LISTING, View(output=Format.JSON), PROVENANCE)
    assert err.getvalue() == "warning: two clients\\x1b are old\n"
    assert json.loads(out.buffer.getvalue())["meta"]["warnings"] == ["two clients\x1b are old"]


def test_talk_is_clean_and_quiet_stills_only_what_may_be_left_out() -> None:
    err = StringIO()
    output = Output.of(None, err, None, {})
    output.say("412\x07 clients")
    output.quiet = True
    output.say("never said")
    output.tell("nothing to do")
    assert err.getvalue() == "412\\x07 clients\nnothing to do\n"


def test_an_error_is_two_lines_with_its_code_and_its_details_between() -> None:
    details = [errors.Detail(where=f"clients.csv:{line}", message="no such client") for line in range(1, 23)]
    err = StringIO()
    Output.of(None, err, None, {}).error(errors.ClientNotFound("22 clients are unknown", details=details))
    lines = err.getvalue().splitlines()
    assert lines[0] == "error: 22 clients are unknown [client_not_found]"
    assert lines[1] == "  clients.csv:1: no such client"
    assert lines[21:] == ["  … and 2 more", "fix: bureau clients list --fields number,orgnr,name"]


def test_an_error_of_several_lines_keeps_its_caret_in_place() -> None:
    err = StringIO()
    Output.of(None, err, None, {}).error(errors.WhereInvalid("expected ==\npayday = 20\n       ^"))
    told = "error: expected ==\n  payday = 20\n         ^ [where_invalid]\nfix: bureau explain where_invalid\n"
    assert err.getvalue() == told


def test_an_error_for_programs_is_one_object_with_every_detail() -> None:
    details = [errors.Detail(where="a", message="b")] * 30
    err = StringIO()
    error = errors.RoleForbids("not\nyours", details=details, request_id="req-1")
    Output.of(None, err, None, {}).error(error, as_json=True)
    told = json.loads(err.getvalue())["error"]
    assert err.getvalue().count("\n") == 1
    assert told["code"] == "role_forbids"
    assert told["exit_code"] == 4
    assert told["message"] == "not\nyours"
    assert told["fix"] == "ask a leader of the bureau"
    assert told["request_id"] == "req-1"
    assert len(told["details"]) == 30


def test_talk_that_nobody_hears_stops_nothing() -> None:
    Output.of(None, None, None, {}).tell("hello")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        Output.of(None, full, None, {}).tell("hello")


def test_a_closed_stdout_is_an_error_of_its_own() -> None:
    with pytest.raises(errors.OutputFailed, match="stdout is closed"):
        anyio.run(Output.of(None, StringIO(), None, {}).render, LISTING, View(), PROVENANCE)


def test_progress_off_a_terminal_says_nothing() -> None:
    err = StringIO()
    with Output.of(None, err, None, {}).progress(3, "sending") as advance:
        advance()
        advance(2)
    assert err.getvalue() == ""


def test_without_a_terminal_nobody_can_be_asked() -> None:
    output = Output.of(None, StringIO(), StringIO("y\n"), {})
    assert not output.questions.can_ask
    with pytest.raises(errors.NeedsYes):
        anyio.run(output.questions.confirm, "412 clients?")


@dataclass
class Terminal:
    """A terminal with us at the keyboard."""

    ours: int
    stream: TextIO

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def seen(self) -> str:
        """Everything that was shown; nothing can be shown any more.

        The kernel hands over what is written to a terminal by and by: only its end tells that this was all.
        """
        self.stream.close()
        shown = b""
        with suppress(OSError):  # how Linux tells the end; elsewhere it is an empty read
            while some := os.read(self.ours, 65536):
                shown += some
        return shown.decode()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    ours, theirs = os.openpty()
    modes = termios.tcgetattr(theirs)
    modes[3] &= ~termios.ECHO  # what is typed would stand anywhere among what is shown
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    with os.fdopen(theirs, "w", encoding="utf-8") as stream:
        yield Terminal(ours, stream)
    os.close(ours)


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        ("y\n", True),
        ("Yes\n", True),
        ("JA\n", True),
        ("\n", False),
        ("n\n", False),
        ("yikes\n", False),
        ("\x04", False),
    ],
)
def test_only_a_yes_is_a_yes(terminal: Terminal, answer: str, *, agreed: bool) -> None:
    output = Output.of(None, terminal.stream, terminal.stream, {})
    assert output.questions.can_ask
    terminal.type(answer)
    assert anyio.run(output.questions.confirm, "End access of \x1b[31mKari?") is agreed
    assert "End access of \\x1b[31mKari? [y/N] " in terminal.seen()


def test_a_question_can_be_interrupted(terminal: Terminal) -> None:
    output = Output.of(None, terminal.stream, terminal.stream, {})

    async def ask() -> bool:
        with anyio.move_on_after(0) as scope:
            await output.questions.confirm("Really?")
        return scope.cancelled_caught

    assert anyio.run(ask)


def test_a_bar_is_shown_on_a_terminal_and_leaves_no_trace(terminal: Terminal) -> None:
    output = Output.of(None, terminal.stream, None, {"TERM": "xterm", "LANG": "nb_NO.UTF-8"})
    with output.progress(2, "sending [bold]") as advance:
        advance(2)
        output.tell("one \x1b line")
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(terminal.seen())
    assert [line.rstrip() for line in screen.display if line.strip()] == ["one \\x1b line"]


def test_the_descriptor_says_what_a_terminal_is_and_variables_take_colour_away(terminal: Terminal) -> None:
    assert screen_of(terminal.stream, {"TERM": "xterm"}).colour
    assert not screen_of(terminal.stream, {"TERM": "xterm", "NO_COLOR": "1"}).colour
    assert screen_of(terminal.stream, {"TERM": "xterm", "NO_COLOR": ""}).colour
    dumb = screen_of(terminal.stream, {"TERM": "dumb"})
    assert (dumb.terminal, dumb.colour, dumb.redraws, dumb.ascii_only) == (True, False, False, True)
    assert screen_of(terminal.stream, {"COLUMNS": "132"}).width == 132
    assert screen_of(terminal.stream, {"LC_ALL": "C", "LANG": "nb_NO.UTF-8"}).ascii_only
    assert not screen_of(terminal.stream, {}).ascii_only


@pytest.mark.parametrize("name", ["FORCE_COLOR", "GITHUB_ACTIONS", "CLICOLOR_FORCE", "TTY_COMPATIBLE"])
def test_no_variable_colours_a_pipe(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    assert screen_of(TextIOWrapper(BytesIO()), {name: "1"}) == Screen(stream=ANY)
    assert "\x1b" not in said(LISTING, View(output=Format.TABLE)).text


def test_a_narrow_encoding_is_widened(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w", encoding="ascii") as stream:
        anyio.run(Output.of(stream, None, None, {}).render, RECORD, View(), PROVENANCE)
    assert "Blåbær" in (tmp_path / "out").read_text(encoding="utf-8")


def test_unknown_fields_leave_stdout_and_the_file_system_alone(tmp_path: Path) -> None:
    with pytest.raises(errors.BadUsage):
        said(LISTING, View(out=tmp_path / "a.tsv", fields=("nope",)))
    assert not (tmp_path / "a.tsv").exists()
