"""What a file is, by SHA-256: the whole of it, and each part of a workbook unpacked.

A workbook's parts are what it says; how they are packed depends on a library. So a workbook that was packed anew by
another program of the same parts says the same. But it has to be packed without anything else before, between or after
them: two archives in one file are read as the one or the other, depending on who reads.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import unescape
from operator import attrgetter
from os import SEEK_END
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bureau_cli.domain.packs import PackedPart, Print

_CHUNK = 2**18
_BOOK = "xl/workbook.xml"
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_BOUNDED = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""Ways of packing that give no more than is asked of them; workbooks know no other."""
_HEADER = struct.Struct("<26xHH")
"""What stands before a part, and how long the name and what else is there are; these follow it."""
_END = struct.Struct("<4s12xLH")
"""The end of an archive: its mark, where the directory begins, and how long a comment is."""
_MARK_OF_END = b"PK\5\6"
_LONGEST_AFTER_A_PART = 24
"""The size and sum of a part may follow it; that is no room for another part."""


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
            _check_alone(stream, archive)
            return [_part(archive, entry, known.get(entry.filename)) for entry in archive.infolist()]
    except Exception as fault:  # a damaged file makes the parsers fail in every way there is
        raise Damaged(str(fault)) from fault


def _check_alone(stream: BinaryIO, archive: ZipFile) -> None:
    """Raise BadZipFile where a file has room for anything beside an archive's parts and its directory."""
    stream.seek(-_END.size, SEEK_END)
    mark, directory, comment = _END.unpack(stream.read(_END.size))
    free = 0
    for entry in sorted(archive.infolist(), key=attrgetter("header_offset")):
        if not 0 <= entry.header_offset - free <= (_LONGEST_AFTER_A_PART if free else 0):
            raise BadZipFile(f"something lies before {entry.filename}")
        stream.seek(entry.header_offset)
        free = entry.header_offset + _HEADER.size + sum(_HEADER.unpack(stream.read(_HEADER.size))) + entry.compress_size
    is_last = mark == _MARK_OF_END and not comment
    if not is_last or directory != archive.start_dir or directory - free > _LONGEST_AFTER_A_PART:
        raise BadZipFile("something lies around the directory")


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
