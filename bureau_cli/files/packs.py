"""A pack on the disk: its manifest, and what lies beside it, looked at with distrust."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bureau_cli.domain.packs import MANIFEST, PackedPart, Print
from bureau_cli.errors import DocumentInvalid, OutputFailed, PlaceInvalid
from bureau_cli.files import prints
from bureau_cli.files.atomic import replacing

MOST_OF_MANIFEST = 16 * 2**20
_HOW_TO_MAKE_ONE = "name a folder that bureau report all --out FOLDER has written"


class PackFolder:
    """One folder. Nothing outside it is ever opened, and nothing in it through a link."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def place(self) -> str:
        """Where it is."""
        return str(self._path)

    def names(self) -> Mapping[str, bool]:
        """What is in it, and whether that is a file.

        Raises:
            PlaceInvalid: it is no folder, or cannot be looked into.
        """
        try:
            with os.scandir(self._path) as entries:
                return {entry.name: entry.is_file(follow_symlinks=False) for entry in entries}
        except OSError as fault:
            raise PlaceInvalid(f"{self.place} cannot be looked into: {fault.strerror}", fix=_HOW_TO_MAKE_ONE) from fault

    def manifest(self) -> str:
        """The text of its manifest.

        Raises:
            DocumentInvalid: there is none, or it cannot be one.
        """
        try:
            with self._opened(MANIFEST) as stream:
                content = stream.read(MOST_OF_MANIFEST + 1)
        except FileNotFoundError as fault:
            raise DocumentInvalid(f"there is no {MANIFEST} in {self.place}", fix=_HOW_TO_MAKE_ONE) from fault
        except OSError as fault:
            told = fault.strerror or str(fault)
            raise DocumentInvalid(f"{MANIFEST} in {self.place} cannot be read: {told}", fix=_HOW_TO_MAKE_ONE) from fault
        if len(content) > MOST_OF_MANIFEST:
            raise DocumentInvalid(f"{MANIFEST} in {self.place} is too large to be one", fix=_HOW_TO_MAKE_ONE)
        return content.decode("utf-8", errors="replace")

    def print_of(self, name: str) -> Print:
        """What a file is that was just written.

        Raises:
            OutputFailed: it cannot be read back.
        """
        try:
            with self._opened(name) as stream:
                return prints.print_of(stream)
        except OSError as fault:
            raise OutputFailed(f"{self._path / name} cannot be read back: {fault.strerror or fault}") from fault

    def bare_print(self, name: str, most: int) -> Print:
        """What a file is as a whole, of which nothing beyond `most` bytes is read.

        Raises:
            OSError: it cannot be read.
        """
        with self._opened(name) as stream:
            return prints.bare_print(stream, most)

    def parts_of(self, name: str, known: Mapping[str, PackedPart]) -> Sequence[PackedPart] | None:
        """The parts of a workbook, each no further than the one known goes, None where it is damaged.

        Raises:
            OSError: it cannot be read.
        """
        with self._opened(name) as stream:
            try:
                return prints.parts_of(stream, known)
            except prints.Damaged:
                return None

    def keep_manifest(self, text: str) -> None:
        """Write the manifest.

        Raises:
            OutputFailed: it cannot be written.
        """
        with replacing(self._path / MANIFEST, overwrite=False) as stream:
            stream.write(text.encode())

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        """A file, and never what a link or a pipe of its name would give."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(self._path / name, flags), "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise OSError(f"{name} is no file")
            yield stream
