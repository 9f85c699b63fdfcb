"""The runs of many on this machine: those that were, and the journal of the one that begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bureau_cli.api.groups import GroupsApi
from bureau_cli.api.meta import MetaApi
from bureau_cli.api.wire import new_key
from bureau_cli.bulk.journal import Desk, Journal, Opening
from bureau_cli.bulk.plan import Plan
from bureau_cli.bulk.runs import Runs
from bureau_cli.errors import RunUnreadable
from bureau_cli.files.ledger import Sync
from bureau_cli.files.notebook import Notebook
from bureau_cli.services.access.aftermath import AccessAftermath
from bureau_cli.services.altinn_aftermath import AltinnAftermath
from bureau_cli.services.group_aftermath import GroupAftermath
from bureau_cli.services.history import Changes, History
from bureau_cli.services.tax_cards.aftermath import TaxCardsAftermath

if TYPE_CHECKING:
    from bureau_cli.app import App


class Past:
    """What `history` goes by; `sync` puts a journal on the disk, `shown` leaves out of it what may not be seen."""

    def __init__(self, app: App, notebook: Notebook, *, sync: Sync, shown: Callable[[str], str]) -> None:
        self.runs = Runs(app.folders.journals)
        self._app = app
        self._notebook = notebook
        self._sync = sync
        self._shown = shown

    def changes(self, noun: str) -> Changes:
        """The changes of many of one noun, seen from after they were made.

        Raises:
            RunUnreadable: this version knows none of that noun.
        """
        known = {
            "access": self._of_access,
            "altinn": self._of_altinn,
            "groups": self._of_groups,
            "taxcards": self._of_tax_cards,
        }
        if noun not in known:
            raise RunUnreadable(f"this version of bureau has no changes of many of {noun}", fix="install a newer one")
        return known[noun]()

    def _of_access(self) -> Changes:
        people = self._app.people
        return AccessAftermath(people.access_plans, people.users_api, new_key)

    def _of_altinn(self) -> Changes:
        return AltinnAftermath(self._app.people.altinn, new_key)

    def _of_groups(self) -> Changes:
        app = self._app
        return GroupAftermath(app.group_changes, GroupsApi(app.wire), app.clients, new_key)

    def _of_tax_cards(self) -> Changes:
        return TaxCardsAftermath(self._app.tax_cards.orders)

    def history(self, changes: Changes) -> History:
        """What is to become of such runs."""
        return History(self.runs, changes, MetaApi(self._app.wire).keys_are_kept, self._app.now())

    def journal(self, opening: Opening, plan: Plan) -> Journal:
        """The journal of a run that begins now.

        Raises:
            JournalUnwritable: it cannot be written, so nothing may be sent.
        """
        folder = self._app.folders.journals / opening.planner.profile
        journal = Journal.begin(
            opening, plan, Desk(folder=folder, now=self._app.now, sync=self._sync, shown=self._shown)
        )
        self.note({opening.id: plan.headline}, whole=False)
        return journal

    def note(self, named: Mapping[str, str], *, whole: bool) -> None:
        """Keep the names of runs of this profile, to offer them at a prompt."""
        self._notebook.note("runs", {"last": "the newest", **named}, whole=whole)
