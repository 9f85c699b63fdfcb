"""Arbeidsgiveravgift and finansskatt: rates, and the fribeløp of zone 1a.

Rates are hundredths of a percent, amounts whole øre. Each fact names the resolution it is from: Stortinget makes them
for a year at a time. The extra avgift of 2023 and 2024 is on what one person earns in a year, so no run tells it of
itself: it is taken as it was reported, as a kind of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from bureau_cli.platform.law.dated import Dated, Fact, Validity

AGRICULTURE = "agriculture"
FINANCE = "finance"
EXTRA = "extra"
"""The kind of line that the extra avgift is."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraLaw:
    """The extra avgift: its rate, and the yearly pay of one person above which it is charged."""

    rate: int
    above: int


_RATES = {"1": 1410, "1a": 1060, "2": 1060, "3": 640, "4": 510, "4a": 790, "5": 0}
_AGRICULTURE = {"4a": 510}
_FOLKETRYGDEN = "Stortingets vedtak om avgifter til folketrygden for budsjettåret {}"
_FINANS = "Stortingets vedtak om finansskatt på lønn for budsjettåret {}"


def _year(number: int, fact: Fact, resolution: str) -> Validity[Fact]:
    return Validity(first=date(number, 1, 1), last=date(number, 12, 31), fact=fact, source=resolution.format(number))


def _law(fribelop: int) -> AgaLaw:
    return AgaLaw(rates=_RATES, agriculture=_AGRICULTURE, fribelop=fribelop * KRONE)


AGA = Dated(
    "arbeidsgiveravgift",
    (
        _year(2023, _law(500_000), _FOLKETRYGDEN),
        *(_year(number, _law(850_000), _FOLKETRYGDEN) for number in (2024, 2025, 2026)),
    ),
)
FINANSSKATT = Dated("finansskatt", [_year(number, 500, _FINANS) for number in (2023, 2024, 2025, 2026)])
_EXTRA: Mapping[int, ExtraLaw | None] = {
    2023: ExtraLaw(rate=500, above=750_000 * KRONE),
    2024: ExtraLaw(rate=500, above=850_000 * KRONE),
    2025: None,
    2026: None,
}
EXTRA_AGA = Dated("extra arbeidsgiveravgift", [_year(number, law, _FOLKETRYGDEN) for number, law in _EXTRA.items()])
"""None once it was abolished."""


@cache
def rate(zone: str, sector: str, day: date) -> int:
    """Give the rate of a zone, in zone 1a the one before the fribeløp is used up; raises LawUnknownError."""
    law = AGA.on(day)
    if sector == AGRICULTURE:
        return law.agriculture.get(zone, law.rates[zone])
    return law.rates[zone]


@cache
def lawful_rates(zone: str, sector: str, day: date) -> frozenset[int]:
    """Give the rates a line may have; none in a zone there is not. Raises LawUnknownError."""
    law = AGA.on(day)
    if zone not in law.rates:
        return frozenset()
    full = {full_rate(day)} if has_fribelop(zone, sector) else set()
    return frozenset({rate(zone, sector, day), *full})


def has_fribelop(zone: str, sector: str) -> bool:
    """Tell whether pay there is charged at the reduced rate only until the client's fribeløp is used up."""
    return zone == REDUCED_UNTIL_FRIBELOP and sector != AGRICULTURE


@cache
def reduced_base(day: date) -> int:
    """Give the year's base in zone 1a that is charged at the reduced rate: what uses up the fribeløp, in whole øre."""
    law = AGA.on(day)
    return law.fribelop * _PARTS // (law.rates[_FULL_RATE_ZONE] - law.rates[REDUCED_UNTIL_FRIBELOP])


def used_of_fribelop(base: int, day: date) -> int:
    """Give how much of the fribeløp a year's base in zone 1a has used, rounded half up to a whole øre."""
    law = AGA.on(day)
    if base >= reduced_base(day):
        return law.fribelop
    return charge(base, law.rates[_FULL_RATE_ZONE] - law.rates[REDUCED_UNTIL_FRIBELOP])


def full_rate(day: date) -> int:
    """Give the rate of zone 1a once the fribeløp is used up; raises LawUnknownError."""
    return AGA.on(day).rates[_FULL_RATE_ZONE]


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
