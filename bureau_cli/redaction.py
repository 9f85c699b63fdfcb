"""What must not be seen wherever text leaves: the secrets of this run, and fødselsnummer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus, urlsplit

HIDDEN = "…"
SECRET_VARIABLES = ("BUREAU_TOKEN", "BUREAU_CLIENT_SECRET")
SHORTEST_SECRET = 8
"""Anything shorter stands in too many words to be taken out of them, and is no secret for long."""

_PERSONAL = re.compile(
    "([0-9][0-9]{5})(?:(?<![0-9A-Za-z][0-9]{6})|(?<=%[0-9A-Fa-f]{2}[0-9]{6}))"
    "([ \u00a0\u2009\u202f.-]?)([0-9]{5})(?![0-9A-Za-z])"
)
"""It begins with a digit, and looks back from behind the first six: so a text without digits is passed over at once."""
_SEEN = re.compile(r"[0-9]{6} \*{5}")
_LENGTH = 11
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FIRST_REMAINDERS = range(4)
_LAST_DAY, _D_NUMBER = 31, 40
_LAST_MONTH, _MONTHS_ADDED = 12, (0, 40, 80)


class Redactor:
    """Takes out of a text what must not be seen. What is hidden once is hidden for the rest of the run."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.hide(secret)

    def hide(self, secret: str) -> None:
        """Take this out of every text from now on, also as JSON and addresses write it."""
        if len(secret) >= SHORTEST_SECRET and secret not in self._forms:
            self._forms |= spellings(secret)
            self._pattern = re.compile("|".join(map(re.escape, sorted(self._forms, key=len, reverse=True))))

    def prose(self, text: str) -> str:
        """A text without secrets, its fødselsnummer masked: `010190 *****`."""
        text = self._without_secrets(text)
        return text if len(text) < _LENGTH else _PERSONAL.sub(_masked, text)

    def word(self, text: str) -> str:
        """An identifier without secrets; its digits are left alone. What is no single word is no identifier."""
        return self.prose(text) if " " in text else self._without_secrets(text)

    def _without_secrets(self, text: str) -> str:
        if self._pattern is None or len(text) < SHORTEST_SECRET:
            return text
        return self._pattern.sub(HIDDEN, text)


def spellings(secret: str) -> set[str]:
    """A secret as it is, and as JSON, a path and a form write it."""
    # Nothing is too broken to be hidden: the environment may hold bytes that are no text.
    paths = {quote(secret, safe=safe, errors="replace") for safe in ("/", "")}
    return {secret, json.dumps(secret)[1:-1], quote_plus(secret, errors="replace"), *paths}


def for_children(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment as a process that we start gets it: without our own secrets, of which it needs none."""
    return {name: value for name, value in environ.items() if name not in SECRET_VARIABLES}


def secrets_of(environ: Mapping[str, str]) -> Iterator[str]:
    """The secrets that the environment holds: tokens, and the passwords of proxies."""
    for name in SECRET_VARIABLES:
        yield environ.get(name, "")
    for name, value in environ.items():
        if name.lower().endswith("_proxy"):
            yield _password(value)


def is_personal_number(digits: str) -> bool:
    """Whether eleven digits are a fødselsnummer, a D-number or a synthetic one of Tenor or Dolly.

    Day, month and both check digits (Skatteetaten, «Nytt fødselsnummer fra 2032»): the first of them may leave four
    remainders from 2032 on, and both rules hold side by side.
    """
    day, month = int(digits[:2]), int(digits[2:4])
    if not (0 < day <= _LAST_DAY or _D_NUMBER < day <= _D_NUMBER + _LAST_DAY):
        return False
    if not any(added < month <= added + _LAST_MONTH for added in _MONTHS_ADDED):
        return False
    numbers = [int(digit) for digit in digits]
    return (_sum(_FIRST_WEIGHTS, numbers) + numbers[9]) % 11 in _FIRST_REMAINDERS and (
        _sum(_SECOND_WEIGHTS, numbers) + numbers[10]
    ) % 11 == 0


def masked(number: str) -> str:
    """What may be seen of the number of a person, whether or not it is one: `010190 *****`."""
    is_whole = len(number) == _LENGTH and number.isascii() and number.isdigit()
    return f"{number[:6]} *****" if is_whole else number if _SEEN.fullmatch(number) else "*****"


def _sum(weights: Iterable[int], numbers: Iterable[int]) -> int:
    return sum(weight * number for weight, number in zip(weights, numbers, strict=False))


def _masked(found: re.Match[str]) -> str:
    return f"{found[1]} *****" if is_personal_number(found[1] + found[3]) else found[0]


def _password(address: str) -> str:
    try:
        return urlsplit(address).password or ""
    except ValueError:
        return ""
