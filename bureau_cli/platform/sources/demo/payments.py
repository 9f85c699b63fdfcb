"""What is to be paid by a message the tax authority received: kind by kind, and day by day where the law has it so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bureau_cli.platform.law.due import (
    WITHHOLDING_FOLLOWS_PAY_FROM,
    term_due,
    term_number,
    withholding_due,
)
from bureau_cli.platform.law.payee import ACCOUNT, kid
from bureau_cli.platform.sources import Payment
from bureau_cli.platform.sources.demo.aga import nearest_known
from bureau_cli.platform.sources.demo.months import day_in, period_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a message reports, in whole kroner; what is withheld by the day of payment."""

    aga: int
    finansskatt: int
    withholding: Mapping[date, int]
    attachment: Mapping[date, int]


def payments_of(orgnr: str, number: int, sums: Sums) -> Sequence[Payment]:
    """Give the payments of a message about a month, none of nothing."""
    by_term = {"aga": sums.aga, "finansskatt": sums.finansskatt}
    by_day = {"forskuddstrekk": sums.withholding, "utleggstrekk": sums.attachment}
    if day_in(number) < WITHHOLDING_FOLLOWS_PAY_FROM:
        by_term |= {kind: sum(amounts.values()) for kind, amounts in by_day.items()}
        by_day = {}
    return (*_term_payments(orgnr, number, by_term), *_day_payments(orgnr, by_day))


def _term_payments(orgnr: str, number: int, amounts: Mapping[str, int]) -> Iterator[Payment]:
    month = period_at(number)
    for kind, amount in amounts.items():
        if amount:
            yield Payment(
                kind=kind,
                pay_date=None,
                amount=amount,
                account=_account(day_in(number)),
                kid=kid(orgnr, kind, _term_digits(month)),
                due=term_due(month),
            )


def _day_payments(orgnr: str, amounts: Mapping[str, Mapping[date, int]]) -> Iterator[Payment]:
    for kind, by_day in amounts.items():
        for day, amount in by_day.items():
            if amount:
                yield Payment(
                    kind=kind,
                    pay_date=day,
                    amount=amount,
                    account=_account(day),
                    kid=kid(orgnr, kind, _day_digits(day)),
                    due=withholding_due(day),
                )


@cache
def _account(day: date) -> str:
    return ACCOUNT.on(nearest_known(day))


@cache
def _term_digits(month: str) -> str:
    return f"{month[2:4]}{term_number(month):02}"


@cache
def _day_digits(day: date) -> str:
    return f"{day:%y%m%d}"
