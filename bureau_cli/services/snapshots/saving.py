"""Keeps what the platform answers about a period: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bureau_cli.bulk.saved import Planner
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.snapshots import Snapshot, checked_name, free_name
from bureau_cli.errors import BadUsage, NoAccess, RoleForbids, SnapshotExists
from bureau_cli.services.snapshots.parts import CLIENTS, Part, parts_of
from bureau_cli.services.snapshots.ports import DraftPort, RowsPort, ShelfPort


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who saves: as whom and where, on which day of the platform, when by this machine's clock, with which version.

    `shown` leaves out what no file may hold.
    """

    planner: Callable[[], Awaitable[Planner]]
    today: Callable[[], Awaitable[date]]
    now: Callable[[], datetime]
    version: str
    shown: Callable[[Any], Any]


class Saving:
    """Asks for each part in turn, and writes when all of them are there."""

    def __init__(self, rows: RowsPort, shelf: ShelfPort, desk: Desk) -> None:
        self._rows = rows
        self._shelf = shelf
        self._desk = desk

    async def save(self, period: str, name: str | None) -> Snapshot:
        """Keep a period, under this name or one made of the period and the day of its data.

        Raises:
            BadUsage: the name cannot be one.
            SnapshotExists: it is taken.
        """
        self._see_that_it_is_free(name)
        draft = self._shelf.draft()
        try:
            gathering = _Gathering(self._rows, draft, self._desk.shown)
            for part in parts_of(period):
                await gathering.take(part)
            return self._shelf.keep(draft, await self._described(period, name, gathering))
        finally:
            draft.close()

    def _see_that_it_is_free(self, name: str | None) -> None:
        """Say at once what would be said after everything was fetched."""
        if name is None:
            return
        if self._desk.shown(checked_name(name)) != name:
            raise BadUsage("the name of a snapshot holds no fødselsnummer and no secret", fix="choose another name")
        if name in self._shelf.names():
            raise SnapshotExists(f"there is a snapshot {name} already")

    async def _described(self, period: str, name: str | None, gathering: _Gathering) -> Snapshot:
        planner = await self._desk.planner()
        as_of = gathering.as_of or self._desk.now()
        counts = dict(gathering.draft.counts)
        return Snapshot(
            name=name or free_name(period, as_of, self._shelf.names()),
            period=period,
            as_of=as_of,
            saved_at=self._desk.now(),
            today=await self._desk.today(),
            profile=planner.profile,
            platform=planner.platform,
            bureau=planner.bureau,
            login=planner.user,
            version=self._desk.version,
            coverage=Coverage(clients=gathering.open_clients, of=counts[CLIENTS]),
            counts=counts,
            left_out=tuple(gathering.left_out),
        )


class _Gathering:
    """The parts that have come so far, and what is known of them together."""

    def __init__(self, rows: RowsPort, draft: DraftPort, shown: Callable[[Any], Any]) -> None:
        self._rows = rows
        self._shown = shown
        self._instants: list[datetime] = []
        self.draft = draft
        self.left_out: list[str] = []
        self.open_clients = 0

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest part is."""
        return min(self._instants, default=None)

    async def take(self, part: Part) -> None:
        """Ask for a part and keep it; one that the caller may not list is left out."""
        try:
            await (self._list(part) if part.is_list else self._document(part))
        except (RoleForbids, NoAccess):
            if part.needed:
                raise
            self.left_out.append(part.name)

    async def _document(self, part: Part) -> None:
        self.draft.add(part.name, [self._shown(await self._rows.get(part.path, part.query))])

    async def _list(self, part: Part) -> None:
        stream = self._rows.list(part.path, part.query, identity=part.identity)
        async with aclosing(stream.batches()) as batches:
            async for batch in batches:
                self.draft.add(part.name, self._shown(batch))
                if part.name == CLIENTS:
                    self.open_clients += sum(client.get("withheld") is None for client in batch)
        if stream.as_of is not None:
            self._instants.append(stream.as_of)
