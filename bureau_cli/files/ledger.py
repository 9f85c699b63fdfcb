"""A file that only grows: what was added is on the disk before anything else happens."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bureau_cli.errors import JournalUnwritable, PlaceInvalid
from bureau_cli.files.folders import made

Sync = Callable[[int], None]
"""Puts what was written to a descriptor on the disk; `os.fsync` but in a test."""


class Ledger:
    """One such file, of this user alone, locked for as long as somebody adds to it.

    The lock is on the file itself, so that the system frees it with the process and nothing is left to be cleared away.
    """

    def __init__(self, path: Path, descriptor: int, sync: Sync) -> None:
        self.path = path
        self._descriptor = descriptor
        self._sync = sync
        self.fault: JournalUnwritable | None = None
        """What went wrong in the middle, if anything did."""

    @classmethod
    def begin(cls, path: Path, first: bytes, sync: Sync) -> Ledger:
        """A new file that begins like this; where it cannot be had there is none.

        Raises:
            JournalUnwritable: the disk or the folder would not take it.
        """
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            descriptor = os.open(made(path.parent) / path.name, flags, 0o600)
        except (OSError, PlaceInvalid) as fault:
            raise _unwritable(path, fault) from fault
        ledger = cls(path, descriptor, sync)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            ledger.append(first)
            ledger._sync_folder()
        except (OSError, JournalUnwritable) as fault:
            ledger.close()
            with suppress(OSError):
                path.unlink()
            raise _unwritable(path, fault) from fault
        return ledger

    def append(self, lines: bytes) -> None:
        """Add whole lines. After a fault nothing more is added: what follows a torn line could not be trusted.

        Raises:
            JournalUnwritable: they could not be put on the disk.
        """
        if self.fault is not None:
            raise self.fault
        try:
            while lines:
                lines = lines[os.write(self._descriptor, lines) :]
            self._sync(self._descriptor)
        except OSError as fault:
            self.fault = _unwritable(self.path, fault)
            raise self.fault from fault

    def close(self) -> None:
        """Let go of it."""
        os.close(self._descriptor)

    def _sync_folder(self) -> None:
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            self._sync(folder)
        finally:
            os.close(folder)


def is_held(path: Path) -> bool:
    """Whether somebody adds to it now."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _unwritable(path: Path, fault: OSError | PlaceInvalid | JournalUnwritable) -> JournalUnwritable:
    if isinstance(fault, JournalUnwritable):
        return fault
    reason = fault.message if isinstance(fault, PlaceInvalid) else f"{fault.strerror} ({path.parent})"
    return JournalUnwritable(f"the journal of the run cannot be written: {reason}")
