"""The engine on made-up work: what is done, what is not, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.bulk.engine import Pace, run
from bureau_cli.bulk.meter import Meter
from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, Report, State
from bureau_cli.errors import Busy, ExitCode, IdempotencyMismatch, RoleForbids, RuleForbids


def plan(count: int, settled: int = 0) -> Plan:
    steps = [Step(key=f"k{n:04}", subject=f"{n:04}", name=f"Client {n}", action="add", body=n) for n in range(count)]
    unchanged = [Outcome(subject=f"9{n:03}", name="x", action="add", state=State.UNCHANGED) for n in range(settled)]
    return Plan(noun="groups", headline="add", steps=steps, settled=unchanged)


async def do(steps: Sequence[Step]) -> list[Outcome]:
    return [Outcome.of(step, State.DONE) for step in steps]


def execute(work: Plan, send: object = do, **pace: int) -> Report:
    return anyio.run(run, work, send, Pace(**pace))


@given(count=st.integers(0, 60), settled=st.integers(0, 5), chunk=st.integers(1, 20), jobs=st.integers(1, 5))
def test_every_step_has_one_outcome_in_the_order_of_the_clients(
    count: int, settled: int, chunk: int, jobs: int
) -> None:
    report = execute(plan(count, settled), chunk=chunk, jobs=jobs)
    subjects = [outcome.subject for outcome in report.outcomes]
    assert subjects == sorted(subjects)
    assert report.counts == {State.DONE: count, State.UNCHANGED: settled} or min(count, settled) == 0
    assert report.counts.total() == count + settled
    assert report.exit_code is ExitCode.DONE


@given(sizes=st.lists(st.integers(1, 4), max_size=30), chunk=st.integers(4, 12))
def test_what_is_done_to_one_client_is_done_in_one_request_and_in_its_order(sizes: list[int], chunk: int) -> None:
    sent: list[list[str]] = []

    async def send(steps: Sequence[Step]) -> list[Outcome]:
        sent.append([step.key for step in steps])
        return await do(steps)

    steps = [
        Step(key=f"{n}/{m}", subject=f"{n:04}", name="x", action="do", body=None, party=f"user{m}")
        for n, size in enumerate(sizes)
        for m in range(size)
    ]
    execute(Plan(noun="access", headline="do", steps=steps), send, chunk=chunk)
    assert sorted(key for request in sent for key in request) == sorted(step.key for step in steps)
    assert all(len(request) <= chunk for request in sent)
    for n, size in enumerate(sizes):
        [together] = [[key for key in request if key.startswith(f"{n}/")] for request in sent if f"{n}/0" in request]
        assert together == [f"{n}/{m}" for m in range(size)]


def test_a_chunk_that_is_refused_fails_and_the_others_go_on() -> None:
    async def send(steps: Sequence[Step]) -> list[Outcome]:
        if steps[0].subject == "0002":
            raise RuleForbids("not these")
        return await do(steps)

    report = execute(plan(6), send, chunk=2)
    assert report.counts == {State.DONE: 4, State.FAILED: 2}
    assert report.exit_code is ExitCode.PARTIAL
    assert report.summary() == "6 clients: 4 done, 2 failed (2 rule_forbids)"


def test_a_chunk_without_an_answer_is_unknown_and_what_has_not_begun_stays_so() -> None:
    async def send(_steps: Sequence[Step]) -> list[Outcome]:
        raise Busy("overloaded")

    report = execute(plan(6), send, chunk=2, jobs=1)
    assert report.counts == {State.UNKNOWN: 2, State.NOT_ATTEMPTED: 4}
    assert report.exit_code is ExitCode.TRY_AGAIN


def test_a_caller_who_is_not_allowed_stops_the_run() -> None:
    async def send(_steps: Sequence[Step]) -> list[Outcome]:
        raise RoleForbids("officers may not")

    report = execute(plan(4), send, chunk=2, jobs=1)
    assert report.counts == {State.FAILED: 2, State.NOT_ATTEMPTED: 2}
    assert report.exit_code is ExitCode.NOT_ALLOWED


def test_a_key_used_for_another_change_stops_the_run() -> None:
    async def send(_steps: Sequence[Step]) -> list[Outcome]:
        raise IdempotencyMismatch("used before")

    report = execute(plan(4), send, chunk=2, jobs=1)
    assert report.counts == {State.FAILED: 2, State.NOT_ATTEMPTED: 2}
    assert report.exit_code is ExitCode.REFUSED


def test_a_run_that_is_cut_short_tells_what_is_done_and_what_nobody_knows() -> None:
    told: list[Report] = []
    scopes: list[anyio.CancelScope] = []

    async def send(steps: Sequence[Step]) -> list[Outcome]:
        if steps[0].subject == "0002":
            scopes[0].cancel()
            await anyio.sleep_forever()
        return await do(steps)

    async def cut() -> None:
        with anyio.CancelScope() as scope:
            scopes.append(scope)
            await run(plan(6), send, Pace(chunk=2, jobs=1, cut_short=told.append))

    anyio.run(cut)
    assert told[0].counts == {State.DONE: 2, State.UNKNOWN: 2, State.NOT_ATTEMPTED: 2}


def test_progress_counts_every_step_once() -> None:
    ended: list[int] = []
    anyio.run(run, plan(7), do, Pace(chunk=3, progress=ended.append))
    assert sum(ended) == 7


def test_a_preview_shows_every_client_with_what_will_happen() -> None:
    assert [outcome.state for outcome in plan(1, 1).preview()] == [State.PLANNED, State.UNCHANGED]


def test_an_empty_plan_is_nothing_to_do() -> None:
    assert execute(plan(0)).summary() == "0 clients: nothing to do"


def in_turn(target: str, request: str) -> list[Step]:
    """Two steps of a request of a target."""
    return [
        Step(key=f"{target}{request}{n}", subject=str(n), name="x", action="do", body=n, target=target, request=request)
        for n in range(2)
    ]


def mixed(*targets: str) -> Plan:
    """Plans made of several kinds: what becomes of each target itself, then who is in it."""
    steps = [step for target in targets for request in ("make", "fill") for step in in_turn(target, request)]
    return Plan(noun="groups", headline="make and fill", steps=steps, unit="change")


def test_the_requests_of_a_target_go_in_their_order_each_by_itself() -> None:
    sent: list[tuple[str, str, int]] = []

    async def send(steps: Sequence[Step]) -> list[Outcome]:
        assert len({(step.target, step.request) for step in steps}) == 1
        sent.append((steps[0].target, steps[0].request, len(steps)))
        return await do(steps)

    report = execute(mixed("b", "a"), send, jobs=4)
    for target in "ab":
        assert [entry for entry in sent if entry[0] == target] == [(target, "make", 2), (target, "fill", 2)]
    assert [(outcome.target, outcome.subject) for outcome in report.outcomes] == sorted(
        (target, str(n)) for target in "ab" for n in (0, 0, 1, 1)
    )
    assert report.summary() == "8 changes: 8 done"


def test_what_builds_on_a_request_that_failed_is_left_and_other_targets_go_on() -> None:
    async def send(steps: Sequence[Step]) -> list[Outcome]:
        if (steps[0].target, steps[0].request) == ("a", "make"):
            raise RuleForbids("not this one")
        return await do(steps)

    report = execute(mixed("a", "b"), send)
    assert report.counts == {State.DONE: 4, State.FAILED: 2, State.NOT_ATTEMPTED: 2}
    (reason,) = {one.reason for one in report.outcomes if one.state is State.NOT_ATTEMPTED}
    assert reason == "what it builds on was not done"
    assert report.exit_code is ExitCode.PARTIAL


def test_one_step_of_a_request_that_is_refused_is_enough_not_to_build_on_it() -> None:
    async def send(steps: Sequence[Step]) -> list[Outcome]:
        refused = steps[0].request == "make"
        return [Outcome.of(step, State.REFUSED if refused and step.body else State.DONE) for step in steps]

    assert execute(mixed("a"), send).counts == {State.DONE: 1, State.REFUSED: 1, State.NOT_ATTEMPTED: 2}


def test_progress_counts_what_is_left_too() -> None:
    ended: list[int] = []

    async def send(_steps: Sequence[Step]) -> list[Outcome]:
        raise RuleForbids("none of these")

    anyio.run(run, mixed("a", "b"), send, Pace(progress=ended.append))
    assert sum(ended) == 8


def weighed(*weights: int) -> list[Step]:
    """A client for each number, in as many parts as it takes when none may weigh more than ROOM."""
    return [
        Step(key=f"{n}/{m}", subject=f"{n:04}", name="x", action="order", body=m, weight=min(ROOM, weight - m * ROOM))
        for n, weight in enumerate(weights)
        for m in range(-(-weight // ROOM))
    ]


ROOM = 10


@given(weights=st.lists(st.integers(1, 35), max_size=40), chunk=st.integers(1, 20), jobs=st.integers(1, 4))
def test_no_request_weighs_more_than_there_is_room_and_each_step_is_sent_once(
    weights: list[int], chunk: int, jobs: int
) -> None:
    sent: list[list[Step]] = []

    async def send(steps: Sequence[Step]) -> list[Outcome]:
        sent.append(list(steps))
        return await do(steps)

    steps = weighed(*weights)
    report = execute(Plan(noun="x", headline="x", steps=steps, room=ROOM), send, chunk=chunk, jobs=jobs)
    assert all(sum(step.weight for step in request) <= ROOM and len(request) <= chunk for request in sent)
    assert sorted(step.key for request in sent for step in request) == sorted(step.key for step in steps)
    assert report.counts == {State.DONE: len(weights)} or not weights


def test_small_clients_share_a_request_and_a_large_one_is_told_of_once() -> None:
    sent: list[list[str]] = []

    async def send(steps: Sequence[Step]) -> list[Outcome]:
        sent.append([step.key for step in steps])
        refused = [step for step in steps if step.key == "3/1"]
        return [Outcome.of(step, State.REFUSED if step in refused else State.DONE) for step in steps]

    work = Plan(noun="x", headline="x", steps=weighed(3, 4, 3, 25, 2), room=ROOM)
    report = execute(work, send, jobs=1)
    assert sent == [["0/0", "1/0", "2/0"], ["3/0"], ["3/1"], ["3/2", "4/0"]]
    assert work.size == len(work.preview()) == len(report.outcomes) == 5
    assert report.summary() == "5 clients: 4 done, 1 refused"


def test_what_is_told_ahead_is_not_counted_again_when_its_request_ends() -> None:
    shown: list[int] = []
    meter = Meter()
    meter.show = shown.append
    meter.ahead(2)
    meter.ended(3)
    meter.ended(2)
    assert (sum(shown), shown) == (5, [2, 1, 2])
