"""Access given, ended, moved, taken back and written to files in any order: what must hold after each step.

The whole of it, from the command line to the store, by Hypothesis; the rules are told again here in plain SQL.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from platform_files import pinned_demo
from running import TODAY, Outcome, call_in_process

pytestmark = pytest.mark.slow

EXAMPLES = 20
TWICE = """
INSERT INTO access (client_id, user_id, role, starts, source)
SELECT client_id, user_id, 'member', starts, 'manual' FROM access
"""
NUMBERS = [str(number) for number in range(10000, 10008)]
USERS = ["kari.nordmann", "ola.admin", "anne.aas", "fatima.dahl"]
OTHERS = USERS[1:]

some_users = st.lists(st.sampled_from(USERS), min_size=1, max_size=2, unique=True)
some_clients = st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True)
some_days = st.none() | st.integers(0, 40)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pinned_demo(tmp_path_factory.mktemp("small") / "platform.db", today=TODAY, clients=12)


def test_whatever_is_done_to_access_in_any_order(small: Path, clean_world: Path) -> None:
    folder = clean_world / ".local" / "share" / "bureau"
    folder.mkdir(parents=True, mode=0o700)

    happened: Counter[str] = Counter()

    class Machine(AccessInAnyOrder):
        def __init__(self) -> None:
            shutil.rmtree(folder / "journals", ignore_errors=True)
            super().__init__(Path(shutil.copy(small, folder / "platform.db")), clean_world)
            self.happened = happened

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert all(happened[what] for what in ("changed", "undone", "made true", "withheld")), happened


@pytest.mark.parametrize(
    ("damage", "law"),
    [
        ("UPDATE access SET role = 'owner' WHERE ended_at IS NULL", "no_client_has_two_owners"),
        (TWICE, "nobody_has_two_accesses_to_a_client"),
    ],
)
def test_the_control_damage_behind_the_platforms_back_is_seen(platform_file: Path, damage: str, law: str) -> None:
    state = AccessInAnyOrder(platform_file, platform_file.parent)
    getattr(state, law)()
    with closing(sqlite3.connect(platform_file, isolation_level=None)) as db:
        db.execute(damage)
    with pytest.raises(AssertionError):
        getattr(state, law)()


class Held(NamedTuple):
    """A row of access."""

    client: str
    login: str
    role: str
    source: str
    starts: str
    ends: str | None
    ended_at: int | None

    def is_over(self, today: str) -> bool:
        return self.ended_at is not None or (self.ends is not None and self.ends < today)

    def is_running(self, today: str) -> bool:
        return self.starts <= today and not self.is_over(today)


class AccessInAnyOrder(RuleBasedStateMachine):
    """A leader at work for some days."""

    files = Bundle("files")

    def __init__(self, store: Path, home: Path) -> None:
        super().__init__()
        self._store = store
        self._home = home
        self._today = TODAY
        self._written = 0
        self._changes = 0
        self.happened: Counter[str] = Counter()

    # --- what is done ---

    @rule(users=some_users, clients=some_clients, role=st.sampled_from(["member", "owner"]), days=some_days)
    def grant(self, users: list[str], clients: list[str], role: str, days: int | None) -> None:
        users = users[:1] if role == "owner" else users
        limited = self._until(days) if role == "member" else []
        self._change_and_perhaps_undo("grant", *_each("--user", users), *_of(clients), "--role", role, *limited)

    @rule(users=some_users, clients=some_clients, days=some_days, new_owner=st.sampled_from(["none", *OTHERS]))
    def revoke(self, users: list[str], clients: list[str], days: int | None, new_owner: str) -> None:
        line = (*_each("--user", users), *_of(clients), *self._until(days), "--new-owner", new_owner)
        self._change_and_perhaps_undo("revoke", *line)

    @rule(giver=st.sampled_from(USERS), taker=st.sampled_from(USERS), clients=some_clients)
    def copy(self, giver: str, taker: str, clients: list[str]) -> None:
        if giver != taker:
            self._change_and_perhaps_undo("copy", "--from-user", giver, "--to-user", taker, *_of(clients))

    @rule(days=st.integers(1, 30))
    def days_pass(self, days: int) -> None:
        self._today += timedelta(days=days)
        assert self._bureau("platform", "clock", f"{self._today}").code == 0

    @initialize(target=files)
    def write_what_there_is(self) -> Path:
        return self.write()

    @rule(target=files)
    def write(self) -> Path:
        self._written += 1
        path = self._home / f"access-{self._written}.toml"
        assert self._bureau("access", "list", "--out", path, "--force").code == 0
        assert self._planned(path) == [], "what was just written is so"
        return path

    @rule(path=files)
    def apply(self, path: Path) -> None:
        before = self._restorable()
        applied = self._bureau("access", "apply", path, "--yes", "-o", "json")
        assert applied.code in {0, 3}, applied.err
        refused = [row for row in applied.json["data"] if row["outcome"] == "refused"]
        self.happened["made true"] += self._restorable() != before
        left = self._planned(path)
        assert len(left) == len(refused), "only what cannot be is left"
        assert all(row["outcome"] == "refused" for row in left)

    # --- what must hold ---

    @invariant()
    def no_client_has_two_owners(self) -> None:
        owned = [one.client for one in self._running() if one.role == "owner"]
        assert len(owned) == len(set(owned))

    @invariant()
    def nobody_has_two_accesses_to_a_client(self) -> None:
        pairs = [(one.client, one.login) for one in self._not_over()]
        assert len(pairs) == len(set(pairs))

    @invariant()
    def nobody_reads_a_figure_of_pay_without_access(self) -> None:
        for login in ("anne.aas", "kari.nordmann"):
            os.environ["BUREAU_DEMO_USER"] = login
            runs = self._bureau("api", "GET", "/v1/payroll-runs", "-f", "period=2026-10", "-f", "limit=500").json
            del os.environ["BUREAU_DEMO_USER"]
            self.happened["withheld"] += any(run["withheld"] for run in runs["items"])
            seen = {run["client"]["id"] for run in runs["items"] if run["gross"] is not None}
            assert seen <= {one.client for one in self._running() if one.login == login}

    # --- how ---

    def _change_and_perhaps_undo(self, *words: str) -> None:
        """Undoing restores: every second change is taken back, and all is as it was."""
        before = self._restorable()
        changed = self._bureau("access", *words, "--yes", "-o", "json")
        assert changed.code in {0, 3}, changed.err
        self._changes += 1
        if self._restorable() == before:
            return
        self.happened["changed"] += 1
        if self._changes % 2:
            undone = self._bureau("history", "undo", "last", "--yes", "-o", "json")
            assert undone.code == 0, undone.err
            assert self._restorable() == before
            self.happened["undone"] += 1

    def _restorable(self) -> list[tuple[object, ...]]:
        """Who has access to what, as far as undoing can restore it: what was ended begins anew."""
        return [(one.client, one.login, one.role, one.source, one.ends) for one in self._not_over()]

    def _running(self) -> list[Held]:
        return [one for one in self._not_over() if one.is_running(f"{self._today}")]

    def _not_over(self) -> list[Held]:
        return [one for one in self._accesses() if not one.is_over(f"{self._today}")]

    def _accesses(self) -> list[Held]:
        with closing(sqlite3.connect(self._store)) as db:
            rows = db.execute(
                "SELECT client_id, user.login, access.role, source, starts, ends, ended_at"
                " FROM access JOIN user ON user.id = user_id ORDER BY 1, 2"
            )
            return [Held(*row) for row in rows]

    def _planned(self, path: Path) -> list[Any]:
        planned = self._bureau("access", "plan", path, "-o", "json")
        assert planned.code == 0, planned.err
        return list(planned.json["data"])

    def _until(self, days: int | None) -> list[str]:
        return [] if days is None else ["--to", f"{self._today + timedelta(days=days)}"]

    def _bureau(self, *words: object) -> Outcome:
        return call_in_process(*words)


def _each(option: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


def _of(clients: list[str]) -> list[str]:
    return ["--clients", ",".join(clients)]
