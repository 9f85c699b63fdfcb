"""A profile's way in, as the service sees it: its settings, its store and the platform behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from typing import Any

from bureau_cli.api.connection import connect, origin_of
from bureau_cli.api.me import MeApi
from bureau_cli.api.wire import Wire
from bureau_cli.app.approach import Approach, tokens_of
from bureau_cli.config.config_file import SIGN_IN_KEYS
from bureau_cli.config.credentials import store_of
from bureau_cli.config.editing import Configuration
from bureau_cli.config.settings import Settings
from bureau_cli.domain.signing_in import Credential, Identity, Kept, Means
from bureau_cli.files.folders import Folders
from bureau_cli.files.kept import purge
from bureau_cli.files.lock import alone
from bureau_cli.services.ports import SecretStore


class ProfileDoor:
    """Implements `services.ports.Door`; `wire` gives the way the run itself takes to the platform."""

    def __init__(
        self, settings: Settings, configuration: Configuration, around: Approach, wire: Callable[[], Wire]
    ) -> None:
        self.profile = settings.profile
        self.base_url = None if settings.base_url is None else origin_of(settings.base_url)
        self.grant = settings.grant
        self.client_id = settings.client_id
        self.now = around.caller.now
        self._settings = settings
        self._configuration = configuration
        self._around = around
        self._wire = wire

    @property
    def store(self) -> SecretStore:
        """Where its secret is kept."""
        return store_of(self._settings, self._around.folders, os.environ)

    async def try_out(self, credential: Credential) -> Kept:
        """Ask the platform who this is; what is given back is fit to be kept."""
        assert self.base_url is not None  # noqa: S101 - the embedded platform keeps no secret
        keep = Trial(credential, self.base_url)
        means = Means(
            profile=self.profile, grant=credential.grant, client_id=credential.client_id, origin=self.base_url
        )
        wire = connect(
            self.base_url,
            self._around.caller,
            tokens_of(keep, means, self._around),
            self._around.network,
        )
        try:
            identity = await MeApi(wire).get()
        finally:
            await wire.aclose()
        return replace(keep.kept, identity=identity)

    async def who(self) -> Identity:
        """Ask the platform who the profile is, by what is kept."""
        return await MeApi(self._wire()).get()

    async def write_profile(self, *, exchange: bool, user: str | None) -> None:
        """Write what signing in decides; the rest of the profile is as it was."""
        settings = self._settings
        values: Mapping[str, Any] = {key: getattr(settings, key) for key in sorted(SIGN_IN_KEYS)}
        token_file = None if settings.token_file is None else str(settings.token_file)
        changed = {**values, "exchange": exchange or None, "token_file": token_file, "user": user}
        await self._configuration.write_profile(self.profile, changed)

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Hold the lock under which its tokens are renewed too."""
        return alone(self._around.folders.lock_of_profile(self.profile))

    def purge(self) -> Sequence[str]:
        """Remove what this machine keeps of the profile beside its secret; the paths that went."""
        return [str(path) for path in purge(self._around.folders, self.profile)]


class Trial:
    """Implements `api.kept_tokens.Keep` for a secret that is only being tried: nothing leaves this process."""

    def __init__(self, credential: Credential, origin: str) -> None:
        self.kept = Kept(secret=credential.secret, origin=origin, client_id=credential.client_id)

    async def read(self) -> Kept:
        """What there is so far."""
        return self.kept

    async def write(self, kept: Kept) -> None:
        """Remember what was granted."""
        self.kept = kept

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Nobody else knows it."""
        return nullcontext()


def left_behind(before: Settings | None, settings: Settings, folders: Folders) -> SecretStore | None:
    """The store that signing in leaves behind with a secret in it, if it is ours and another than the one to be."""
    if before is None or before.credential is None or before.credential == settings.credential:
        return None
    store = store_of(before, folders, os.environ)
    return store if store.writable else None
