"""On a terminal: a table that fits, a question that is asked once, a bar that leaves no trace."""

from __future__ import annotations

import os
import re
import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest
from commands.oracle import in_group
from commands.outside import BUREAU, WHOLE_WORLD_S, serving

from bureau_cli.platform.admin import Admin

ESCAPE = "\x1b["
PAUSED = ["10013", "10023", "10038"]


class Terminal:
    """One command in a real pseudo-terminal; what is written to it is also drawn on a screen."""

    def __init__(self, *argv: str, width: int = 80, environ: dict[str, str] | None = None) -> None:
        self.raw = ""
        self._screen = pyte.HistoryScreen(width, 60, history=1000)
        self._stream = pyte.Stream(self._screen)
        given = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(environ or {})}
        self.child = pexpect.spawn(
            BUREAU[0],
            [*BUREAU[1:], *argv],
            dimensions=(60, width),
            env={**os.environ, **given},
            encoding="utf-8",
            timeout=WHOLE_WORLD_S,
        )

    def ask(self, question: str) -> None:
        """Wait until a question is asked."""
        self.child.expect_exact(question)
        self._draw(self.child.before + question)

    def end(self) -> int:
        """Wait until the command has ended, and give its exit code."""
        self.child.expect(pexpect.EOF)
        self._draw(self.child.before)
        self.child.close()
        assert self.child.exitstatus is not None
        return int(self.child.exitstatus)

    @property
    def lines(self) -> list[str]:
        """What is left on the screen, and what has scrolled out of it."""
        above = ["".join(row[at].data for at in range(self._screen.columns)) for row in self._screen.history.top]
        return [line.rstrip() for line in [*above, *self._screen.display]]

    @property
    def text(self) -> str:
        return "\n".join(self.lines).rstrip()

    def _draw(self, written: str) -> None:
        self.raw += written
        self._stream.feed(written)


LIST = ("clients", "list", "--group", "payday-20")


@pytest.fixture
def login(platform_file: Path) -> Any:
    """A line that signs in to the test's platform, and a token that it takes."""
    token = Admin(platform_file).token("kari.nordmann", timedelta(hours=1))
    with serving() as url:
        yield ("auth", "login", "-p", "far", "--base-url", url, "--store", "file"), token


def test_a_secret_that_is_typed_is_never_shown(login: Any) -> None:
    line, token = login
    terminal = Terminal(*line, width=200)
    terminal.ask("token: ")
    terminal.child.sendline(token)
    assert terminal.end() == 0
    assert token not in terminal.raw
    assert "kari.nordmann" in terminal.text
    assert terminal.lines[0] == "token:"


def test_ctrl_c_at_a_hidden_question_leaves_the_terminal_as_it_was(login: Any) -> None:
    shell = pexpect.spawn("sh", env={**os.environ, "PS1": "$ "}, encoding="utf-8", timeout=WHOLE_WORLD_S)
    shell.expect_exact("$ ")
    shell.sendline(f"{shlex.join([*BUREAU, *login[0]])}; echo ended $?")
    shell.expect_exact("token: ")
    assert not shell.getecho(), "the control: nothing is shown while it is asked"
    shell.sendintr()
    shell.expect_exact("ended 130")
    shell.expect_exact("$ ")
    assert shell.getecho()
    shell.close()


@pytest.mark.usefixtures("platform_file")
@pytest.mark.parametrize("width", [80, 200])
def test_a_list_is_a_table_that_fits_and_cuts_no_number(width: int, sql: Any) -> None:
    terminal = Terminal(*LIST, width=width)
    assert terminal.end() == 0
    table = [line for line in terminal.lines if re.match(r" ?1\d{4} ", line)]
    shown = {tuple(re.findall(r"(?<!\d)\d{5}(?!\d)|(?<!\d)\d{9}(?!\d)", line)[:2]) for line in table}
    rows = sql(f"SELECT number, orgnr FROM client WHERE {in_group('payday-20')}")  # noqa: S608 - a test's own words
    assert shown == {(row["number"], row["orgnr"]) for row in rows}
    assert all(len(line.rstrip("\r")) <= width for line in plain(terminal.raw).split("\n"))


def plain(written: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", written)


@pytest.mark.usefixtures("platform_file")
def test_colours_are_for_those_who_want_them() -> None:
    coloured = Terminal(*LIST)
    without = Terminal(*LIST, environ={"NO_COLOR": "1"})
    assert (coloured.end(), without.end()) == (0, 0)
    assert ESCAPE in coloured.raw
    assert ESCAPE not in without.raw
    assert coloured.text == without.text


@pytest.mark.usefixtures("platform_file")
def test_what_is_left_out_is_told() -> None:
    terminal = Terminal(*LIST, "--limit", "3")
    assert terminal.end() == 0
    assert "3 of 73" in terminal.text
    assert re.search(r"\+\d+ columns: --fields", terminal.text)


@pytest.mark.usefixtures("platform_file")
def test_a_workbook_is_not_poured_onto_a_terminal() -> None:
    terminal = Terminal(*LIST, "-o", "xlsx")
    assert terminal.end() == 2
    assert terminal.text.splitlines() == [
        "error: xlsx cannot be shown on a terminal [usage]",
        "fix: add --out FILE.xlsx",
    ]


# --- the question ----------------------------------------------------------------------------------------------------

ADD = ("groups", "add", "paused", "--clients", "10001,10002")
QUESTION = "add 2 clients to paused? [y/N] "


@pytest.mark.parametrize("answer", ["y", "JA"])
def test_a_yes_is_a_yes(members: Any, answer: str) -> None:
    terminal = Terminal(*ADD)
    terminal.ask(QUESTION)
    assert members("paused") == PAUSED
    terminal.child.sendline(answer)
    assert terminal.end() == 0
    assert "2 clients: 2 done" in terminal.text
    assert members("paused") == ["10001", "10002", *PAUSED]


@pytest.mark.parametrize("answer", ["n\n", "yep\n", "\x04"], ids=["n", "something else", "Ctrl-D"])
def test_anything_else_is_a_no(members: Any, answer: str) -> None:
    terminal = Terminal(*ADD)
    terminal.ask(QUESTION)
    terminal.child.send(answer)
    assert terminal.end() == 7
    assert "error: nothing was changed [declined]" in terminal.text
    assert members("paused") == PAUSED


def test_an_interrupt_at_the_question_ends_it(members: Any) -> None:
    terminal = Terminal(*ADD)
    terminal.ask(QUESTION)
    terminal.child.sendintr()
    assert terminal.end() == 130
    assert terminal.text.endswith("error: interrupted [interrupted]")
    assert "Traceback" not in terminal.raw
    assert members("paused") == PAUSED


def test_a_yes_on_the_line_is_not_asked_for_again(members: Any) -> None:
    terminal = Terminal(*ADD, "--yes")
    assert terminal.end() == 0
    assert "[y/N]" not in terminal.raw
    assert len(members("paused")) == 5


def test_the_question_is_asked_on_the_terminal_when_stdin_is_a_list(members: Any, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("10001\n10002\n", encoding="utf-8")
    line = " ".join([*BUREAU, *ADD[:3], "--clients", "-", "<", str(tmp_path / "list")])
    child = pexpect.spawn("bash", ["-c", line], encoding="utf-8", timeout=WHOLE_WORLD_S)
    child.expect_exact(QUESTION)
    child.sendline("y")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert len(members("paused")) == 5


# --- the bar ---------------------------------------------------------------------------------------------------------


def test_the_bar_of_a_long_change_is_gone_afterwards(faults: Any, members: Any) -> None:
    faults("slow;seconds=0.4;path=/v1/groups/paused/members")
    terminal = Terminal(*ADD, "--yes", width=100)
    assert terminal.end() == 0
    assert "0/2" in terminal.raw, "the control: there was a bar"
    assert "0/2" not in terminal.text
    assert "2/2" not in terminal.text
    assert "━" not in terminal.text
    assert len(members("paused")) == 5


def test_quiet_shows_no_bar(faults: Any, members: Any) -> None:
    faults("slow;seconds=0.4;path=/v1/groups/paused/members")
    terminal = Terminal(*ADD, "--yes", "--quiet", width=100)
    assert terminal.end() == 0
    assert "0/2" not in terminal.raw
    assert len(members("paused")) == 5


# --- the board that is watched ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("platform_file")
def test_a_watched_board_ends_with_ctrl_c_and_stays_where_answers_stand() -> None:
    terminal = Terminal("status", "--owner", "me", "--watch", "5m")
    terminal.ask("Ctrl-C ends")
    terminal.child.sendintr()
    assert terminal.end() == 130
    below = plain(terminal.raw.split("\x1b[?1049l")[1])
    assert below.startswith("2026-11 · 8 clients: ")
    assert below.endswith("error: interrupted [interrupted]\r\n")
    assert "Ctrl-C ends" not in below
