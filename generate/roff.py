"""Text for man pages: whatever it holds, it is shown and never a request to the formatter."""

from __future__ import annotations

import re

_AS_TYPED = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq", "…": "..."}
_CODE = re.compile(r"`([^`]*)`")


def text(plain: str) -> str:
    """One line of running text: a dot in front would be a request, and a locale without … would show nothing for it."""
    shown = "".join(_AS_TYPED.get(letter, letter if letter.isprintable() else " ") for letter in plain)
    return rf"\&{shown}" if shown.startswith(".") else shown


def sentence(plain: str) -> str:
    """Running text in which what stands between backticks is to be typed."""
    pieces = _CODE.split(" ".join(plain.split()))
    return "".join(bold(piece) if at % 2 else text(piece) for at, piece in enumerate(pieces))


def bold(plain: str) -> str:
    """What is typed as it stands."""
    return rf"\fB{text(plain)}\fP"


def italic(plain: str) -> str:
    """What stands for something else."""
    return rf"\fI{text(plain)}\fP"


def entry(term: str, told: str) -> list[str]:
    """A term, already formatted, and what is told of it."""
    return [".TP", term, sentence(told) or r"\&"]
