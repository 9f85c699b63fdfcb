"""The review of access that a bureau makes each quarter: who has what, since when, why, and what speaks against it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bureau_cli.domain.access import Access, AccessFilter
from bureau_cli.domain.selection import Selection
from bureau_cli.services.access.listing import Accesses
from bureau_cli.services.streams import all_of

STALE = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One access, and what whoever decides about it should know first."""

    access: Access
    findings: tuple[str, ...]


class AccessReview:
    """Everything that somebody has to sign for; `today` asks the platform for its business day."""

    def __init__(self, accesses: Accesses, today: Callable[[], Awaitable[date]]) -> None:
        self._accesses = accesses
        self._today = today

    async def of(self, selection: Selection) -> list[Reviewed]:
        """Each access to the clients of a selection that is not over, by client."""
        today = await self._today()
        found = await all_of(await self._accesses.search(selection, AccessFilter(), sort="client"))
        return [Reviewed(access=access, findings=tuple(findings_of(access, today))) for access in found]


def findings_of(access: Access, today: date) -> Iterator[str]:
    """What speaks against an access, the worst first; one that is younger than STALE need not have been used."""
    if not access.user_active:
        yield "has_left"
    elif access.bureau_role == "none":
        yield "no_role"
    if access.last_used is None and today - access.starts > STALE:
        yield "never_used"
    elif access.last_used is not None and today - access.last_used > STALE:
        yield "unused"
