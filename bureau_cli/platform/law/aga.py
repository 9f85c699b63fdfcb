"""Arbeidsgiveravgift and finansskatt: rates, and the fribeløp of zone 1a.

Rates are hundredths of a percent, amounts whole øre. Sources: Stortinget's yearly resolutions on avgifter til
folketrygden for 2023 to 2026, and on finansskatt på lønn. The extra avgift of 2023 and 2024 on pay above 750 000 and
850 000 kr is not among them: it is reported as a kind of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from bureau_cli.platform.law.dated import Dated, Validity

AGRICULTURE = "agriculture"
FINANCE = "finance"
REDUCED_UNTIL_FRIBELOP = "1a"
_FULL_RATE_ZONE = "1"
_PARTS = 10_000
KRONE = 100
"""In øre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgaLaw:
    """The rates by zone, those of agriculture, forestry and fishing where they differ, and the yearly fribeløp."""

    rates: Mapping[str, int]
    agriculture: Mapping[str, int]
    fribelop: int


_RATES = {"1": 1410, "1a": 1060, "2": 1060, "3": 640, "4": 510, "4a": 790, "5": 0}
_AGRICULTURE = {"4a": 510}
AGA = Dated(
    "arbeidsgiveravgift",
    (
        Validity(
            first=date(2023, 1, 1),
            last=date(2023, 12, 31),
            fact=AgaLaw(rates=_RATES, agriculture=_AGRICULTURE, fribelop=500_000 * KRONE),
        ),
        Validity(
            first=date(2024, 1, 1),
            last=date(2026, 12, 31),
            fact=AgaLaw(rates=_RATES, agriculture=_AGRICULTURE, fribelop=850_000 * KRONE),
        ),
    ),
)
FINANSSKATT = Dated("finansskatt", (Validity(first=date(2023, 1, 1), last=date(2026, 12, 31), fact=500),))


@cache
def rate(zone: str, sector: str, day: date) -> int:
    """Give the rate of a zone, in zone 1a the one before the fribeløp is used up; raises LawUnknownError."""
    law = AGA.on(day)
    if sector == AGRICULTURE:
        return law.agriculture.get(zone, law.rates[zone])
    return law.rates[zone]


def has_fribelop(zone: str, sector: str) -> bool:
    """Tell whether pay there is charged at the reduced rate only until the client's fribeløp is used up."""
    return zone == REDUCED_UNTIL_FRIBELOP and sector != AGRICULTURE


@cache
def reduced_base(day: date) -> int:
    """Give the year's base in zone 1a that is charged at the reduced rate: what uses up the fribeløp, in whole øre."""
    law = AGA.on(day)
    return law.fribelop * _PARTS // (law.rates[_FULL_RATE_ZONE] - law.rates[REDUCED_UNTIL_FRIBELOP])


def split_at_fribelop(before: int, base: int, day: date) -> Iterator[tuple[int, int]]:
    """Give a base of zone 1a as pairs of base and rate, when so much base came before it in the year.

    A refund takes back first what was charged at the full rate, so that the year's sums do not depend on the order.
    """
    law, limit = AGA.on(day), reduced_base(day)
    reduced = min(before + base, limit) - min(before, limit)
    if reduced or not base:
        yield reduced, law.rates[REDUCED_UNTIL_FRIBELOP]
    if base != reduced:
        yield base - reduced, law.rates[_FULL_RATE_ZONE]


def charge(base: int, rate: int, unit: int = 1) -> int:
    """Give a base times a rate in øre, rounded half up to a whole øre, or to a multiple of a unit of øre."""
    parts = _PARTS * unit
    return (base * rate + parts // 2) // parts * unit


def whole_kroner(ore: int) -> int:
    """Round an amount half up to whole kroner, still in øre: a message has no øre."""
    return (ore + KRONE // 2) // KRONE * KRONE
