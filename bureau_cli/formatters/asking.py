"""Asking somebody at a terminal: who is there to answer, and the line that is typed."""

from __future__ import annotations

import os
import termios
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from anyio import wait_readable

from bureau_cli import errors
from bureau_cli.formatters.screen import Screen
from bureau_cli.formatters.text import clean_lines

_YES = frozenset({"y", "yes", "j", "ja"})
LONGEST = 64 * 1024
LONGEST_TYPED = 4095
"""A terminal hands over so much of one line, and drops the rest of it without a word."""


class Questions:
    """What is asked on stderr and answered at the terminal; a secret may also come through stdin.

    `write` puts talk on stderr as it is; `hide` is told what must never be told again.
    """

    def __init__(
        self, talk: Screen, stdin: TextIO | None, write: Callable[[str], None], hide: Callable[[str], None]
    ) -> None:
        self.talk = talk
        self._stdin = stdin
        self._write = write
        self._hide = hide

    @property
    def can_ask(self) -> bool:
        """Whether there is a person to ask: a terminal that shows the question and one that takes the answer."""
        with answering(self.talk, self._stdin) as descriptor:
            return descriptor is not None

    async def confirm(self, question: str) -> bool:
        """Ask for a yes; everything else is a no, the end of input too.

        Raises:
            NeedsYes: there is nobody to ask.
        """
        with answering(self.talk, self._stdin) as descriptor:
            if descriptor is None:
                raise errors.NeedsYes("this has to be confirmed, and there is no terminal to ask on")
            self._write(f"{clean_lines(question)} [y/N] ")
            answer = await typed(descriptor, self._write)
        return answer.strip().casefold() in _YES

    async def secret(self, name: str) -> str:
        """Ask for something that is not shown while it is typed.

        Raises:
            SecretNotAsked: there is nobody to ask.
        """
        with answering(self.talk, self._stdin) as descriptor:
            if descriptor is None:
                raise errors.SecretNotAsked(f"{name}: there is no terminal to ask on")
            with unseen(descriptor):
                self._write(f"{clean_lines(name)}: ")
                answer = await typed(descriptor, self._write)
        if len(answer) >= LONGEST_TYPED:
            raise errors.SecretNotAsked("what was typed is longer than a terminal hands over")
        if answer.endswith("\n"):  # which nobody saw
            self._write("\n")
        return self._hidden(answer)

    def piped_secret(self) -> str:
        """The first line of stdin, which something that is not a terminal writes.

        To be read before the event loop begins: there, Ctrl-C could not end a read that waits.

        Raises:
            BadUsage: stdin is a terminal, which would show what is typed, or is closed.
        """
        if self._stdin is None or self._stdin.closed or self._stdin.isatty():
            raise errors.BadUsage("there is nothing on stdin", fix="write it into the command's stdin, with < or |")
        try:
            return self._hidden(self._stdin.readline(LONGEST))
        except UnicodeDecodeError as fault:
            raise errors.BadUsage("what is on stdin is no text", fix="write it as UTF-8") from fault

    def _hidden(self, line: str) -> str:
        secret = line.strip()
        self._hide(secret)
        return secret


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


async def typed(descriptor: int, write: Callable[[str], None]) -> str:
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
