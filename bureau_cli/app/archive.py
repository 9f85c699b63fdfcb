"""The snapshots kept here: saved from the platform, asked in its place, and compared with it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bureau_cli import __version__
from bureau_cli.api.connection import connect_recalled
from bureau_cli.api.meta import MetaApi
from bureau_cli.api.recalled import RecalledTransport
from bureau_cli.api.rows import RowsApi
from bureau_cli.domain.period import month_of, shifted
from bureau_cli.files import names
from bureau_cli.files.snapshots import Shelf
from bureau_cli.formatters.masking import masked_document
from bureau_cli.services.snapshots.recall import Recall
from bureau_cli.services.snapshots.saving import Desk, Saving

if TYPE_CHECKING:
    from bureau_cli.api.connection import Caller
    from bureau_cli.api.wire import Wire
    from bureau_cli.app import App
    from bureau_cli.domain.snapshots import Snapshot
    from bureau_cli.redaction import Redactor


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
        return Shelf(self._app.folders.snapshots / settings.profile / theirs)

    @cached_property
    def saving(self) -> Saving:
        """Keeps another one."""
        app = self._app
        desk = Desk(
            planner=app.planner, today=MetaApi(app.wire).today, now=app.now, version=__version__, shown=self._shown
        )
        return Saving(RowsApi(app.wire, page_size=app.settings.page_size), self.shelf, desk)

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
        text = json.dumps(content)
        return content if self._redactor.prose(text) == text else masked_document(content, self._redactor)
