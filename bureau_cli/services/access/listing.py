"""Lists of who has access to which client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from bureau_cli.domain.access import Access, AccessFilter
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients, check_sort
from bureau_cli.services.ports import AccessPort, NamesPort, Stream

SORTABLE = ("client", "user", "to")


class Accesses:
    """Accesses by client or by user; `today` asks the platform for its business day."""

    def __init__(
        self, access: AccessPort, clients: Clients, names: NamesPort, today: Callable[[], Awaitable[date]]
    ) -> None:
        self._access = access
        self._clients = clients
        self._names = names
        self._today = today

    async def search(
        self, selection: Selection, narrowed: AccessFilter, *, sort: str | None = None, most: int | None = None
    ) -> Stream[Access]:
        """Those to the clients of a selection, narrowed further, sorted by the platform.

        Raises:
            BadUsage: `sort` is none of SORTABLE.
        """
        check_sort(sort, SORTABLE)
        asked = narrowed.asked(await self._today() if narrowed.goes_by_today else None)

        def found(query: Mapping[str, Any]) -> Stream[Access]:
            return self._names.of_accesses(self._access.list({**query, **asked, "sort": sort}, most=most))

        return await self._clients.belonging(selection, found)
