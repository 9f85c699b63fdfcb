"""Where clients stand in a month: each step in each state that is possible, at clients made up for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from oracle.test_states import STATES

from bureau_cli.platform.calendar import shifted
from bureau_cli.platform.clock import OSLO
from bureau_cli.platform.embedded import Platform
from bureau_cli.platform.sources import known

from .conftest import Api, HandClock
from .month_cases import (
    ALL,
    DONE,
    DUE,
    LATE,
    LATER,
    MONTH,
    NA,
    NOT_LOCKED,
    OPEN,
    PROBLEM,
    SOME,
    STORIES,
    UNDONE,
    UNKNOWN,
    Case,
    filled,
)

A_DAY = timedelta(days=1)
TOLD_MONTHS = [shifted(MONTH, -back) for back in range(12, 0, -1)]
BY_STATE = {
    "rejected": (PROBLEM, PROBLEM, "a_melding_rejected"),
    "not_sent": (LATE, LATE, "a_melding_not_sent"),
    "received_immediate": (DONE, PROBLEM, "a_melding_immediate"),
    "sent": (DONE, LATE, "no_feedback"),
    "received_guideline": (DONE, DONE, None),
    "received": (DONE, DONE, None),
}
"""What a month's state makes of the two steps, and a reason that is given for it."""


STANDINGS = {
    "everything done": ["counts"],
    "a message made and not sent": ["unsent"],
    ("messages", "no feedback"): ["under_way"],
    ("messages", "rejected and received in two"): ["made_good", "counts", "counts"],
    ("messages", "rejected and one run lost"): ["lost", "counts"],
    ("messages", "replaced twice"): ["replaced", "replaced", "counts"],
    ("messages", "replaced by one that was rejected"): ["counts", "lost"],
    ("messages", "received once, then replaced by one with fewer runs"): ["lost", "replaced", "counts"],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    path = tmp_path_factory.mktemp("told") / "told.db"
    return path, *filled(path, SOME)


@pytest.fixture
def template(told, monkeypatch):
    monkeypatch.setitem(known.KNOWN, "told", lambda _: told[2])
    return told[0]


@pytest.fixture
def ids(told):
    return told[1]


@pytest.fixture
def clock():
    return HandClock(LATER)


@pytest.fixture
def rows(leader):
    """Every client's row, by its id."""
    return by_client(leader)


def by_client(api, **asked):
    found = api.all("/v1/period-status", limit=500, **{"period": MONTH, **asked})
    assert len({one["client"]["id"] for one in found}) == len(found)
    return {one["client"]["id"]: one for one in found}


def states(row):
    return {step: told["state"] for step, told in row["steps"].items()}


def codes(row, *gates):
    return [reason["code"] for reason in row["reasons"] if not gates or reason["gate"] in gates]


def mistaken(cases, ids, rows):
    """Give the cases whose steps of a run are not as the tables have them."""
    seen = {case: states(rows[ids[case]]) for case in cases}
    return [
        (case, expected, seen[case])
        for case in cases
        for expected in [case.expected()]
        if {step: seen[case][step] for step in expected} != expected
    ]


def test_each_step_of_a_run_in_each_state(ids, rows):
    assert mistaken(SOME, ids, rows) == []
    reached = {(step, state) for case in SOME for step, state in case.expected().items()}
    assert {state for _, state in reached} == {NA, DONE, OPEN, LATE, PROBLEM, UNKNOWN}
    assert len(reached) == 21


def test_a_client_is_closed_when_its_runs_are_locked_and_else_it_is_said_why(ids, rows):
    for case in SOME:
        row = rows[ids[case]]
        expected = [NOT_LOCKED[case.locking]] if case.locking in NOT_LOCKED else []
        assert (codes(row, "closed"), row["closed"]) == (expected, not expected), case


def test_withholding_stands_in_the_way_only_when_it_is_overdue(ids, rows):
    reasons = {LATE: ["withholding_unpaid"], UNKNOWN: ["withholding_unknown"]}
    for case in SOME:
        assert codes(rows[ids[case]], "withholding") == reasons.get(case.expected()["withholding"], []), case


def test_stories(ids, rows):
    for name, (_, expected) in STORIES.items():
        row = rows[ids[name]]
        seen = {**row, "steps": states(row), "codes": codes(row), "due": row["next"] and row["next"]["due"]}
        assert {fact: seen[fact] for fact in expected} == expected, name
        assert row["done"] == (None if row["outside"] else row["closed"] and row["reported"]), name


def test_what_stands_in_the_way_of_a_gate_is_always_said(rows):
    steps = list(DUE)
    for row in rows.values():
        assert (row["closed"] is False, row["reported"] is False) == (
            bool(codes(row, "closed")),
            bool(codes(row, "reported")),
        )
        places = [steps.index(reason["step"]) for reason in row["reasons"]]
        assert places == sorted(places)


def test_what_messages_come_to(ids, rows, leader):
    standings = {}
    for one in sorted(leader.all("/v1/a-meldinger", month=MONTH, limit=500), key=lambda one: one["id"]):
        standings.setdefault(one["client"]["id"], []).append(one["standing"])
    for name, expected in STANDINGS.items():
        assert standings[ids[name]] == expected, name
    for name, (_, state) in STATES.items():
        row = rows[ids["messages", name]]
        sending, feedback, code = BY_STATE[state]
        if (
            name == "a lost run is worse than immediate"
        ):  # for the month; the answer to the other run is a problem all the same
            feedback = PROBLEM
        assert (row["a_melding"], states(row)["a_melding"], states(row)["feedback"]) == (state, sending, feedback), name
        assert row["reported"] == (code is None), name
        assert (code in codes(row, "reported")) == (code is not None), name
        assert ("lost" in standings.get(row["client"]["id"], ())) == (state == "rejected"), name


def test_a_message_is_mended_by_the_last_answer_that_it_took(ids, leader):
    mended = {
        "rejected and received in two": [("message_made_good", "2026-03-27T10")],
        "replaced twice": [("message_replaced", "2026-03-26T10"), ("message_replaced", "2026-03-27T10")],
        "received once, then replaced by one with fewer runs": [("message_replaced", "2026-03-27T10")],
    }
    for name, expected in mended.items():
        facts = leader.get(f"/v1/period-status/{ids['messages', name]}", params={"period": MONTH}).json()["facts"]
        made_up_for = {"message_made_good", "message_replaced"}
        assert [(one["fact"], one["at"][:13]) for one in facts if one["fact"] in made_up_for] == expected, name
        assert {one["fact"] for one in facts if one["step"] == "a_melding"} <= {"message_sent", "message_rejected"}


def test_nothing_is_late_on_its_last_day(ids, api_of, clock):
    undone = {"created": "nothing done", "withholding": Case(withheld="both unpaid")}
    for step, due in DUE.items():
        client_id = ids[undone.get(step, UNDONE)]
        for day, hour, state in ((date.fromisoformat(due), 23, OPEN), (date.fromisoformat(due) + A_DAY, 0, LATE)):
            clock.now = datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
            told = api_of("lise").get(f"/v1/period-status/{client_id}", params={"period": MONTH}).json()["steps"][step]
            assert (told["state"], told["due"]) == (state, due), (step, day)


def test_the_facts_say_what_a_month_is_judged_by(ids, leader):
    told = leader.get(f"/v1/period-status/{ids['everything done']}", params={"period": MONTH}).json()
    assert [(fact["step"], fact["fact"], fact["due"], fact["at"][:16]) for fact in told["facts"]] == [
        ("created", "run_made", "2026-03-13", "2026-03-10T09:00"),
        ("approved", "approved", "2026-03-18", "2026-03-16T09:00"),
        ("locked", "locked", "2026-03-19", "2026-03-18T09:00"),
        ("paid", "paid", "2026-03-20", "2026-03-20T06:00"),
        ("payslips", "payslips_sent", "2026-03-20", "2026-03-19T09:00"),
        ("withholding", "withholding_paid", "2026-03-23", "2026-03-23T09:00"),
        ("a_melding", "message_sent", "2026-04-07", "2026-03-25T09:00"),
        ("feedback", "message_received", "2026-04-07", "2026-03-25T09:05"),
    ]
    assert {step: one["since"][:16] for step, one in told["steps"].items()} == {
        fact["step"]: fact["at"][:16] for fact in told["facts"]
    }
    assert (told["known_until"], told["next"]) == ("2026-04-20", None)
    stopped = leader.get(f"/v1/period-status/{ids['nothing done by the pay date, and nothing known since']}").json()
    assert stopped["known_until"] == "2026-03-20"


def test_a_first_of_the_month_on_a_day_off_is_paid_in_the_month_before(ids, leader):
    """So is 1 March 2026, when this client began; 1 May is a holiday, and 1 August a Saturday."""
    of = ids["a first of the month that was moved to the month before"]
    days = {month: by_client(leader, period=month, client=of)[of]["pay_dates"] for month in ("2026-04", "2026-07")}
    assert days == {"2026-04": ["2026-04-01", "2026-04-30"], "2026-07": ["2026-07-01", "2026-07-31"]}


def test_what_is_overdue_is_what_is_late_or_a_problem_in_any_earlier_month(leader, clock):
    for now in (datetime(2026, 3, 19, 12, tzinfo=OSLO), LATER, datetime(2026, 5, 8, 0, tzinfo=OSLO)):
        clock.now = now
        found = leader.all("/v1/period-status", overdue="true", period="2026-05", limit=500)
        expected = [
            (month, client_id)
            for month in (*TOLD_MONTHS, "2026-03", "2026-04")
            for client_id, row in sorted(by_client(leader, period=month).items())
            if {LATE, PROBLEM} & {*states(row).values()}
        ]
        assert [(one["period"], one["client"]["id"]) for one in found] == expected
        assert expected


def test_of_months_before_anything_was_told_nothing_is_known(leader):
    (row,) = leader.all("/v1/period-status", period="2024-12", client="cl_0")
    assert {*states(row).values()} == {UNKNOWN, NA}
    (row,) = leader.all("/v1/period-status", period=TOLD_MONTHS[0], client="cl_0")
    assert states(row)["created"] == LATE


def test_who_has_no_access_sees_that_there_is_a_client_and_no_more(api_of, ids):
    mari = api_of("mari")
    rows = by_client(mari)
    assert rows.keys() == by_client(api_of("lise")).keys()
    row = rows[ids["nothing done"]]
    shown = {"client", "owner", "period", "fetched_at", "withheld"}
    assert {fact for fact, value in row.items() if value not in (None, [])} == shown
    assert row["withheld"]["fields"] == [field for field in row if field not in shown]
    facts = mari.get(f"/v1/period-status/{ids['nothing done']}").json()["facts"]
    assert (facts, mari.all("/v1/period-status", overdue="true")) == ([], [])
    assert api_of("olav").all("/v1/period-status", overdue="true", period="2026-04", owner="me")


def test_each_step_of_a_run_in_all_their_ways_together(tmp_path, runner):
    ids, _ = filled(tmp_path / "all.db", ALL)
    assert len(ALL) > 500
    with Platform.open(tmp_path / "all.db", clock=HandClock(LATER)) as platform:
        leader = Api(platform.asgi(), platform.token("lise", A_DAY), runner)
        assert mistaken(ALL, ids, by_client(leader)) == []
