"""Check digits, worked out apart from the product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import cycle


def orgnr_holds(number: str) -> bool:
    """Nine digits whose weighted sum is a multiple of 11."""
    return _digits(number, 9) and _weighed(number, (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


@cache
def fnr_holds(number: str) -> bool:
    """Eleven digits of a fødselsnummer or D-number with both check digits, of the rule before 2032."""
    return (
        _digits(number, 11)
        and _weighed(number[:10], (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)) % 11 == 0
        and _weighed(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    )


def fnr_is_synthetic(number: str) -> bool:
    """The month has 80 added, as in the agency's test population; a D-number's day has 40."""
    day, month = int(number[:2]), int(number[2:4])
    return 1 <= day % 40 <= 31 and day < 72 and 81 <= month <= 92


def account_holds(number: str) -> bool:
    return _digits(number, 11) and _weighed(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def kid_holds(number: str) -> bool:
    """Two to 25 digits of which the last is the check digit of MOD10 or MOD11; 10 is written as a hyphen."""
    if not 2 <= len(number) <= 25 or not (number[:-1] + number[-1].replace("-", "0")).isdecimal():
        return False
    return number[-1] in {_mod10(number[:-1]), _mod11(number[:-1])}


def _mod10(number: str) -> str:
    """Every other digit from the right is doubled, and the digits of what comes out are added."""
    doubled = (str(int(digit) * weight) for digit, weight in zip(reversed(number), cycle((2, 1)), strict=False))
    return str(-sum(map(int, "".join(doubled))) % 10)


def _mod11(number: str) -> str:
    left = -_weighed(number[::-1], cycle((2, 3, 4, 5, 6, 7))) % 11
    return "-" if left == 10 else str(left)


def _digits(number: str, count: int) -> bool:
    return len(number) == count and number.isdecimal()


def _weighed(number: Sequence[str], weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
