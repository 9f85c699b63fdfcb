"""Snapshots kept here: a SQLite file each, written whole or not at all, for its user's eyes alone.

A part is a list of the contract's own rows in batches of packed JSON: what was answered, and nothing made of it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.snapshots import Snapshot
from bureau_cli.errors import (
    FileExists,
    OutputFailed,
    SnapshotExists,
    SnapshotForeign,
    SnapshotNotFound,
    SnapshotUnreadable,
)
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made

SUFFIX = ".snapshot"
APPLICATION = 0x62757265
LAYOUT = 1
"""Another layout gets another number; an older bureau then refuses the file instead of misreading it."""

SAVED_BY_THEN_S = 3600
"""Nobody writes one file for so long."""

_SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {LAYOUT};
CREATE TABLE about (body TEXT NOT NULL) STRICT;
CREATE TABLE batch (part TEXT NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (part, seq)) STRICT;
"""
_DAMAGE = (sqlite3.Error, zlib.error, LookupError, TypeError, ValueError, AttributeError)

Rows = Sequence[Mapping[str, Any]]


class Draft:
    """A snapshot that is being made: in memory until it is whole, so that what goes wrong meanwhile leaves nothing."""

    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        self._db.executescript(_SCHEMA)
        self.counts: dict[str, int] = {}
        """How many rows each part has so far."""

    def add(self, part: str, rows: Rows) -> None:
        """Add rows to a part; a part without rows is a part all the same."""
        body = zlib.compress(json.dumps(rows, separators=(",", ":")).encode())
        self._db.execute("INSERT INTO batch SELECT ?1, count(*), ?2 FROM batch WHERE part = ?1", (part, body))
        self.counts[part] = self.counts.get(part, 0) + len(rows)

    def finished(self, snapshot: Snapshot) -> bytes:
        """The file's bytes; nothing can be added after that."""
        document = {name: value for name, value in asdict(snapshot).items() if name != "bytes"}
        self._db.execute("INSERT INTO about VALUES (?)", (json.dumps(document, default=str),))
        return self._db.serialize()

    def close(self) -> None:
        """Let go of the memory."""
        self._db.close()


class KeptRows:
    """The rows of a snapshot, read part by part when they are asked for."""

    def __init__(self, path: Path, snapshot: Snapshot) -> None:
        self._path = path
        self.snapshot = snapshot

    def of(self, part: str) -> list[dict[str, Any]]:
        """Every row of a part, in the order they came; none of a part that was left out.

        Raises:
            SnapshotUnreadable: it is not what was written.
        """
        try:
            with _opened(self._path) as db:
                bodies = db.execute("SELECT body FROM batch WHERE part = ? ORDER BY seq", (part,))
                rows = [row for (body,) in bodies for row in json.loads(zlib.decompress(body))]
        except _DAMAGE as fault:
            raise _unreadable(self._path) from fault
        if len(rows) != self.snapshot.counts.get(part, 0):
            raise _unreadable(self._path)
        return rows


class Shelf:
    """The snapshots of one user at one platform; the folder is below one for each profile, and that below one for all.

    Others are not shown them: theirs are in another folder. One that was copied here from there stays theirs; of a
    `login` nobody knows it cannot be told.
    """

    def __init__(self, folder: Path, *, profile: str, login: str | None) -> None:
        self._folder = folder
        self._profile = profile
        self._login = login

    def draft(self) -> Draft:
        """Begin one."""
        return Draft()

    def keep(self, draft: Draft, snapshot: Snapshot) -> Snapshot:
        """Write it under its name.

        Raises:
            SnapshotExists: there is one of that name.
            OutputFailed, PlaceInvalid: it could not be written, and nothing of it was.
        """
        path = self._path(snapshot.name)
        self._sweep(made(self._folder), snapshot.saved_at)
        try:
            with replacing(path, overwrite=False) as stream:
                stream.write(draft.finished(snapshot))
        except FileExists as taken:
            raise SnapshotExists(f"there is a snapshot {snapshot.name} already") from taken
        return _sized(snapshot, path)

    def all(self) -> list[Snapshot]:
        """Those that can be read, the newest first."""
        read = (self._about(path) for path in self._paths())
        return sorted((one for one in read if one is not None and self._is_theirs(one)), key=_age, reverse=True)

    def unreadable(self) -> list[Path]:
        """The files that cannot be read as one."""
        return [path for path in self._paths() if self._about(path) is None]

    def names(self) -> list[str]:
        """Every name that is taken, readable or not."""
        return [path.name.removesuffix(SUFFIX) for path in self._paths()]

    def find(self, word: str) -> Snapshot:
        """The snapshot of this name, or else the newest of this period.

        Raises:
            SnapshotNotFound, SnapshotForeign: there is neither, or only somebody else's.
            SnapshotUnreadable: there is one, and it cannot be read.
        """
        if word in self.names():
            path = self._path(word)
            snapshot = self._about(path)
            if snapshot is None:
                raise _unreadable(path)
            if not self._is_theirs(snapshot):
                raise _foreign(word)
            return snapshot
        of_period = next((one for one in self.all() if one.period == word), None)
        if of_period is None:
            raise self._missing(word)
        return of_period

    def rows(self, snapshot: Snapshot) -> KeptRows:
        """What is in one."""
        return KeptRows(self._path(snapshot.name), snapshot)

    def require(self, name: str) -> None:
        """See that there is one of this name, readable or not.

        Raises:
            SnapshotNotFound, SnapshotForeign: there is none, or only somebody else's.
        """
        if name not in self.names():
            raise self._missing(name)

    def remove(self, name: str) -> None:
        """Take one away, readable or not.

        Raises:
            SnapshotNotFound, SnapshotForeign: as of `require`.
            OutputFailed: it cannot be removed.
        """
        self.require(name)
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise OutputFailed(f"{path} cannot be removed: {fault.strerror}", fix=f"rm {path}") from fault

    @staticmethod
    def _sweep(folder: Path, now: datetime) -> None:
        """Remove what saves have left that were killed while they wrote; one that still writes is younger."""
        for left in folder.glob(f".*{SUFFIX}.*"):
            with suppress(OSError):
                if now.timestamp() - left.stat().st_mtime > SAVED_BY_THEN_S:
                    left.unlink()

    def _missing(self, word: str) -> SnapshotNotFound | SnapshotForeign:
        if any(path.name == f"{word}{SUFFIX}" for path in self._folder.parents[1].glob("*/*/*")):
            return _foreign(word)
        return SnapshotNotFound(f"there is no snapshot {word}")

    def _is_theirs(self, snapshot: Snapshot) -> bool:
        return snapshot.profile == self._profile and (not self._login or self._login == snapshot.login)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"

    def _paths(self) -> list[Path]:
        with suppress(OSError):
            return sorted(path for path in self._folder.iterdir() if path.name.endswith(SUFFIX))
        return []

    def _about(self, path: Path) -> Snapshot | None:
        with suppress(OSError, *_DAMAGE), _opened(path) as db:
            (body,) = db.execute("SELECT body FROM about").fetchone()
            snapshot = _snapshot(json.loads(body))
            # A file that was given another name would answer to one that it does not tell.
            return _sized(snapshot, path) if path == self._path(snapshot.name) else None
        return None


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A file of ours, never written to.

    Raises:
        ValueError, sqlite3.Error: it is something else, or of another layout.
    """
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as db:
        marks = tuple(db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        if marks != (APPLICATION, LAYOUT):
            raise ValueError(marks)
        yield db


def _snapshot(body: Mapping[str, Any]) -> Snapshot:
    instants = {name: datetime.fromisoformat(body[name]) for name in ("as_of", "saved_at")}
    return Snapshot(
        **{
            **body,
            **instants,
            "today": date.fromisoformat(body["today"]),
            "coverage": Coverage(**body["coverage"]),
            "left_out": tuple(body["left_out"]),
        }
    )


def _sized(snapshot: Snapshot, path: Path) -> Snapshot:
    return replace(snapshot, bytes=path.stat().st_size)


def _age(snapshot: Snapshot) -> datetime:
    return snapshot.saved_at


def _foreign(name: str) -> SnapshotForeign:
    return SnapshotForeign(f"the snapshot {name} was saved under another profile or as another user")


def _unreadable(path: Path) -> SnapshotUnreadable:
    name = path.name.removesuffix(SUFFIX)
    fix = f"remove it: bureau snapshot delete {name}"
    return SnapshotUnreadable(f"the snapshot {name} cannot be read: it is damaged, or a newer bureau made it", fix=fix)
