"""Ordering tax cards for the people of many clients: whom, in which mode, and what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bureau_cli.bulk.meter import Meter
from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, Report, State, counted
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.tax_cards import Candidate, CardResult, Mode
from bureau_cli.services.clients import Clients
from bureau_cli.services.streams import all_of
from bureau_cli.services.tax_cards.ports import TaxCardsPort
from bureau_cli.services.tax_cards.rows import UNDER_WAY, FetchedCard, outcome_of, rows_of

NOUN = "taxcards"
ACTION = "fetch"
MOST_PEOPLE = 1000
"""How many people one order may be about (Skatteetaten's limit)."""

REFUSED_TODAY = "refused_today"
TODAY = frozenset({"ordered_today", REFUSED_TODAY})
"""Why those are left out who were ordered today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRequest:
    """What is to be ordered: of which year (None for this one), in which mode, and whether a second time today."""

    year: int | None = None
    mode: Mode = Mode.ALL
    again: bool = False
    wait: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClient:
    """A client in the plan of an order: for how many people, who is left out and why, or what forbids it."""

    candidate: Candidate
    mode: Mode
    people: Sequence[str]

    @property
    def state(self) -> State:
        """Planned, or how it is settled without asking."""
        if self.code is not None:
            return State.PENDING if self.code == UNDER_WAY else State.REFUSED
        return State.PLANNED if self.people else State.UNCHANGED

    @property
    def stands(self) -> str | None:
        """Why an earlier order is no success yet for some of its people: it has not ended, or gave them no card."""
        return next((code for code in (UNDER_WAY, REFUSED_TODAY) if self.left_out[code]), None)

    @property
    def left_out(self) -> Counter[str]:
        """How many people are left out, by the code of why."""
        ordered = set(self.people)
        return Counter(
            {one.reason: left for one in self.candidate.left_out if (left := len({*one.employees} - ordered))}
        )

    @property
    def code(self) -> str | None:
        """What forbids it; where nobody is left to order, why the order that stands is no success yet."""
        return self.candidate.blocked or (None if self.people else self.stands)

    @property
    def told_left_out(self) -> str | None:
        """`2 employment_ended, 1 begins_later`; None for nobody."""
        return ", ".join(f"{number} {reason}" for reason, number in self.left_out.most_common()) or None


class Carrier:
    """Sends the steps of orders and keeps what was answered for each employee, by the client's number."""

    def __init__(self, cards: TaxCardsPort, *, wait: bool = True) -> None:
        self.meter = Meter()
        self.results: dict[str, list[CardResult]] = defaultdict(list)
        self._cards = cards
        self._wait = wait

    async def send(self, steps: Sequence[Step]) -> list[Outcome]:
        """Order what some steps of one year and mode say; the platform answers for each employee."""
        said = {name: steps[0].body[name] for name in ("year", "mode")}
        items = [_item(step) for step in steps]
        results = await self._cards.order(said, items, wait=self._wait, ended=self.meter.ahead)
        by_key: dict[str, list[CardResult]] = defaultdict(list)
        for result in results:
            by_key[result.key].append(result)
        for step in steps:
            self.results[step.subject] += by_key[step.key]
        return [outcome_of(step, by_key[step.key]) for step in steps]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order that is planned: its plan, a row a client of it, and what carries it out."""

    plan: Plan
    clients: Sequence[PlannedClient]
    carrier: Carrier
    warnings: Sequence[str] = ()

    @property
    def told(self) -> str | None:
        """Who is left out of it and why, in a line."""
        left_out = sum((client.left_out for client in self.clients), Counter[str]())
        causes = ", ".join(f"{number} {reason}" for reason, number in left_out.most_common())
        return f"left out: {counted(left_out.total(), 'employee')} ({causes})" if causes else None

    def rows(self, report: Report) -> list[FetchedCard]:
        """What it came to, an employee a row."""
        owners = {one.candidate.client.number: one.candidate.owner.login for one in self.clients if one.candidate.owner}
        return list(rows_of(report.outcomes, self.carrier.results, owners))


class Orders:
    """Plans orders. `today` asks the platform for its business day, `new_key` makes the key of one step."""

    def __init__(
        self,
        cards: TaxCardsPort,
        clients: Clients,
        today: Callable[[], Awaitable[date]],
        new_key: Callable[[], str],
    ) -> None:
        self._cards = cards
        self._clients = clients
        self._today = today
        self._new_key = new_key

    def carrier(self) -> Carrier:
        """What sends the steps of an order that was planned before."""
        return Carrier(self._cards)

    async def plan(self, selection: Selection, wanted: OrderRequest) -> Order:
        """Whom an order for the clients of a selection would be about.

        Changes are asked for only where an order of everybody was completed; elsewhere everybody is ordered, with a
        warning.

        Raises:
            TaxYearNotOpen, TaxYearClosed: nothing can be ordered for the year.
        """
        required = selection.required()
        year = wanted.year or (await self._today()).year
        planned: list[PlannedClient] = []
        warnings: Sequence[str] = ()
        if not required.names_nobody:
            chosen = {"selection": (await self._clients.resolve(required)).id, "year": year}
            planned = await self._planned(chosen, wanted)
            warnings = [*_fallen_back(planned, year)] if wanted.mode is Mode.CHANGES else ()
        plan = _plan_of(planned, year, self._new_key, again=wanted.again)
        return Order(plan=plan, clients=planned, carrier=Carrier(self._cards, wait=wanted.wait), warnings=warnings)

    async def _planned(self, chosen: Mapping[str, Any], wanted: OrderRequest) -> list[PlannedClient]:
        found = await all_of(self._cards.candidates({**chosen, "mode": wanted.mode}))
        modes = {one.client.id: wanted.mode for one in found}
        if wanted.mode is Mode.CHANGES:
            first = {one.client.id for one in found if one.blocked is None and not one.ordered_before}
            if first:
                everybody = await all_of(self._cards.candidates({**chosen, "mode": Mode.ALL}))
                found = [one for one in found if one.client.id not in first]
                found += [one for one in everybody if one.client.id in first]
                modes |= dict.fromkeys(first, Mode.ALL)
        planned = [_planned_client(one, modes[one.client.id], again=wanted.again) for one in found]
        return sorted(planned, key=lambda one: one.candidate.client.number)


def _planned_client(candidate: Candidate, mode: Mode, *, again: bool) -> PlannedClient:
    today = [one.employees for one in candidate.left_out if one.reason in TODAY] if again else []
    people = [*candidate.people, *(employee for employees in today for employee in employees)]
    return PlannedClient(candidate=candidate, mode=mode, people=people)


def _plan_of(planned: Sequence[PlannedClient], year: int, new_key: Callable[[], str], *, again: bool) -> Plan:
    steps = [step for one in planned if one.state is State.PLANNED for step in _steps(one, year, new_key, again=again)]
    people = sum(len(one.people) for one in planned if one.state is State.PLANNED)
    clients = sum(one.state is State.PLANNED for one in planned)
    return Plan(
        noun=NOUN,
        headline=f"fetch the tax cards of {year} for {counted(people, 'employee')} of {counted(clients, 'client')}",
        steps=steps,
        settled=[_settled(one, year) for one in planned if one.state is not State.PLANNED or one.stands],
        room=MOST_PEOPLE,
    )


def _steps(planned: PlannedClient, year: int, new_key: Callable[[], str], *, again: bool) -> Iterator[Step]:
    """One step, or several where a client has more people than an order may have; changes go one client an order."""
    client = planned.candidate.client
    said = {"client": client.id, "year": year, "mode": str(planned.mode)} | ({"again": True} if again else {})
    changes = planned.mode is Mode.CHANGES
    for at in range(0, 1 if changes else len(planned.people), MOST_PEOPLE):
        people = planned.people[at : at + MOST_PEOPLE]
        yield Step(
            key=new_key(),
            subject=client.number,
            name=client.name,
            action=ACTION,
            body=said if changes else {**said, "employees": list(people)},
            target=f"{year} {planned.mode}",
            why=_why(planned),
            weight=MOST_PEOPLE if changes else len(people),
        )


def _why(planned: PlannedClient) -> str:
    people = counted(len(planned.people), "employee")
    left_out = planned.told_left_out
    return people if left_out is None else f"{people}; left out: {left_out}"


def _settled(planned: PlannedClient, year: int) -> Outcome:
    """What is known without asking; beside a step it is what stands of an order that others of the client are on."""
    candidate = planned.candidate
    is_beside = planned.state is State.PLANNED
    is_pending = planned.stands == UNDER_WAY
    reason = candidate.why_blocked or f"nobody to order for ({planned.told_left_out or 'no employees'})"
    return Outcome(
        subject=candidate.client.number,
        name=candidate.client.name,
        action=ACTION,
        state=(State.PENDING if is_pending else State.UNCHANGED) if is_beside else planned.state,
        code=planned.stands if is_beside and is_pending else planned.code,
        reason=reason,
        target=f"{year} {planned.mode}",
        in_part=is_beside,
    )


def _fallen_back(planned: Sequence[PlannedClient], year: int) -> Iterator[str]:
    first = [one.candidate.client.number for one in planned if one.mode is Mode.ALL and one.state is State.PLANNED]
    if first:
        yield (
            f"{counted(len(first), 'client')} had no completed order of all tax cards of {year}, so all are"
            f" ordered there: {', '.join(first)}"
        )


def _item(step: Step) -> dict[str, Any]:
    body = step.body
    return {"key": step.key} | {name: body[name] for name in ("client", "employees", "again") if name in body}
