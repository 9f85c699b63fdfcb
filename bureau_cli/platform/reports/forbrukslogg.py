"""The forbrukslogg: what was sent and registered at clients, counted a month and kind."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calendar import first_day
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import month_until
from bureau_cli.platform.reports.lists import (
    clients_by_name,
    coverage,
    envelope,
    is_told,
    may_look_into,
    months_asked_for,
    withheld,
)

_KINDS = ("payslip", "travel", "expense", "absence")
_FIGURES = ("months",)
_COUNTED = """
WITH meant(client_id) AS MATERIALIZED (SELECT value FROM json_each(:ids)),
month(name, first, last) AS MATERIALIZED (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:months))
SELECT meant.client_id, month.name AS month, 'payslip' AS kind, sum(payslips) AS count
FROM meant CROSS JOIN month CROSS JOIN pay_run INDEXED BY pay_run_by_sent
    ON pay_run.client_id = meant.client_id AND payslips_sent_at BETWEEN month.first AND month.last
GROUP BY meant.client_id, month.name
UNION ALL
SELECT meant.client_id, month.name, kind.value, count(*)
FROM meant CROSS JOIN json_each('["travel","expense","absence"]') AS kind CROSS JOIN month
CROSS JOIN registration INDEXED BY registration_by_client
    ON registration.client_id = meant.client_id AND registration.kind = kind.value
    AND at BETWEEN month.first AND month.last
GROUP BY meant.client_id, month.name, kind.value
"""

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""By client and month, how many there were of each kind of which there were any."""


def list_forbrukslogg(call: Call) -> Answer:
    """List what was sent and registered at clients."""
    asked = months_asked_for(call)
    months = asked.all
    page = clients_by_name(call)
    clients = Clients(call, page.ids)
    seen = [one for one in page.ids if may_look_into(call, clients, one)]
    counts = _counts(call, seen, months)
    told = [month for month in months if is_told(call, month)]
    items = [
        {
            "client": clients.reference(client_id),
            "owner": clients.owner(client_id),
            **(
                {"months": [_month(client_id, month, counts, told, clients) for month in months], "withheld": None}
                if may_look_into(call, clients, client_id)
                else withheld(_FIGURES)
            ),
            "fetched_at": clients.fetched_at(client_id),
        }
        for client_id in page.ids
    ]
    about = {"from": asked.first, "to": asked.last, "coverage": coverage(call, page.total, of_pay=False)}
    return Answer(body=envelope(call, page, items, **about))


def _counts(call: Call, client_ids: Sequence[str], months: Sequence[str]) -> Counts:
    bounds = [(month, *month_until(month, call.seconds)) for month in months]
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in call.db.execute(_COUNTED, {"ids": json.dumps(client_ids), "months": json.dumps(bounds)}):
        found[row["client_id"], row["month"]][row["kind"]] = row["count"]
    return found


def _month(client_id: str, month: str, counts: Counts, told: Sequence[str], clients: Clients) -> dict[str, Any]:
    """Show a month; one that lies after a client's data were last fetched is not known, whatever it is counted to."""
    if month not in told or clients.fetched_at(client_id) < first_day(month).isoformat():
        return {"month": month, **dict.fromkeys(_KINDS)}
    found = counts.get((client_id, month), {})
    return {"month": month, **{kind: found.get(kind, 0) for kind in _KINDS}}
