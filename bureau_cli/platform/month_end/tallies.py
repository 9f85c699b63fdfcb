"""What there was at the clients month by month, added up for each sort of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bureau_cli.platform.calendar import first_day, last_day, shifted
from bureau_cli.platform.calls import Call
from bureau_cli.platform.clock import end_of_day, start_of_day
from bureau_cli.platform.month_end.failing import failing
from bureau_cli.platform.month_end.portfolio import Portfolio

MONTHS = 12

Tally = Sequence[list[int]]
"""Of each sort of clients, a number a month."""


def _month_of(column: str, bound: str) -> str:
    """Write the place of the month that something in the twelve months lies in."""
    return " + ".join(f"({column} >= :{bound}_{place})" for place in range(1, MONTHS))


def _days_before(column: str) -> str:
    """Write how many of the months' last days lie before a day; of most days, which lie before all, by one look."""
    count = " + ".join(f"({column} > :day_{place})" for place in range(MONTHS))
    return f"iif({column} <= :day_0, 0, {count})"


def _days_until(column: str) -> str:
    """Write how many of the months' last days a day does not lie before."""
    count = " + ".join(f"({column} >= :day_{place})" for place in range(MONTHS))
    return f"iif({column} >= :day_{MONTHS - 1}, {MONTHS}, {count})"


_MEANT = "WITH meant(client_id, sort) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:pairs))"
_RUNS = "FROM meant CROSS JOIN pay_run ON pay_run.client_id = meant.client_id"
_CLIENTS = "FROM meant CROSS JOIN client ON client.id = meant.client_id"
_BY_MONTH = {
    "payslips": f"""
SELECT sort, {_month_of("payslips_sent_at", "start")}, sum(payslips)
{_RUNS} WHERE payslips_sent_at BETWEEN :start_0 AND :end GROUP BY 1, 2
""",
    "net": f"""
SELECT sort, {_month_of("paid_at", "start")}, sum(net)
{_RUNS} WHERE paid_at BETWEEN :start_0 AND :end GROUP BY 1, 2
""",
    "ordinary": f"""
SELECT sort, {_month_of("pay_date", "first")}, sum(payslips), sum(untouched)
{_RUNS} WHERE pay_date BETWEEN :first_0 AND :last AND type = 'ordinary' AND created_at <= :now GROUP BY 1, 2
""",
    "registered": f"""
SELECT sort, {_month_of("at", "start")}, sum(kind = 'travel'), sum(kind = 'expense'), sum(kind = 'absence')
FROM meant CROSS JOIN registration ON registration.client_id = meant.client_id
WHERE at BETWEEN :start_0 AND :end GROUP BY 1, 2
""",  # noqa: S608 - columns of ours
}
"""What happens in a month."""

_NAMES = {
    "payslips": ("payslips",),
    "net": ("net",),
    "ordinary": ("ordinary_payslips", "untouched"),
    "registered": ("travel", "expense", "absences"),
}
_LASTING = {
    "clients": f"""
SELECT sort, {_days_before("active_from")}, {_days_until("ifnull(left_on, '9999')")}, count(*)
{_CLIENTS} GROUP BY 1, 2, 3
""",
    "employees": f"""
SELECT sort, {_days_before("max(starts, active_from)")},
    {_days_until("min(ifnull(ends, '9999'), ifnull(left_on, '9999'))")}, count(*)
{_CLIENTS} JOIN employee ON employee.client_id = client.id GROUP BY 1, 2, 3
""",
}
"""What lasts: from the month with the first of the days on which it is there, to that with the first when it is not."""


def tallies_of(call: Call, portfolio: Portfolio, months: Sequence[str]) -> Mapping[str, Tally]:
    """Add up what there was in twelve months, by name: of what is still to come, nothing.

    What lasts is of every client meant, what happened of those listed, `net` as well: whose pay the caller may see is
    for who shows it to heed. `failed` and `not_sent` are a-meldinger of the month before each.
    """
    listed, bounds = portfolio.listed, {"now": call.seconds, **_bounds(call, months)}
    tallies: dict[str, Tally] = defaultdict(lambda: [[0] * MONTHS for _ in portfolio.sorts])
    for source, sql in _BY_MONTH.items():
        for sort, month, *sums in call.db.execute(f"{_MEANT} {sql}", {"pairs": listed, **bounds}):
            for name, value in zip(_NAMES[source], sums, strict=True):
                tallies[name][sort][month] += value
    for name, sql in _LASTING.items():
        for sort, begins, ends, count in call.db.execute(f"{_MEANT} {sql}", {"pairs": portfolio.meant, **bounds}):
            for month in range(begins, ends):
                tallies[name][sort][month] += count
    for one in failing(call, listed, [shifted(month, -1) for month in months]):
        tallies[one.how][one.sort][one.place] += 1
    return tallies


def _bounds(call: Call, months: Sequence[str]) -> Mapping[str, object]:
    """Give the parameters that divide time into the months."""
    firsts, lasts = [first_day(month) for month in months], [last_day(month) for month in months]
    return {
        "end": min(end_of_day(lasts[-1]), call.seconds),
        "last": lasts[-1].isoformat(),
        **{f"start_{place}": start_of_day(day) for place, day in enumerate(firsts)},
        **{f"first_{place}": day.isoformat() for place, day in enumerate(firsts)},
        **{f"day_{place}": min(day, call.today).isoformat() for place, day in enumerate(lasts)},
    }
