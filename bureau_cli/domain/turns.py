"""Whose turn it is: what a run does while another of its kind is at work, and how long it waits before it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zlib import crc32

from bureau_cli.domain.durations import duration
from bureau_cli.errors import BadUsage

FAIL, SKIP, WAIT = "fail", "skip", "wait"
CRON_DEADLINE = timedelta(minutes=20)
CRON_JITTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What becomes of a run while another of its kind is at work; without a `patience` one that waits has no end."""

    choice: str
    patience: timedelta | None = None

    @classmethod
    def of(cls, written: str) -> Lock:
        """`fail`, `skip`, `wait` or `wait=10m`.

        Raises:
            BadUsage: anything else.
        """
        choice, _, patience = written.partition("=")
        if choice == WAIT and patience:
            return cls(choice=WAIT, patience=duration(patience))
        if written not in {FAIL, SKIP, WAIT}:
            raise BadUsage(f"--lock {written} is none of them", fix="write fail, skip, wait, or wait=10m")
        return cls(choice=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """How a run begins: `lock` is None where it asks nobody, `jitter` is the longest it may be put off.

    A `cron` run has nobody who looks; what it was not told it takes from what is built in.
    """

    cron: bool = False
    lock: Lock | None = None
    jitter: timedelta = timedelta()

    @classmethod
    def of(cls, said: Mapping[str, Any], *, watched: bool) -> Turn:
        """By the options of the line; where somebody is at the terminal, `watched`, only they themselves put it off.

        Raises:
            BadUsage: one of them cannot be read.
        """
        cron = bool(said.get("cron"))
        lock = said.get("lock", FAIL if cron else None)
        unsaid = CRON_JITTER if cron and not watched else timedelta()
        jitter = said.get("jitter")
        return cls(
            cron=cron,
            lock=None if lock is None else Lock.of(lock),
            jitter=unsaid if jitter is None else _jitter(jitter),
        )

    def wait(self, profile: str, line: Sequence[str], machine: str) -> timedelta:
        """How long this line of this profile waits on this machine: the same each time, spread over many lines."""
        most = int(self.jitter.total_seconds())
        if most < 1:
            return timedelta()
        return timedelta(seconds=crc32("\0".join((profile, machine, *line)).encode()) % most)


def _jitter(written: str) -> timedelta:
    return timedelta() if written.strip() == "0" else duration(written)
