"""Several processes on one store at once: none is told that it is locked, nothing that was changed is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from oracle.conftest import NOON
from oracle.store import checks, found, opened

TESTS = Path(__file__).parents[1]
CHANGE = ("groups", "create")
LIST = ("clients", "list", "--limit", "20", "-o", "json")
CLOCK = ("platform", "clock")
MONTHS_ON = ("2027-01-15T22:00", "2027-02-15T22:00", "2027-03-15T22:00")
SEED = ("platform", "seed", "--clients", "40", "--yes")


def at_once(*lines):
    """Give each command line so many times in a process of its own, all at the same time; tell what failed."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "oracle.repeatedly", str(times), *line], cwd=TESTS, stderr=subprocess.PIPE, text=True
        )
        for times, *line in lines
    ]
    complaints = [process.communicate(timeout=300)[1] for process in processes]
    return [complaint for process, complaint in zip(processes, complaints, strict=True) if process.returncode]


def slugs(bureau):
    return {group["slug"] for group in bureau("groups", "list", "-o", "json").json["data"]}


def broken(path):
    """What the oracle finds broken; that months were added is no fault."""
    with opened(path, NOON) as db:
        return [check.sentence for check in checks() if "fourteen months" not in check.sentence and found(db, check)]


def test_of_those_who_find_a_month_missing_one_adds_it(bureau, platform_file):
    assert bureau(*CLOCK, MONTHS_ON[0]).code == 0
    assert at_once((2, *CHANGE, "one-#"), (2, *CHANGE, "two-#"), (2, *LIST), (2, *LIST)) == []
    assert slugs(bureau) >= {"one-0", "one-1", "two-0", "two-1"}
    assert broken(platform_file) == []


@pytest.mark.slow
def test_eight_processes_read_and_change_while_days_turn_and_months_are_added(bureau, platform_file):
    for month, evening in enumerate(MONTHS_ON):
        assert bureau(*CLOCK, evening).code == 0
        changing = [(8, *CHANGE, f"{who}-{month}-#") for who in ("one", "two", "three")]
        listing = [(8, *LIST), (8, *LIST), (8, *LIST, "--group", "payday-20")]
        assert at_once(*changing, *listing, (6, *CLOCK, "+1h"), (6, *CHANGE, f"four-{month}-#")) == []
    made = [f"{who}-{month}-{turn}" for who in ("one", "two", "three") for month in range(3) for turn in range(8)]
    made += [f"four-{month}-{turn}" for month in range(3) for turn in range(6)]
    assert slugs(bureau) >= set(made)
    told = json.loads(bureau("api", "GET", "/v1/audit-events", "-f", "action=group.create", "-f", "limit=500").text)
    assert sorted(event["subject"] for event in told["items"]) == sorted(f"groups/{slug}" for slug in made)
    assert broken(platform_file) == []


@pytest.mark.slow
def test_processes_that_begin_where_there_is_no_store_all_find_one(clean_world):
    assert at_once(*[(1, *LIST)] * 4, *[(1, *CHANGE, f"g{number}") for number in range(4)]) == []
    assert (clean_world / ".local" / "share" / "bureau" / "platform.db").is_file()


@pytest.mark.slow
def test_who_comes_while_the_demo_is_replaced_meets_the_old_one_or_the_new(bureau):
    failed = at_once((4, *SEED), (15, *LIST), (15, *LIST), (15, *LIST))
    assert [complaint for complaint in failed if "unauthenticated" not in complaint] == [], "tokens go with their demo"
    assert bureau("clients", "list", "-o", "json").json["meta"]["count"] == 40
