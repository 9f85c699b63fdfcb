"""Month-end packs: sealed when they are written, and held against their manifest ever after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from bureau_cli.domain.pack_file import as_text, manifest_in
from bureau_cli.domain.packs import (
    MANIFEST,
    Difference,
    Examined,
    Manifest,
    Mismatch,
    Origin,
    PackedFile,
    PackedPart,
    Print,
    is_plain_name,
)
from bureau_cli.errors import DocumentInvalid, PlaceInvalid


class PackPort(Protocol):
    """The folder of a pack."""

    @property
    def place(self) -> str:
        """Where it is."""

    def names(self) -> Mapping[str, bool]:
        """What is in it, and whether that is a file; PlaceInvalid where it cannot be looked into."""

    def manifest(self) -> str:
        """The text of its manifest; DocumentInvalid where there is none."""

    def keep_manifest(self, text: str) -> None:
        """Write it."""

    def print_of(self, name: str) -> Print:
        """What a file is, with its parts, that was just written."""

    def bare_print(self, name: str, most: int) -> Print:
        """What a file is that nobody vouches for, without its parts; OSError where it cannot be read."""

    def parts_of(self, name: str, known: Mapping[str, PackedPart]) -> Sequence[PackedPart] | None:
        """Its parts, None where it is damaged; OSError where it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer that was written: the file's name, the schema of its rows, and how many there are."""

    name: str
    schema: str
    rows: int


class Packs:
    """Packs in folders, each of which `at` opens."""

    def __init__(self, at: Callable[[Path], PackPort]) -> None:
        self._at = at

    def seal(self, folder: Path, origin: Origin, answered: Sequence[Answered]) -> Sequence[PackedFile]:
        """Write the manifest of what was put into a folder; its files as they are, the manifest last.

        Raises:
            OutputFailed: it cannot be written.
        """
        pack = self._at(folder)
        files = [
            PackedFile(name=one.name, schema=one.schema, rows=one.rows, print=pack.print_of(one.name))
            for one in answered
        ]
        text = as_text(Manifest(origin=origin, files=files))
        pack.keep_manifest(text)
        own = Print(bytes=len(text.encode()), sha256=sha256(text.encode()).hexdigest())
        return [*files, PackedFile(name=MANIFEST, schema="pack", rows=len(files), print=own)]

    def is_pack(self, folder: Path) -> bool:
        """Whether a folder is a pack, and holds nothing beside it that somebody could miss."""
        pack = self._at(folder)
        try:
            manifest, _ = manifest_in(MANIFEST, pack.manifest())
            there = pack.names()
        except (DocumentInvalid, PlaceInvalid):
            return False
        return set(there) <= {MANIFEST, *(one.name for one in manifest.files)} and all(there.values())

    def verify(self, folder: Path, *, kept: str | None = None) -> Examined:
        """Hold a pack against its manifest, and that against the SHA-256 of it that was `kept` elsewhere.

        Raises:
            PlaceInvalid: there is no such folder.
            DocumentInvalid: it has no manifest.
        """
        pack = self._at(folder)
        there = pack.names()
        text = pack.manifest()
        own = sha256(text.encode()).hexdigest()
        try:
            manifest, is_sealed = manifest_in(MANIFEST, text)
        except DocumentInvalid:
            told = "it is not what bureau writes as a manifest"
            return Examined(manifest=None, sha256=own, mismatches=[_mismatch(MANIFEST, Difference.CHANGED, told)])
        found = [*_of_manifest(manifest, is_sealed=is_sealed, is_kept=kept is None or kept.strip().lower() == own)]
        for one in manifest.files:
            found += _of_file(pack, there, one)
        known = {MANIFEST, *(one.name for one in manifest.files)}
        extra = [
            _mismatch(name, Difference.EXTRA, "the manifest does not name it") for name in sorted(set(there) - known)
        ]
        return Examined(manifest=manifest, sha256=own, mismatches=[*found, *extra])


def _of_manifest(manifest: Manifest, *, is_sealed: bool, is_kept: bool) -> Iterator[Mismatch]:
    if not is_sealed:
        yield _mismatch(MANIFEST, Difference.CHANGED, "its own hash does not fit what it says")
    if not is_kept:
        yield _mismatch(MANIFEST, Difference.CHANGED, "its hash is not the one that was given")
    for name, times in Counter(one.name for one in manifest.files).items():
        if times > 1:
            yield _mismatch(name, Difference.REFUSED, "the manifest names it twice")


def _of_file(pack: PackPort, there: Mapping[str, bool], one: PackedFile) -> Iterator[Mismatch]:
    """How a file differs; the parts of a workbook are what counts, not how they are packed."""
    if not is_plain_name(one.name):
        yield _mismatch(one.name, Difference.REFUSED, "the manifest names what is no file of this folder")
    elif one.name not in there:
        yield _mismatch(one.name, Difference.MISSING, "it is not in the folder")
    elif not there[one.name]:
        yield _mismatch(one.name, Difference.REFUSED, "it is a link or no file at all, and is not looked at")
    else:
        yield from _of_content(pack, one)


def _of_content(pack: PackPort, one: PackedFile) -> Iterator[Mismatch]:
    try:
        whole = pack.bare_print(one.name, one.print.bytes)
        if whole.sha256 == one.print.sha256:
            return
        if not one.print.parts:
            yield _mismatch(one.name, Difference.CHANGED, "its content is another")
            return
        found = pack.parts_of(one.name, {part.name: part for part in one.print.parts})
    except OSError as fault:
        yield _mismatch(one.name, Difference.DAMAGED, f"it cannot be read: {fault.strerror or fault}")
        return
    if found is None:
        yield _mismatch(one.name, Difference.DAMAGED, "it cannot be unpacked whole, or holds more than its parts")
    else:
        yield from _of_parts(one, found)


def _of_parts(one: PackedFile, found: Sequence[PackedPart]) -> Iterator[Mismatch]:
    there = {part.name: part for part in found}
    for part in one.print.parts:
        now = there.get(part.name)
        if now is None:
            yield _of_part(one, part, Difference.MISSING, "it is not in the workbook")
        elif now.sha256 != part.sha256:
            yield _of_part(one, part, Difference.CHANGED, "its content is another")
    times = Counter(part.name for part in found)
    known = {part.name for part in one.print.parts}
    for name, part in there.items():
        if name not in known:
            yield _of_part(one, part, Difference.EXTRA, "the manifest does not name it")
        elif times[name] > 1:
            yield _of_part(one, part, Difference.EXTRA, "it is in the workbook twice")


def _of_part(one: PackedFile, part: PackedPart, difference: Difference, told: str) -> Mismatch:
    return Mismatch(file=one.name, part=part.name, sheet=part.sheet, difference=difference, told=told)


def _mismatch(name: str, difference: Difference, told: str) -> Mismatch:
    return Mismatch(file=name, difference=difference, told=told)
