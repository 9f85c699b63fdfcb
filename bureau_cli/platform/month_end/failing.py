"""Which months' a-meldinger failed, over many clients and months: those that may have are found first, then judged."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from bureau_cli.platform.calendar import first_day, last_day
from bureau_cli.platform.calls import Call
from bureau_cli.platform.month_end.counting import COUNTS
from bureau_cli.platform.month_end.reports import reports_of

_FAILED = frozenset({"rejected", "received_immediate"})
_MAY_HAVE = f"""
WITH meant(client_id, sort) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:listed)),
told(month, first, last) AS MATERIALIZED (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:months))
SELECT a_melding.month, meant.client_id, sort
FROM meant CROSS JOIN a_melding ON a_melding.client_id = meant.client_id
WHERE a_melding.month BETWEEN :first AND :last AND created_at <= :now
    AND NOT ifnull(feedback_at <= :now AND result IN ('received', 'received_guideline'), FALSE)
UNION
SELECT substr(pay_date, 1, 7), meant.client_id, sort
FROM meant CROSS JOIN pay_run ON pay_run.client_id = meant.client_id
WHERE pay_date BETWEEN :first AND :last || '-31' AND created_at <= :now AND NOT EXISTS (
    SELECT 1 FROM a_melding_run JOIN a_melding ON a_melding.seq = message WHERE run = pay_run.seq AND {COUNTS}
)
UNION
SELECT told.month, meant.client_id, sort
FROM meant CROSS JOIN client ON client.id = meant.client_id CROSS JOIN told
WHERE client.active_from <= told.first AND (client.left_on IS NULL OR client.left_on >= told.last) AND NOT EXISTS (
    SELECT 1 FROM a_melding
    WHERE a_melding.client_id = client.id AND a_melding.month = told.month AND created_at <= :now
) AND EXISTS (
    SELECT 1 FROM employee
    WHERE employee.client_id = client.id AND starts <= told.last AND (ends IS NULL OR ends >= told.first)
)
"""  # noqa: S608 - conditions of ours
"""Where a message is not simply received, a run is in none that counts, or none was made and one is to be anyway."""


class Failing(NamedTuple):
    """A client's month whose a-melding failed, or was not sent in time; its client's sort, and the month's place."""

    how: Literal["failed", "not_sent"]
    sort: int
    place: int


def failing(call: Call, listed: str, months: Sequence[str]) -> Iterator[Failing]:
    """Give what failed at clients, JSON pairs of their id and sort, in months that follow one another."""
    by_month = _by_month(call, listed, months)
    for place, month in enumerate(months):
        yield from _of_month(call, month, place, by_month[month])


def _by_month(call: Call, listed: str, months: Sequence[str]) -> Mapping[str, dict[str, int]]:
    days = [(month, first_day(month).isoformat(), last_day(month).isoformat()) for month in months]
    asked = {
        "listed": listed,
        "months": json.dumps(days),
        "first": months[0],
        "last": months[-1],
        "now": call.seconds,
    }
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for month, client_id, sort in call.db.execute(_MAY_HAVE, asked):
        found[month][client_id] = sort
    return found


def _of_month(call: Call, month: str, place: int, sorts: Mapping[str, int]) -> Iterator[Failing]:
    for one in reports_of(call, month, list(sorts)):
        if one.state in _FAILED:
            yield Failing("failed", sorts[one.client_id], place)
        elif one.state == "not_sent" and one.overdue == "late":
            yield Failing("not_sent", sorts[one.client_id], place)
