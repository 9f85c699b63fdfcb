"""The composition root: each part is built when it is first asked for, from what the parts below it give."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_cli import __version__
from bureau_cli.app.ways import Voice, Ways
from bureau_cli.errors import EmbeddedOnly
from bureau_cli.files.folders import Folders, made
from bureau_cli.redaction import Redactor

if TYPE_CHECKING:
    from bureau_cli.api.raw import RawApi
    from bureau_cli.api.wire import Wire
    from bureau_cli.app.archive import Archive
    from bureau_cli.app.month_end import MonthEnd
    from bureau_cli.app.past import Past
    from bureau_cli.app.people import People
    from bureau_cli.app.reports import Reports
    from bureau_cli.app.tax_cards import TaxCardParts
    from bureau_cli.app.unattended import Unattended
    from bureau_cli.bulk.saved import Planner
    from bureau_cli.checkup.verdicts import Surroundings
    from bureau_cli.config.editing import Configuration
    from bureau_cli.config.settings import Settings
    from bureau_cli.domain.snapshots import Snapshot
    from bureau_cli.files.completions import Completions
    from bureau_cli.files.notebook import Notebook
    from bureau_cli.formatters.screen import Screen
    from bureau_cli.services.audit import Audit
    from bureau_cli.services.clients import Clients
    from bureau_cli.services.embedded import Embedded
    from bureau_cli.services.group_changes import GroupChanges
    from bureau_cli.services.groups import Groups
    from bureau_cli.services.packs import Packs
    from bureau_cli.services.ports import NamesPort
    from bureau_cli.services.sign_in import SignIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """What a test puts in the place of the outside world; a run has none of it.

    `around` wraps the embedded platform; `network`, an httpx transport, stands in for the connection to a remote one;
    `patience` replaces the waits and dice of the repeats, `now` the clock, `sync` what puts a journal on the disk.
    """

    around: Callable[[Any], Any] | None = None
    network: Any = None
    patience: Mapping[str, Any] | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sync: Callable[[int], None] = os.fsync


class App:
    """The parts of one run. Heavy rooms are imported by the property that first needs them, and by no other."""

    def __init__(
        self,
        options: Mapping[str, Any],
        say: Callable[[str], None],
        trace: Callable[[str], None] | None,
        redactor: Redactor,
        wiring: Wiring | None = None,
    ) -> None:
        self.as_of: str | None = None
        """The snapshot, or the period of one, that answers in the place of the platform."""
        self._options = options
        self._redactor = redactor
        self._wiring = wiring or Wiring()
        self._ways = Ways(self, self._wiring, Voice(say=say, trace=trace, hide=redactor.hide))

    @cached_property
    def folders(self) -> Folders:
        """Where this user's files are."""
        return Folders.of(os.environ)

    @cached_property
    def settings(self) -> Settings:
        """What the run goes by."""
        from bureau_cli.config.settings import load

        return load(self.folders.config_file, self._options)

    @cached_property
    def configuration(self) -> Configuration:
        """The user's config.toml, which may be broken."""
        from bureau_cli.config.editing import Configuration

        return Configuration(self.folders, self._options, os.environ)

    @property
    def wire(self) -> Wire:
        """The way to the platform of the profile."""
        return self._ways.wire

    def wire_to(self, snapshot: Snapshot) -> Wire:
        """The way to a snapshot as if it were the platform."""
        return self._ways.wire_to(snapshot)

    @cached_property
    def clients(self) -> Clients:
        """Client companies."""
        from bureau_cli.api.clients import ClientsApi
        from bureau_cli.services.clients import Clients

        return Clients(ClientsApi(self.wire, page_size=self.settings.page_size), self._names)

    @cached_property
    def groups(self) -> Groups:
        """Groups of clients."""
        from bureau_cli.api.groups import GroupsApi
        from bureau_cli.api.wire import new_key
        from bureau_cli.services.groups import Groups

        return Groups(GroupsApi(self.wire), self.clients, self._names, new_key)

    @cached_property
    def group_changes(self) -> GroupChanges:
        """Changes of many to groups."""
        from bureau_cli.api.groups import GroupsApi
        from bureau_cli.api.wire import new_key
        from bureau_cli.services.group_changes import GroupChanges

        return GroupChanges(GroupsApi(self.wire), self.clients, new_key)

    @cached_property
    def people(self) -> People:
        """Who works at the bureau, and who has access to what."""
        from bureau_cli.app.people import People

        return People(self, self._names)

    @cached_property
    def month_end(self) -> MonthEnd:
        """Where clients stand in a month."""
        from bureau_cli.app.month_end import MonthEnd

        return MonthEnd(self)

    @cached_property
    def reports(self) -> Reports:
        """What is handed on of all clients."""
        from bureau_cli.app.reports import Reports

        return Reports(self)

    @cached_property
    def tax_cards(self) -> TaxCardParts:
        """Tax cards, and ordering them."""
        from bureau_cli.app.tax_cards import TaxCardParts

        return TaxCardParts(self)

    @cached_property
    def audit(self) -> Audit:
        """The bureau's audit trail."""
        from bureau_cli.api.audit import AuditApi
        from bureau_cli.files.anchors import Anchors
        from bureau_cli.services.audit import Audit

        anchors = Anchors(self.folders.anchor(self.settings.profile))
        return Audit(AuditApi(self.wire), self.clients, anchors, self.planner)

    @cached_property
    def past(self) -> Past:
        """The runs of many on this machine."""
        from bureau_cli.app.past import Past

        return Past(self, self.notebook, sync=self._wiring.sync, shown=self._redactor.prose)

    @cached_property
    def archive(self) -> Archive:
        """The snapshots kept here."""
        from bureau_cli.app.archive import Archive

        return Archive(self, self._redactor)

    @cached_property
    def packs(self) -> Packs:
        """Month-end packs, wherever they are."""
        from bureau_cli.files.packs import PackFolder
        from bureau_cli.services.packs import Packs

        return Packs(PackFolder)

    @cached_property
    def recalled(self) -> Snapshot | None:
        """The snapshot that answers in the place of the platform, None where the platform does.

        Raises:
            SnapshotNotFound, SnapshotForeign, SnapshotUnreadable: there is none that could.
        """
        return None if self.as_of is None else self.archive.shelf.find(self.as_of)

    @cached_property
    def unattended(self) -> Unattended:
        """Runs that nobody looks at."""
        from bureau_cli.app.unattended import Unattended

        return Unattended(self.folders, shown=self._redactor.prose)

    @cached_property
    def run(self) -> str:
        """What this run is called, here and in the platform's audit trail."""
        return os.urandom(8).hex()

    async def planner(self) -> Planner:
        """Who makes or carries out a plan, and where."""
        from bureau_cli.api.me import MeApi
        from bureau_cli.bulk.saved import Planner

        me = await MeApi(self.wire).get()
        platform = self.settings.base_url or "embedded"
        return Planner(profile=self.settings.profile, platform=platform, bureau=me.orgnr, user=me.login)

    def now(self) -> datetime:
        """The time."""
        return self._wiring.now()

    @cached_property
    def completions(self) -> Completions:
        """The completion scripts, and where this user's shells find them."""
        from bureau_cli.files.completions import Completions

        return Completions(os.environ)

    @cached_property
    def raw(self) -> RawApi:
        """Any path of the platform, as it is."""
        from bureau_cli.api.raw import RawApi

        return RawApi(self.wire)

    @cached_property
    def sign_in(self) -> SignIn:
        """Signing in and out of the profile of the run."""
        return self._sign_in(self.settings)

    def sign_in_of(self, profile: str) -> SignIn:
        """The same of a profile by its name."""
        return self._sign_in(self.configuration.profile_settings(profile))

    def sign_in_as(self, said: Mapping[str, Any], *, by_token: bool) -> SignIn:
        """Signing in to a profile that is to be, with what was `said` of it; `by_token` ends its client credentials."""
        proposed = self.configuration.proposed(said, by_token=by_token)
        return self._sign_in(proposed, before=self.configuration.as_it_is(proposed.profile))

    def _sign_in(self, settings: Settings, *, before: Settings | None = None) -> SignIn:
        from bureau_cli.app.door import ProfileDoor, left_behind
        from bureau_cli.services.sign_in import SignIn

        door = ProfileDoor(settings, self.configuration, self._ways.approach(settings), lambda: self.wire)
        return SignIn(door, earlier=left_behind(before, settings, self.folders))

    @cached_property
    def embedded(self) -> Embedded:
        """Care of the embedded platform; refused where the profile names a remote one."""
        if not self.settings.is_embedded:
            raise EmbeddedOnly(f"the profile {self.settings.profile} is on {self.settings.base_url}")
        from bureau_cli.app.embedded import EmbeddedAdmin
        from bureau_cli.services.embedded import Embedded

        return Embedded(EmbeddedAdmin(self.platform_file))

    def surroundings(self, screen: Screen, *, network: bool) -> Surroundings:
        """What `bureau doctor` looks at; the network only where it is asked for."""
        from bureau_cli.app.embedded import EmbeddedStore
        from bureau_cli.checkup.verdicts import Surroundings

        return Surroundings(
            environ=os.environ,
            options=self._options,
            program=Path(sys.argv[0]),
            version=__version__,
            screen=screen,
            store=EmbeddedStore,
            now=self.now,
            network=network,
            transport=self._wiring.network,
        )

    @property
    def login(self) -> str | None:
        """The user of the profile, as far as the settings tell."""
        return self.settings.demo_login if self.settings.is_embedded else self.settings.user

    @property
    def platform_file(self) -> Path:
        """Where the embedded platform keeps its data."""
        return made(self.folders.data) / "platform.db"

    @property
    def accepted_job(self) -> str | None:
        """A job the platform has accepted in this run and not finished, if any."""
        return self._ways.accepted_job

    async def aclose(self) -> None:
        """Close what was opened."""
        await self._ways.aclose()

    @cached_property
    def _names(self) -> NamesPort:
        from bureau_cli.app.noting import PassingNames, Unnoted

        if self.recalled is not None:
            return Unnoted()
        return PassingNames(self.notebook)

    @cached_property
    def notebook(self) -> Notebook:
        """The names that are offered at a prompt."""
        from bureau_cli.files import names
        from bureau_cli.files.notebook import Notebook

        settings = self.settings
        folder = names.folder(str(self.folders.cache), settings.profile, settings.base_url or "", self.login or "")
        return Notebook(Path(folder), self._redactor.prose)
