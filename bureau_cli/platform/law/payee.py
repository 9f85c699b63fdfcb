"""Where arbeidsgiveravgift and withholding are paid to: the account, and the KID that says what is paid.

A KID has 2 to 25 digits, the last a check by MOD10 or MOD11; by MOD11 it may be a hyphen. Skatteetaten's own series is
not public; those made here have the form seen in its examples, and a digit before the check that keeps hyphens away.
"""

from datetime import date
from functools import lru_cache
from itertools import cycle, islice
from operator import mul

from bureau_cli.platform.law.dated import Dated, Validity

ACCOUNT = Dated(
    "account",
    (
        Validity(
            first=date(2023, 1, 1),
            last=date(2026, 12, 31),
            fact="76940524802",
            source="Skatteetaten: kontonummer og betalingsinformasjon",
        ),
    ),
)
_KINDS = {"forskuddstrekk": "05", "aga": "06", "finansskatt": "07", "utleggstrekk": "08"}
_SHORTEST, _LONGEST = 2, 25
_NO_DIGIT = 10
_MOD11_WEIGHTS = tuple(islice(cycle(range(2, 8)), _LONGEST))


@lru_cache(maxsize=4096)
def kid(orgnr: str, kind: str, when: str) -> str:
    """Make the KID of one kind of payment by an employer; `when` is a term or a pay date, in digits."""
    stem = f"00{orgnr}{_KINDS[kind]}{when}"
    check = mod11_check(stem + "1")
    return f"{stem}1{check}" if check != "-" else f"{stem}2{mod11_check(stem + '2')}"


@lru_cache(maxsize=4096)
def is_kid(text: str) -> bool:
    """Tell whether a KID has the right length, only digits, and a check that holds by MOD10 or MOD11."""
    stem, check = text[:-1], text[-1:]
    if not (_SHORTEST <= len(text) <= _LONGEST and stem.isascii() and stem.isdigit()):
        return False
    return check in {mod10_check(stem), mod11_check(stem)}


def mod10_check(stem: str) -> str:
    """Give the check of digits by MOD10: every other digit from the right counts twice."""
    doubled = (int(digit) * weight for digit, weight in zip(reversed(stem), cycle((2, 1)), strict=False))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def mod11_check(stem: str) -> str:
    """Give the check of digits by MOD11, with weights 2 to 7 from the right: a digit, or a hyphen for ten."""
    check = -sum(map(mul, map(int, reversed(stem)), _MOD11_WEIGHTS)) % 11
    return str(check) if check != _NO_DIGIT else "-"
