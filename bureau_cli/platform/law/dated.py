"""Facts that hold between two days, and nothing outside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from bureau_cli.platform.errors import LawUnknownError

Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity(Generic[Fact]):
    """A fact that holds from the first day to the last; `source` names where it is written."""

    first: date
    last: date
    fact: Fact
    source: str


class Dated(Generic[Fact]):
    """What the law says about one thing, in the order of time."""

    def __init__(self, name: str, validities: Sequence[Validity[Fact]]) -> None:
        self._name = name
        self._validities = tuple(validities)

    @property
    def known(self) -> tuple[date, date]:
        """Give the first and the last day anything is known of."""
        return self._validities[0].first, self._validities[-1].last

    def on(self, day: date) -> Fact:
        """Give what holds on a day; raises LawUnknownError outside every validity."""
        return self.validity(day).fact

    def validity(self, day: date) -> Validity[Fact]:
        """Give what holds on a day, with how long and by what; raises LawUnknownError outside every validity."""
        for one in self._validities:
            if one.first <= day <= one.last:
                return one
        raise LawUnknownError(self._name, day)
