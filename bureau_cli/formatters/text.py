"""Text from elsewhere, made safe where it leaves: never a control sequence, never markup, never a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

_JOINER = "\u200d"
_EMOJI_ENDINGS = frozenset("\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Compiled when first used: that takes as long as the rest of this module."""


def clean(text: str) -> str:
    r"""Show what cannot be seen: `\x1b`, `\n` or `\u202e` in place of the character itself.

    Covers control characters (C0, DEL, C1), bidi marks, zero widths, line separators, lone surrogates and whatever
    else Python calls unprintable. Every kind of space becomes a plain one. A joiner inside an emoji stays.
    """
    return text if text.isprintable() else "".join(_visible(text))


def _visible(text: str) -> Iterator[str]:
    for at, char in enumerate(text):
        if char.isprintable() or (char == _JOINER and _joins_emoji(text, at)):
            yield char
        elif category(char) == "Zs":
            yield " "
        else:
            yield char.encode("unicode_escape").decode("ascii")


def _joins_emoji(text: str, at: int) -> bool:
    """Whether there is a pictograph on both sides, so that the joiner can hide no letters."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (
        before != ""
        and after != ""
        and (before in _EMOJI_ENDINGS or category(before) == "So")
        and category(after) == "So"
    )


def clean_lines(text: str) -> str:
    """Clean text of several lines; line ends and tabs stay."""
    return "\n".join("\t".join(map(clean, line.split("\t"))) for line in text.split("\n"))


def for_xml(text: str) -> str:
    """Leave out only what an XML 1.0 document cannot hold."""
    return re.sub(_NOT_XML, "", text)


def shortened(text: str, limit: int, mark: str = "…") -> str:
    """At most `limit` characters, the last of them `mark` where something was left out."""
    return text if len(text) <= limit else text[: limit - len(mark)] + mark
