"""When an a-melding is due, and what it says is to be paid.

A term is two months, January and February being the year's first. What falls on a day banks do not settle is due on
the next working day. Sources: a-opplysningsloven § 4; skattebetalingsloven §§ 10-10 and 5-12, the latter as it reads
since 2026, when withholding was no longer kept on an account until the term's end.
"""

from datetime import date, timedelta
from functools import cache

from bureau_cli.platform.calendar import first_day, moved_forward, period_of, shifted
from bureau_cli.platform.law.dated import Dated, Validity

WITHHOLDING_FOLLOWS_PAY_FROM = date(2026, 1, 1)
"""Forskuddstrekk and utleggstrekk of what is paid from this day on are due with the pay, not with the term."""

WITHHOLDING_FOLLOWS_PAY = Dated(
    "forskuddstrekk",
    (
        Validity(
            first=date(2023, 1, 1),
            last=WITHHOLDING_FOLLOWS_PAY_FROM - timedelta(days=1),
            fact=False,
            source="skattebetalingsloven § 10-10, slik den lød til og med 2025",
        ),
        Validity(
            first=WITHHOLDING_FOLLOWS_PAY_FROM,
            last=date(2026, 12, 31),
            fact=True,
            source="skattebetalingsloven §§ 5-12 og 10-10, slik de lyder fra 2026",
        ),
    ),
)
"""The same, as far as it is known and with where it is written."""

_A_MELDING_DAY = 5
_TERM_DAY = 15
_TAX_CARDS_DAY = (12, 15)


def a_melding_day(month: str) -> date:
    """Give the day the law has for reporting what was paid in a month: the 5th of the next."""
    return first_day(shifted(month, 1)).replace(day=_A_MELDING_DAY)


@cache
def a_melding_due(month: str) -> date:
    """Give the last day on which a month's a-melding is in time."""
    return moved_forward(a_melding_day(month))


def term_months(month: str) -> tuple[str, str]:
    """Give the two months of the term a month belongs to."""
    first = shifted(month, -1) if int(month[5:]) % 2 == 0 else month
    return first, shifted(first, 1)


def term_number(month: str) -> int:
    """Give the number of a month's term in its year, 1 to 6."""
    return (int(month[5:]) + 1) // 2


def term_day(month: str) -> date:
    """Give the day the law has for a month's term: the 15th of the month after the term."""
    return first_day(shifted(term_months(month)[1], 1)).replace(day=_TERM_DAY)


@cache
def term_due(month: str) -> date:
    """Give the day a month's term is due."""
    return moved_forward(term_day(month))


@cache
def withholding_due(pay_date: date) -> date:
    """Give the day forskuddstrekk and utleggstrekk of a payment are due: the next working day, or with the term."""
    if pay_date < WITHHOLDING_FOLLOWS_PAY_FROM:
        return term_due(period_of(pay_date))
    return moved_forward(pay_date + timedelta(days=1))


def tax_cards_from(year: int) -> date:
    """Give the day from which a year's tax cards can be ordered, in the year before."""
    return date(year - 1, *_TAX_CARDS_DAY)
