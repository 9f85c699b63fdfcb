"""A month-end pack: a folder of answers, and a manifest of what was put into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MANIFEST = "manifest.json"
LONGEST_NAME = 255
"""What a file may be called anywhere, in bytes."""

_NEVER_IN_A_NAME = frozenset('/\\:\0"<>|?*')


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPart:
    """A part of a workbook as it is unpacked; `sheet` is the name of the sheet that it is, None where it is none."""

    name: str
    bytes: int
    sha256: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """What a file is: its size, its hash, and the parts of a workbook, which are none of any other file."""

    bytes: int
    sha256: str
    parts: Sequence[PackedPart] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """An answer in a pack: the file's name, the schema of its rows, how many there are, and what the file is."""

    name: str
    schema: str
    rows: int
    print: Print


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the answers of a pack come from; `as_of` is how old the oldest is, None where none tells."""

    profile: str
    selection: str
    period: str
    lang: str
    as_of: datetime | None
    versions: Mapping[str, str]
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was put into a pack, and what the answers come from."""

    origin: Origin
    files: Sequence[PackedFile]


class Difference(StrEnum):
    """How a pack differs from its manifest."""

    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"
    DAMAGED = "damaged"
    REFUSED = "refused"  # a name that leads elsewhere, or something that is no file: it is not even looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """One thing in which a pack differs: which file, which part of it, and the sheet that it is."""

    file: str
    difference: Difference
    told: str
    part: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found of a pack; `manifest` is None where it cannot be read as one, and `sha256` is that of its file."""

    manifest: Manifest | None
    sha256: str
    mismatches: Sequence[Mismatch] = field(default=())

    @property
    def told(self) -> str:
        """It in a line."""
        if self.manifest is None:
            return "the manifest cannot be read, so nothing was compared"
        origin, count = self.manifest.origin, len(self.manifest.files)
        files = f"{count} file{'' if count == 1 else 's'}"
        differing = len(self.mismatches)
        state = f"{differing} difference{'' if differing == 1 else 's'} from" if differing else "as in"
        selection = f", {origin.selection}" if origin.selection else ""
        return f"{files}, {state} the manifest: {origin.period}, profile {origin.profile}{selection}"


def is_plain_name(name: str) -> bool:
    """Whether a name is that of a file in the folder itself, wherever the folder may be taken."""
    return (
        name not in {"", ".", "..", MANIFEST}
        and name.isprintable()
        and len(name.encode()) <= LONGEST_NAME
        and _NEVER_IN_A_NAME.isdisjoint(name)
    )
