"""The demo's travel and expense claims and absences: so many a month in a hundred employees, where they are used."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bureau_cli.platform.sources import Registration
from bureau_cli.platform.sources.demo.chance import noise
from bureau_cli.platform.sources.demo.firms import Firm
from bureau_cli.platform.sources.demo.months import day_in, instant
from bureau_cli.platform.sources.demo.staff import Worker
from bureau_cli.platform.sources.demo.stories import Month

_KINDS = ("travel", "expense", "absence")
_NUMBERS_A_CLAIM = 4
_DAYS = 28
_FIRST_MINUTE, _MINUTES = 7 * 60, 14 * 60
_LEAST_AMOUNT = 80_00
_THOUSAND = 1_000


def registrations_of(firm: Firm, month: Month) -> list[Registration]:
    """Give what a firm's employees registered in a month, in the order of time."""
    number, roster, left_on = month.number, month.roster, firm.client.left_on
    end = None if left_on is None else instant(left_on + timedelta(days=1), 0)
    found = (
        _registration(number, roster[who * len(roster) >> 16], kind, draws)
        for kind, share in zip(_KINDS, firm.claims, strict=True)
        for who, *draws in _draws(firm, month, kind, share * len(roster))
    )
    return sorted((one for one in found if end is None or one.at < end), key=lambda one: one.at)


def _draws(firm: Firm, month: Month, kind: str, thousandths: int) -> Iterator[tuple[int, ...]]:
    """Give the random numbers of each registration of a kind, of which so many thousandths are to be expected."""
    count = (thousandths + month.dice.below(_THOUSAND)) // _THOUSAND
    if count:
        draws = noise(_NUMBERS_A_CLAIM * count, firm.seed, firm.index, kind, month.number)
        yield from zip(*[iter(draws)] * _NUMBERS_A_CLAIM, strict=True)


def _registration(number: int, worker: Worker, kind: str, draws: Sequence[int]) -> Registration:
    when, minute, much = draws
    day = day_in(number, 1 + when % _DAYS)
    is_absence = kind == "absence"
    starts = day - timedelta(days=much % 3)
    return Registration(
        employee_id=worker.employee.id,
        kind=kind,
        at=instant(day, _FIRST_MINUTE + minute % _MINUTES),
        amount=None if is_absence else _LEAST_AMOUNT + much * (8 if kind == "travel" else 4),
        starts=starts if is_absence else None,
        ends=starts + timedelta(days=much >> 3 & 7) if is_absence else None,
    )
