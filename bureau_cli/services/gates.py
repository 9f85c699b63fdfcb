"""What a gate answers: who stands in the way, where nobody can tell, and what that comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bureau_cli.bulk.report import counted
from bureau_cli.domain.clients import ClientReference
from bureau_cli.errors import ExitCode

UNKNOWN = "unknown"
"""The finding of what nobody can tell."""


class Found(Protocol):
    """One thing that keeps a gate shut."""

    @property
    def finding(self) -> str:
        """What is wrong, in a word; UNKNOWN where it cannot be seen whether something is."""

    @property
    def client(self) -> ClientReference:
        """At whom."""


T = TypeVar("T", bound=Found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Generic[T]):
    """What a look at some clients has come to; `clients` is how many they were, and `found` the worst first.

    `aside` is what else is to be told: of clients that are not among them because the question does not concern them.
    Only that somebody looked at some clients, and saw all there is to see, proves that nothing is wrong.
    """

    clients: int
    found: Sequence[T]
    as_of: datetime | None = None
    aside: Sequence[str] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Nothing, a proven finding, or that it cannot be told; what is proven outranks what is unknown."""
        if any(one.finding != UNKNOWN for one in self.found):
            return ExitCode.FINDING
        return ExitCode.DONE if self.clients and not self.found else ExitCode.UNKNOWN

    @property
    def told(self) -> str:
        """It in a line, `412 clients: 3 has left, 1 no owner`, and what else is to be told below it.

        The numbers are of clients: at how many of them somebody has left.
        """
        return "\n".join((self._judgement, *self.aside))

    @property
    def _judgement(self) -> str:
        if not self.clients:
            nobody = "it concerns none of the clients" if self.aside else "no client fits the selection"
            return f"{nobody}, so nothing is proven"
        counts = Counter(finding for finding, _ in dict.fromkeys((one.finding, one.client.id) for one in self.found))
        parts = [f"{number} {_spoken(finding)}" for finding, number in counts.items()]
        return f"{counted(self.clients, 'client')}: {', '.join(parts) or 'nothing found'}"


def _spoken(word: str) -> str:
    return word.replace("a_melding", "a-melding").replace("at_50", "at 50 %").replace("_", " ")
