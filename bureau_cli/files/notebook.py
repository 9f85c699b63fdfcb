"""Writes down the names that pass by, so that they can be offered at a prompt; `names` reads them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bureau_cli.errors import BureauError
from bureau_cli.files import names
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made


class Notebook:
    """The names of one bureau. Keeping them is a courtesy: no fault of it is ever seen or felt."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, kind: str, named: Mapping[str, str], *, whole: bool) -> None:
        """Keep a description of each value: of all there are, or beside those that are known already."""
        path = self._folder / kind
        with suppress(OSError, ValueError):
            before = names.read(str(path))
            known = {} if whole else dict(line.split("\t", 1) for line in before.decode().split("\n")[:-1])
            known |= {value: _shown(text) for value, text in named.items() if names.can_be_typed(value)}
            after = b"".join(sorted(f"{value}\t{text}\n".encode() for value, text in known.items()))
            if after != before:
                keep(path, names.FIRST_LINE + after)


def keep(path: Path, content: bytes) -> None:
    """Write a file of the cache if that can be done."""
    with suppress(OSError, BureauError):
        made(path.parent)
        with replacing(path, overwrite=True) as file:
            file.write(content)


def forget(cache: Path, profile: str) -> None:
    """Remove every name that was kept for a profile.

    Raises:
        OSError: they are there and cannot be removed.
    """
    with suppress(FileNotFoundError):
        shutil.rmtree(names.of_profile(str(cache), profile))


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else names.UNTOLD for letter in text)
