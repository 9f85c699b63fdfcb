"""A packed workbook while it is written: one sheet after another, row by row, and then the other parts."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import IO, Protocol
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

from bureau_cli import errors
from bureau_cli.formatters.values import oslo
from bureau_cli.formatters.workbook import Around

ROWS_IN_A_SHEET = 1_048_576
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The dates that a zip file can tell."""

_FAST = 1
"""The effort that goes into packing what is packed again."""


class Part(Protocol):
    """Where the XML of a sheet goes."""

    def write(self, content: bytes, /) -> int:
        """Take some of it."""


class Pack:
    """The archive. One sheet of it is open at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._archive = ZipFile(stream, "w", ZIP_DEFLATED)
        self._part: IO[bytes] | None = None
        self._entries: list[ZipInfo] = []
        self._date = _FIRST

    def sheet(self, around: Around, width: int) -> Sheet:
        """Begin a sheet of so many columns."""
        self._part = self._archive.open(self._entry(around.part), "w")
        self._part.write(around.before)
        return Sheet(self._part, width)

    def date(self, made: datetime | None) -> None:
        """Let every file in it be of this instant, by a clock in Norway; without one, of the first that there is.

        A file's own date is written when the file ends, so that this is said before the first sheet is closed.
        """
        self._date = _FIRST if made is None else min(max(_FIRST, oslo(made).timetuple()[:6]), _LAST)
        for entry in self._entries:
            entry.date_time = self._date

    def end_sheet(self, after: bytes) -> None:
        """Write what comes after the rows of the sheet that is open."""
        assert self._part is not None  # noqa: S101 - a sheet was begun
        self._part.write(after)
        self._part.close()

    def place(self, around: Around, rows: Aside) -> None:
        """Write a whole sheet whose rows have waited."""
        self._part = self._archive.open(self._entry(around.part), "w")
        self._part.write(around.before)
        rows.pour(self._part)
        self.end_sheet(around.after)

    def close(self, parts: Mapping[str, bytes]) -> None:
        """Write the other parts, and end."""
        for name, content in parts.items():
            self._archive.writestr(self._entry(name), content)
        self._archive.close()

    def abandon(self) -> None:
        """Close what is open, so that nothing is left for the interpreter to close later and complain about."""
        for half in (self._part, self._archive):
            if half is not None:
                with suppress(OSError, ValueError):
                    half.close()

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._date)
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        self._entries.append(entry)
        return entry


class Aside:
    """The rows of a sheet whose turn in the archive is yet to come: kept in memory, packed."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(_FAST)
        self._chunks: list[bytes] = []

    def write(self, content: bytes, /) -> int:
        """Take some XML."""
        if chunk := self._packer.compress(content):
            self._chunks.append(chunk)
        return len(content)

    def pour(self, into: Part) -> None:
        """Give all of it."""
        unpacker = zlib.decompressobj()
        for chunk in (*self._chunks, self._packer.flush()):
            into.write(unpacker.decompress(chunk))


class Sheet:
    """The rows of a sheet on their way into its part."""

    def __init__(self, part: Part, width: int) -> None:
        self._part = part
        self._letters = [get_column_letter(at) for at in range(1, width + 1)]
        self._size = 0
        self.rows = 0

    def add(self, rows: Sequence[Sequence[str]], depths: Sequence[int] = ()) -> None:
        """Write rows of cells, each as deep in the outline as its number of `depths` says.

        Raises:
            OutputFailed: there are more than any program would read back.
        """
        marks = [f' outlineLevel="{depth}"' if depth else "" for depth in depths] or [""] * len(rows)
        numbered = enumerate(zip(rows, marks, strict=True), start=self.rows + 1)
        xml = "".join([self._row(at, cells, mark) for at, (cells, mark) in numbered]).encode()
        self.rows += len(rows)
        self._size += len(xml)
        if self.rows > ROWS_IN_A_SHEET or self._size > ZIP64_LIMIT:
            raise errors.OutputFailed(
                f"a sheet holds no more than {ROWS_IN_A_SHEET} rows or 2 GiB", fix="write it as csv, or choose fewer"
            )
        self._part.write(xml)

    def _row(self, at: int, cells: Sequence[str], mark: str) -> str:
        inner = "".join(
            [f'<c r="{letter}{at}"{cell}' for letter, cell in zip(self._letters, cells, strict=True) if cell]
        )
        return f'<row r="{at}"{mark}>{inner}</row>'
