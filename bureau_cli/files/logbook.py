"""What became of the runs that nobody looked at, a file a profile: a line when one begins, and one at its end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bureau_cli.errors import OutputFailed
from bureau_cli.files.atomic import replacing
from bureau_cli.files.lock import held

MOST_BYTES = 256 * 1024
KEPT_BYTES = MOST_BYTES // 2
KEPT = timedelta(days=400)
MOST_TOLD = 50
PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Began:
    """A run as it began: the words that were typed after `bureau`, and for how many seconds it was put off."""

    run: str
    at: datetime
    line: Sequence[str]
    put_off: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run ended: its exit code, the code of its error if it had one, and what it would have told."""

    at: datetime
    exit_code: int
    changed: bool = False
    code: str | None = None
    told: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One run of the log; `ended` is None while it goes on, and for ever if it was killed."""

    began: Began
    ended: Ended | None


class Logbook:
    """The log of one profile, of this user alone and kept short; `shown` takes out of a text what no file may hold."""

    def __init__(self, path: Path, shown: Callable[[str], str]) -> None:
        self.path = path
        self._shown = shown

    def begin(self, began: Began) -> None:
        """Write down that a run begins.

        Raises:
            BureauError: it cannot be written down.
        """
        line = [self._shown(word) for word in began.line]
        self._add({"run": began.run, "began": began.at.isoformat(), "line": line, "put_off": began.put_off})

    def end(self, began: Began, ended: Ended) -> None:
        """Write down how it ended.

        Raises:
            BureauError: it cannot be written down.
        """
        told = [self._shown(text) for text in ended.told[-MOST_TOLD:]]
        known = {"exit_code": ended.exit_code, "changed": ended.changed, "code": ended.code, "told": told}
        self._add({"run": began.run, "ended": ended.at.isoformat(), **known})

    def runs(self) -> list[Logged]:
        """All there are, the oldest first; a line that cannot be read is passed over."""
        found: dict[str, Logged] = {}
        for line in self._lines():
            with suppress(ValueError, KeyError, TypeError, AttributeError):
                _put(found, json.loads(line))
        return list(found.values())

    def newest(self, line: Sequence[str]) -> Logged | None:
        """The newest run of a line of words, None if there is none."""
        wanted = [self._shown(word) for word in line]
        return next((run for run in reversed(self.runs()) if list(run.began.line) == wanted), None)

    def _lines(self) -> list[bytes]:
        try:
            return self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []
        except OSError as fault:
            raise OutputFailed(f"the log {self.path} cannot be read: {fault.strerror}") from fault

    def _add(self, record: dict[str, Any]) -> None:
        text = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        with held(self.path.with_suffix(".lock"), patience_s=PATIENCE_S):
            try:
                if self.path.exists() and self.path.stat().st_size + len(text) > MOST_BYTES:
                    self._shorten(datetime.fromisoformat(record.get("began") or record["ended"]) - KEPT)
                descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(text)
            except OSError as fault:
                raise OutputFailed(f"the log {self.path} cannot be written: {fault.strerror}") from fault

    def _shorten(self, oldest: datetime) -> None:
        """Keep the newest half, and nothing from before `oldest`."""
        with replacing(self.path, overwrite=True) as file:
            file.writelines(reversed(list(_newest(self._lines(), oldest))))


def _newest(lines: Sequence[bytes], oldest: datetime) -> Iterator[bytes]:
    room = KEPT_BYTES
    for line in reversed(lines):
        room -= len(line)
        with suppress(ValueError, KeyError, TypeError):
            record = json.loads(line)
            if room < 0 or datetime.fromisoformat(record.get("began") or record["ended"]) < oldest:
                return
            yield line


def _put(found: dict[str, Logged], record: dict[str, Any]) -> None:
    run = record["run"]
    if "began" in record:
        at, put_off = datetime.fromisoformat(record["began"]), int(record["put_off"])
        found[run] = Logged(began=Began(run=run, at=at, line=tuple(record["line"]), put_off=put_off), ended=None)
    elif run in found:
        ended = Ended(
            at=datetime.fromisoformat(record["ended"]),
            exit_code=int(record["exit_code"]),
            changed=bool(record["changed"]),
            code=record["code"],
            told=tuple(record["told"]),
        )
        found[run] = Logged(began=found[run].began, ended=ended)
