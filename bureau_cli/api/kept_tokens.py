"""The tokens of a signed-in profile: renewed before they end, and once when one is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import Protocol

import anyio

from bureau_cli.api.token_endpoint import TokenEndpoint
from bureau_cli.domain.signing_in import Access, Credential, Grant, Kept, Means


class Keep(Protocol):
    """A profile's credential, wherever it is kept."""

    async def read(self) -> Kept:
        """What is kept now; raises the NotAllowed leaf that says why there is nothing."""

    async def write(self, kept: Kept) -> None:
        """Keep this from now on, where the store takes anything."""

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep other processes from renewing at the same time."""


class KeptTokens:
    """The tokens of a signed-in profile. The store is read when the first request is made, and once."""

    def __init__(self, keep: Keep, means: Means, endpoint: TokenEndpoint, now: Callable[[], datetime]) -> None:
        self._keep = keep
        self._means = means
        self._endpoint = endpoint
        self._now = now
        self._turn = anyio.Lock()
        self._kept: Kept | None = None

    async def current(self) -> str:
        """The token to send; a granted one is renewed first when its end is near."""
        async with self._turn:
            if self._kept is None:
                self._kept = await self._read()
            if self._means.grant is Grant.TOKEN:
                return self._kept.secret
            access = self._granted(self._kept)
            if access is None or self._now() >= access.renew_at:
                access = await self._renew(instead_of=access)
            return access.token

    async def renewed(self, refused: str) -> bool:
        """Renew a granted token that was refused, unless somebody else of this process has done so meanwhile."""
        if self._means.grant is Grant.TOKEN or self._kept is None:
            return False
        async with self._turn:
            access = self._granted(self._kept)
            if access is None or access.token == refused:
                await self._renew(instead_of=access)
            return True

    async def aclose(self) -> None:
        """Close the way to the token endpoint."""
        await self._endpoint.aclose()

    async def _renew(self, *, instead_of: Access | None) -> Access:
        """One process asks; the next one finds what it brought when it gets the lock."""
        async with self._keep.alone():
            kept = await self._read()
            access = self._granted(kept)
            if access is None or access == instead_of or self._now() >= access.renew_at:
                credential = Credential(grant=self._means.grant, secret=kept.secret, client_id=self._means.client_id)
                access = await self._endpoint.access(credential)
                kept = replace(kept, access=access, client_id=self._means.client_id)
                await self._keep.write(kept)
            self._kept = kept
        return access

    async def _read(self) -> Kept:
        """What is kept.

        Raises:
            OriginRefused: it was accepted at another place than the one the profile now names.
        """
        kept = await self._keep.read()
        kept.refuse_moved(self._means.profile, self._means.origin)
        return kept

    def _granted(self, kept: Kept) -> Access | None:
        """The token that was granted to the client the profile now names."""
        return kept.access if kept.client_id == self._means.client_id else None
