"""What is withheld in the demo, by what kind of tax card somebody has.

Simpler than the law, and the same everywhere: a table card withholds its own `percent`, half of it in December and
nothing in June, when holiday pay is paid; a percent card its percent; no card, an invalid number or an empty free card
50 percent; a free card nothing, as nobody here earns more than theirs allows; who is not liable pays nothing. Whole
kroner, rounded down.
"""

from dataclasses import dataclass

from bureau_cli.platform.sources.demo.chance import Dice
from bureau_cli.platform.sources.demo.months import DECEMBER, JUNE, MONTHS_A_YEAR

FREE_AMOUNT = 100_000_00
"""What a free card with a limit allows in a year; see `staff.MOST_PAY_WITH_FREE_CARD`."""
_WITHOUT_A_CARD = 5000
_PERCENT_PARTS_A_KRONE = 1_000_000
_ORE = 100
_BY_TABLE = frozenset({"table", "changed"})
_BY_PERCENT = _BY_TABLE | {"percent"}
_LESS_BY_TABLE = frozenset({JUNE, DECEMBER})
_NOTHING_WITHHELD = frozenset({"free_with_limit", "free_without_limit", "not_liable"})
_KINDS = (
    (800, "table"), (930, "percent"), (955, "free_with_limit"), (960, "free_without_limit"),
    (964, "free_nothing_left"), (982, "no_card"), (990, "never_fetched"), (997, "not_liable"), (1000, "invalid_number"),
)  # fmt: skip
"""Of a thousand people those below the number, and not below the one before, have this kind."""
_EXPIRED_D_NUMBERS = 80
_CHANGE = 200
_PLANTED_CHANGE = 2
_YEARS_BETWEEN_CHANGES = 17
_MONTHS_OF_CHANGE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlan:
    """What kind of card somebody has in all their years, and what makes it differ from one year to the next.

    `base` is in hundredths of a percent. A card may be fetched anew in a year, with a higher percent.
    """

    kind: str
    table: str
    base: int
    variety: int
    extra_info: tuple[str, ...]

    def percent_of(self, year: int, *, changed: bool = False) -> int:
        """Give the percent of the card of a year, before or after it was fetched anew."""
        return self.base + 50 * ((self.variety + year) % 5) + _CHANGE * changed

    def change_in(self, year: int, joined: int) -> int | None:
        """Give the number of the month of a year in which it is fetched anew, for who is there since a month."""
        if self.kind == "changed":
            month = _PLANTED_CHANGE
        elif self.kind in _BY_PERCENT and (self.variety + year) % _YEARS_BETWEEN_CHANGES == 0:
            month = 1 + self.variety % _MONTHS_OF_CHANGE
        else:
            return None
        number = year * MONTHS_A_YEAR + month
        return number if number > joined else None

    def withheld(self, gross: int, number: int, joined: int) -> int:
        """Give the forskuddstrekk of a payslip of a month, in øre, of who is there since another."""
        if self.kind not in _BY_PERCENT:
            return 0 if self.kind in _NOTHING_WITHHELD else gross * _WITHOUT_A_CARD // _PERCENT_PARTS_A_KRONE * _ORE
        year, month = divmod(number, MONTHS_A_YEAR)
        parts = _PERCENT_PARTS_A_KRONE
        if self.kind in _BY_TABLE and month in _LESS_BY_TABLE:
            if month == JUNE:
                return 0
            parts *= 2
        change = self.change_in(year, joined)
        return gross * self.percent_of(year, changed=change is not None and change <= number) // parts * _ORE


def plan_card(dice: Dice, planted: str | None, *, d_number: bool) -> CardPlan:
    """Draw somebody's card, of the planted kind if there is one."""
    luck, expired = dice.below(1000), d_number and dice.lucky(_EXPIRED_D_NUMBERS)
    drawn = "expired_d_number" if expired else next(kind for limit, kind in _KINDS if luck < limit)
    return CardPlan(
        kind=planted or drawn,
        table=str(8010 + 10 * dice.below(40)),
        base=2000 + 50 * dice.below(40),
        variety=dice.below(10_000),
        extra_info=("oppholdITiltakssone",) if dice.lucky(40) else (),
    )
