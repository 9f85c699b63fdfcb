"""When the people of a client are paid next: by the runs that are made, and where there is none as it was agreed."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bureau_cli.platform.calendar import first_day, pay_date, period_of, shifted
from bureau_cli.platform.calls import Deed

_MONTHS_AHEAD = 3
"""Who begins within 30 days is paid in the month after next at the latest, but for a month without pay."""

_PAY_GROUPS = """
SELECT client_id, pay_group.id, payday FROM json_each(:ids) AS wanted CROSS JOIN pay_group ON client_id = wanted.value
"""
_RUNS = """
SELECT pay_group_id, period, pay_run.type, pay_date FROM json_each(:ids) AS wanted
CROSS JOIN pay_run INDEXED BY pay_run_by_client ON client_id = wanted.value AND pay_date >= :since
WHERE created_at <= :now
"""
_NO_PAY = """
SELECT pay_group_id, period FROM json_each(:ids) AS wanted
CROSS JOIN pay_group ON client_id = wanted.value
CROSS JOIN no_pay ON pay_group_id = pay_group.id AND period IN (SELECT value FROM json_each(:periods))
WHERE recorded_at <= :now
"""


@dataclass(slots=True)
class _Made:
    """What is made of a pay group's pay: every pay date, and the periods for which there is nothing more to agree."""

    pay_dates: list[str] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)


class PayDates:
    """The pay dates to come of the pay groups of clients, each in order."""

    def __init__(self, deed: Deed, client_ids: Sequence[str]) -> None:
        self._today = deed.today
        period = period_of(deed.today)
        self._periods = [shifted(period, number) for number in range(_MONTHS_AHEAD)]
        asked = {
            "ids": json.dumps(client_ids),
            "since": first_day(period).isoformat(),
            "periods": json.dumps(self._periods),
            "now": deed.seconds,
        }
        made: Mapping[str, _Made] = defaultdict(_Made)
        for group, run_period, kind, paid_on in deed.db.execute(_RUNS, asked):
            made[group].pay_dates.append(paid_on)
            if kind == "ordinary":
                made[group].settled.add(run_period)
        for group, no_pay_period in deed.db.execute(_NO_PAY, asked):
            made[group].settled.add(no_pay_period)
        self._of_group = {
            group: sorted(self._coming(made[group], payday)) for _, group, payday in deed.db.execute(_PAY_GROUPS, asked)
        }

    def next_of(self, pay_group: str, starts: str) -> str | None:
        """Give the next pay date of somebody in a pay group who begins, or began, on a day."""
        return next((day for day in self._of_group[pay_group] if day >= starts), None)

    def _coming(self, made: _Made, payday: int) -> Iterator[str]:
        today = self._today.isoformat()
        yield from (day for day in made.pay_dates if day >= today)
        for period in self._periods:
            agreed: date = pay_date(period, payday)
            if period not in made.settled and agreed >= self._today:
                yield agreed.isoformat()
