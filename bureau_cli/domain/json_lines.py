"""On which line of a JSON text something stands that a pointer leads to."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed does not list it

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


class Lines:
    """The lines of a text that is known to be JSON."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [found.start() for found in re.finditer("\n", text)]

    def of(self, position: int) -> int:
        """The number of the line that a character stands on."""
        return bisect_right(self._ends, position - 1) + 1

    def items(self, at: int) -> Iterator[int]:
        """Where each value of the array begins that begins here; none where there is no array."""
        yield from self._values(at, "[")

    def member(self, at: int, name: str) -> int | None:
        """Where the value of this name begins in the object that begins here."""
        return next((position for key, position in self._members(at) if key == name), None)

    def skip_space(self, at: int) -> int:
        """The first character from here on that is no space."""
        return _SPACE.match(self._text, at).end()  # type: ignore[union-attr]  # it matches nothing, too

    def _members(self, at: int) -> Iterator[tuple[str, int]]:
        for position in self._values(at, "{"):
            key, end = scanstring(self._text, position + 1)
            yield key, self.skip_space(self.skip_space(end) + 1)

    def _values(self, at: int, opening: str) -> Iterator[int]:
        """Where each member begins of what begins here, if that is what was asked for."""
        if self._text[at] != opening:
            return
        at = self.skip_space(at + 1)
        while self._text[at] not in "]}":
            yield at
            if opening == "{":
                _, at = scanstring(self._text, at + 1)
                at = self.skip_space(self.skip_space(at) + 1)
            _, at = _DECODER.raw_decode(self._text, at)
            at = self.skip_space(at)
            at = self.skip_space(at + 1) if self._text[at] == "," else at
