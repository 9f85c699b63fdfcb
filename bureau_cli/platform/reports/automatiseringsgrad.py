"""The automatiseringsgrad: how much of clients' ordinary pay nobody touched, a month by its pay dates."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calendar import first_day, last_day, shifted
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.reports.lists import (
    Months,
    clients_by_name,
    coverage,
    envelope,
    is_told,
    may_look_into,
    months_asked_for,
    withheld,
)
from bureau_cli.platform.shown import only, percent, share

DEFINITION = "Payslips of ordinary runs with no line entered or changed by hand, of all payslips of ordinary runs."
_FIGURES = ("payslips", "untouched", "manual", "degree", "months", "runs")
_ORDINARY = """
FROM json_each(:ids) AS meant
CROSS JOIN pay_run ON pay_run.client_id = meant.value AND pay_date BETWEEN :first AND :last
    AND pay_run.type = 'ordinary' AND created_at <= :now
"""
_BY_MONTH = f"""
SELECT client_id, substr(pay_date, 1, 7) AS month, sum(payslips) AS payslips, sum(untouched) AS untouched
{_ORDINARY} GROUP BY 1, 2
"""
_MANUAL = f"""
SELECT pay_run.client_id, pay_run.seq, pay_run.id, period, pay_run.type, pay_date, payslips,
    employee.id AS employee_id, employee.name
{_ORDINARY} AND payslips > untouched
CROSS JOIN payslip ON run = pay_run.seq AND touched
JOIN employee ON employee.seq = payslip.employee
ORDER BY pay_run.client_id, pay_date, pay_run.seq, employee.name, employee.id
"""


class _Month(NamedTuple):
    """The payslips of a month's ordinary runs, and those that nobody touched."""

    payslips: int = 0
    untouched: int = 0

    @property
    def degree(self) -> int | None:
        """Give the share in hundredths of a percent; None of nothing."""
        return share(self.untouched, self.payslips)


ByMonth = Mapping[str, _Month | None]
"""None of a month the platform has nothing about."""


def list_automatiseringsgrad(call: Call) -> Answer:
    """List how automatic clients' ordinary pay is."""
    asked = months_asked_for(call)
    page = clients_by_name(call)
    clients = Clients(call, page.ids)
    seen = [one for one in page.ids if may_look_into(call, clients, one)]
    figures = _Figures(call, asked, clients, seen)
    items = [
        {
            "client": clients.reference(client_id),
            "owner": clients.owner(client_id),
            **(figures.of(client_id) if may_look_into(call, clients, client_id) else withheld(_FIGURES)),
            "fetched_at": clients.fetched_at(client_id),
        }
        for client_id in page.ids
    ]
    about = {"from": asked.first, "to": asked.last, "coverage": coverage(call, page.total, of_pay=False)}
    return Answer(body=envelope(call, page, items, definition=DEFINITION, **about))


class _Figures:
    """What a page's clients are judged by, found for all of them at once."""

    def __init__(self, call: Call, asked: Months, clients: Clients, client_ids: Sequence[str]) -> None:
        self._clients = clients
        self._asked = asked.all
        self._months = [shifted(asked.first, -1), *self._asked]
        self._told = {month for month in self._months if is_told(call, month)}
        bounds = {
            "ids": json.dumps(client_ids),
            "first": first_day(self._months[0]).isoformat(),
            "last": last_day(asked.last).isoformat(),
            "now": call.seconds,
        }
        self._found = {
            (row["client_id"], row["month"]): _Month(row["payslips"], row["untouched"])
            for row in call.db.execute(_BY_MONTH, bounds)
        }
        self._runs: Mapping[str, list[dict[str, Any]]] | None = None
        if call.arguments.query["manual"] == "true":
            self._runs = _manual_runs(call, {**bounds, "first": first_day(asked.first).isoformat()})

    def of(self, client_id: str) -> dict[str, Any]:
        """Show the figures of a client."""
        months = {month: self._month(client_id, month) for month in self._months}
        known = [one for month in self._asked if (one := months[month])]
        total = _Month(sum(one.payslips for one in known), sum(one.untouched for one in known))
        return {
            **(_counts(total) if known else dict.fromkeys(("payslips", "untouched", "manual", "degree"))),
            "months": list(_shown(months)),
            "runs": None if self._runs is None else self._runs[client_id],
            "withheld": None,
        }

    def _month(self, client_id: str, month: str) -> _Month | None:
        if month not in self._told or self._clients.fetched_at(client_id) < first_day(month).isoformat():
            return None
        return self._found.get((client_id, month), _Month())


def _shown(months: ByMonth) -> Iterator[dict[str, Any]]:
    """Show every month but the first, each beside the one before."""
    (_, before), *rest = months.items()
    for month, one in rest:
        degree, earlier = one and one.degree, before and before.degree
        change = None if degree is None or earlier is None else percent(degree - earlier)
        counts = _counts(one) if one else dict.fromkeys(("payslips", "untouched", "manual", "degree"))
        yield {"month": month, **counts, "change": change}
        before = one


def _counts(one: _Month) -> dict[str, Any]:
    return {
        "payslips": one.payslips,
        "untouched": one.untouched,
        "manual": one.payslips - one.untouched,
        "degree": percent(one.degree),
    }


def _manual_runs(call: Call, asked: Mapping[str, Any]) -> Mapping[str, list[dict[str, Any]]]:
    """Give the runs in which payslips were touched, by client, with whose they were."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _, rows in groupby(call.db.execute(_MANUAL, asked), key=itemgetter("seq")):
        run, *more = rows
        found[run["client_id"]].append(
            {
                "month": run["pay_date"][:7],
                "run": only(run, "id", "period", "type", "pay_date", "payslips"),
                "employees": [{"id": one["employee_id"], "name": one["name"]} for one in (run, *more)],
            }
        )
    return found
