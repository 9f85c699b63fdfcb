"""The gate of tax cards: whether everybody who is to be paid is proven to have a card that is not 50 %."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bureau_cli.bulk.report import counted
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.freshness import MAX_AGE, is_stale
from bureau_cli.domain.selection import Resolved, Selection
from bureau_cli.domain.tax_cards import CardStatus
from bureau_cli.services.clients import Clients
from bureau_cli.services.gates import UNKNOWN, Verdict
from bureau_cli.services.streams import all_of
from bureau_cli.services.tax_cards.ports import TaxCardsPort

AT_50 = "at_50"
MISSING = "no_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFinding:
    """What keeps the gate shut at a client: how many employees it is about, and on which pay date, if any."""

    finding: str
    client: ClientReference
    owner: Person | None
    reason: str
    employees: int | None = None
    due: date | None = None
    fetched_at: datetime | None = None

    def place(self) -> tuple[bool, date, str]:
        """Where it stands: what is proven before what is unknown, the earliest pay date first."""
        return self.finding == UNKNOWN, self.due or date.max, self.client.number


class CardGate:
    """Looks at the tax cards of many clients; `now` asks the platform for its clock, should a list not tell it."""

    def __init__(self, cards: TaxCardsPort, clients: Clients, now: Callable[[], Awaitable[datetime]]) -> None:
        self._cards = cards
        self._clients = clients
        self._now = now

    async def look(self, selection: Selection, *, max_age: timedelta = MAX_AGE) -> Verdict[CardFinding]:
        """Everything that keeps it shut at the clients of a selection; nothing said means all of them.

        What is older than `max_age` proves nothing, and neither does a client that the answer leaves out.
        """
        if selection.names_nobody:
            return Verdict(clients=0, found=())
        chosen = await self._clients.resolve(Selection(all_clients=True) if selection.is_empty else selection)
        listed = self._cards.statuses({"selection": chosen.id})
        rows = await all_of(listed)
        now = listed.now or await self._now()
        found = [one for row in rows for one in _judged(row, stale=is_stale(row.fetched_at, now, max_age))]
        left, unseen = await self._not_told_of(chosen, rows)
        outside = [*left, *(row.client.name for row in rows if row.employees == 0)]
        return Verdict(
            clients=chosen.count - len(outside),
            found=sorted([*found, *unseen], key=CardFinding.place),
            as_of=listed.as_of,
            aside=[f"{counted(len(outside), 'client')} with nobody to be paid"] if outside else (),
        )

    async def _not_told_of(
        self, chosen: Resolved, rows: Sequence[CardStatus]
    ) -> tuple[Sequence[str], Sequence[CardFinding]]:
        """Clients that the answer says nothing of: those that have left, and those that nobody can tell about."""
        if len(rows) >= chosen.count:
            return (), ()
        there = {row.client.id for row in rows}
        others = [one for one in await self._clients.listed({"selection": chosen.id}) if one.id not in there]
        return [one.name for one in others if one.status == "left"], [
            CardFinding(finding=UNKNOWN, client=one.reference, owner=one.owner, reason="you have no access to it")
            for one in others
            if one.status != "left"
        ]


def _judged(row: CardStatus, *, stale: bool) -> Iterator[CardFinding]:
    """What keeps the gate shut at one client, or why nobody can tell."""
    if row.employees == 0:
        return
    if stale:
        yield _found(row, UNKNOWN, f"last fetched {row.fetched_at:%Y-%m-%d %H:%M}, too long ago")
        return
    of = counted(row.employees, "employee")
    if row.at_50:
        when = "" if row.at_50_on is None else f" on {row.at_50_on}"
        yield _found(row, AT_50, f"{row.at_50} of {of} would meet 50 %{when}", row.at_50, row.at_50_on)
    elif row.missing:
        reason = f"no card of {row.year} for {row.missing} of {of}"
        yield _found(row, MISSING, reason, row.missing, row.next_pay_date)


def _found(
    row: CardStatus, finding: str, reason: str, employees: int | None = None, due: date | None = None
) -> CardFinding:
    return CardFinding(
        finding=finding,
        client=row.client,
        owner=row.owner,
        reason=reason,
        employees=employees,
        due=due,
        fetched_at=row.fetched_at,
    )
