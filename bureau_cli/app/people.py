"""Who works at the bureau and who has access to what: the parts of a run that are about people."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bureau_cli.api.access import AccessApi
from bureau_cli.api.altinn import AltinnApi
from bureau_cli.api.me import MeApi
from bureau_cli.api.meta import MetaApi
from bureau_cli.api.users import UsersApi
from bureau_cli.api.wire import new_key
from bureau_cli.services.access.changes import AccessChanges
from bureau_cli.services.access.check import AccessCheck
from bureau_cli.services.access.file import AccessFiles
from bureau_cli.services.access.leave import Leave, Reads
from bureau_cli.services.access.listing import Accesses
from bureau_cli.services.access.owners import Owners
from bureau_cli.services.access.plan import AccessPlans
from bureau_cli.services.access.review import AccessReview
from bureau_cli.services.access.situation import Situations
from bureau_cli.services.altinn import Altinn
from bureau_cli.services.users import Users

if TYPE_CHECKING:
    from bureau_cli.app import App
    from bureau_cli.services.ports import NamesPort


class People:
    """Each part is built when it is first asked for. `names` keeps the logins that pass, to offer them at a prompt."""

    def __init__(self, app: App, names: NamesPort) -> None:
        self._app = app
        self.names = names

    @cached_property
    def users_api(self) -> UsersApi:
        """The people of the bureau, as the platform has them."""
        return UsersApi(self._app.wire)

    @cached_property
    def access_api(self) -> AccessApi:
        """Who has access to which client, as the platform has it."""
        return AccessApi(self._app.wire, page_size=self._app.settings.page_size)

    @cached_property
    def altinn_api(self) -> AltinnApi:
        """The bureau's own Altinn settings, as the platform has them."""
        return AltinnApi(self._app.wire, page_size=self._app.settings.page_size)

    @cached_property
    def accesses(self) -> Accesses:
        """Lists of who has access."""
        return Accesses(self.access_api, self._app.clients, self.names, MetaApi(self._app.wire).today)

    @cached_property
    def access_plans(self) -> AccessPlans:
        """Changes of many to who has access."""
        return AccessPlans(self._situations, self.access_api, self.users_api, new_key)

    @cached_property
    def access_check(self) -> AccessCheck:
        """Whether access is in order."""
        return AccessCheck(self.access_api, self.users_api, self._app.clients)

    @cached_property
    def users(self) -> Users:
        """The people of the bureau."""
        return Users(self.users_api, self.names)

    @cached_property
    def altinn(self) -> Altinn:
        """The bureau's own Altinn settings."""
        return Altinn(self.altinn_api, self.access_api, self.users_api, self._app.clients, new_key)

    @cached_property
    def access_changes(self) -> AccessChanges:
        """What is said on a line about access."""
        return AccessChanges(self.access_plans)

    @cached_property
    def owners(self) -> Owners:
        """Who owns which client."""
        return Owners(self.access_api, self._app.clients, self.access_plans)

    @cached_property
    def leave(self) -> Leave:
        """Somebody leaves the bureau."""
        reads = Reads(access=self.access_api, altinn=self.altinn_api, owners=self.owners)
        return Leave(reads, self.users, self.access_plans, MeApi(self._app.wire).get, new_key)

    @cached_property
    def access_files(self) -> AccessFiles:
        """What files say about who has access."""
        return AccessFiles(self.access_plans, self._app.clients)

    @cached_property
    def access_review(self) -> AccessReview:
        """The review of who has access."""
        return AccessReview(self.accesses, MetaApi(self._app.wire).today)

    @cached_property
    def _situations(self) -> Situations:
        app = self._app
        return Situations(self.access_api, self.users_api, app.clients, MetaApi(app.wire).today)
