"""One side of a comparison: what is known of each client in a period, from a snapshot or from the platform."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from bureau_cli.domain.clients import Client
from bureau_cli.domain.month_end import PeriodStatus
from bureau_cli.domain.period import first_day, last_day
from bureau_cli.domain.runs import PayrollRun
from bureau_cli.domain.selection import ClientFilter, Selection
from bureau_cli.domain.signing_in import Identity
from bureau_cli.errors import ClientNotFound
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import AccessPort, Stream
from bureau_cli.services.ports_month_end import MonthEndPort, RunsPort
from bureau_cli.services.streams import all_of

LEADER = "leader"
"""Who sees who has access at every client; others see it where they have access themselves."""
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one side comes from: what it is called, the period it is about, and the lists it is read from."""

    name: str
    period: str
    clients: Clients
    access: AccessPort
    runs: RunsPort
    month_end: MonthEndPort
    caller: Callable[[], Awaitable[Identity]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """A client's runs that are paid in the period, added up; amounts are None where one is withheld."""

    payslips: int = 0
    gross: Decimal | None = ZERO
    net: Decimal | None = ZERO
    withholding: Decimal | None = ZERO
    attachment: Decimal | None = ZERO
    ordinary: int = 0
    """Payslips of ordinary runs."""
    untouched: int = 0
    """Those of them with no line entered or changed by hand."""

    def and_a(self, run: PayrollRun) -> Pay:
        """With one run more."""
        is_ordinary = run.type == "ordinary"
        return Pay(
            payslips=self.payslips + run.payslips,
            gross=_sum(self.gross, run.gross),
            net=_sum(self.net, run.net),
            withholding=_sum(self.withholding, run.withholding),
            attachment=_sum(self.attachment, run.attachment),
            ordinary=self.ordinary + is_ordinary * run.payslips,
            untouched=self.untouched + is_ordinary * run.payslips_untouched,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is known, by the client's id; `access` has the roles of those who have access now, by their logins."""

    source: Source
    login: str
    """Who saw it."""
    as_of: datetime | None
    sees_all_access: bool
    clients: Mapping[str, Client]
    access: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, PeriodStatus]
    pay: Mapping[str, Pay]

    def sees_pay(self, client_id: str) -> bool:
        """Whether amounts of a client are known."""
        return self.clients[client_id].withheld is None

    def sees_access(self, client_id: str) -> bool:
        """Whether it is known who has access to a client."""
        return self.sees_all_access or self.clients[client_id].my_access is not None


async def side_of(source: Source) -> Side:
    """Everything there is to compare, of every client."""
    bounds = {"from": first_day(source.period), "to": last_day(source.period)}
    clients = await source.clients.search(Selection(), ClientFilter())
    accesses = source.access.list({"state": ("running",)})
    statuses = source.month_end.statuses({"period": source.period})
    runs = source.runs.list(bounds)
    caller = await source.caller()
    return Side(
        source=source,
        login=caller.login,
        sees_all_access=caller.role == LEADER,
        clients={client.id: client for client in await all_of(clients)},
        access=_roles([(one.client.id, one.user.login, one.role) for one in await all_of(accesses)]),
        statuses={status.client.id: status for status in await all_of(statuses)},
        pay=_added_up(await all_of(runs)),
        as_of=_oldest(clients, accesses, statuses, runs),
    )


async def meant(sides: tuple[Side, Side], selection: Selection) -> frozenset[str]:
    """The ids of the clients that a selection means on either side; one that is named may be missing on the other.

    Raises:
        ClientNotFound: one that is named is missing on both.
    """
    if selection.is_everybody:
        return frozenset(id_ for side in sides for id_ in side.clients)
    before, missing_before = await _meant_on(sides[0], selection)
    after, missing_after = await _meant_on(sides[1], selection)
    nowhere = missing_before & missing_after
    if nowhere:
        raise ClientNotFound(f"neither side has a client {min(nowhere)}")
    return before | after


async def _meant_on(side: Side, selection: Selection) -> tuple[frozenset[str], frozenset[str]]:
    """The clients meant on one side, and the tokens that mean none there."""
    clients = side.source.clients
    try:
        return frozenset(client.id for client in await clients.all_of(selection)), frozenset()
    except ClientNotFound as fault:
        tokens = selection.clients or ()
        missing = {finding.index for finding in fault.findings}
        known = tuple(token for at, token in enumerate(tokens) if at not in missing)
        if len(known) == len(tokens):
            raise
        left = await clients.all_of(replace(selection, clients=known))
        return frozenset(client.id for client in left), frozenset(token.text for token in set(tokens) - set(known))


def _roles(accesses: Iterable[tuple[str, str, str]]) -> Mapping[str, Mapping[str, str]]:
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    for client_id, login, role in accesses:
        roles[client_id][login] = role
    return roles


def _added_up(runs: Iterable[PayrollRun]) -> Mapping[str, Pay]:
    pay: dict[str, Pay] = {}
    for run in runs:
        pay[run.client.id] = pay.get(run.client.id, Pay()).and_a(run)
    return pay


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _oldest(*streams: Stream[object]) -> datetime | None:
    return min((stream.as_of for stream in streams if stream.as_of is not None), default=None)
