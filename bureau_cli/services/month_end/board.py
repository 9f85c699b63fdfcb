"""The board of a month: where each client stands, what is next and what is late, the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bureau_cli.bulk.report import counted
from bureau_cli.domain.clock import told
from bureau_cli.domain.freshness import MAX_AGE, is_stale
from bureau_cli.domain.month_end import OVERDUE, PeriodStatus, PeriodStatusFacts
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import ClientNotFound
from bureau_cli.services.clients import Clients
from bureau_cli.services.month_end.periods import Periods
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_month_end import MonthEndPort, StatusStream
from bureau_cli.services.streams import Together, all_of

WORST_FIRST = ("problem", "late", "unknown", "open", "done", "not_applicable")
WITHHELD = "no_access"
TOLD = {
    "done": "done",
    "open": "open",
    "late": "late",
    "problem": "problem",
    "unknown": "unknown",
    "not_applicable": "do not apply",
    WITHHELD: "you may not look into",
}
"""How the states of whole months are told, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A client's month on the board; `earlier` than the month that was asked for, or that very month."""

    status: PeriodStatus
    earlier: bool
    stale: bool

    @property
    def state(self) -> str:
        """The worst of its steps; one that the platform has grown since is told as it is."""
        if self.status.withheld is not None or self.status.steps is None:
            return WITHHELD
        states = {step.state for step in self.status.steps.values()}
        unheard = sorted(states.difference(WORST_FIRST))
        return unheard[0] if unheard else min(states, key=WORST_FIRST.index)

    @property
    def is_finished(self) -> bool:
        """Whether it is known that nothing is left to do."""
        return self.status.next is None and self.state in {"done", "not_applicable"}

    def urgency(self) -> tuple[int, date, str, str]:
        """Where it stands: the overdue by age, what is to be done by its day, what cannot be seen, what is finished."""
        status = self.status
        if status.next is not None:
            return int(status.next.state not in OVERDUE), status.next.due, status.client.number, status.period
        rank = 4 if self.state == "not_applicable" else 3 if self.is_finished else 2
        return rank, date.max, status.client.number, status.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The lines in their order, and a sentence about all of them, also about those that were left out.

    `warning` tells of data that are stale, None where none are.
    """

    lines: Sequence[Line]
    told: str
    warning: str | None
    as_of: datetime | None


class Boards:
    """Where clients stand; `now` asks the platform for its clock, should a list not tell it."""

    def __init__(
        self, months: MonthEndPort, clients: Clients, periods: Periods, now: Callable[[], Awaitable[datetime]]
    ) -> None:
        self._months = months
        self._clients = clients
        self._periods = periods
        self._now = now

    async def look(self, selection: Selection, written: str | None, *, only_open: bool = False) -> Board:
        """The board of a month, this one where none was said, with what is overdue of the months before it.

        Raises:
            BadUsage: the period is no month.
        """
        query = {"period": await self._periods.asked(written)}
        months: list[StatusStream] = []

        def listed(chosen: Mapping[str, Any]) -> Stream[PeriodStatus]:
            asked = {**query, **chosen}
            months.append(self._months.statuses(asked))
            return Together(months[0], self._months.statuses({**asked, "overdue": "true"}))

        found = await self._clients.belonging(selection, listed)
        statuses = await all_of(found)
        now = (months[0].now if months else None) or await self._now()
        lines = _lines(statuses, now)
        shown = [line for line in lines if not (only_open and line.is_finished)]
        ordered = sorted(shown, key=Line.urgency)
        return Board(lines=ordered, told=summed_up(lines), warning=_staleness(lines), as_of=found.as_of)

    async def explain(self, selection: Selection, named: str, written: str | None) -> PeriodStatusFacts:
        """A client's month with the facts behind it.

        Raises:
            ClientNotFound: there is no such client, or it is not among those selected.
        """
        period = await self._periods.asked(written)
        client = await self._clients.show(named)
        if not selection.is_everybody:
            chosen = {one.id for one in await self._clients.all_of(selection)}
            if client.id not in chosen:
                raise ClientNotFound(
                    f"{client.number} {client.name} is not among {selection.described()}", fix="choose others, or none"
                )
        return await self._months.status(client.id, period)


def _lines(statuses: Sequence[PeriodStatus], now: datetime) -> list[Line]:
    month = max((status.period for status in statuses), default="")
    return [
        Line(status=status, earlier=status.period < month, stale=is_stale(status.fetched_at, now))
        for status in statuses
    ]


def summed_up(lines: Sequence[Line]) -> str:
    """What there is, and how old it is: `2026-11 · 600 clients: 412 done, 120 open · data from 2026-11-23 06:10`."""
    clients = [line for line in lines if not line.earlier]
    if not clients:
        return "no client fits the selection"
    earlier = len(lines) - len(clients)
    parts = [f"{clients[0].status.period} · {counted(len(clients), 'client')}: {', '.join(_counts(clients))}"]
    if earlier:
        parts.append(f"{counted(earlier, 'earlier month')} overdue")
    return " · ".join([*parts, f"data from {told(max(line.status.fetched_at for line in clients))}"])


def _counts(clients: Sequence[Line]) -> Iterator[str]:
    counts = Counter(line.state for line in clients)
    for state in [*TOLD, *sorted(set(counts).difference(TOLD))]:
        if counts[state]:
            yield f"{counts[state]} {TOLD.get(state, state)}"


def _staleness(lines: Sequence[Line]) -> str | None:
    stale = {line.status.client.id: line.status.fetched_at for line in lines if line.stale}
    if not stale:
        return None
    age = f"older than {MAX_AGE.total_seconds() / 3600:g} h, the oldest from {told(min(stale.values()))}"
    return f"the data of {counted(len(stale), 'client')}, marked ~, are {age}"
