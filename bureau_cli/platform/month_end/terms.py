"""What a client is to pay by a term, as far as it is known: from what is reported, else from the runs made."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bureau_cli.platform.calendar import first_day, last_day
from bureau_cli.platform.calls import Call
from bureau_cli.platform.errors import LawUnknownError
from bureau_cli.platform.law.aga import FINANSSKATT, KRONE, charge, whole_kroner
from bureau_cli.platform.month_end.counting import COUNTS
from bureau_cli.platform.month_end.window import term_of

_WANTED = """
WITH wanted(client_id, month, first, last) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:wanted)
)
"""
_MADE = f"""
{_WANTED}
SELECT
    wanted.client_id, wanted.month, sum(aga) AS aga, sum(withholding) AS withholding, sum(attachment) AS attachment,
    min(withholding = 0 OR ifnull(withholding_paid_at <= :now, 0)) AS withholding_paid,
    min(attachment = 0 OR ifnull(attachment_paid_at <= :now, 0)) AS attachment_paid,
    sum((
        SELECT sum(base) FROM pay_run_aga WHERE run = pay_run.seq AND sector = 'finance'
    )) AS taxed,
    min(EXISTS (
        SELECT 1 FROM a_melding_run JOIN a_melding ON a_melding.seq = message
        WHERE run = pay_run.seq AND a_melding.month = wanted.month AND {COUNTS}
    )) AS is_reported
FROM wanted CROSS JOIN pay_run ON pay_run.client_id = wanted.client_id
    AND pay_run.pay_date BETWEEN wanted.first AND wanted.last
WHERE created_at <= :now
GROUP BY wanted.client_id, wanted.month
"""  # noqa: S608 - conditions of ours
_REPORTED = f"""
{_WANTED}
SELECT wanted.client_id, wanted.month, sum(aga_sum + finansskatt_sum) AS charges
FROM wanted CROSS JOIN a_melding ON a_melding.client_id = wanted.client_id AND a_melding.month = wanted.month
WHERE {COUNTS}
GROUP BY wanted.client_id, wanted.month
"""  # noqa: S608 - conditions of ours

ClientTerm = tuple[str, str]
"""A client's id, and the name of a term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be paid by a term in øre, None where nothing is known; and whether what was withheld is paid."""

    charges: int | None = None
    withholding: int | None = None
    withholding_paid: bool = True
    attachment: int | None = None
    attachment_paid: bool = True


def due_by_term(call: Call, wanted: Collection[ClientTerm]) -> Mapping[ClientTerm, Due]:
    """Tell what clients are to pay by terms; nothing is there of whom nothing is known."""
    if not wanted:
        return {}
    months = [(client_id, month, name) for client_id, name in wanted for month in term_of(name)]
    asked = [
        (client_id, month, first_day(month).isoformat(), last_day(month).isoformat()) for client_id, month, _ in months
    ]
    parameters = {"wanted": json.dumps(asked), "now": call.seconds}
    made = {(row["client_id"], row["month"]): row for row in call.db.execute(_MADE, parameters)}
    reported = {(row["client_id"], row["month"]): row["charges"] for row in call.db.execute(_REPORTED, parameters)}
    found: dict[ClientTerm, Due] = {}
    for client_id, month, name in months:
        if (client_id, month) in made:
            run, told = made[client_id, month], reported.get((client_id, month))
            found[client_id, name] = _with(found.get((client_id, name), Due()), run, _charges(run, month, told))
    return found


def _with(due: Due, made: Any, charges: int | None) -> Due:
    return Due(
        charges=_sum(due.charges, charges),
        withholding=_sum(due.withholding, made["withholding"]),
        withholding_paid=due.withholding_paid and bool(made["withholding_paid"]),
        attachment=_sum(due.attachment, made["attachment"]),
        attachment_paid=due.attachment_paid and bool(made["attachment_paid"]),
    )


def _charges(made: Any, month: str, reported: int | None) -> int | None:
    """Give a month's charges in whole kroner: what is asked for is what was reported, once everything is."""
    if made["is_reported"]:
        return reported
    try:
        taxed = charge(made["taxed"], FINANSSKATT.on(first_day(month)), unit=KRONE) if made["taxed"] else 0
    except LawUnknownError:  # of a year to come: only what is reported tells
        return None
    return whole_kroner(made["aga"]) + taxed


def _sum(before: int | None, more: int | None) -> int | None:
    return more if before is None else before + (more or 0)
