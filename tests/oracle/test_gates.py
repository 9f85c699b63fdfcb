"""What the gates and the board say, through the root command, is what plain SQL makes of the same file.

Six hundred clients: every month there is, and this month and the last while the clock passes the days that decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from oracle.calendar import shifted
from oracle.conftest import EXPECTED
from oracle.store import OSLO, opened
from platform_files import pinned_demo
from running import TODAY, Bureau

pytestmark = pytest.mark.slow

GATES = ("closed", "reported", "done", "withholding")
EVERY_MONTH = "2026-11-23T12:00"
DECIDING = (
    "2026-10-25T02:30",  # the hour that comes twice
    "2026-10-31T23:59",
    "2026-11-01T00:00",
    "2026-11-05T23:59",  # an a-melding's last day
    "2026-11-06T00:00",
    "2026-12-07T23:59",  # and one that moved forward over a weekend
    "2026-12-08T00:00",
    "2026-12-31T23:59",
    "2027-01-01T00:00",
    "2027-03-28T03:00",  # the hour before it never was
)
STEPS = ("created", "approved", "locked", "paid", "payslips", "withholding", "a_melding", "feedback")
DAY_S = 24 * 3600
NEWEST = "SELECT max(at) FROM instant, clock WHERE at <= now"
FEEDS = "SELECT number, feed_stopped_on FROM client"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What SQL finds at a moment; clients by their numbers, and a month's clients are those whom it concerns."""

    bureau: Bureau
    now: str
    clients: Mapping[str, Mapping[str, tuple[bool, bool]]]
    """By month: whether each is closed, and reported."""
    steps: Mapping[tuple[str, str], Mapping[str, str]]
    overdue: frozenset[tuple[str, str]]
    stale: frozenset[str]
    everybody: frozenset[str]

    @property
    def months(self) -> list[str]:
        this = self.now[:7]
        return (
            [month for month in self.clients if month <= this] if self.now == EVERY_MONTH else [shifted(this, -1), this]
        )

    def verdict(self, gate: str, month: str, number: str) -> str:
        """`proven`, `found` or `unknown`."""
        closed, reported = self.clients[month][number]
        withheld = self.steps.get((number, month), {}).get("withholding", "done")
        if number in self.stale or (gate == "withholding" and withheld == "unknown"):
            return "unknown"
        is_proven = {
            "closed": closed,
            "reported": reported,
            "done": closed and reported,
            "withholding": withheld not in {"late", "problem"},
        }
        return "proven" if is_proven[gate] else "found"

    def verdicts(self, gate: str, month: str) -> dict[str, str]:
        return {number: self.verdict(gate, month, number) for number in self.clients[month]}

    def checked(self, gate: str, month: str, *numbers: str) -> tuple[int, dict[str, str]]:
        """The exit code, and whom the gate names as what; of all clients, or of those with the numbers."""
        chosen = ("--clients", "-") if numbers else ()
        said = self.bureau("check", gate, "--period", month, *chosen, "-o", "json", stdin="\n".join(numbers))
        rows = said.json["data"]
        return said.code, {row["number"]: "unknown" if row["finding"] == "unknown" else "found" for row in rows}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pinned_demo(tmp_path_factory.mktemp("large") / "platform.db", today=TODAY, clients=600)


@pytest.fixture(params=[EVERY_MONTH, *DECIDING])
def world(request: Any, bureau: Bureau, platform_file: Path) -> Iterator[World]:
    assert bureau("platform", "clock", request.param).code == 0
    assert bureau("clients", "list", "--limit", "1").code == 0  # time passes when somebody looks
    now = oslo(request.param)
    with opened(platform_file, now) as db:
        numbers = dict(map(tuple, db.execute("SELECT id, number FROM client")))
        clients: dict[str, dict[str, tuple[bool, bool]]] = {}
        for client, month, closed, reported, _ in db.execute(EXPECTED["gates"]):
            clients.setdefault(month, {})[numbers[client]] = bool(closed), bool(reported)
        steps: dict[tuple[str, str], dict[str, str]] = {}
        for client, month, step, state in db.execute(EXPECTED["steps"]):
            steps.setdefault((numbers[client], month), {})[step] = state
        (newest,) = db.execute(NEWEST).fetchone()
        yield World(
            bureau=bureau,
            now=request.param,
            clients=dict(sorted(clients.items())),
            steps=steps,
            overdue=frozenset((numbers[client], month) for client, month in db.execute(EXPECTED["overdue"])),
            stale=frozenset(number for number, feed in db.execute(FEEDS) if is_stale(now, newest, feed)),
            everybody=frozenset(numbers.values()),
        )


def oslo(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=OSLO)


def is_stale(now: datetime, newest: int, feed_stopped_on: str | None) -> bool:
    """Fetched as the day began or when something happened last, and no more once the feed has stopped."""
    fetched = max(oslo(f"{now:%Y-%m-%d}").timestamp(), newest)
    if feed_stopped_on is not None:
        fetched = min(fetched, oslo(feed_stopped_on).timestamp())
    return now.timestamp() - fetched > DAY_S


def test_a_gate_names_exactly_those_that_sql_finds(world: World) -> None:
    for month in world.months:
        for gate in GATES:
            verdicts = world.verdicts(gate, month)
            named = {number: verdict for number, verdict in verdicts.items() if verdict != "proven"}
            code = 9 if "found" in named.values() else 10 if named or not verdicts else 0
            assert world.checked(gate, month) == (code, named), (month, gate)


def test_a_gate_opens_for_those_in_order_and_one_client_shuts_it(world: World) -> None:
    for month in world.months:
        for gate in GATES:
            verdicts = world.verdicts(gate, month)
            proven = [number for number, verdict in verdicts.items() if verdict == "proven"]
            assert proven or month == world.now[:7], (month, gate)
            assert world.checked(gate, month, *proven) == (0, {}) or not proven, (month, gate)
            for verdict, code in (("found", 9), ("unknown", 10)):
                one = next((number for number in verdicts if verdicts[number] == verdict), None)
                if one is not None:
                    assert world.checked(gate, month, *proven[:20], one) == (code, {one: verdict}), (month, gate)
        outside = sorted(world.everybody - world.clients[month].keys())
        if outside:
            assert world.checked("done", month, *outside) == (10, {}), month


def test_the_board_shows_every_step_as_sql_has_it_and_all_that_is_overdue(world: World) -> None:
    for month in world.months:
        rows = world.bureau("status", "--period", month, "-o", "json").json["data"]
        of_month = {row["number"]: row for row in rows if row["period"] == month}
        assert of_month.keys() == world.everybody
        for number, row in of_month.items():
            assert states(row) == world.steps.get((number, month), {}), (number, month)
            assert row["stale"] == (number in world.stale), number
        earlier = {(row["number"], row["period"]) for row in rows if row["period"] != month}
        assert earlier == {(number, period) for number, period in world.overdue if period < month}


def states(row: Mapping[str, Any]) -> dict[str, str]:
    """The steps of a line of the board that apply."""
    return {step: row[step] for step in STEPS if row[step] != "not_applicable"}
