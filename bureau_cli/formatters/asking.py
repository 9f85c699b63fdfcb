"""Asking somebody at a terminal: who is there to answer, and the line that is typed."""

from __future__ import annotations

import os
import termios
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from anyio import wait_readable

from bureau_cli.formatters.screen import Screen

LONGEST = 64 * 1024
LONGEST_TYPED = 4095
"""A terminal hands over so much of one line, and drops the rest of it without a word."""


@contextmanager
def answering(talk: Screen, stdin: TextIO | None) -> Iterator[int | None]:
    """The terminal's file descriptor: stdin's, or where that is used for data the one the process belongs to."""
    if not talk.terminal:
        yield None
    elif stdin is not None and not stdin.closed and stdin.isatty():
        yield stdin.fileno()
    else:
        with ExitStack() as stack:
            try:
                terminal = stack.enter_context(Path("/dev/tty").open("rb", buffering=0))
            except OSError:
                yield None
            else:
                yield terminal.fileno()


async def line(descriptor: int, write: Callable[[str], None]) -> str:
    """The line that is typed, empty at the end of input.

    Awaited, not read: Ctrl-C reaches the event loop only while that is free to see it.
    """
    answer = ""
    try:
        await wait_readable(descriptor)
        answer = os.read(descriptor, LONGEST).decode(errors="replace")
    finally:
        if not answer.endswith("\n"):  # Ctrl-C and Ctrl-D leave the cursor on the question's own line
            write("\n")
    return answer


@contextmanager
def unseen(descriptor: int) -> Iterator[None]:
    """Show nothing of what is typed in the block."""
    before = termios.tcgetattr(descriptor)
    quiet = termios.tcgetattr(descriptor)
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(descriptor, termios.TCSAFLUSH, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)
