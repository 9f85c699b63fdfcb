"""Synthetic fødselsnummer and D-numbers: the month is 80 higher than a living person's, the check digits hold.

Nobody real has such a number. Two positions may draw the same one: then they are one person with two jobs, and as the
name follows from the number, it is the same too.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from operator import mul

from bureau_cli.platform.sources.demo.words import FIRST_NAMES, LAST_NAMES

SYNTHETIC_MONTH = 80
D_NUMBER_DAY = 40
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
INDIVIDUALS = 500
_FIRST_BORN_WITH_HIGH_ONES = 2000
_NO_DIGIT = 10


def synthetic_fnr(born: date, individual: int, *, d_number: bool) -> str:
    """Make the number of somebody born on a day, or the first after it on which the number is one that is used."""
    while True:
        day = born.day + D_NUMBER_DAY * d_number
        high = INDIVIDUALS * (born.year >= _FIRST_BORN_WITH_HIGH_ONES)
        stem = f"{day:02}{born.month + SYNTHETIC_MONTH:02}{born.year % 100:02}{individual % INDIVIDUALS + high:03}"
        digits = [int(digit) for digit in stem]
        digits.append(_check(digits, _FIRST_WEIGHTS))
        digits.append(_check(digits, _SECOND_WEIGHTS))
        if _NO_DIGIT not in digits:
            return "".join(map(str, digits))
        born += timedelta(days=1)


def name_of(fnr: str) -> str:
    """Give the name of whoever has a synthetic number."""
    number = int(fnr)
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {LAST_NAMES[number // 41 % len(LAST_NAMES)]}"


def _check(digits: Sequence[int], weights: Sequence[int]) -> int:
    total: int = sum(map(mul, digits, weights))
    return -total % 11
