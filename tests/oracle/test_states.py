"""What a month's messages come to by the oracle's own view, on messages made up for it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from oracle.store import OSLO, opened, set_clock
from platform_files import behind_its_back

import bureau_cli.platform

SCHEMA = Path(bureau_cli.platform.__file__).with_name("schema.sql")
MONTH = "2026-03"
LATER = datetime(2026, 5, 20, 12, tzinfo=OSLO)
REJECTED, GUIDELINE, IMMEDIATE, RECEIVED = "rejected", "received_guideline", "received_immediate", "received"
SENT = None

# Each message in the order they were sent: the runs it carries, its result, the place of the one it replaces.
STATES = {
    "no message": ([], "not_sent"),
    "one for each run": ([("1", RECEIVED), ("2", RECEIVED)], RECEIVED),
    "a run in no message": ([("1", RECEIVED)], "not_sent"),
    "no feedback": ([("12", SENT)], "sent"),
    "one received, one without feedback": ([("1", RECEIVED), ("2", SENT)], "sent"),
    "rejected": ([("12", REJECTED)], REJECTED),
    "rejected and sent again": ([("12", REJECTED), ("12", SENT)], REJECTED),
    "rejected and received": ([("12", REJECTED), ("12", RECEIVED)], RECEIVED),
    "rejected and received in two": ([("12", REJECTED), ("1", RECEIVED), ("2", RECEIVED)], RECEIVED),
    "rejected and one run lost": ([("12", REJECTED), ("1", RECEIVED)], REJECTED),
    "rejected beside what was received before": ([("12", RECEIVED), ("2", REJECTED)], REJECTED),
    "immediate is worse than no feedback": ([("1", IMMEDIATE), ("2", SENT)], IMMEDIATE),
    "no feedback is worse than a guideline": ([("1", GUIDELINE), ("2", SENT)], "sent"),
    "a guideline is worse than none": ([("1", RECEIVED), ("2", GUIDELINE)], GUIDELINE),
    "a lost run is worse than immediate": ([("1", IMMEDIATE)], "not_sent"),
    "replaced": ([("12", IMMEDIATE), ("12", RECEIVED, 1)], RECEIVED),
    "replaced, no feedback yet": ([("12", IMMEDIATE), ("12", SENT, 1)], IMMEDIATE),
    "replaced twice": ([("12", IMMEDIATE), ("12", GUIDELINE, 1), ("12", RECEIVED, 2)], RECEIVED),
    "replaced for the worse": ([("12", RECEIVED), ("12", IMMEDIATE, 1)], IMMEDIATE),
    "replaced by one that was rejected": ([("12", RECEIVED), ("12", REJECTED, 1)], REJECTED),
    "replaced by one with fewer runs": ([("12", RECEIVED), ("1", RECEIVED, 1)], "not_sent"),
    "received once, then replaced by one with fewer runs": (
        [("12", REJECTED), ("12", RECEIVED), ("1", RECEIVED, 2)],
        REJECTED,
    ),
}


@pytest.mark.parametrize("case", STATES)
def test_worst_wins_over_what_was_not_replaced(case, tmp_path):
    messages, state = STATES[case]
    with store(tmp_path, runs=2, messages=messages) as db:
        assert states(db) == [("cl", MONTH, state)]


@pytest.mark.parametrize(
    ("messages", "state"),
    [
        ([], "not_sent"),
        ([("", RECEIVED)], RECEIVED),
        ([("", REJECTED)], REJECTED),
        ([("", REJECTED), ("", RECEIVED)], RECEIVED),
    ],
)
def test_a_month_with_employees_is_reported_though_nothing_is_paid(messages, state, tmp_path):
    with store(tmp_path, runs=0, messages=messages) as db:
        put(db, "employee", id="em", client_id="cl", starts="2026-03-31")
        put(db, "no_pay", pay_group_id="pg", period=MONTH)
        assert states(db) == [("cl", MONTH, state)]


def test_a_state_is_what_the_clock_makes_of_the_instants(tmp_path):
    with store(tmp_path, runs=2, messages=[("12", REJECTED), ("12", RECEIVED)]) as db:
        seen = []
        for day in range(2, 9):
            set_clock(db, april(day))
            seen += [state for *_, state in states(db)]
    made_sent_answered = ["not_sent", "sent", REJECTED]
    assert seen == ["not_sent", *made_sent_answered, REJECTED, REJECTED, RECEIVED]


@contextmanager
def store(folder, *, runs, messages):
    """One client with so many runs paid in the month, and its messages."""
    path = folder / "store.db"
    with behind_its_back(path) as db:
        db.executescript(SCHEMA.read_text(encoding="utf-8"))
        db.execute("PRAGMA ignore_check_constraints = ON")
        put(db, "client", id="cl", active_from="2026-01-01")
        for seq in range(1, runs + 1):
            put(db, "pay_run", seq=seq, id=f"r{seq}", client_id="cl", period=MONTH, pay_date="2026-03-20", type="extra")
        for seq, (carried, result, *replaced) in enumerate(messages, start=1):
            put_message(db, seq, result, *replaced)
            for run in carried:
                put(db, "a_melding_run", message=seq, run=int(run))
    with opened(path, LATER) as db:
        yield db


def put_message(db, seq, result, replaced=None):
    """A message that is made, sent and answered on three days of April, after the one before it."""
    made, sent, answered = (int(april(3 * seq + day).timestamp()) for day in range(3))
    feedback = {"feedback_at": answered, "result": result} if result else {}
    replaces = replaced and f"m{replaced}"
    named = {"seq": seq, "id": f"m{seq}", "client_id": "cl", "month": MONTH, "replaces": replaces}
    put(db, "a_melding", **named, created_at=made, sent_at=sent, **feedback)


def put(db, table, **given):
    """A row with what is given and nothing in the rest."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    row = [
        given.get(name, (0 if kind == "INTEGER" else "") if required else None)
        for _, name, kind, required, *_ in columns
    ]
    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - the same


def april(day):
    return datetime(2026, 4, day, 12, tzinfo=OSLO)


def states(db):
    return [tuple(row)[:3] for row in db.execute("SELECT * FROM month_state")]
