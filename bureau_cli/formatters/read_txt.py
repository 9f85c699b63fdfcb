"""A list as text: one value a line; blank lines and lines that begin with # are passed over."""

from __future__ import annotations

from bureau_cli.formatters.entries import MOST_ROWS, Entry, too_long


def read_txt(name: str, text: str) -> list[Entry]:
    """The values with their lines."""
    entries = [Entry(value=line, place=f"{name}:{at}") for at, line in told_lines(text)]
    if len(entries) > MOST_ROWS:
        raise too_long(name)
    return entries


def told_lines(text: str) -> list[tuple[int, str]]:
    """The lines that say something, stripped, with their numbers from 1."""
    lines = ((at, line.strip()) for at, line in enumerate(text.split("\n"), start=1))
    return [(at, line) for at, line in lines if line and not line.startswith("#")]
