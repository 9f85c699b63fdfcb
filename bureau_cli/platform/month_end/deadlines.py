"""Which deadlines there are: of the runs made, of the pay days agreed without one, of months, terms and years.

A deadline is found by when it is due, its kind, its client, and what it is `of`: a run by its number, a pay group and
period that have no run, a month, a term, or a year.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Self

from bureau_cli.platform.belonging import Conditions
from bureau_cli.platform.calls import Call
from bureau_cli.platform.facts import newest_fact
from bureau_cli.platform.month_end.window import Window
from bureau_cli.platform.pages import Key, Order, Page, Rows


class Deadline(NamedTuple):
    """The key of a deadline."""

    due: str
    kind: str
    client_id: str
    of: int | str

    @property
    def run(self) -> int | None:
        """The number of the run it is of."""
        return self.of if isinstance(self.of, int) else None

    @property
    def agreed(self) -> tuple[str, str] | None:
        """The pay group and the period it is of, that have no run."""
        pay_group, _, period = str(self.of).partition(" ")
        return (pay_group, period) if period else None

    @property
    def term(self) -> str | None:
        """The term it is of."""
        return self.of if isinstance(self.of, str) and "-T" in self.of else None


ORDER = Order(columns=tuple(f"deadline.{name}" for name in Deadline._fields))

_TABLES = """
agreed(period, payday, pay_date, withholding_due) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:agreed)
),
banked(pay_date, due) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:banked)),
month(name, due, first, last) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:months)
),
term(name, due, first, last, has_withholding) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(:terms)
),
year(name, due) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:years))
"""

_CLIENT = "client AS employer"


class _Joined(NamedTuple):
    """What is joined: from each client on where few are meant, else from the days. SQLite would guess, and be wrong."""

    by_client: str
    by_day: str

    @classmethod
    def with_every_client(cls, table: str) -> Self:
        """Join a table with all clients."""
        return cls(by_client=f"{_CLIENT} CROSS JOIN {table}", by_day=f"{table} CROSS JOIN {_CLIENT}")


_RUNS = _Joined(
    by_client=f"{_CLIENT} CROSS JOIN pay_run ON pay_run.client_id = employer.id",
    by_day=f"pay_run CROSS JOIN {_CLIENT} ON employer.id = pay_run.client_id",
)
_BANKED_RUNS = _Joined(
    by_client=f"{_RUNS.by_client} CROSS JOIN banked ON banked.pay_date = pay_run.pay_date",
    by_day="banked CROSS JOIN pay_run ON pay_run.bureau_id = :bureau AND pay_run.pay_date = banked.pay_date"
    f" CROSS JOIN {_CLIENT} ON employer.id = pay_run.client_id",
)
_AGREED_DAYS = _Joined(
    by_client=f"{_CLIENT} CROSS JOIN pay_group ON pay_group.client_id = employer.id"
    " CROSS JOIN agreed ON agreed.payday = pay_group.payday",
    by_day="agreed CROSS JOIN pay_group ON pay_group.payday = agreed.payday"
    f" CROSS JOIN {_CLIENT} ON employer.id = pay_group.client_id",
)


class _Source(NamedTuple):
    """Where deadlines of a kind come from: their due day and what they are of, what is joined, and the conditions."""

    due: str
    of: str
    joined: _Joined
    where: str

    def sql(self, kind: str, clients: Rows) -> str:
        """Write the rows of a kind at these clients."""
        joined = self.joined.by_client if clients.are_few else self.joined.by_day
        conditions = " AND ".join((self.where, *clients.conditions))
        return f"SELECT {self.due}, '{kind}', employer.id, {self.of} FROM {joined} WHERE {conditions}"  # noqa: S608 - ours


_IS_THERE = "employer.active_from <= {last} AND (employer.left_on IS NULL OR employer.left_on >= {first})"
_WITHOUT_RUN = f"""{_IS_THERE.format(first="agreed.pay_date", last="agreed.pay_date")} AND NOT EXISTS (
    SELECT 1 FROM pay_run
    WHERE pay_run.pay_group_id = pay_group.id AND pay_run.period = agreed.period AND pay_run.type = 'ordinary'
        AND pay_run.created_at <= :now
) AND NOT EXISTS (
    SELECT 1 FROM no_pay
    WHERE no_pay.pay_group_id = pay_group.id AND no_pay.period = agreed.period AND no_pay.recorded_at <= :now
)"""  # noqa: S608 - conditions of ours
_HAS_RUN = """EXISTS (
    SELECT 1 FROM pay_run
    WHERE pay_run.client_id = employer.id AND pay_run.pay_date BETWEEN {of}.first AND {of}.last
        AND pay_run.created_at <= :now AND {such}
)"""
_STAYS = "employer.active_from <= {first} AND (employer.left_on IS NULL OR employer.left_on >= {last})"
_EMPLOYS = """EXISTS (
    SELECT 1 FROM employee
    WHERE employee.client_id = employer.id AND employee.starts <= {last}
        AND (employee.ends IS NULL OR employee.ends >= {first})
)"""
_HAS_MESSAGE = """EXISTS (
    SELECT 1 FROM a_melding
    WHERE a_melding.client_id = employer.id AND a_melding.month = month.name AND a_melding.created_at <= :now
)"""
_IS_CHARGED = """(
    pay_run.aga <> 0
    OR pay_run.aga_base <> 0 AND employer.id IN (SELECT client_id FROM site WHERE sector = 'finance')
)"""


def _with_people(presence: str, first: str, last: str) -> str:
    """Write that a client is there, and somebody employed there, from one day to another."""
    return " AND ".join(one.format(first=first, last=last) for one in (presence, _EMPLOYS))


def _of_agreed_days(due: str) -> _Source:
    return _Source(
        due=f"agreed.{due}",
        of="pay_group.id || ' ' || agreed.period",
        joined=_AGREED_DAYS,
        where=f"agreed.{due} BETWEEN :first AND :last AND {_WITHOUT_RUN}",
    )


def _withheld(column: str) -> tuple[_Source, _Source]:
    """Give what is due of a column of runs: of itself, and before 2026 with the term."""
    of_run = f"pay_run.bureau_id = :bureau AND pay_run.created_at <= :now AND pay_run.{column} > 0"
    of_term = f"term.has_withholding AND {_HAS_RUN.format(of='term', such=f'pay_run.{column} > 0')}"
    return (
        _Source(due="banked.due", of="pay_run.seq", joined=_BANKED_RUNS, where=of_run),
        _Source(due="term.due", of="term.name", joined=_Joined.with_every_client("term"), where=of_term),
    )


_PAY_DAY_OF_RUN = _Source(
    due="pay_run.pay_date",
    of="pay_run.seq",
    joined=_RUNS,
    where="pay_run.bureau_id = :bureau AND pay_run.pay_date BETWEEN :first AND :last"
    " AND pay_run.created_at <= :now AND pay_run.net > 0",
)
_MONTH = _Source(
    due="month.due",
    of="month.name",
    joined=_Joined.with_every_client("month"),
    where=f"({_with_people(_STAYS, 'month.first', 'month.last')}"
    f" OR {_HAS_RUN.format(of='month', such='TRUE')} OR {_HAS_MESSAGE})",
)
_TERM = _Source(
    due="term.due",
    of="term.name",
    joined=_Joined.with_every_client("term"),
    where=f"({_HAS_RUN.format(of='term', such=_IS_CHARGED)}"
    f" OR term.last >= :today AND NOT {_HAS_RUN.format(of='term', such='TRUE')}"
    f" AND {_with_people(_IS_THERE, 'max(term.first, :today)', 'term.last')})",
)
_YEAR = _Source(
    due="year.due",
    of="year.name",
    joined=_Joined.with_every_client("year"),
    where=_with_people(_IS_THERE, "year.due", "year.due"),
)
_SOURCES: Mapping[str, Sequence[_Source]] = {
    "pay_day": (_PAY_DAY_OF_RUN, _of_agreed_days("pay_date")),
    "forskuddstrekk": (*_withheld("withholding"), _of_agreed_days("withholding_due")),
    "utleggstrekk": _withheld("attachment"),
    "a_melding": (_MONTH,),
    "term": (_TERM,),
    "tax_cards": (_YEAR,),
}
_NONE = "SELECT NULL AS due, NULL AS kind, NULL AS client_id, NULL AS of WHERE FALSE"
"""Names the columns, whichever comes next."""


class Agenda:
    """What falls due at some clients: of these kinds, or of every kind."""

    def __init__(self, call: Call, clients: Rows, kinds: Collection[str] = ()) -> None:
        self._call = call
        self._clients = clients
        self._kinds = kinds or _SOURCES.keys()

    @classmethod
    def of_those_meant(cls, call: Call, kinds: Collection[str]) -> Self:
        """Take the clients that the caller may list and the request means."""
        conditions = Conditions(call, "employer.id")
        conditions.add("employer.bureau_id = :bureau")
        conditions.add_clients()
        return cls(call, conditions.rows(_CLIENT), kinds)

    @classmethod
    def of_these(cls, call: Call, client_ids: Sequence[str]) -> Self:
        """Take these few clients."""
        conditions = Conditions(call, "employer.id")
        conditions.add("employer.bureau_id = :bureau")
        conditions.add("employer.id IN (SELECT value FROM json_each(:these))", these=json.dumps(client_ids))
        return cls(call, replace(conditions.rows(_CLIENT), are_few=True))

    def all(self, window: Window) -> Iterator[Deadline]:
        """Give every deadline of a window, by day."""
        rows, columns = self.rows(window), ", ".join(ORDER.columns)
        for row in self._call.db.execute(f"SELECT {columns} {rows.sql} ORDER BY {columns}", rows.parameters):
            yield Deadline(*row)

    def rows(self, window: Window) -> Rows:
        """Give the deadlines of a window."""
        found = [one.sql(kind, self._clients) for kind in _SOURCES if kind in self._kinds for one in _SOURCES[kind]]
        return Rows(
            table=f"(WITH {_TABLES} {' UNION ALL '.join((_NONE, *found))}) AS deadline",
            conditions=["deadline.due BETWEEN :first AND :last"],
            parameters={
                **self._clients.parameters,
                **window.tables,
                "today": self._call.today.isoformat(),
                "now": self._call.seconds,
                "first": window.first.isoformat(),
                "last": window.last.isoformat(),
            },
        )

    def page(self, window: Window) -> Page:
        """Find the page asked for of a window, and look only through so many days that it is among them.

        Nothing of what is due has an index by day.
        """
        call, every = self._call, self.rows(window)
        every = replace(every, steady=self._steady(every))
        counts = call.pager.counts(call.db, every, "deadline.due")
        after = call.pager.place(every, call.arguments)
        first = window.first.isoformat() if after is None else after[0]
        wanted = call.arguments.query["limit"] * max(call.arguments.query["ahead"], 1)
        near = window.narrowed(first, _day_with(counts, first, wanted) or window.last.isoformat())
        found = replace(self.rows(near), total=sum(counts.values()), steady=every.steady)
        return call.pager.page(call.db, found, ORDER, call.arguments)

    def _steady(self, rows: Rows) -> Key:
        """Tell what rows go by until there is a newer fact, since time alone changes nothing."""
        timeless = sorted((name, value) for name, value in rows.parameters.items() if name != "now")
        return newest_fact(self._call), rows.sql, *timeless


def _day_with(counts: Mapping[str, int], first: str, wanted: int) -> str | None:
    """Give the day by which so many more are due after a first day, of which some may have been given before."""
    so_far = 0
    for day in sorted(counts):
        so_far += counts[day] if day > first else 0
        if so_far > wanted:
            return day
    return None
