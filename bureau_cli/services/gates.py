"""What a gate answers: who stands in the way, where nobody can tell, and what that comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bureau_cli.bulk.report import counted
from bureau_cli.errors import ExitCode

UNKNOWN = "unknown"
"""The finding of what nobody can tell."""


class Found(Protocol):
    """One thing that keeps a gate shut."""

    @property
    def finding(self) -> str:
        """What is wrong, in a word; UNKNOWN where it cannot be seen whether something is."""


T = TypeVar("T", bound=Found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Generic[T]):
    """What a look at some clients has come to; `clients` is how many they were, and `found` the worst first.

    Only that somebody looked at some clients, and saw all there is to see, proves that nothing is wrong.
    """

    clients: int
    found: Sequence[T]
    as_of: datetime | None = None

    @property
    def exit_code(self) -> ExitCode:
        """Nothing, a proven finding, or that it cannot be told; what is proven outranks what is unknown."""
        if any(one.finding != UNKNOWN for one in self.found):
            return ExitCode.FINDING
        return ExitCode.DONE if self.clients and not self.found else ExitCode.UNKNOWN

    @property
    def told(self) -> str:
        """It in a line: `412 clients: 3 has left, 1 no owner`."""
        if not self.clients:
            return "no client fits the selection, so nothing is proven"
        counts = Counter(one.finding for one in self.found)
        parts = [f"{number} {finding.replace('_', ' ')}" for finding, number in counts.items()]
        return f"{counted(self.clients, 'client')}: {', '.join(parts) or 'nothing found'}"
