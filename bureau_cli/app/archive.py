"""The snapshots kept here: saved from the platform, asked in its place, and compared with it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bureau_cli import __version__
from bureau_cli.api.access import AccessApi
from bureau_cli.api.clients import ClientsApi
from bureau_cli.api.connection import connect_recalled
from bureau_cli.api.me import MeApi
from bureau_cli.api.meta import MetaApi
from bureau_cli.api.month_end import MonthEndApi
from bureau_cli.api.recalled import RecalledTransport
from bureau_cli.api.rows import RowsApi
from bureau_cli.api.runs import RunsApi
from bureau_cli.app.noting import Unnoted
from bureau_cli.domain.period import month_of, shifted
from bureau_cli.domain.snapshots import NOW
from bureau_cli.errors import BadUsage
from bureau_cli.files import names
from bureau_cli.files.snapshots import Shelf
from bureau_cli.formatters.masking import masked_document
from bureau_cli.services.clients import Clients
from bureau_cli.services.snapshots.differences import compare
from bureau_cli.services.snapshots.recall import Recall
from bureau_cli.services.snapshots.saving import Desk, Saving
from bureau_cli.services.snapshots.sides import Source

if TYPE_CHECKING:
    from collections.abc import Collection

    from bureau_cli.api.connection import Caller
    from bureau_cli.api.wire import Wire
    from bureau_cli.app import App
    from bureau_cli.domain.selection import Selection
    from bureau_cli.domain.snapshots import Snapshot
    from bureau_cli.redaction import Redactor
    from bureau_cli.services.snapshots.differences import Comparison, What


class Archive:
    """Each part is built when it is first asked for."""

    def __init__(self, app: App, redactor: Redactor) -> None:
        self._app = app
        self._redactor = redactor

    @cached_property
    def shelf(self) -> Shelf:
        """Where the snapshots of this profile and its user are."""
        settings = self._app.settings
        theirs = names.of_user(settings.base_url or "", self._app.login or "")
        folder = self._app.folders.snapshots / settings.profile / theirs
        return Shelf(folder, profile=settings.profile, login=self._app.login)

    @cached_property
    def saving(self) -> Saving:
        """Keeps another one."""
        app = self._app
        desk = Desk(
            planner=app.planner, today=MetaApi(app.wire).today, now=app.now, version=__version__, shown=self._shown
        )
        return Saving(RowsApi(app.wire, page_size=app.settings.page_size), self.shelf, desk)

    async def compare(self, words: tuple[str, str], selection: Selection, only: Collection[What]) -> Comparison:
        """What differs between two snapshots, or between one and the platform.

        Raises:
            BadUsage: neither side is a snapshot.
        """
        before, after = (None if word == NOW else self.shelf.find(word) for word in words)
        kept = before or after
        if kept is None:
            raise BadUsage("both sides are now", fix="name a snapshot: bureau snapshot list")
        sources = (self._source(before, kept.period), self._source(after, kept.period))
        return await compare(sources, selection, only)

    def _source(self, snapshot: Snapshot | None, period: str) -> Source:
        """One side: a snapshot about its own period, or the platform about the one that is said."""
        app = self._app
        size = app.settings.page_size
        wire = app.wire if snapshot is None else app.wire_to(snapshot)
        return Source(
            name=NOW if snapshot is None else snapshot.name,
            period=period if snapshot is None else snapshot.period,
            clients=Clients(ClientsApi(wire, page_size=size), Unnoted()),
            access=AccessApi(wire, page_size=size),
            runs=RunsApi(wire, page_size=size),
            month_end=MonthEndApi(wire, page_size=size),
            caller=MeApi(wire).get,
        )

    def wire(self, snapshot: Snapshot, caller: Caller) -> Wire:
        """The way to a snapshot as if it were the platform."""
        recall = Recall(self.shelf.rows(snapshot))
        return connect_recalled(RecalledTransport(recall.answer), caller, f"the snapshot {snapshot.name}")

    def older_than(self, months: int) -> list[Snapshot]:
        """The snapshots of periods that lie more than so many months back."""
        first = shifted(month_of(self._app.now().date()), -months)
        return [one for one in self.shelf.all() if one.period < first]

    def note(self) -> None:
        """Keep their names to offer them at a prompt."""
        self._app.notebook.note("snapshots", {one.name: one.told for one in self.shelf.all()}, whole=True)

    def _shown(self, content: Any) -> Any:
        """What no file may hold, left out; most batches hold nothing of that, and are not walked value by value."""
        text = json.dumps(content, ensure_ascii=False)
        return content if self._redactor.prose(text) == text else masked_document(content, self._redactor)
