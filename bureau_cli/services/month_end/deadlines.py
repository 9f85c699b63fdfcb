"""What is due when: a row a client, or all clients of a day and kind together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from bureau_cli.bulk.report import counted
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.deadlines import Deadline, DeadlineFilter, DueDay
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_month_end import MonthEndPort


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is due, by day, at how many clients, and of how many of those with amounts these are there to see."""

    days: Sequence[DueDay]
    clients: int
    coverage: Coverage
    as_of: datetime | None

    @property
    def told(self) -> str:
        """It in a line: `34 deadlines at 120 clients`."""
        return f"{counted(len(self.days), 'deadline')} at {counted(self.clients, 'client')}"


class Deadlines:
    """What the clients of a selection have to do by when."""

    def __init__(self, month_end: MonthEndPort, clients: Clients) -> None:
        self._month_end = month_end
        self._clients = clients

    async def search(
        self, selection: Selection, narrowed: DeadlineFilter, *, most: int | None = None
    ) -> Stream[Deadline]:
        """A deadline a client, by day."""

        def found(chosen: Mapping[str, Any]) -> Stream[Deadline]:
            return self._month_end.deadlines({**narrowed.asked(), **chosen}, most=most)

        return await self._clients.belonging(selection, found)

    async def by_day(self, selection: Selection, narrowed: DeadlineFilter) -> Agenda:
        """What is due of each kind on each day, by day."""
        stream = await self.search(selection, narrowed)
        together: dict[tuple[date, str], list[Deadline]] = defaultdict(list)
        async with aclosing(stream.batches()) as batches:
            async for batch in batches:
                for deadline in batch:
                    together[deadline.due, deadline.kind].append(deadline)
        days = [_day(due, kind, deadlines, selection) for (due, kind), deadlines in sorted(together.items())]
        found = list(chain(*together.values()))
        clients = len({one.client.id for one in found})
        return Agenda(days=days, clients=clients, coverage=_coverage(found), as_of=stream.as_of)


def _day(due: date, kind: str, deadlines: Sequence[Deadline], selection: Selection) -> DueDay:
    clients = {one.client.id: one.client for one in deadlines}
    amounts = [one.amount for one in deadlines if one.amount is not None]
    met = Counter(_met_at_each(deadlines).values())
    return DueDay(
        uid=f"{selection.identity}/{kind}/{due}",
        due=due,
        kind=kind,
        about=tuple(sorted({one.term or one.period or "" for one in deadlines} - {""})),
        clients=sorted(clients.values(), key=lambda client: client.number),
        met=met[True],
        unmet=met[False],
        unknown=met[None],
        amount=sum(amounts[1:], amounts[0]) if amounts else None,
        amount_clients=len({one.client.id for one in deadlines if one.amount is not None}),
        withheld=len({one.client.id for one in deadlines if one.withheld is not None}),
    )


def has_amount(deadline: Deadline) -> bool:
    """Whether an amount is known, be it held back: of a run to come, an a-melding or tax cards there is none."""
    return deadline.amount is not None or deadline.withheld is not None


def _coverage(deadlines: Iterable[Deadline]) -> Coverage:
    clients, withheld = set(), set()
    for one in filter(has_amount, deadlines):
        clients.add(one.client.id)
        if one.withheld is not None:
            withheld.add(one.client.id)
    return Coverage(clients=len(clients - withheld), of=len(clients))


def _met_at_each(deadlines: Iterable[Deadline]) -> dict[str, bool | None]:
    """Whether each client has met all of its part; what is known not to be done outweighs what nobody can tell."""
    met: dict[str, bool | None] = {}
    for one in deadlines:
        before = met.get(one.client.id, True)
        met[one.client.id] = False if False in (before, one.met) else before and one.met
    return met
