"""Before the question the plan is shown: whom it is about, on stderr, and no more of it than a screen holds."""

from __future__ import annotations

from typing import Any

import pytest
from commands.test_terminal import Terminal

ADD = ("groups", "add", "paused")


@pytest.mark.usefixtures("platform_file")
def test_the_plan_is_seen_before_it_is_agreed_to() -> None:
    terminal = Terminal(*ADD, "--clients", "10001,10002", width=120)
    terminal.ask("add 2 clients to paused? [y/N] ")
    shown = terminal.text
    terminal.child.send("n\n")
    assert terminal.end() == 7
    assert shown.index("10001") < shown.index("10002") < shown.index("add 2 clients to paused?")


@pytest.mark.usefixtures("platform_file")
def test_a_long_plan_is_cut_and_says_so() -> None:
    terminal = Terminal(*ADD, "--all-clients", width=120)
    terminal.ask("? [y/N] ")
    shown = terminal.text
    terminal.child.send("n\n")
    terminal.end()
    assert "… and 100 more" in shown


def test_with_a_yes_nothing_is_shown_before(bureau: Any) -> None:
    told = bureau(*ADD, "--clients", "10001,10002", "--yes").err
    assert "10001" not in told
