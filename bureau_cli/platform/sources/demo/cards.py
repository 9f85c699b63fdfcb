"""The demo's tax cards: next year's are fetched in December, a newcomer's as they begin, and some again in the year."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from bureau_cli.platform.sources import Deduction, TaxCard
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import MONTHS_A_YEAR, instant, working_day_in
from bureau_cli.platform.sources.demo.staff import Worker
from bureau_cli.platform.sources.demo.withholding import FREE_AMOUNT

_OK = "skattekortopplysningerOK"
_RESULTS = {
    "no_card": "ikkeSkattekort",
    "not_liable": "ikkeTrekkplikt",
    "expired_d_number": "utgaattDnummerSkattekortForFoedselsnummerErLevert",
    "invalid_number": "ugyldigFoedselsEllerDnummer",
}
_ROLES = {
    "table": "main",
    "changed": "main",
    "free_without_limit": "main",
    "percent": "side",
    "free_with_limit": "side",
}
_MAIN, _SIDE = "loennFraHovedarbeidsgiver", "loennFraBiarbeidsgiver"
_MONTHS_OF_TABLE = 105
_FREE_AMOUNTS = {"free_with_limit": FREE_AMOUNT, "free_without_limit": None, "free_nothing_left": 0}
_NEXT_YEARS_DAY, _NEWCOMERS_DAY, _CHANGES_DAY = 16, 2, 4
"""Days of a month: the tax authority gives next year's cards from 15 December on; the others precede every pay day."""
_OFFICE_OPENS = 8 * 60


def cards_fetched(firm: Firm, worker: Worker, year: int) -> Iterator[tuple[int, TaxCard]]:
    """Give somebody's cards of a year, each with the number of the month it was fetched in."""
    january = year * MONTHS_A_YEAR
    paid_from, paid_to = max(january, worker.joined), min(worker.last, january + MONTHS_A_YEAR - 1)
    if worker.card.kind == "never_fetched" or paid_from > paid_to:
        return
    month, day = first_day_of(worker, year)
    if _is_employed(worker, day):
        yield month, _card(firm, worker, year, day)
    change = changing_day_of(worker, year)
    if change is not None and _is_employed(worker, change[1]):
        yield change[0], _card(firm, worker, year, change[1], changed=True)


def first_day_of(worker: Worker, year: int) -> tuple[int, date]:
    """Give when somebody's first card of a year is fetched: the number of the month, and the day."""
    january = year * MONTHS_A_YEAR
    month = max(worker.joined, january - 1)
    return month, working_day_in(month, _NEXT_YEARS_DAY if month < january else _NEWCOMERS_DAY)


def changing_day_of(worker: Worker, year: int) -> tuple[int, date] | None:
    """Give when somebody's card of a year is fetched anew, if it is."""
    month = worker.card.change_in(year, worker.joined)
    return None if month is None else (month, working_day_in(month, _CHANGES_DAY))


def issued_before(worker: Worker, day: date) -> date:
    """Give when a card was issued that was fetched on a day."""
    return day - timedelta(days=1 + worker.card.variety % 9)


def result_of(kind: str) -> str:
    """Give the tax authority's own word for a kind of card."""
    return _RESULTS.get(kind, _OK)


def _is_employed(worker: Worker, day: date) -> bool:
    return worker.employee.ends is None or day <= worker.employee.ends


def _card(firm: Firm, worker: Worker, year: int, day: date, *, changed: bool = False) -> TaxCard:
    plan = worker.card
    known = plan.kind not in _RESULTS
    return TaxCard(
        employee_id=worker.employee.id,
        year=year,
        result=result_of(plan.kind),
        employer_role=_ROLES.get(plan.kind, "unknown"),
        deductions=deductions_of(plan.kind, plan.table, plan.percent_of(year, changed=changed)),
        applies=(1 if plan.kind == "percent" else 0) if known else None,
        extra_info=plan.extra_info if known else (),
        issued=issued_before(worker, day) if known else None,
        fetched_at=instant(day, _OFFICE_OPENS + firm.minute),
    )


@cache
def deductions_of(kind: str, table: str, percent: int) -> tuple[Deduction, ...]:
    """Give what a card says; the same object for the same card, as there are hundreds of thousands."""
    if kind in _RESULTS:
        return ()
    if kind in _FREE_AMOUNTS:
        free_amount = _FREE_AMOUNTS[kind]
        return tuple(Deduction(code=code, kind="free_card", free_amount=free_amount) for code in (_MAIN, _SIDE))
    return (
        Deduction(code=_MAIN, kind="table", table=table, percent=percent, months=_MONTHS_OF_TABLE),
        Deduction(code=_SIDE, kind="percent", percent=percent),
    )
