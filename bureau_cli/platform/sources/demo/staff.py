"""Who works at the demo's clients: each position is held by one person after another, without an end.

People begin on the first of a month and go on the last; a client that leaves the bureau takes its people along.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bureau_cli.platform.calendar import last_day
from bureau_cli.platform.sources import Employee
from bureau_cli.platform.sources.demo import planted
from bureau_cli.platform.sources.demo.chance import Dice
from bureau_cli.platform.sources.demo.firms import FOREVER, Firm
from bureau_cli.platform.sources.demo.fnr import INDIVIDUALS, name_of, synthetic_fnr
from bureau_cli.platform.sources.demo.months import MAY, MONTHS_A_YEAR, day_in, period_at
from bureau_cli.platform.sources.demo.withholding import CardPlan, plan_card

MOST_PAY_WITH_FREE_CARD = 4_000_00
"""A month's pay that, with all that comes on top, stays below a free card's limit in a year."""
_NUMBERS_A_PERSON = 24
_RAISE = 35
_THOUSAND = 1_000
_WHOLE_PAY = 100_00
_HOURLY_POSITION, _POSITIONS_ROUND = 1, 3
_STAY_LONG = 750
_INDIVIDUALS_APART = 191
"""Shares no factor with the individual numbers there are, so that every position of a round has its own."""
_SOME_YEARS, _MANY_MONTHS, _FEW_MONTHS = 24, 240, 20
_MONTHS_BEFORE, _MONTHS_VACANT = 150, 3
_HAVE_A_D_NUMBER = 40
_HAVE_ATTACHMENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """An employee, and what their pay follows from.

    `first` and `last` are the numbers of the months of employment, `joined` is the first in which the bureau pays them.
    `pay` is a month's in øre as the demo's first month begins.
    """

    employee: Employee
    first: int
    last: int
    joined: int
    pay: int
    by_hour: bool
    has_attachment: bool
    card: CardPlan


def raised(number: int, since: int) -> int:
    """Give by how many thousandths pay is multiplied in a month: it is raised in each May since the demo's first."""
    mays = (number - MAY) // MONTHS_A_YEAR - (since - MAY) // MONTHS_A_YEAR
    return _THOUSAND + _RAISE * mays


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """The time one person holds a position."""

    position: int
    turn: int
    first: int
    last: int


def staff_of(firm: Firm, until: int) -> list[Worker]:
    """Give everyone who works there between the demo's first month and another, in the order of their positions."""
    end = min(until, firm.last)
    return [worker for position in range(firm.positions) for worker in _holders(firm, position, end)]


def _holders(firm: Firm, position: int, end: int) -> Iterator[Worker]:
    first, turn = 0, 0
    while first <= end:
        dice = firm.dice(_NUMBERS_A_PERSON, "person", position, turn)
        stays = _stay(firm, position, dice)
        if turn == 0:
            first = firm.since - 1 - dice.below(_MONTHS_BEFORE)
            stays += firm.since - first
        held = _Turn(position=position, turn=turn, first=first, last=first + stays)
        if held.first <= end:
            yield _worker(firm, held, dice)
        first, turn = held.last + 1 + dice.below(_MONTHS_VACANT), turn + 1


def _stay(firm: Firm, position: int, dice: Dice) -> int:
    """Give for how many months more somebody stays; one in each pay group, and those with planted cards, for ever."""
    long, months, few = dice.lucky(_STAY_LONG), dice.below(_MANY_MONTHS), dice.below(_FEW_MONTHS)
    if position <= _HOURLY_POSITION or (firm.index == planted.TAX_CARDS and position in planted.CARDS):
        return FOREVER
    return _SOME_YEARS + months if long else 2 + few


def _worker(firm: Firm, held: _Turn, dice: Dice) -> Worker:
    kind = planted.CARDS.get(held.position) if firm.index == planted.TAX_CARDS else None
    d_number = kind == "expired_d_number" or dice.lucky(_HAVE_A_D_NUMBER)
    fnr = _fnr(firm, held, dice, d_number=d_number)
    card = plan_card(dice, kind, d_number=d_number)
    has_attachment = firm.index == planted.ATTACHMENT and held.position in planted.ATTACHED
    return Worker(
        employee=_employee(firm, held, fnr, _last_day(firm, held)),
        first=held.first,
        last=min(held.last, firm.last),
        joined=max(held.first, firm.joined),
        pay=_pay(firm, card, dice),
        by_hour=_is_hourly(firm, held.position),
        has_attachment=dice.lucky(_HAVE_ATTACHMENT) or has_attachment,
        card=card,
    )


def _employee(firm: Firm, held: _Turn, fnr: str, ends: date | None) -> Employee:
    groups, sites = firm.client.pay_groups, firm.client.sites
    return Employee(
        id=f"em_{firm.index:06x}{held.position:03x}{held.turn:x}",
        client_id=firm.client.id,
        pay_group_id=groups[_is_hourly(firm, held.position)].id,
        site_orgnr=sites[held.position % len(sites)].orgnr,
        name=name_of(fnr),
        fnr=fnr,
        starts=day_in(held.first),
        ends=ends,
    )


def _is_hourly(firm: Firm, position: int) -> bool:
    return len(firm.client.pay_groups) > 1 and position % _POSITIONS_ROUND == _HOURLY_POSITION


def _last_day(firm: Firm, held: _Turn) -> date | None:
    """Give the last day of an employment, here at the latest that of the client."""
    return firm.client.left_on if held.last >= firm.last else last_day(period_at(held.last))


def _fnr(firm: Firm, held: _Turn, dice: Dice, *, d_number: bool) -> str:
    """Draw the number of somebody who was 18 to 54 as they began, or a little more.

    Positions go round the individual numbers. Those of one round are born in other years than those of the next, so
    that nobody at a client has the number of somebody else there.
    """
    rounds = 1 + (firm.positions - 1) // INDIVIDUALS
    born = day_in(held.first - MONTHS_A_YEAR * (18 + dice.below(37)) - dice.below(MONTHS_A_YEAR), 1 + dice.below(28))
    born = born.replace(year=born.year - (born.year - held.position // INDIVIDUALS) % rounds)
    return synthetic_fnr(born, held.position * _INDIVIDUALS_APART, d_number=d_number)


def _pay(firm: Firm, card: CardPlan, dice: Dice) -> int:
    """Draw a month's pay: nobody earns 750 000 kr in a year, so that 2023 and 2024 have no extra avgift."""
    pay = firm.pay * (750 + dice.below(400)) // _THOUSAND // _WHOLE_PAY * _WHOLE_PAY
    return min(pay, MOST_PAY_WITH_FREE_CARD) if card.kind == "free_with_limit" else pay
