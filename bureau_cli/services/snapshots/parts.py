"""What a snapshot is made of: which lists of the platform, asked in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bureau_cli.domain.period import first_day, last_day, shifted

ME, META = "/v1/me", "/v1/meta"
CLIENTS, GROUPS, USERS = "/v1/clients", "/v1/groups", "/v1/users"
ACCESS, OWNERS, ALTINN = "/v1/access", "/v1/access/inferred-owners", "/v1/altinn-settings"
STATUSES, RUNS, MESSAGES = "/v1/period-status", "/v1/payroll-runs", "/v1/a-meldinger"
DEADLINES, DASHBOARD = "/v1/deadlines", "/v1/dashboard"
OVERDUE, RUNS_OF_PERIOD = f"{STATUSES}?overdue", f"{RUNS}?period"
"""Asked twice: what is overdue of earlier months, and the runs of the period whenever they are paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One list or document: its name here, where it comes from, how it is asked for, and what its rows differ in.

    What is not `needed` may be refused to some; a snapshot without it is said to lack it.
    """

    name: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    identity: tuple[str, ...] = ("id",)
    is_list: bool = True
    needed: bool = False


def parts_of(period: str) -> Iterator[Part]:
    """Everything that is kept of a period."""
    first, last = first_day(period), last_day(period)
    yield Part(name=ME, path=ME, is_list=False, needed=True)
    yield Part(name=META, path=META, is_list=False, needed=True)
    yield Part(name=CLIENTS, path=CLIENTS, needed=True)
    yield Part(name=GROUPS, path=GROUPS, identity=("slug",), needed=True)
    yield Part(name=USERS, path=USERS)
    yield Part(name=ACCESS, path=ACCESS, query={"state": ("running", "upcoming", "ended")})
    yield Part(name=OWNERS, path=OWNERS, identity=("client",))
    yield Part(name=ALTINN, path=ALTINN, identity=("client",))
    yield Part(name=STATUSES, path=STATUSES, query={"period": period}, identity=("client", "period"), needed=True)
    yield Part(name=OVERDUE, path=STATUSES, query={"period": period, "overdue": "true"}, identity=("client", "period"))
    yield Part(name=RUNS, path=RUNS, query={"from": first, "to": last})
    yield Part(name=RUNS_OF_PERIOD, path=RUNS, query={"period": period})
    yield Part(name=MESSAGES, path=MESSAGES, query={"month": period})
    yield Part(name=DEADLINES, path=DEADLINES, query={"from": first, "to": last_deadline(period)})
    yield from (
        Part(name=dashboard(by), path=DASHBOARD, query={"period": period, "by": by}, is_list=False)
        for by in (None, "owner", "group")
    )


def dashboard(by: str | None) -> str:
    """The name of the part that is the figures as they were divided so."""
    return DASHBOARD if by is None else f"{DASHBOARD}?by={by}"


def last_deadline(period: str) -> date:
    """How far what is due is kept: to the 15th two months after, when the period's term is settled."""
    return first_day(shifted(period, 2)) + timedelta(days=14)


def called(names: Sequence[str]) -> str:
    """Parts as a person is told of them: `users, access/inferred-owners`."""
    return ", ".join(name.removeprefix("/v1/") for name in names)
