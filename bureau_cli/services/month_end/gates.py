"""The gates of a month: whether every client is proven closed, reported, done, or to owe nothing it withheld."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bureau_cli.bulk.report import counted, named
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.freshness import MAX_AGE, is_stale
from bureau_cli.domain.month_end import PeriodReason, PeriodStatus
from bureau_cli.domain.selection import Resolved, Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.gates import UNKNOWN, Verdict
from bureau_cli.services.month_end.periods import Periods
from bureau_cli.services.month_end.reasons import together, worded
from bureau_cli.services.ports_month_end import MonthEndPort
from bureau_cli.services.streams import all_of, first_of

WORST_FIRST = ("problem", "late", UNKNOWN, "open")
SETTLED = frozenset({"done", "open", "not_applicable"})
"""States of the withholding in which nothing is overdue."""

MOST_NAMES = 5
"""How many clients a line names."""


class Gate(StrEnum):
    """What a month can be proven to be, by the names that the contract's reasons have for it."""

    CLOSED = "closed"
    REPORTED = "reported"
    DONE = "done"
    WITHHOLDING = "withholding"


PARTS: Mapping[Gate, Collection[str]] = {
    Gate.CLOSED: {Gate.CLOSED},
    Gate.REPORTED: {Gate.REPORTED},
    Gate.DONE: {Gate.CLOSED, Gate.REPORTED},
    Gate.WITHHOLDING: {Gate.WITHHOLDING},
}
"""The gates whose reasons keep it shut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFinding:
    """What keeps a gate shut at a client. `state` is what it makes of its `step`; what it is not about is None.

    `finding` is the contract's code of the reason, UNKNOWN where nobody can tell. `runs` are those it is about, with
    their `pay_dates`. `fetched_at` is None where the platform has left the client out.
    """

    finding: str
    client: ClientReference
    owner: Person | None
    period: str
    reason: str
    step: str | None = None
    state: str | None = None
    due: date | None = None
    pay_dates: Sequence[date] = ()
    runs: Sequence[str] = ()
    message: str | None = None
    fetched_at: datetime | None = None

    def place(self) -> tuple[bool, int, date, str]:
        """Where it stands: what is proven before what is unknown, the worst and the earliest due first."""
        rank = WORST_FIRST.index(self.state) if self.state in WORST_FIRST else len(WORST_FIRST)
        return self.finding == UNKNOWN, rank, self.due or date.max, self.client.number


class Gates:
    """Looks at a month of many clients; `now` asks the platform for its clock, should a list not tell it."""

    def __init__(
        self, statuses: MonthEndPort, clients: Clients, periods: Periods, now: Callable[[], Awaitable[datetime]]
    ) -> None:
        self._statuses = statuses
        self._clients = clients
        self._periods = periods
        self._now = now

    async def look(
        self, gate: Gate, selection: Selection, *, period: str | None = None, max_age: timedelta = MAX_AGE
    ) -> Verdict[MonthFinding]:
        """Everything that keeps it shut at the clients of a selection; nothing said means all of them, this month.

        What is older than `max_age` proves nothing, and neither does a client that the answer leaves out.
        """
        if selection.names_nobody:
            return Verdict(clients=0, found=())
        month = await self._periods.read(period)
        chosen = await self._clients.resolve(Selection(all_clients=True) if selection.is_empty else selection)
        query = {"selection": chosen.id, "period": month}
        listed, earlier = self._statuses.statuses(query), self._statuses.statuses({**query, "overdue": "true"}, most=1)
        rows, _ = await asyncio.gather(all_of(listed), first_of(earlier))
        now = listed.now or await self._now()
        answered = [row for row in rows if row.period == month]
        outside = [row for row in answered if row.outside is not None]
        found = [
            finding
            for row in answered
            if row.outside is None
            for finding in _judged(gate, row, stale=is_stale(row.fetched_at, now, max_age))
        ]
        found += await self._left_out(chosen, answered, month)
        return Verdict(
            clients=max(chosen.count, len(answered)) - len(outside),
            found=sorted(found, key=MonthFinding.place),
            as_of=listed.as_of,
            aside=tuple(_aside(outside, earlier.total or 0)),
        )

    async def _left_out(self, chosen: Resolved, rows: Sequence[PeriodStatus], month: str) -> list[MonthFinding]:
        """Clients of the selection that the answer says nothing of; they are asked for only if it is too short."""
        there = {row.client.id for row in rows}
        if len(there) >= chosen.count:
            return []
        everybody = await self._clients.listed({"selection": chosen.id})
        return [
            MonthFinding(
                finding=UNKNOWN,
                client=client.reference,
                owner=client.owner,
                period=month,
                reason="the platform's answer leaves it out",
            )
            for client in everybody
            if client.id not in there
        ]


def _judged(gate: Gate, row: PeriodStatus, *, stale: bool) -> Iterator[MonthFinding]:
    """What keeps the gate shut at one client, or why nobody can tell."""
    reasons = together(reason for reason in row.reasons if reason.gate in PARTS[gate])
    if row.withheld is not None:
        yield _unknown(row, "you have no access to it")
    elif stale:
        then = "; ".join(map(worded, reasons))
        yield _unknown(row, f"last fetched {row.fetched_at:%Y-%m-%d %H:%M}, too long ago{then and f'; then {then}'}")
    elif not _is_proven(gate, row):
        yield from (_found(row, alike) for alike in reasons)
        if not reasons:
            yield _unknown(row, "the platform does not say why")


def _is_proven(gate: Gate, row: PeriodStatus) -> bool:
    if gate is Gate.WITHHOLDING:
        return row.steps is not None and row.steps[gate].state in SETTLED
    return {Gate.CLOSED: row.closed, Gate.REPORTED: row.reported, Gate.DONE: row.done}[gate] is True


def _found(row: PeriodStatus, alike: Sequence[PeriodReason]) -> MonthFinding:
    """What reasons come to: unknown where nobody can tell, as of a month before all that was ever told."""
    reason = alike[0]
    return MonthFinding(
        finding=UNKNOWN if reason.state == UNKNOWN else reason.code,
        client=row.client,
        owner=row.owner,
        period=row.period,
        reason=worded(alike),
        step=reason.step,
        state=reason.state,
        due=reason.due,
        pay_dates=tuple(dict.fromkeys(one.pay_date for one in alike if one.pay_date is not None)),
        runs=tuple(one.run for one in alike if one.run is not None),
        message=reason.message,
        fetched_at=row.fetched_at,
    )


def _unknown(row: PeriodStatus, why: str) -> MonthFinding:
    return MonthFinding(
        finding=UNKNOWN, client=row.client, owner=row.owner, period=row.period, reason=why, fetched_at=row.fetched_at
    )


def _aside(outside: Sequence[PeriodStatus], earlier: int) -> Iterator[str]:
    """What is told beside: whom the month does not concern, and that earlier ones are not in order."""
    if outside:
        whys = sorted({row.outside or "" for row in outside})
        names = {why: sorted(row.client.name for row in outside if row.outside == why) for why in whys}
        told = "; ".join(f"{len(those)} {why}: {named(those, MOST_NAMES)}" for why, those in names.items())
        yield f"{len(outside)} {'does' if len(outside) == 1 else 'do'} not apply ({told})"
    if earlier:
        yield f"{counted(earlier, 'earlier client-month')} overdue: bureau status"
