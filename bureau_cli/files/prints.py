"""What a file is, by SHA-256: the whole of it, and each part of a workbook unpacked.

A workbook's parts are what it says; how they are packed depends on a library. So a workbook that was packed anew by
another program of the same parts says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import unescape
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bureau_cli.domain.packs import PackedPart, Print

_CHUNK = 2**18
_BOOK = "xl/workbook.xml"
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_BOUNDED = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""Ways of packing that give no more than is asked of them; workbooks know no other."""


class Damaged(Exception):
    """A workbook that cannot be unpacked whole; no error of a command, since the rest is still looked at."""


def print_of(stream: BinaryIO) -> Print:
    """A file that was just written."""
    hashed, size = _hashed(stream)
    stream.seek(0)
    return Print(bytes=size, sha256=hashed, parts=list(_own_parts(stream)))


def bare_print(stream: BinaryIO, most: int) -> Print:
    """A file as it is, without parts. Of one larger than `most` bytes only that is told."""
    hashed, size = _hashed(stream, most)
    return Print(bytes=size, sha256=hashed)


def parts_of(stream: BinaryIO, known: Mapping[str, PackedPart]) -> Sequence[PackedPart]:
    """The parts of a workbook from elsewhere, each unpacked no further than the part `known` by its name goes.

    One that is not known is told by its name alone.

    Raises:
        Damaged: it cannot be unpacked.
    """
    try:
        with ZipFile(stream) as archive:
            return [_part(archive, entry, known.get(entry.filename)) for entry in archive.infolist()]
    except Exception as fault:  # a damaged file makes the parsers fail in every way there is
        raise Damaged(str(fault)) from fault


def _part(archive: ZipFile, entry: ZipInfo, known: PackedPart | None) -> PackedPart:
    if known is None:
        return PackedPart(name=entry.filename, bytes=0, sha256="")
    if entry.compress_type not in _BOUNDED:
        raise BadZipFile(f"{entry.filename} is packed in an unknown way")
    with archive.open(entry) as part:
        hashed, size = _hashed(part, known.bytes)
    return PackedPart(name=entry.filename, bytes=size, sha256=hashed, sheet=known.sheet)


def _own_parts(stream: BinaryIO) -> Iterator[PackedPart]:
    """The parts of a workbook of ours, and none of any other file."""
    if stream.read(2) != b"PK":
        return
    with ZipFile(stream) as archive:
        sheets = _sheets(archive.read(_BOOK).decode())
        for entry in archive.infolist():
            with archive.open(entry) as part:
                hashed, size = _hashed(part)
            yield PackedPart(name=entry.filename, bytes=size, sha256=hashed, sheet=sheets.get(entry.filename))


def _sheets(book: str) -> Mapping[str, str]:
    """The names of the sheets by their parts, which are numbered in the order in which the workbook names them."""
    return {f"xl/worksheets/sheet{at}.xml": unescape(name) for at, name in enumerate(_SHEET.findall(book), start=1)}


def _hashed(stream: IO[bytes], most: int | None = None) -> tuple[str, int]:
    """The hash and the size; of more than `most` bytes, a hash that fits nothing and one byte more than that."""
    hashed, size = sha256(), 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if most is not None and size > most:
            return "", most + 1
        hashed.update(chunk)
    return hashed.hexdigest(), size
