"""Works of many items whose processes are killed again and again, on a served platform that loses replies.

A work is brought about by a command that is killed at a random instant, taken up, killed again, until it ends by
itself. What the platform's trail and the client's journals say afterwards is counted by rules of this file's own.
"""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, serving, with_profile

from bureau_cli.platform.admin import Admin

PROFILE = "far"
FAULTS = ("drop_after;rate=0.05;method=POST", "503;rate=0.05;method=POST;retry_after=0")
"""Of the requests that change something, 5 % are done and their replies lost, and 5 % are told to come again."""

A_REQUEST = 10
"""Items a request: a run that stops after so many failures sends no more at once."""

LATEST = 0.8
"""The latest instant a process is killed at, as a share of the time that the last undisturbed one took."""

MOST_TRIES = 60
IN_SMALL_REQUESTS = ("--yes", "--max-failures", str(A_REQUEST))
RETRY = (*BUREAU, "history", "retry", "last", *IN_SMALL_REQUESTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be brought about: the command that begins it, and the subjects of the events it is to leave."""

    begin: tuple[str, ...]
    subjects: frozenset[str]


Again = Callable[[Work], Sequence[str]]
"""What the operator types where a work was cut short."""


def take_up(_work: Work) -> Sequence[str]:
    """Do what is left, by the journal."""
    return RETRY


def begin_anew(work: Work) -> Sequence[str]:
    """Type the same line once more, as if nothing had been written down."""
    return work.begin


@dataclass(slots=True, kw_only=True)
class Tally:
    """What all works came to. `told` counts the items that a journal calls done, `twice` the events too many."""

    works: int = 0
    items: int = 0
    kills: int = 0
    under_way: int = 0
    done: int = 0
    missing: int = 0
    twice: int = 0
    told: int = 0

    def __str__(self) -> str:
        return (
            f"{self.works} works of {self.items} items, {self.kills} kills, {self.under_way} of them with a request"
            f" under way: {self.done} done, {self.missing} missing, {self.twice} twice, {self.told} told as done"
        )


@dataclass(slots=True, kw_only=True)
class Site:
    """A user's home, and the store of the platform that is served to it."""

    home: Path
    store: Path
    chance: random.Random
    tally: Tally = field(default_factory=Tally)
    usual: float = 0.0
    """Seconds that the last process took that was not killed: the machine may be busier than a while ago."""

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Look into the store behind the platform's back."""
        with closing(sqlite3.connect(self.store)) as db:
            return db.execute(statement, values).fetchall()

    def journals(self) -> list[Path]:
        """The runs that have begun, the oldest first."""
        return sorted(
            path
            for path in (self.home / f".local/share/bureau/journals/{PROFILE}").glob("*.ndjson")
            if path.stat().st_size
        )

    def carry_out(self, works: Sequence[Work], again: Again, *, least: int, kills: int) -> None:
        """Bring about works until there were so many, and so many kills; the first is the control."""
        self.usual = self._seconds_undisturbed(works[0])
        Admin(self.store).set_faults(FAULTS)
        for work in works[1:]:
            works_left, kills_left = least - self.tally.works, kills - self.tally.kills
            if works_left <= 0 and kills_left == 0:
                break
            share = -(-kills_left // max(1, works_left))
            known = set(self.journals())
            self._bring_about(work, again, most_kills=min(kills_left, 2 * share))
            self._count(work, [path for path in self.journals() if path not in known])

    def _seconds_undisturbed(self, work: Work) -> float:
        """The control: nothing is lost, nothing is killed, and all is done."""
        Admin(self.store).set_faults(())
        begin = time.monotonic()
        subprocess.run(work.begin, check=True, capture_output=True, timeout=WHOLE_WORLD_S)
        seconds = time.monotonic() - begin
        assert self._events(work) == Counter(work.subjects)
        return seconds

    def _bring_about(self, work: Work, again: Again, *, most_kills: int) -> None:
        known = len(self.journals())
        for tried in range(MOST_TRIES):
            line = again(work) if len(self.journals()) > known else work.begin
            instant = self.chance.uniform(0, LATEST * self.usual) if tried < most_kills else WHOLE_WORLD_S
            begin = time.monotonic()
            code = run_until(line, instant)
            if code == -signal.SIGKILL:
                self.tally.kills += 1
                self.tally.under_way += _ends_with_a_request(self.journals()[known:])
                continue
            self.usual = time.monotonic() - begin
            if code == 0:
                return
        pytest.fail(f"it does not come to an end: {work.begin}")

    def _events(self, work: Work) -> Counter[str]:
        done = self.rows("SELECT subject FROM audit_event WHERE json_extract(event, '$.outcome') = 'done'")
        return Counter(subject for (subject,) in done if subject in work.subjects)

    def _count(self, work: Work, chain: Sequence[Path]) -> None:
        events, tally = self._events(work), self.tally
        tally.works += 1
        tally.items += len(work.subjects)
        tally.done += len(events)
        tally.missing += len(work.subjects) - len(events)
        tally.twice += events.total() - len(events)
        tally.told += len({key for path in chain for key in _told_as_done(path)})


def granted(place: Site, login: str, number: int, *, skipped: int = 0) -> Work:
    """Membership for a user of so many clients to which that user never had access; some such may be skipped."""
    clients = place.rows(
        "SELECT id, number FROM client WHERE id NOT IN"
        " (SELECT client_id FROM access JOIN user ON user.id = user_id WHERE user.login = ?)"
        " ORDER BY number LIMIT ? OFFSET ?",
        login,
        number,
        skipped,
    )
    assert len(clients) == number
    numbers = ",".join(number for _, number in clients)
    return Work(
        begin=(*BUREAU, "access", "grant", "--user", login, "--clients", numbers, *IN_SMALL_REQUESTS),
        subjects=frozenset(f"clients/{client}/access/{login}" for client, _ in clients),
    )


@contextmanager
def site(
    home: Path, store: Path, monkeypatch: pytest.MonkeyPatch, *, seed: int = 1, delay: str = "20ms"
) -> Iterator[Site]:
    """Serve the platform in a process of its own; the environment leads there."""
    monkeypatch.setenv("BUREAU_TOKEN", Admin(store).token("kari.nordmann", timedelta(hours=12)))
    with serving("--delay", delay) as url:
        monkeypatch.setenv("PLATFORM_URL", url)
        with_profile(home, f"base_url = '{url}'", "credential = 'env'", name=PROFILE)
        yield Site(home=home, store=store, chance=random.Random(seed))  # noqa: S311 - instants, no secrets


def lines(journal: Path) -> list[Any]:
    """What was written down; a last line that was cut off by a kill is not."""
    return [json.loads(line) for line in journal.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")]


def does_add_up(journal: Path) -> bool:
    """Whether a run that came to its end counts each of its items once."""
    written = lines(journal)
    plan, end = written[1], written[-1]
    return end["line"] != "end" or sum(end["counts"].values()) == len(plan["steps"]) + len(plan["settled"])


def _told_as_done(journal: Path) -> list[str]:
    told = (item for line in lines(journal) if line["line"] == "told" for item in line["items"])
    return [item["key"] for item in told if item["state"] == "done"]


def _ends_with_a_request(chain: Sequence[Path]) -> bool:
    """Whether something had been sent and was not answered."""
    return bool(chain) and lines(chain[-1])[-1]["line"] == "sent"


def run_until(line: Sequence[str], instant: float) -> int:
    """Run a process, kill it after so many seconds, and give its code."""
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            return process.wait(instant)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait(WHOLE_WORLD_S)
