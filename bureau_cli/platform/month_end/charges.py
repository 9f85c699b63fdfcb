"""What clients' months come to, kind by kind: what is reported of them, and what the runs made tell."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bureau_cli.platform.calendar import first_day, last_day
from bureau_cli.platform.calls import Call
from bureau_cli.platform.errors import LawUnknownError
from bureau_cli.platform.law import aga as law
from bureau_cli.platform.month_end.counting import COUNTS

AGA, FINANSSKATT, FORSKUDDSTREKK, UTLEGGSTREKK = "aga", "finansskatt", "forskuddstrekk", "utleggstrekk"
KINDS = (AGA, FINANSSKATT, FORSKUDDSTREKK, UTLEGGSTREKK)

WANTED = """
WITH wanted(client_id, month, first, last) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:wanted)
)
"""
"""SQL: the clients' months asked for, each with its first and last day."""

RUNS = """
FROM wanted CROSS JOIN pay_run ON pay_run.client_id = wanted.client_id
    AND pay_run.pay_date BETWEEN wanted.first AND wanted.last AND pay_run.created_at <= :now
"""
"""SQL: the runs made that are paid in them."""

MESSAGES = f"""
FROM wanted CROSS JOIN a_melding ON a_melding.client_id = wanted.client_id AND a_melding.month = wanted.month
    AND {COUNTS}
"""
"""SQL: the messages about them that count."""

_MADE = f"""
{WANTED}
SELECT
    wanted.client_id, wanted.month, sum(aga) AS aga, sum(withholding) AS withholding, sum(attachment) AS attachment,
    min(withholding = 0 OR ifnull(withholding_paid_at <= :now, 0)) AS withholding_paid,
    min(attachment = 0 OR ifnull(attachment_paid_at <= :now, 0)) AS attachment_paid,
    sum((
        SELECT sum(base) FROM pay_run_aga WHERE run = pay_run.seq AND sector = 'finance' AND kind <> 'extra'
    )) AS taxed,
    min(EXISTS (
        SELECT 1 FROM a_melding_run JOIN a_melding ON a_melding.seq = message
        WHERE run = pay_run.seq AND a_melding.month = wanted.month AND {COUNTS}
    )) AS is_reported
{RUNS}
GROUP BY wanted.client_id, wanted.month
"""  # noqa: S608 - conditions of ours
_REPORTED = f"""
{WANTED}
SELECT
    wanted.client_id, wanted.month, count(*) AS messages, sum(aga_sum) AS aga, sum(finansskatt_sum) AS finansskatt,
    sum(withholding_sum) AS forskuddstrekk, sum(attachment_sum) AS utleggstrekk
{MESSAGES}
GROUP BY wanted.client_id, wanted.month
"""

ClientMonth = tuple[str, str]
"""A client's id, and a month."""

Amounts = Mapping[str, int | None]
"""Of each kind, an amount in øre; None where it cannot be worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charges:
    """What a client's month comes to: `made` by its runs, `reported` by so many messages that count.

    `aga` is what the runs made come to in øre. Each of `made` and `reported` is None where there is nothing of the
    sort. Everything is reported where the messages tell of every run.
    """

    made: Amounts | None
    aga: int
    reported: Amounts | None
    messages: int
    is_all_reported: bool
    is_paid: Mapping[str, bool]

    @property
    def basis(self) -> str:
        """Tell which of the two counts: what is asked for is what was reported, once everything is."""
        return "reported" if self.is_all_reported else "runs"

    @property
    def amounts(self) -> Amounts:
        """Give what counts, by kind."""
        return (self.reported if self.is_all_reported else self.made) or {}


def charges_of(call: Call, wanted: Collection[ClientMonth]) -> Mapping[ClientMonth, Charges]:
    """Tell what clients' months come to; nothing is there of those with neither a run nor a message that counts."""
    asked = asked_for(call, wanted)
    made = {(row["client_id"], row["month"]): row for row in call.db.execute(_MADE, asked)}
    reported = {(row["client_id"], row["month"]): row for row in call.db.execute(_REPORTED, asked)}
    return {key: _charges(key[1], made.get(key), reported.get(key)) for key in {**made, **reported}}


def asked_for(call: Call, wanted: Collection[ClientMonth]) -> dict[str, Any]:
    """Give the parameters of `WANTED`, `RUNS` and `MESSAGES`."""
    days = {
        month: (first_day(month).isoformat(), last_day(month).isoformat()) for month in {month for _, month in wanted}
    }
    rows = [(client_id, month, *days[month]) for client_id, month in wanted]
    return {"wanted": json.dumps(rows), "now": call.seconds}


def _charges(month: str, made: Any, reported: Any) -> Charges:
    return Charges(
        made=made and _made(month, made),
        aga=made["aga"] if made else 0,
        reported=reported and {kind: reported[kind] for kind in KINDS},
        messages=reported["messages"] if reported else 0,
        is_all_reported=bool(reported) and (not made or bool(made["is_reported"])),
        is_paid={
            FORSKUDDSTREKK: not made or bool(made["withholding_paid"]),
            UTLEGGSTREKK: not made or bool(made["attachment_paid"]),
        },
    )


def _made(month: str, made: Any) -> Amounts:
    return {
        AGA: law.whole_kroner(made["aga"]),
        FINANSSKATT: _finansskatt(made["taxed"] or 0, month),
        FORSKUDDSTREKK: made["withholding"],
        UTLEGGSTREKK: made["attachment"],
    }


def _finansskatt(taxed: int, month: str) -> int | None:
    try:
        return law.charge(taxed, law.FINANSSKATT.on(first_day(month)), unit=law.KRONE) if taxed else 0
    except LawUnknownError:  # of a year to come: only what is reported tells
        return None
