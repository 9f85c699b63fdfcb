"""What is known of a stream that may be a terminal. The file descriptor decides, and no variable overrides it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

_WIDTH_UNTOLD, _HEIGHT_UNTOLD = 80, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A stream, and what it can show. `stream` is None where the process was started with it closed.

    `redraws` says that the cursor can be moved, as a progress bar must.
    """

    stream: TextIO | None
    terminal: bool = False
    redraws: bool = False
    colour: bool = False
    ascii_only: bool = False
    width: int = _WIDTH_UNTOLD


def screen_of(stream: TextIO | None, environ: Mapping[str, str]) -> Screen:
    """Look at a stream, and make it one that can write every character.

    Colour needs a terminal; NO_COLOR and TERM=dumb take it away. COLUMNS overrides the terminal's own width.
    """
    if stream is None or stream.closed:
        return Screen(stream=None)
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if not stream.isatty():
        return Screen(stream=stream)
    dumb = environ.get("TERM") == "dumb"
    return Screen(
        stream=stream,
        terminal=True,
        redraws=not dumb,
        colour=not dumb and not environ.get("NO_COLOR"),
        ascii_only=dumb or not _speaks_unicode(environ),
        width=_width(stream, environ),
    )


def screen_of_nobody(screen: Screen) -> Screen:
    """The same stream as if it were no terminal."""
    return Screen(stream=screen.stream)


def size_now(screen: Screen) -> os.terminal_size:
    """How large a terminal is at this moment: somebody may have drawn its window larger."""
    try:
        assert screen.stream is not None  # noqa: S101 - a terminal is there
        return os.get_terminal_size(screen.stream.fileno())
    except OSError:
        return os.terminal_size((screen.width, _HEIGHT_UNTOLD))


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    told = environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH_UNTOLD
    except OSError:
        return _WIDTH_UNTOLD


def _speaks_unicode(environ: Mapping[str, str]) -> bool:
    """By the locale; one that says nothing is taken for a modern terminal."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), "UTF-8")
    return "utf" in locale.lower()
