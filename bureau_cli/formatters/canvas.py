"""A terminal's screen that is drawn anew in place; what was on it before comes back at the end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Self

from bureau_cli.formatters.destination import ReaderLeft, on_stdout
from bureau_cli.formatters.screen import Screen, size_now

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""To a screen of its own, without a cursor, and back: what has scrolled by is not touched."""

_HOME, _REST_OF_LINE, _BELOW = "\x1b[H", "\x1b[K", "\x1b[J"


class Canvas:
    """One screen. While it is there, talk goes through it, and stands below the next picture."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._notes: list[str] = []
        self._picture: Sequence[str] = ()

    def __enter__(self) -> Self:
        self._write(_ENTER)
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the newest picture, whole, where answers stand."""
        with suppress(ReaderLeft):
            self._write(_LEAVE + "".join(f"{line}\n" for line in self._picture))

    def say(self, text: str) -> None:
        """Show some lines below the next picture; the text is clean already."""
        self._notes.extend(text.splitlines())

    def draw(self, picture: Sequence[str], foot: Sequence[str]) -> None:
        """Show as much of a picture as there is room for, and its foot whole."""
        self._picture = picture
        below = [*foot, *self._notes[-len(foot) :]]
        self._notes.clear()
        room = max(1, size_now(self._screen).lines - len(below))
        if len(picture) > room:
            hidden = len(picture) - room + 1
            picture = [*picture[: room - 1], f"{'...' if self._screen.ascii_only else '…'} and {hidden} more lines"]
        lines = f"{_REST_OF_LINE}\r\n".join([*picture, *below])
        self._write(f"{_HOME}{lines}{_REST_OF_LINE}{_BELOW}")

    def _write(self, text: str) -> None:
        with on_stdout(self._screen, binary=False) as stream:
            stream.write(text)
