"""The runs of many on this machine, read from their journals; what was not written whole is unknown, never done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from bureau_cli.bulk.engine import WELL
from bureau_cli.bulk.journal import SCHEMA, SUFFIX, Opening
from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.bulk.saved import Planner, plan_of
from bureau_cli.errors import RunNotFound, RunUnreadable
from bureau_cli.files.ledger import is_held

LAST = "last"
_DAMAGE = (LookupError, TypeError, ValueError, AttributeError)


class RunState(StrEnum):
    """How a run ended, if it did."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The last line of a journal: how many items ended how, whether something ended it early, and its exit code."""

    counts: Mapping[State, int]
    stopped: bool
    exit_code: int


class Run:
    """One run. The line that opens it is read at once, the others when they are asked for."""

    def __init__(self, path: Path, content: bytes, *, running: bool) -> None:
        """Read the first line.

        Raises:
            LookupError, TypeError, ValueError, AttributeError: there is none that could be read.
        """
        *self._lines, _torn = content.split(b"\n")  # a line that was being written when the process was killed
        self.path = path
        self.running = running
        self.opening = _opening(json.loads(self._lines[0]))

    @cached_property
    def end(self) -> End | None:
        """Its last line, None for a run that was killed or goes on."""
        with suppress(*_DAMAGE):
            last = json.loads(self._lines[-1])
            if last["line"] == "end":
                counts = {State(name): int(number) for name, number in last["counts"].items()}
                return End(counts=counts, stopped=bool(last["stopped"]), exit_code=int(last["exit_code"]))
        return None

    @property
    def state(self) -> RunState:
        """How it ended, if it did."""
        if self.end is not None:
            return RunState.STOPPED if self.end.stopped else RunState.FINISHED
        return RunState.RUNNING if self.running else RunState.UNFINISHED

    @property
    def counts(self) -> Mapping[State, int]:
        """How many items ended how; of a run without an end as far as its lines tell."""
        return Counter(one.state for one in self.outcomes()) if self.end is None else self.end.counts

    @property
    def is_damaged(self) -> bool:
        """Whether a line between the others cannot be read."""
        return any(record is None for record in self._records)

    @property
    def plan(self) -> Plan:
        """What was to be done.

        Raises:
            RunUnreadable: that was not written whole, so nothing was sent; or it was damaged since.
        """
        with suppress(*_DAMAGE):
            return plan_of(next(self._of("plan"), {}))
        if any(self._of("sent")):
            raise RunUnreadable(f"the journal {self.path} is damaged")
        raise RunUnreadable(f"the run {self.opening.id} was killed before anything was sent", fix=self._anew)

    @property
    def has_begun(self) -> bool:
        """Whether anything can have been sent, which needs a plan that was written whole."""
        with suppress(RunUnreadable):
            return bool(self.plan.steps)
        return any(self._of("sent"))

    @cached_property
    def sent(self) -> Mapping[str, datetime]:
        """By key, when a step was sent."""
        return {key: datetime.fromisoformat(record["at"]) for record in self._of("sent") for key in record["keys"]}

    def state_of(self, step: Step) -> State:
        """How a step ended; where a line is lost, nobody knows of those that are not told elsewhere."""
        if step.key in self._told:
            return self._told[step.key][0]
        return State.UNKNOWN if step.key in self.sent or self.is_damaged else State.NOT_ATTEMPTED

    def outcome_of(self, step: Step) -> Outcome:
        """The same with why."""
        _, code, reason = self._told.get(step.key, (None, None, None))
        return Outcome.of(step, self.state_of(step), code=code, reason=reason)

    def outcomes(self) -> list[Outcome]:
        """How each item of the plan ended, in the order of a report; none where the plan is lost."""
        with suppress(RunUnreadable):
            plan = self.plan
            return plan.reported(map(self.outcome_of, plan.steps))
        return []

    def left(self) -> list[Step]:
        """The steps that were not done, or that nobody knows of.

        Raises:
            RunUnreadable: as of the plan.
        """
        return [step for step in self.plan.steps if self.state_of(step) not in WELL]

    @property
    def _anew(self) -> str:
        """How to begin again; `last` on the line that was typed means this very run by now."""
        if self.opening.retries:
            return f"bureau history retry {self.opening.retries}"
        if self.opening.undoes:
            return f"bureau history undo {self.opening.undoes}"
        return f"do it anew: {self.opening.command}"

    @cached_property
    def _records(self) -> list[Mapping[str, Any] | None]:
        return [_record(line) for line in self._lines[1:]]

    @cached_property
    def _told(self) -> Mapping[str, tuple[State, str | None, str | None]]:
        items = (item for record in self._of("told") for item in record["items"])
        return {item["key"]: (State(item["state"]), item["code"], item["reason"]) for item in items}

    def _of(self, kind: str) -> Iterator[Mapping[str, Any]]:
        return (record for record in self._records if record is not None and record["line"] == kind)


class Runs:
    """Every run that this machine has a journal of, of whichever profile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Run]:
        """Those that can be read, the newest first."""
        return [run for path in self._paths() if (run := _read(path)) is not None]

    def unreadable(self) -> list[Path]:
        """The files that cannot be read as a run."""
        return [path for path in self._paths() if _read(path) is None]

    def find(self, word: str, profile: str) -> Run:
        """The run with this id, or with `last` the newest one of the profile.

        Raises:
            RunNotFound: there is none.
            RunUnreadable: its journal is damaged.
        """
        if word == LAST:
            path = next((path for path in self._paths() if path.parent.name == profile), None)
            if path is None:
                raise RunNotFound(f"there is no run of the profile {profile} yet", fix="bureau history list")
        else:
            path = next((path for path in self._paths() if path.stem.partition("-")[2] == word), None)
            if path is None:
                raise RunNotFound(f"there is no run {word}")
        run = _read(path)
        if run is None:
            raise RunUnreadable(f"the journal {path} is damaged")
        return run

    def retried_as(self, run: Run) -> Run | None:
        """The run that took up what this one left, if there is one; one that was killed before that took up nothing."""
        return next((one for one in self.all() if one.opening.retries == run.opening.id and one.has_begun), None)

    def _paths(self) -> list[Path]:
        """The journals, the newest first; one that is empty is of a run that was killed before it sent anything."""
        found = sorted(self._folder.glob(f"*/*{SUFFIX}"), key=lambda path: path.name, reverse=True)
        return [path for path in found if not _is_empty(path)]


def _is_empty(path: Path) -> bool:
    with suppress(OSError):
        return path.stat().st_size == 0
    return False


def _read(path: Path) -> Run | None:
    try:
        # Whether it is held is asked first: a run that ends in between has then written its end.
        running = is_held(path)
        return Run(path, path.read_bytes(), running=running)
    except (OSError, *_DAMAGE):
        return None


def _opening(record: Mapping[str, Any]) -> Opening:
    if record["schema"] != SCHEMA:
        raise ValueError(record["schema"])
    return Opening(
        id=str(record["id"]),
        began_at=datetime.fromisoformat(record["began_at"]),
        command=str(record["command"]),
        planner=Planner(**record["planner"]),
        retries=record["retries"],
        undoes=record["undoes"],
    )


def _record(line: bytes) -> Mapping[str, Any] | None:
    """A line, if it is whole and says what it must."""
    with suppress(*_DAMAGE):
        record: Mapping[str, Any] = json.loads(line)
        match record["line"]:
            case "sent":
                datetime.fromisoformat(record["at"])
                list(record["keys"])
            case "told":
                for item in record["items"]:
                    _ = item["key"], State(item["state"]), item["code"], item["reason"]
        return record
    return None
