"""The way to a remote platform with what is kept for its profile."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from bureau_cli.api.connection import Caller, origin_of, token_endpoint
from bureau_cli.api.kept_tokens import Keep, KeptTokens
from bureau_cli.api.tokens import Tokens
from bureau_cli.config.credentials import ProfileKeep, store_of
from bureau_cli.config.settings import Settings
from bureau_cli.domain.signing_in import Kept, Means
from bureau_cli.files.folders import Folders


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """What a way to a platform needs beside the profile: who calls, the user's folders and, in a test, the network.

    `say` tells what may be left out; `hide` is told every secret of the run, so that none is ever told.
    """

    caller: Caller
    folders: Folders
    network: Any
    say: Callable[[str], None]
    hide: Callable[[str], None]


class Hiding:
    """A keep whose secrets are told to the one who takes them out wherever text leaves."""

    def __init__(self, keep: Keep, hide: Callable[[str], None]) -> None:
        self._keep = keep
        self._hide = hide

    async def read(self) -> Kept:
        """What is kept."""
        return self._hidden(await self._keep.read())

    async def write(self, kept: Kept) -> None:
        """Keep it."""
        await self._keep.write(self._hidden(kept))

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep others from renewing."""
        return self._keep.alone()

    def _hidden(self, kept: Kept) -> Kept:
        self._hide(kept.secret)
        if kept.access is not None:
            self._hide(kept.access.token)
        return kept


def kept_tokens(settings: Settings, base_url: str, around: Approach) -> Tokens:
    """The tokens of a profile that is signed in, from its store."""
    store = store_of(settings, around.folders, os.environ)
    keep = ProfileKeep(settings.profile, store, around.folders.lock_of_profile(settings.profile), around.say)
    means = Means(
        profile=settings.profile, grant=settings.grant, client_id=settings.client_id, origin=origin_of(base_url)
    )
    return tokens_of(keep, means, around)


def tokens_of(keep: Keep, means: Means, around: Approach) -> Tokens:
    """The tokens of whatever is kept."""
    endpoint = token_endpoint(means.origin, around.caller, around.network)
    return KeptTokens(Hiding(keep, around.hide), means, endpoint, around.caller.now)
