"""`/v1/period-status`, `/v1/deadlines` and `/v1/dashboard`: where the bureau's clients stand in a month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bureau_cli.api.clients import pairs, person_from, reference_from, withheld_from
from bureau_cli.api.dashboard import dashboard_from
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, flag, instant, many, money, optional, read_as, text
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.dashboard import Dashboard
from bureau_cli.domain.deadlines import Deadline
from bureau_cli.domain.month_end import (
    STEPS,
    NextStep,
    PeriodReason,
    PeriodStatus,
    PeriodStatusFacts,
    Step,
    StepFact,
)

STATUS = "/v1/period-status"


class MonthEndApi:
    """Reads where clients stand. `page_size` is how many rows one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def statuses(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[PeriodStatus]:
        """A row a client the query means; with `overdue`, a row a client and earlier month that is overdue."""
        return Pages(
            self._wire,
            STATUS,
            list(pairs(query)),
            _status_from,
            size=self._page_size,
            identity=("client", "period"),
            most=most,
        )

    async def status(self, client_id: str, period: str | None = None) -> PeriodStatusFacts:
        """One client's month with the facts behind it; without `period` this month."""
        path = f"{STATUS}/{quote(client_id, safe='')}"
        answer = await self._wire.send(Call(method="GET", path=path, query=list(pairs({"period": period}))))
        return read_as("a period status", _facts_from, answer.content)

    def deadlines(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[Deadline]:
        """All deadlines the query fits, by day."""
        return Pages(self._wire, "/v1/deadlines", list(pairs(query)), _deadline_from, size=self._page_size, most=most)

    async def dashboard(self, query: Mapping[str, Any]) -> Dashboard:
        """The eight figures of the clients the query means."""
        answer = await self._wire.send(Call(method="GET", path="/v1/dashboard", query=list(pairs(query))))
        return read_as("a dashboard", dashboard_from, answer.content)


def _status_from(item: Mapping[str, Any]) -> PeriodStatus:
    return PeriodStatus(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        period=text(item["period"]),
        outside=optional(text, item["outside"]),
        pay_dates=many(day, item["pay_dates"]),
        steps=optional(_steps_from, item["steps"]),
        a_melding=optional(text, item["a_melding"]),
        closed=optional(flag, item["closed"]),
        reported=optional(flag, item["reported"]),
        done=optional(flag, item["done"]),
        reasons=many(_reason_from, item["reasons"]),
        next=optional(next_step_from, item["next"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _steps_from(item: Mapping[str, Any]) -> dict[str, Step]:
    return {name: _step_from(item[name]) for name in STEPS}


def _step_from(item: Mapping[str, Any]) -> Step:
    return Step(state=text(item["state"]), due=optional(day, item["due"]), since=optional(instant, item["since"]))


def _reason_from(item: Mapping[str, Any]) -> PeriodReason:
    return PeriodReason(
        gate=text(item["gate"]),
        code=text(item["code"]),
        step=text(item["step"]),
        state=text(item["state"]),
        due=optional(day, item["due"]),
        run=optional(text, item["run"]),
        message=optional(text, item["message"]),
        pay_group=optional(text, item["pay_group"]),
        pay_date=optional(day, item["pay_date"]),
    )


def next_step_from(item: Mapping[str, Any]) -> NextStep:
    """What is to be done next at a client, from its JSON."""
    return NextStep(step=text(item["step"]), state=text(item["state"]), due=day(item["due"]))


def _facts_from(item: Mapping[str, Any]) -> PeriodStatusFacts:
    return PeriodStatusFacts(
        status=_status_from(item), facts=many(_fact_from, item["facts"]), known_until=day(item["known_until"])
    )


def _fact_from(item: Mapping[str, Any]) -> StepFact:
    return StepFact(
        step=text(item["step"]),
        fact=text(item["fact"]),
        state=text(item["state"]),
        due=optional(day, item["due"]),
        at=optional(instant, item["at"]),
        run=optional(text, item["run"]),
        run_type=optional(text, item["run_type"]),
        message=optional(text, item["message"]),
        pay_group=optional(text, item["pay_group"]),
        pay_date=optional(day, item["pay_date"]),
    )


def _deadline_from(item: Mapping[str, Any]) -> Deadline:
    return Deadline(
        id=text(item["id"]),
        kind=text(item["kind"]),
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        due=day(item["due"]),
        agreed=day(item["agreed"]),
        period=optional(text, item["period"]),
        term=optional(text, item["term"]),
        pay_date=optional(day, item["pay_date"]),
        run=optional(text, item["run"]),
        amount=optional(money, item["amount"]),
        met=optional(flag, item["met"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )
