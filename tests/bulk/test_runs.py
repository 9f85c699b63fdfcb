"""Journals cut off anywhere, as a kill or a full disk leaves them: what is not proved is never told as done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest

from bureau_cli.bulk.engine import Pace, run
from bureau_cli.bulk.journal import Desk, Journal, Opening
from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.bulk.runs import Run, RunState
from bureau_cli.bulk.saved import Planner
from bureau_cli.errors import RunUnreadable

PLANNER = Planner(profile="demo", platform="embedded", bureau="310000001", user="kari.nordmann")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
STEPS = [Step(key=f"k{n}", subject=f"{n}", name=f"Æ {n}", action="add", body={"client": f"c{n}"}) for n in range(6)]


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """The journal of a run of three requests, the second of which was refused."""
    desk = Desk(folder=tmp_path, now=lambda: NOW, sync=os.fsync, shown=str)
    plan = Plan(noun="groups", headline="add 6 clients", steps=STEPS)
    journal = Journal.begin(Opening(id="r1", began_at=NOW, command="bureau …", planner=PLANNER), plan, desk)

    async def send(steps: Sequence[Step]) -> list[Outcome]:
        state = State.REFUSED if steps[0].key == "k2" else State.DONE
        return [Outcome.of(step, state) for step in steps]

    journal.end(anyio.run(run, plan, send, Pace(jobs=1, chunk=2, record=journal)))
    journal.close()
    (path,) = tmp_path.glob("*.ndjson")
    return path.read_bytes()


def states(content: bytes) -> list[State]:
    return [one.state for one in Run(Path("r"), content, running=False).outcomes()]


def test_a_whole_journal_tells_how_each_item_ended(whole: bytes) -> None:
    assert states(whole) == [*[State.DONE] * 2, *[State.REFUSED] * 2, *[State.DONE] * 2]
    assert Run(Path("r"), whole, running=False).state is RunState.FINISHED


def test_cut_off_at_any_byte_it_tells_only_what_its_whole_lines_prove(whole: bytes) -> None:
    told = states(whole)
    for cut in range(whole.index(b"\n") + 1, len(whole)):
        run = Run(Path("r"), whole[:cut], running=False)
        assert run.end is None
        assert run.state is RunState.UNFINISHED
        lines = whole[:cut].count(b"\n")
        if lines == 1:
            with pytest.raises(RunUnreadable, match="killed before anything was sent"):
                _ = run.plan
            continue
        sent, answered = lines // 2 * 2 - 2 + (lines % 2) * 2, (lines - 2) // 2 * 2
        unknown, untried = [State.UNKNOWN] * (sent - answered), [State.NOT_ATTEMPTED] * (6 - sent)
        assert states(whole[:cut]) == [*told[:answered], *unknown, *untried]


def test_with_a_line_lost_between_others_all_that_is_not_told_is_unknown(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    damaged = b"".join([*lines[:4], b"\x00\n", *lines[5:6]])
    assert states(damaged) == [*[State.DONE] * 2, *[State.REFUSED] * 2, *[State.UNKNOWN] * 2]
    assert Run(Path("r"), damaged, running=False).is_damaged
