"""What a run of many is about to do and what became of it, written down as it goes, so that it can be taken up again.

A file a run, a line of JSON a fact: `run` (who, where, when, what was typed), `plan`, for each chunk `sent` and then
`told`, and `end`. `runs` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, Report
from bureau_cli.bulk.saved import Planner, as_document
from bureau_cli.errors import JournalUnwritable
from bureau_cli.files.ledger import Ledger, Sync

SCHEMA = "bureau/run@1"
SUFFIX = ".ndjson"
KEPT = timedelta(days=730)
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is known of a run before it begins. `id` is what the platform's audit trail calls it.

    `command` is the line that was typed, without secrets; `retries` and `undoes` name the run it goes back to.
    """

    id: str
    began_at: datetime
    command: str
    planner: Planner
    retries: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where and how journals are written: a folder, the clock, what puts them on the disk and what may be seen."""

    folder: Path
    now: Callable[[], datetime]
    sync: Sync
    shown: Callable[[str], str]


class Journal:
    """The journal of one run while it is going on; a run in progress holds its lock."""

    def __init__(self, opening: Opening, ledger: Ledger, desk: Desk) -> None:
        self.id = opening.id
        self._began_at = opening.began_at
        self._ledger = ledger
        self._desk = desk

    @classmethod
    def begin(cls, opening: Opening, plan: Plan, desk: Desk) -> Journal:
        """Write down what is going to be done; journals that nobody needs any more go.

        Raises:
            JournalUnwritable: that cannot be done, so nothing may be sent.
        """
        _forget_old(desk.folder, opening.began_at)
        path = desk.folder / f"{opening.began_at:{_STAMP}}-{opening.id}{SUFFIX}"
        head = {**asdict(opening), "schema": SCHEMA, "began_at": opening.began_at.isoformat()}
        steps = [_kept(step, desk.shown) for step in plan.steps]
        kept = as_document(replace(plan, steps=steps, consequences=()), desk.shown)
        first = _line("run", head | {"command": desk.shown(opening.command)})
        whole = first + _line("plan", kept | {"headline": desk.shown(plan.headline)})
        return cls(opening, Ledger.begin(path, whole, desk.sync), desk)

    @property
    def is_newest(self) -> bool:
        """Whether no other run of the profile began later, so that `last` means this one."""
        path = self._ledger.path
        return max(path.parent.glob(f"*{SUFFIX}"), default=path) == path

    @property
    def seconds(self) -> float:
        """How long the run has taken."""
        return (self._desk.now() - self._began_at).total_seconds()

    @property
    def fault(self) -> JournalUnwritable | None:
        """What went wrong in the middle of writing it, if anything did."""
        return self._ledger.fault

    def sending(self, steps: Sequence[Step]) -> None:
        """Some steps are about to be sent.

        Raises:
            JournalUnwritable: it could not be written down, so they must not be.
        """
        request = {"target": steps[0].target, "request": steps[0].request}
        self._add("sent", request | {"at": self._desk.now().isoformat(), "keys": [step.key for step in steps]})

    def told(self, steps: Sequence[Step], outcomes: Sequence[Outcome]) -> None:
        """They were answered.

        Raises:
            JournalUnwritable: it could not be written down; they stay unknown here.
        """
        shown = self._desk.shown
        items = [
            {"key": step.key, "state": one.state, "code": one.code, "reason": one.reason and shown(one.reason)}
            for step, one in zip(steps, outcomes, strict=True)
        ]
        self._add("told", {"items": items})

    def end(self, report: Report) -> None:
        """The run is over; a fault changes nothing of what it did."""
        counts = {str(state): number for state, number in report.counts.items()}
        ended = {"at": self._desk.now().isoformat(), "counts": counts, "stopped": report.stopped is not None}
        try:
            self._add("end", ended | {"exit_code": int(report.exit_code)})
        except JournalUnwritable:
            return

    def close(self) -> None:
        """Let go of it."""
        self._ledger.close()

    def _add(self, kind: str, content: Mapping[str, Any]) -> None:
        self._ledger.append(_line(kind, content))


def _line(kind: str, content: Mapping[str, Any]) -> bytes:
    return json.dumps({"line": kind, **content}, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"


def _kept(step: Step, shown: Callable[[str], str]) -> Step:
    """The step as it may be kept. One that says what may not be seen is kept without its body: it is not sent again."""
    body = step.body if _is_shown([step.body, step.target, step.party], shown) else None
    return replace(step, body=body, target=shown(step.target), party=shown(step.party))


def _is_shown(content: Any, shown: Callable[[str], str]) -> bool:
    if isinstance(content, Mapping):
        content = list(content.values())
    if isinstance(content, list):
        return all(_is_shown(value, shown) for value in content)
    return not isinstance(content, str) or shown(content) == content


def _forget_old(folder: Path, now: datetime) -> None:
    """Remove what is older than 24 months; a journal that cannot be removed now is at the next run."""
    oldest = f"{now - KEPT:{_STAMP}}"
    for path in folder.glob(f"*{SUFFIX}"):
        if path.name < oldest:
            path.unlink(missing_ok=True)
