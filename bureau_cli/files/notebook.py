"""Writes down the names that pass by, so that they can be offered at a prompt; `names` reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from bureau_cli.errors import BureauError
from bureau_cli.files import names
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made


class Notebook:
    """The names of one bureau. Keeping them is a courtesy: no fault of it is ever seen or felt.

    `masked` takes out of a text what no file may hold.
    """

    def __init__(self, folder: Path, masked: Callable[[str], str]) -> None:
        self._folder = folder
        self._masked = masked

    def note(self, kind: str, named: Mapping[str, str], *, whole: bool) -> None:
        """Keep a description of each value: of all there are, or beside those that are known already."""
        path = self._folder / kind
        with suppress(OSError, ValueError):
            before = names.read(str(path))
            known = {} if whole else dict(line.split("\t", 1) for line in before.decode().split("\n")[:-1])
            known |= {value: self._shown(text) for value, text in named.items() if self._is_kept(value)}
            after = b"".join(sorted(f"{value}\t{text}\n".encode() for value, text in known.items()))
            if after != before:
                keep(path, names.FIRST_LINE + after)

    def _is_kept(self, value: str) -> bool:
        return names.can_be_typed(value) and self._masked(value) == value

    def _shown(self, text: str) -> str:
        shown = "".join(letter if letter.isprintable() else names.UNTOLD for letter in self._masked(text))
        return shown if shown == text or names.UNTOLD in shown else shown + names.UNTOLD


def keep(path: Path, content: bytes) -> None:
    """Write a file of the cache if that can be done."""
    with suppress(OSError, BureauError):
        made(path.parent)
        with replacing(path, overwrite=True) as file:
            file.write(content)
