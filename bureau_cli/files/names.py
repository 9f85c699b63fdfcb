"""Names kept for completion at a prompt, and how they are found: sorted lines `value TAB description`, one file a kind.

A shell waits for the answer, so the lines are searched as they are and nothing heavy is imported. `notebook` writes
them.
"""

from collections.abc import Iterator
from itertools import islice

FIRST_LINE = b"#bureau-names-1\n"
"""Without a space or a tab, which is what stands before a word of a description; another layout gets another number."""

UNTOLD = "\ufffd"
"""Stands in a description for what cannot be shown; one that has it is not the name as it would have to be typed."""


MOST = 500
"""Where more fit one spelling, somebody has to type on; as many are found at once."""

_IN_VALUES = frozenset("._@+-")


def can_be_typed(value: str) -> bool:
    """Whether it is the same word in every shell, quoted or not, and never taken for an option or a file."""
    return value[:1].isalnum() and all(letter.isalnum() or letter in _IN_VALUES for letter in value)


def folder(cache: str, profile: str, base_url: str, user: str) -> str:
    """Where the names are that one user sees on the platform of one profile: others never get to see them offered."""
    return f"{of_profile(cache, profile)}/{of_user(base_url, user)}"


def of_user(base_url: str, user: str) -> str:
    """What a folder is called that is one user's on one platform."""
    return _file_name(f"{user}@{without_secrets(base_url)}")


def of_profile(cache: str, profile: str) -> str:
    """What holds all names that were ever kept for a profile."""
    return f"{cache}/names/{_file_name(profile)}"


def without_secrets(base_url: str) -> str:
    """An address without the parts in which somebody may have put a password or a token."""
    return base_url.partition("?")[0].partition("#")[0].rpartition("@")[2]


def _file_name(text: str) -> str:
    """A file name that is another one for every other text."""
    return "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_@") else f"%{ord(letter):x}."
        for letter in text
    )


def read(path: str) -> bytes:
    """All lines of a file of names; none where there is no such file."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - without pathlib
            content = file.read()
    except OSError:
        return b""
    return content[len(FIRST_LINE) :] if content.startswith(FIRST_LINE) and content.endswith(b"\n") else b""


def starting(lines: bytes, typed: str) -> bytes:
    """The lines whose value begins like that; sorted lines have them side by side."""
    if not typed:
        return lines
    after = b"\n" + typed.encode()
    lines = b"\n" + lines
    first, last = lines.find(after), lines.rfind(after)
    return lines[first + 1 : lines.find(b"\n", last + 1) + 1] if first >= 0 else b""


def described(lines: bytes, typed: str) -> bytes:
    """The lines in whose description a word begins like that, in small letters or capitals; not too many of them.

    Only ASCII can be folded in bytes, so the other letters are looked for in the three ways that names are written in.
    """
    folded = lines.lower().replace(b"\t", b" ")
    needles = {b" " + spelling.encode().lower() for spelling in (typed.lower(), typed.capitalize(), typed.upper())}
    starts = {start for needle in needles for start in islice(_lines_with(folded, needle), MOST)}
    return b"".join(lines[start : lines.find(b"\n", start) + 1] for start in sorted(starts))


def _lines_with(lines: bytes, needle: bytes) -> Iterator[int]:
    at = lines.find(needle)
    while at >= 0:
        yield lines.rfind(b"\n", 0, at) + 1
        at = lines.find(needle, lines.find(b"\n", at))
