"""What clients are to pay of a term, amount by amount: by the term, and from 2026 after each pay date."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from bureau_cli.platform.belonging import Clients
from bureau_cli.platform.calendar import first_day
from bureau_cli.platform.calls import Call
from bureau_cli.platform.law import due
from bureau_cli.platform.law.payee import ACCOUNT, is_kid
from bureau_cli.platform.month_end.charges import (
    FORSKUDDSTREKK,
    KINDS,
    MESSAGES,
    RUNS,
    UTLEGGSTREKK,
    WANTED,
    Charges,
    ClientMonth,
    asked_for,
)
from bureau_cli.platform.shown import money

_WITHHELD = (FORSKUDDSTREKK, UTLEGGSTREKK)
_ASKED = f"""
{WANTED}
SELECT wanted.client_id, wanted.month, payment.kind, payment.pay_date, account, kid, due, sum(amount) AS amount
{MESSAGES}
CROSS JOIN payment ON message = a_melding.seq
GROUP BY wanted.client_id, wanted.month, payment.kind, payment.pay_date, due, account, kid
ORDER BY wanted.client_id, due, wanted.month
"""
_PAID_OUT = f"""
{WANTED}
SELECT
    wanted.client_id, wanted.month, pay_date, sum(withholding) AS forskuddstrekk, sum(attachment) AS utleggstrekk,
    min(withholding = 0 OR ifnull(withholding_paid_at <= :now, 0)) AS forskuddstrekk_paid,
    min(attachment = 0 OR ifnull(attachment_paid_at <= :now, 0)) AS utleggstrekk_paid
{RUNS}
GROUP BY wanted.client_id, wanted.month, pay_date
ORDER BY wanted.client_id, pay_date
"""

Payment = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    """What the authority asks clients for, and what was withheld from pay a day, by client."""

    asked: Mapping[str, Sequence[Any]]
    paid_out: Mapping[str, Sequence[Any]]

    @classmethod
    def of(cls, call: Call, wanted: Collection[ClientMonth]) -> Self:
        """Find those of clients' months."""
        asked, paid_out = (_by_client(call, sql, wanted) for sql in (_ASKED, _PAID_OUT))
        return cls(asked=asked, paid_out=paid_out)

    def asked_of(self, client_id: str, month: str) -> Mapping[str, int] | None:
        """Add up what is asked of a client's month, by kind; None where no message asks for anything."""
        sums: dict[str, int] = defaultdict(int)
        for row in self.asked[client_id]:
            if row["month"] == month:
                sums[row["kind"]] += row["amount"]
        return sums or None


def payments_of(
    client_id: str, months: Mapping[str, Charges | None], payments: Payments, clients: Clients
) -> list[Payment]:
    """Show what a client is to pay, by part, day due and kind; `months` are the term's, None where nothing is known."""
    day = first_day(next(iter(months)))
    follows_pay = due.WITHHOLDING_FOLLOWS_PAY.on(day)
    found = [*_by_term(client_id, months, payments, () if follows_pay else _WITHHELD)]
    if follows_pay:
        found += _by_pay_date(client_id, months, payments)
    return [_shown(one, client_id, day, clients) for one in sorted(found, key=_place)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """An amount to pay: what is asked of it, the row that asks, and whether it is told to be paid."""

    kind: str
    amount: int
    due: str
    pay_date: str | None = None
    asked: int | None = None
    told_by: Any = None
    is_paid: bool | None = None


def _by_term(
    client_id: str, months: Mapping[str, Charges | None], payments: Payments, withheld: Sequence[str]
) -> Iterator[_Due]:
    known = [one for one in months.values() if one]
    when = due.term_due(next(iter(months))).isoformat()
    for kind in (*KINDS[:2], *withheld):
        amount = sum(one.amounts[kind] or 0 for one in known)
        asked = [row for row in payments.asked[client_id] if row["kind"] == kind and row["pay_date"] is None]
        is_paid = all(one.is_paid[kind] for one in known) if kind in withheld else None
        yield from _divided(kind, amount, when, asked, is_paid)


def _divided(kind: str, amount: int, when: str, asked: Sequence[Any], is_paid: bool | None) -> Iterator[_Due]:  # noqa: FBT001 - three answers
    """Divide an amount by the KIDs it is asked for with; what nobody has asked for yet comes last."""
    by_kid: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in asked:
        by_kid[row["due"], row["account"], row["kid"]].append(row)
    left = amount
    for place, rows in enumerate(by_kid.values(), start=1):
        sum_asked = sum(row["amount"] for row in rows)
        part = left if place == len(by_kid) == 1 else sum_asked
        left -= part
        yield _Due(kind=kind, amount=part, due=rows[0]["due"], asked=sum_asked, told_by=rows[0], is_paid=is_paid)
    if left:
        yield _Due(kind=kind, amount=left, due=when, is_paid=is_paid)


def _by_pay_date(client_id: str, months: Mapping[str, Charges | None], payments: Payments) -> Iterator[_Due]:
    paid_out = {row["pay_date"]: row for row in payments.paid_out[client_id]}
    asked: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in payments.asked[client_id]:
        if row["pay_date"] is not None:
            asked[row["pay_date"], row["kind"]].append(row)
    for pay_date in sorted({*paid_out, *(day for day, _ in asked)}):
        for kind in _WITHHELD:
            made, rows = paid_out.get(pay_date), asked.get((pay_date, kind), [])
            month = months.get(rows[0]["month"] if rows else pay_date[:7])
            is_reported = bool(month and month.is_all_reported) or made is None
            sum_asked = sum(row["amount"] for row in rows)
            amount = sum_asked if rows and is_reported else made[kind] if made else 0
            if amount or sum_asked:
                yield _Due(
                    kind=kind,
                    amount=amount,
                    due=rows[0]["due"] if rows else due.withholding_due(date.fromisoformat(pay_date)).isoformat(),
                    pay_date=pay_date,
                    asked=sum_asked if rows else None,
                    told_by=rows[0] if rows else None,
                    is_paid=bool(made[f"{kind}_paid"]) if made else None,
                )


def _shown(one: _Due, client_id: str, day: date, clients: Clients) -> Payment:
    kid = one.told_by and one.told_by["kid"]
    return {
        "part": 1 if one.pay_date is None else 2,
        "kind": one.kind,
        "pay_date": one.pay_date,
        "amount": money(one.amount),
        "reported": money(one.asked),
        "due": one.due,
        "account": one.told_by["account"] if one.told_by else ACCOUNT.on(day),
        "kid": kid,
        "kid_valid": is_kid(kid) if kid else None,
        "paid": None if one.is_paid is None else clients.is_paid(client_id, one.due, told=one.is_paid),
    }


def _place(one: _Due) -> tuple[int, str, int]:
    return one.pay_date is not None, one.due, KINDS.index(one.kind)


def _by_client(call: Call, sql: str, wanted: Collection[ClientMonth]) -> Mapping[str, Sequence[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in call.db.execute(sql, asked_for(call, wanted)):
        found[row["client_id"]].append(row)
    return found
