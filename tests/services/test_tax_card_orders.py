"""Orders of tax cards on made-up candidates: how they are planned, packed and told, with no platform behind them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from typing import Any, cast

import anyio
import pytest

from bureau_cli.bulk.engine import Pace
from bureau_cli.bulk.engine import run as run_plan
from bureau_cli.bulk.report import Report, State
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.tax_cards import Candidate, Card, CardResult, Deduction, Employee, LeftOut, Mode
from bureau_cli.errors import ExitCode
from bureau_cli.services.tax_cards.orders import MOST_PEOPLE, Order, OrderRequest, Orders
from bureau_cli.services.tax_cards.rows import FetchedCard, failures, news

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
Answers = Callable[[str, str], CardResult]


def candidate(number: int, people: int, **said: Any) -> Candidate:
    """A client with so many people to be ordered."""
    made = Candidate(
        client=ClientReference(id=f"cl_{number}", number=str(number), name=f"Klient {number}", orgnr="310000001"),
        owner=Person(login="kari", name="Kari"),
        blocked=None,
        why_blocked=None,
        people=tuple(f"em_{number}_{one}" for one in range(people)),
        left_out=(),
        ordered_before=True,
        fetched_at=NOW,
    )
    return replace(made, **said)


def done(key: str, employee: str, **said: Any) -> CardResult:
    """Somebody whose card is new."""
    made = CardResult(
        key=key,
        outcome="done",
        code=None,
        message=None,
        employee=Employee(id=employee, name="Ola"),
        fnr="010190 *****",
        result="skattekortopplysningerOK",
        previous=None,
        card=card("43"),
        changed=True,
        withheld=None,
    )
    return replace(made, **said)


def refused(key: str, employee: str, code: str) -> CardResult:
    return done(key, employee, outcome="refused", code=code, message="no", changed=False, card=None, result=None)


def card(percent: str, result: str = "skattekortopplysningerOK") -> Card:
    applies = Deduction(code="x", kind="percent", percent=Decimal(percent))
    return Card(result=result, applies=applies, employer_role="main", fetched_at=NOW)


class Told:
    """A list that is in memory."""

    total = None
    as_of = None

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    async def batches(self) -> AsyncGenerator[Sequence[Any], None]:
        yield self._rows


class MadeUp:
    """Candidates of each mode, and answers to orders, which are kept."""

    def __init__(self, *found: Candidate, answers: Answers = done) -> None:
        self._found = found
        self._answers = answers
        self.sent: list[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = []

    def candidates(self, query: Mapping[str, Any]) -> Told:
        assert query["year"] == 2026
        return Told(self._found)

    async def order(
        self, said: Mapping[str, Any], items: Sequence[Mapping[str, Any]], *, wait: bool, ended: Callable[[int], None]
    ) -> Sequence[CardResult]:
        assert wait
        self.sent.append((said, items))
        ended(len(items))
        return [self._answers(item["key"], one) for item in items for one in item.get("employees", ())]


def planned(cards: MadeUp, **said: Any) -> Order:
    async def resolve(_selection: Selection) -> Any:
        return SimpleNamespace(id="se_1")

    async def today() -> date:
        return NOW.date()

    keys = map(str, count())
    orders = Orders(cast("Any", cards), cast("Any", SimpleNamespace(resolve=resolve)), today, lambda: next(keys))

    async def plan() -> Order:
        return await orders.plan(Selection(all_clients=True), OrderRequest(**said))

    return anyio.run(plan)


def carried_out(order: Order) -> tuple[Report, list[FetchedCard], list[int]]:
    shown: list[int] = []
    order.carrier.meter.show = shown.append

    async def run() -> Report:
        return await run_plan(order.plan, order.carrier.send, Pace(progress=order.carrier.meter.ended))

    report = anyio.run(run)
    return report, order.rows(report), shown


def test_clients_share_orders_of_at_most_1000_people_and_a_large_one_is_told_of_once() -> None:
    cards = MadeUp(candidate(1, 400), candidate(2, 2500), candidate(3, 400), candidate(4, 500))
    order = planned(cards)
    report, rows, shown = carried_out(order)
    sizes = [sum(len(item["employees"]) for item in items) for _, items in cards.sent]
    assert sorted(sizes) == [400, 500, 900, 1000, 1000]
    assert max(sizes) <= MOST_PEOPLE
    assert report.summary() == "4 clients: 4 done"
    assert len({row.found.employee.id for row in rows if row.found and row.found.employee}) == len(rows) == 3800
    assert sum(shown) == len(order.plan.steps) == 6


def test_progress_is_told_while_the_job_goes_on_and_counted_once() -> None:
    _, _, shown = carried_out(planned(MadeUp(candidate(1, 1), candidate(2, 1))))
    assert shown == [2, 0]


def test_changes_are_asked_for_one_client_an_order() -> None:
    cards = MadeUp(candidate(1, 3), candidate(2, 3))
    report, _, _ = carried_out(planned(cards, mode=Mode.CHANGES))
    assert [(said["mode"], [sorted(item) for item in items]) for said, items in cards.sent] == [
        ("changes", [["client", "key"]])
    ] * 2
    assert report.summary() == "2 clients: 2 unchanged"


def test_where_nothing_was_ordered_before_all_are_with_a_warning() -> None:
    cards = MadeUp(candidate(1, 3), candidate(2, 2, ordered_before=False))
    order = planned(cards, mode=Mode.CHANGES)
    carried_out(order)
    assert {said["mode"] for said, _ in cards.sent} == {"all", "changes"}
    assert order.warnings == ["1 client had no completed order of all tax cards of 2026, so all are ordered there: 2"]


def test_who_was_ordered_today_is_ordered_again_only_when_said() -> None:
    left = (LeftOut(reason="ordered_today", employees=("a", "b")), LeftOut(reason="begins_later", employees=("c",)))
    found = candidate(1, 1, left_out=left)
    assert planned(MadeUp(found)).told == "left out: 3 employees (2 ordered_today, 1 begins_later)"
    cards = MadeUp(found)
    order = planned(cards, again=True)
    carried_out(order)
    assert cards.sent[0][1] == [{"key": "0", "client": "cl_1", "employees": ["em_1_0", "a", "b"], "again": True}]
    assert order.told == "left out: 1 employee (1 begins_later)"


@pytest.mark.parametrize(
    ("codes", "state", "reason"),
    [
        ([None, None], State.DONE, "2 employees"),
        ([None, "ugyldigFoedselsEllerDnummer"], State.DONE, "1 of 2 refused (1 ugyldigFoedselsEllerDnummer)"),
        (["a", "b"], State.REFUSED, "no"),
        (["ordered_today", "ordered_today"], State.UNCHANGED, "2 of 2 refused (2 ordered_today)"),
        (["ordered_today", None], State.DONE, "1 of 2 refused (1 ordered_today)"),
        (["ordered_today", "refused_today"], State.REFUSED, "no"),
    ],
)
def test_what_a_client_has_come_to_follows_from_its_people(
    codes: Sequence[str | None], state: State, reason: str
) -> None:
    said = iter(codes)

    def answer(key: str, employee: str) -> CardResult:
        code = next(said)
        return done(key, employee) if code is None else refused(key, employee, code)

    report, rows, _ = carried_out(planned(MadeUp(candidate(1, 2), answers=answer)))
    assert [(one.state, one.reason) for one in report.outcomes] == [(state, reason)]
    assert [row.code for row in rows] == codes
    assert any(row.is_bad for row in rows) == any(code not in {None, "ordered_today"} for code in codes)


def test_a_client_of_whom_somebody_is_on_another_order_is_pending_until_that_has_ended() -> None:
    def answer(key: str, employee: str) -> CardResult:
        return refused(key, employee, "order_under_way")

    report, rows, _ = carried_out(planned(MadeUp(candidate(1, 2), answers=answer)))
    assert [(one.state, one.code) for one in report.outcomes] == [(State.PENDING, "order_under_way")]
    assert [row.is_bad for row in rows] == [False, False, True]
    assert report.exit_code == ExitCode.PENDING


def test_a_word_that_is_new_is_no_proof_of_anything() -> None:
    cards = MadeUp(candidate(1, 1), answers=lambda key, employee: done(key, employee, outcome="queued_twice"))
    report, rows, _ = carried_out(planned(cards))
    assert [(one.state, one.reason) for one in report.outcomes] == [(State.UNKNOWN, "the platform says: queued_twice")]
    assert {row.outcome for row in rows} == {"queued_twice", "unknown"}


def test_an_employee_of_whom_nothing_is_said_leaves_the_client_unknown() -> None:
    class Silent(MadeUp):
        async def order(self, *said: Any, **more: Any) -> Sequence[CardResult]:
            return [one for one in await super().order(*said, **more) if one.employee.id != "em_1_1"]  # type: ignore[union-attr]

    report, _, _ = carried_out(planned(Silent(candidate(1, 3))))
    assert [(one.state, one.reason) for one in report.outcomes] == [
        (State.UNKNOWN, "the platform did not say of 1 employee")
    ]


def test_failures_are_told_by_cause_and_owner_and_what_is_new_in_a_line() -> None:
    def row(number: int, owner: str | None, code: str | None = None, found: CardResult | None = None) -> FetchedCard:
        outcome = "done" if code is None else "refused"
        return FetchedCard(
            subject=str(number), name="Havn AS", owner=owner, outcome=outcome, code=code, reason=None, found=found
        )

    at_50 = done("k", "e", result="ikkeSkattekort", card=card("0", "ikkeSkattekort"), previous=card("43"))
    rows = [
        row(1, "kari", "no_delegation"),
        row(2, "ola", "no_delegation"),
        row(3, "ola", "no_delegation"),
        row(4, None, "bad", refused("k", "a", "bad")),
        row(4, None, "bad", refused("k", "b", "bad")),
        row(5, "ola", "ordered_today", refused("k", "c", "ordered_today")),
        row(6, "ola", found=at_50),
        row(6, "ola", found=done("k", "d")),
    ]
    assert list(failures(rows)) == [
        "no_delegation: 3 clients (ola 2, kari 1) → bureau altinn list --delegation missing",
        "bad: 2 employees at 1 client (no owner 1)",
    ]
    assert news(rows) == "2 cards changed at 1 client; now at 50 %: 1 employee (6 Havn AS 1)"
    assert news([one for one in rows if one.found is None]) is None
