"""A packed workbook while it is written: one sheet after another, row by row, and then the other parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO
from zipfile import ZIP64_LIMIT, ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

from bureau_cli import errors
from bureau_cli.formatters.workbook import Around

ROWS_IN_A_SHEET = 1_048_576
_UNDATED = (1980, 1, 1, 0, 0, 0)


class Pack:
    """The archive. One sheet of it is open at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._archive = ZipFile(stream, "w", ZIP_DEFLATED)
        self._part: IO[bytes] | None = None

    def sheet(self, around: Around, width: int) -> Sheet:
        """Begin a sheet of so many columns."""
        self._part = self._archive.open(_entry(around.part), "w")
        self._part.write(around.before)
        return Sheet(self._part, width)

    def close(self, parts: Mapping[str, bytes]) -> None:
        """Write the other parts, and end."""
        for name, content in parts.items():
            self._archive.writestr(_entry(name), content)
        self._archive.close()

    def abandon(self) -> None:
        """Close what is open, so that nothing is left for the interpreter to close later and complain about."""
        for half in (self._part, self._archive):
            if half is not None:
                with suppress(OSError, ValueError):
                    half.close()


class Sheet:
    """The part of a packed workbook that holds rows."""

    def __init__(self, part: IO[bytes], width: int) -> None:
        self._part = part
        self._letters = [get_column_letter(at) for at in range(1, width + 1)]
        self._size = 0
        self.rows = 0

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write rows of cells.

        Raises:
            OutputFailed: there are more than any program would read back.
        """
        xml = "".join([self._row(at, cells) for at, cells in enumerate(rows, start=self.rows + 1)]).encode()
        self.rows += len(rows)
        self._size += len(xml)
        if self.rows > ROWS_IN_A_SHEET or self._size > ZIP64_LIMIT:
            raise errors.OutputFailed(
                f"a sheet holds no more than {ROWS_IN_A_SHEET} rows or 2 GiB", fix="write it as csv, or choose fewer"
            )
        self._part.write(xml)

    def _row(self, at: int, cells: Sequence[str]) -> str:
        inner = "".join(
            [f'<c r="{letter}{at}"{cell}' for letter, cell in zip(self._letters, cells, strict=True) if cell]
        )
        return f'<row r="{at}">{inner}</row>'

    def close(self, after: bytes) -> None:
        """Write what comes after the rows."""
        self._part.write(after)
        self._part.close()


def _entry(name: str) -> ZipInfo:
    """The same date in every file, so that the same answer gives the same bytes."""
    entry = ZipInfo(name, _UNDATED)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
