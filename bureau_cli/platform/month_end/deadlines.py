"""Which deadlines there are: of the runs made, of the pay days agreed without one, of months, terms and years.

A deadline is found by when it is due, its kind, its client, and what it is `of`: a run by its number, a pay group and
period that have no run, a month, a term, or a year.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from bureau_cli.platform.belonging import meant_clients
from bureau_cli.platform.calls import Call
from bureau_cli.platform.month_end.window import Window
from bureau_cli.platform.pages import Order, Rows


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

_PAY_DAY_OF_RUN = """
SELECT pay_run.pay_date, 'pay_day', client.id, pay_run.seq
FROM pay_run JOIN client ON client.id = pay_run.client_id
WHERE pay_run.bureau_id = :bureau AND pay_run.pay_date BETWEEN :first AND :last
    AND pay_run.created_at <= :now AND pay_run.net > 0
"""
_WITHHOLDING_OF_RUN = """
SELECT banked.due, '{kind}', client.id, pay_run.seq
FROM banked JOIN pay_run ON pay_run.pay_date = banked.pay_date JOIN client ON client.id = pay_run.client_id
WHERE pay_run.bureau_id = :bureau AND pay_run.created_at <= :now AND pay_run.{column} > 0
"""
_IS_THERE = "client.active_from <= {last} AND (client.left_on IS NULL OR client.left_on >= {first})"
_OF_AGREED_DAY = f"""
SELECT agreed.{{due}}, '{{kind}}', client.id, pay_group.id || ' ' || agreed.period
FROM client JOIN pay_group ON pay_group.client_id = client.id JOIN agreed ON agreed.payday = pay_group.payday
WHERE agreed.{{due}} BETWEEN :first AND :last
    AND {_IS_THERE.format(first="agreed.pay_date", last="agreed.pay_date")}
    AND NOT EXISTS (
        SELECT 1 FROM pay_run
        WHERE pay_run.pay_group_id = pay_group.id AND pay_run.period = agreed.period AND pay_run.type = 'ordinary'
            AND pay_run.created_at <= :now
    ) AND NOT EXISTS (
        SELECT 1 FROM no_pay
        WHERE no_pay.pay_group_id = pay_group.id AND no_pay.period = agreed.period AND no_pay.recorded_at <= :now
    )
"""  # noqa: S608 - conditions of ours
_HAS_RUN = """EXISTS (
    SELECT 1 FROM pay_run
    WHERE pay_run.client_id = client.id AND pay_run.pay_date BETWEEN {of}.first AND {of}.last
        AND pay_run.created_at <= :now AND {such}
)"""
_EMPLOYS = f"""(
    {_IS_THERE} AND EXISTS (
        SELECT 1 FROM employee
        WHERE employee.client_id = client.id AND employee.starts <= {{last}}
            AND (employee.ends IS NULL OR employee.ends >= {{first}})
    )
)"""  # noqa: S608 - conditions of ours
_OF_MONTH = f"""
SELECT month.due, 'a_melding', client.id, month.name
FROM month CROSS JOIN client
WHERE (
    {_EMPLOYS.format(first="month.first", last="month.last")}
    OR {_HAS_RUN.format(of="month", such="TRUE")}
    OR EXISTS (
        SELECT 1 FROM a_melding
        WHERE a_melding.client_id = client.id AND a_melding.month = month.name AND a_melding.created_at <= :now
    )
)
"""  # noqa: S608 - conditions of ours
_IS_CHARGED = """(
    pay_run.aga <> 0
    OR pay_run.aga_base <> 0 AND client.id IN (SELECT client_id FROM site WHERE sector = 'finance')
)"""
_OF_TERM = f"""
SELECT term.due, 'term', client.id, term.name
FROM term CROSS JOIN client
WHERE (
    {_HAS_RUN.format(of="term", such=_IS_CHARGED)}
    OR term.last >= :today AND NOT {_HAS_RUN.format(of="term", such="TRUE")}
        AND {_EMPLOYS.format(first="max(term.first, :today)", last="term.last")}
)
"""  # noqa: S608 - conditions of ours
_WITHHOLDING_OF_TERM = f"""
SELECT term.due, '{{kind}}', client.id, term.name
FROM term CROSS JOIN client
WHERE term.has_withholding AND {_HAS_RUN.format(of="term", such="pay_run.{column} > 0")}
"""  # noqa: S608 - conditions of ours
_OF_YEAR = f"""
SELECT year.due, 'tax_cards', client.id, year.name
FROM year CROSS JOIN client
WHERE {_EMPLOYS.format(first="year.due", last="year.due")}
"""  # noqa: S608 - conditions of ours


def _withheld(kind: str, column: str) -> tuple[str, ...]:
    named = {"kind": kind, "column": column}
    return _WITHHOLDING_OF_RUN.format(**named), _WITHHOLDING_OF_TERM.format(**named)


_NONE = "SELECT NULL AS due, NULL AS kind, NULL AS client_id, NULL AS of WHERE FALSE"
"""Names the columns, whichever arm comes next."""

_SOURCES = {
    "pay_day": (_PAY_DAY_OF_RUN, _OF_AGREED_DAY.format(due="pay_date", kind="pay_day")),
    "forskuddstrekk": (
        *_withheld("forskuddstrekk", "withholding"),
        _OF_AGREED_DAY.format(due="withholding_due", kind="forskuddstrekk"),
    ),
    "utleggstrekk": _withheld("utleggstrekk", "attachment"),
    "a_melding": (_OF_MONTH,),
    "term": (_OF_TERM,),
    "tax_cards": (_OF_YEAR,),
}
"""What to look for, by kind; each begins with the columns of a `Deadline`, and ends in conditions."""


class Agenda:
    """What falls due at the clients a request means: of these kinds, or of every kind."""

    def __init__(self, call: Call, kinds: Collection[str]) -> None:
        self._call = call
        self._clients = meant_clients(call).rows()
        self._kinds = kinds or _SOURCES.keys()

    def rows(self, window: Window) -> Rows:
        """Give the deadlines of a window."""
        clients = " AND ".join(self._clients.conditions)
        arms = [f"{one} AND {clients}" for kind in _SOURCES if kind in self._kinds for one in _SOURCES[kind]]
        return Rows(
            table=f"(WITH {_TABLES} {' UNION ALL '.join((_NONE, *arms))}) AS deadline",
            conditions=["deadline.due BETWEEN :first AND :last"],
            parameters={
                **self._clients.parameters,
                **window.tables,
                "bureau": self._call.caller.bureau_id,
                "today": self._call.today.isoformat(),
                "now": self._call.seconds,
                "first": window.first.isoformat(),
                "last": window.last.isoformat(),
            },
        )

    def next_rows(self, window: Window) -> Rows:
        """Give the deadlines of so many days of a window that the page asked for is among them.

        Nothing of what is due has an index by day: what falls on other days is not to be looked for.
        """
        call, every = self._call, self.rows(window)
        counts = call.pager.counts(call.db, every, "deadline.due")
        after = call.pager.place(every, call.arguments)
        first = window.first.isoformat() if after is None else after[0]
        wanted = call.arguments.query["limit"] * max(call.arguments.query["ahead"], 1)
        near = window.narrowed(first, _day_with(counts, first, wanted) or window.last.isoformat())
        return replace(self.rows(near), total=sum(counts.values()))


def _day_with(counts: Mapping[str, int], first: str, wanted: int) -> str | None:
    """Give the day by which so many more are due after a first day, of which some may have been given before."""
    so_far = 0
    for day in sorted(counts):
        so_far += counts[day] if day > first else 0
        if so_far > wanted:
            return day
    return None
