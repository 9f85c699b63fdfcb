"""A platform in trouble: reads come through it whole, changes come through it once, and a long outage is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from commands.oracle import in_group, numbers_where
from commands.outside import Counted, Waits

from bureau_cli.app import Wiring

PAGES = ("clients", "list", "--sort", "number")


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def patient(counted: Counted) -> Wiring:
    """Repeats come at once; requests are counted. A cut answer breaks the contract, so that is not asked."""
    return Wiring(around=counted.plainly_around, patience=Waits().patience)


@pytest.mark.parametrize("fault", ["503", "429", "500", "drop", "drop_after", "truncate"])
def test_a_read_survives(bureau: Any, faults: Any, patient: Wiring, counted: Counted, fault: str) -> None:
    whole = bureau(*PAGES)
    faults(f"{fault};times=3")
    survived = bureau(*PAGES, wiring=patient)
    assert (survived.code, survived.err, survived.out) == (0, "", whole.out)
    assert len(counted.requests) == 4


def test_a_slow_answer_is_waited_for(bureau: Any, faults: Any) -> None:
    whole = bureau(*PAGES)
    faults("slow;seconds=0.05")
    assert bureau(*PAGES, "--deadline", "1m").out == whole.out


def test_a_list_of_many_pages_survives_trouble_on_every_fifth_of_them(
    bureau: Any, faults: Any, sql: Any, patient: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bureau(*PAGES)
    monkeypatch.setenv("BUREAU_PAGE_SIZE", "3")
    faults("503;rate=0.1", "truncate;rate=0.1", "drop;rate=0.05")
    survived = bureau(*PAGES, wiring=patient)
    assert (survived.code, survived.out) == (0, whole.out)
    assert sql("SELECT sum(hits) FROM fault")[0][0] > 4


@pytest.mark.parametrize("fault", ["503", "429", "500", "drop", "truncate"])
def test_an_outage_is_met_with_few_requests_and_ends_with_75(
    bureau: Any, faults: Any, patient: Wiring, counted: Counted, fault: str
) -> None:
    faults(fault)
    for line in (PAGES, ("groups", "add", "paused", "--all-clients", "--yes")):
        counted.requests.clear()
        ended = bureau(*line, wiring=patient)
        assert (ended.code, ended.out) == (75, b"")
        assert ended.err.endswith("fix: run it again later\n")
        assert len(counted.requests) == 4


def test_an_outage_in_the_middle_of_many_pages_is_met_with_few_requests(
    bureau: Any, faults: Any, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixteen requests are side by side when it begins; without a budget each would be sent four times over."""
    monkeypatch.setenv("BUREAU_PAGE_SIZE", "1")

    def failing_later(app: Any) -> Any:
        counting = counted.plainly_around(app)

        async def application(scope: Any, receive: Any, send: Any) -> None:
            if len(counted.requests) == 20:
                faults("503")
            await counting(scope, receive, send)

        return application

    ended = bureau(*PAGES, wiring=Wiring(around=failing_later, patience=Waits().patience))
    assert ended.code == 75
    assert 20 + 4 <= len(counted.requests) <= 20 + 60


def test_a_wait_the_platform_asks_for_is_not_cut_short(bureau: Any, faults: Any) -> None:
    faults("429;retry_after=7;times=2")
    waits = Waits()
    assert bureau(*PAGES, wiring=Wiring(patience=waits.patience)).code == 0
    assert len(waits.seconds) == 2
    assert all(seconds >= 7 for seconds in waits.seconds)


def test_a_token_that_is_refused_is_not_tried_again(
    bureau: Any, faults: Any, patient: Wiring, counted: Counted
) -> None:
    faults("401")
    refused = bureau(*PAGES, wiring=patient)
    assert (refused.code, refused.out, len(counted.requests)) == (4, b"", 1)


MONTH_END = (
    ("status", "--period", "2026-10"),
    ("check", "done", "--period", "2026-10"),
    ("deadlines",),
    ("dashboard",),
    ("runs", "list", "--period", "2026-10"),
    ("a-melding", "triage", "--period", "2026-10"),
)


@pytest.mark.parametrize("line", MONTH_END, ids=" ".join)
def test_what_is_asked_at_the_end_of_a_month_comes_whole_or_not_at_all(
    bureau: Any, faults: Any, patient: Wiring, line: tuple[str, ...]
) -> None:
    whole = bureau(*line)
    for fault in ("503;times=2", "drop_after;times=2", "truncate;times=2"):
        faults(fault)
        survived = bureau(*line, wiring=patient)
        assert (survived.code, survived.out) == (whole.code, whole.out), fault
    faults("503")
    ended = bureau(*line, wiring=patient)
    assert (ended.code, ended.out) == (75, b""), "a gate too has neither opened nor found anything"


# --- over a port -----------------------------------------------------------------------------------------------------


def test_over_a_port_a_list_survives_broken_connections(
    bureau: Any, afar: Any, faults: Any, sql: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUREAU_PAGE_SIZE", "5")
    whole = bureau(*PAGES, "--profile", "demo")
    for fault in ("drop", "truncate", "503"):
        faults(f"{fault};rate=0.15")
        survived = afar(*PAGES)
        assert (survived.code, survived.out) == (0, whole.out)
        assert sql("SELECT hits FROM fault")[0][0] > 0


def test_over_a_port_every_change_is_made_once_though_every_third_answer_is_lost(
    afar: Any, faults: Any, sql: Any
) -> None:
    before = [row[0] for row in sql(numbers_where(in_group("finance")))]
    added = [number for number in map(str, range(10040, 10060)) if number not in before]
    faults("drop_after;rate=0.3;method=POST;path=/v1/groups")
    codes = [afar("groups", "add", "finance", "--clients", number, "--yes").code for number in added]
    assert codes == [0] * len(added)
    assert sql("SELECT hits FROM fault")[0][0] > 3
    assert [row[0] for row in sql(numbers_where(in_group("finance")))] == sorted([*before, *added])
    events = sql(
        "SELECT subject, count(*) AS times FROM audit_event WHERE action = 'group.member.add' GROUP BY subject"
    )
    assert [row["times"] for row in events] == [1] * len(added)
