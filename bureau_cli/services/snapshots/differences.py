"""What differs between two sides, client by client: `differences(a, b)` is `differences(b, a)` turned about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bureau_cli.bulk.report import counted
from bureau_cli.domain.clients import ClientReference, Person
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.month_end import PeriodStatus
from bureau_cli.domain.selection import Selection
from bureau_cli.services.snapshots.sides import Pay, Side, Source, meant, side_of

Value = str | bool | int | Decimal | None
HUNDREDTH = Decimal("0.01")


class What(StrEnum):
    """What may differ, in the order it is told: who is there, who is responsible, how far, how much, how many."""

    CLIENT = "client"
    STATUS = "status"
    OWNER = "owner"
    ACCESS = "access"
    DONE = "done"
    CLOSED = "closed"
    REPORTED = "reported"
    A_MELDING = "a_melding"
    NET = "net"
    GROSS = "gross"
    WITHHOLDING = "withholding"
    ATTACHMENT = "attachment"
    PAYSLIPS = "payslips"
    EMPLOYEES = "employees"
    AUTOMATION = "automation"


SUMMED = (What.EMPLOYEES, What.NET, What.PAYSLIPS)
"""What is also told of all clients together."""
SUMS = frozenset({What.NET, What.GROSS, What.WITHHOLDING, What.ATTACHMENT})
STANDINGS = frozenset({What.DONE, What.CLOSED, What.REPORTED, What.A_MELDING})
"""What may be withheld together."""
ORDER = {what: place for place, what in enumerate(What)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same. `user` is whose access it is; a side where there is nothing has None."""

    what: What
    client: ClientReference
    user: str | None = None
    before: Value
    after: Value

    @property
    def change(self) -> int | Decimal | None:
        """By how much, where both are numbers."""
        if isinstance(self.before, int | Decimal) and isinstance(self.after, int | Decimal):
            return None if isinstance(self.before, bool) else self.after - self.before
        return None

    @property
    def place(self) -> tuple[int, Decimal, str, str]:
        """Where it stands: by what it is, the largest change first, then by client and user."""
        return ORDER[self.what], -abs(Decimal(self.change or 0)), self.client.number, self.user or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs of what was asked for, between which sides, and of how many clients that is withheld on none."""

    found: Sequence[Difference]
    sides: tuple[Side, Side]
    pay: Coverage
    access: Coverage
    status: Coverage
    only: Collection[What] = frozenset(What)

    @property
    def as_of(self) -> datetime | None:
        """How old the older side is."""
        return min((side.as_of for side in self.sides if side.as_of is not None), default=None)

    @property
    def told(self) -> str:
        """It in a line."""
        before, after = (f"{side.source.name} ({side.source.period})" for side in self.sides)
        if not self.found:
            return f"nothing differs from {before} to {after}"
        at = len({difference.client.id for difference in self.found})
        return f"{counted(len(self.found), 'difference')} at {counted(at, 'client')} from {before} to {after}"

    @property
    def in_all(self) -> str:
        """The changes of the portfolio in a line: who came and left, and the sums; empty where there are none."""
        moved = Counter("came" if one.before is None else "left" for one in self.found if one.what is What.CLIENT)
        sums = {what: sum(one.change or 0 for one in self.found if one.what is what) for what in SUMMED}
        parts = [f"{counted(number, 'client')} {verb}" for verb, number in sorted(moved.items())]
        return ", ".join([*parts, *(f"{what} {change:+}" for what, change in sums.items() if change)])

    @property
    def gaps(self) -> Sequence[str]:
        """What could not be compared everywhere, a sentence each."""
        logins = sorted({side.login for side in self.sides})
        others = [f"the sides are what {' and '.join(logins)} see, who need not see the same"] if logins[1:] else []
        seen = {
            "pay": (SUMS, self.pay),
            "who has access": ({What.ACCESS}, self.access),
            "the month's states": (STANDINGS, self.status),
        }
        return others + [
            f"{name} compared at {one.clients} of {counted(one.of, 'client')}: the others are withheld on a side"
            for name, (whats, one) in seen.items()
            if one.clients < one.of and not whats.isdisjoint(self.only)
        ]


async def compare(
    sources: tuple[Source, Source], selection: Selection, only: Collection[What] = frozenset(What)
) -> Comparison:
    """Everything that differs at the clients of a selection, the weightiest first."""
    sides = (await side_of(sources[0]), await side_of(sources[1]))
    ids = await meant(sides, selection)
    found = [one for id_ in ids for one in differences(sides, id_) if one.what in only]
    both = [id_ for id_ in ids if all(id_ in side.clients for side in sides)]

    def covered(is_seen: Callable[[Side, str], bool]) -> Coverage:
        seen = sum(all(is_seen(side, id_) for side in sides) for id_ in both)
        return Coverage(clients=seen, of=len(both))

    return Comparison(
        found=sorted(found, key=lambda one: one.place),
        only=only,
        sides=sides,
        pay=covered(Side.sees_pay),
        access=covered(Side.sees_access),
        status=covered(lambda side, id_: _status(side, id_) is not None),
    )


def differences(sides: tuple[Side, Side], id_: str) -> Iterator[Difference]:
    """What differs at one client; of one that is on one side only, no more than that."""
    before, after = (side.clients.get(id_) for side in sides)
    client = before or after
    if client is None:
        return
    if before is None or after is None:
        there: tuple[Value, Value] = (None, client.status) if before is None else (client.status, None)
        pairs: Mapping[What, tuple[Value, Value]] = {What.CLIENT: there}
    else:
        pairs = {
            What.STATUS: (before.status, after.status),
            What.OWNER: (_login(before.owner), _login(after.owner)),
            What.EMPLOYEES: (before.active_employees, after.active_employees),
            **_of_months(*(_status(side, id_) for side in sides)),
            **_of_pay(*(side.pay.get(id_, Pay()) for side in sides)),
        }
        if all(side.sees_access(id_) for side in sides):
            yield from _of_access(client.reference, *(side.access.get(id_, {}) for side in sides))
    for what, (one, other) in pairs.items():
        if one != other:
            yield Difference(what=what, client=client.reference, before=one, after=other)


def _login(owner: Person | None) -> str | None:
    return None if owner is None else owner.login


def _status(side: Side, id_: str) -> PeriodStatus | None:
    """Where a client stands, None where that is withheld."""
    status = side.statuses.get(id_)
    return None if status is None or status.withheld is not None else status


def _of_months(before: PeriodStatus | None, after: PeriodStatus | None) -> Mapping[What, tuple[Value, Value]]:
    if before is None or after is None:
        return {}
    return {
        What.DONE: (before.done, after.done),
        What.CLOSED: (before.closed, after.closed),
        What.REPORTED: (before.reported, after.reported),
        What.A_MELDING: (before.a_melding, after.a_melding),
    }


def _of_pay(before: Pay, after: Pay) -> Mapping[What, tuple[Value, Value]]:
    """Counts are seen by all, amounts and shares compared only where there is one on both sides."""
    known: Mapping[What, tuple[Value, Value]] = {
        What.NET: (before.net, after.net),
        What.GROSS: (before.gross, after.gross),
        What.WITHHOLDING: (before.withholding, after.withholding),
        What.ATTACHMENT: (before.attachment, after.attachment),
        What.PAYSLIPS: (before.payslips, after.payslips),
        What.AUTOMATION: (_automation(before), _automation(after)),
    }
    return {what: pair for what, pair in known.items() if None not in pair}


def _automation(pay: Pay) -> Decimal | None:
    """The share of payslips that nobody touched, in percent; None where there are none."""
    if not pay.ordinary:
        return None
    return (Decimal(100 * pay.untouched) / pay.ordinary).quantize(HUNDREDTH, ROUND_HALF_UP)


def _of_access(client: ClientReference, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for login in before.keys() | after.keys():
        one, other = before.get(login), after.get(login)
        if one != other:
            yield Difference(what=What.ACCESS, client=client, user=login, before=one, after=other)
