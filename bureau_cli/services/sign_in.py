"""Signing in and out: a secret is tried before it is kept, and kept in exactly the store that was chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bureau_cli.domain.signing_in import Credential, Grant, Kept, Standing, StandingState, could_be_secret
from bureau_cli.errors import (
    BadUsage,
    BureauError,
    CredentialMissing,
    NotAllowed,
    NotFound,
    TryAgain,
    Unauthenticated,
    UsageError,
)
from bureau_cli.services.ports import Door, SecretStore


class SignIn:
    """What `bureau auth` does for one profile."""

    def __init__(self, door: Door, *, earlier: SecretStore | None = None) -> None:
        """`earlier` is another store that a secret of the profile is in until it is signed in anew."""
        self._door = door
        self._earlier = earlier

    @property
    def takes_secret(self) -> bool:
        """Whether signing in puts a secret into the store, so that one is to be asked for."""
        return self._door.store.writable

    @property
    def by_client(self) -> bool:
        """Whether the secret is that of a client id, and no token."""
        return self._door.client_id is not None

    @property
    def secret_name(self) -> str:
        """What is asked for."""
        return f"secret of the client {self._door.client_id}" if self.by_client else "token"

    async def login(self, ask: Callable[[], Awaitable[str]], tell: Callable[[str], None]) -> Standing:
        """Try the secret, keep it and write the profile; of a refused one nothing is kept.

        Raises:
            NotAllowed: the platform or the store refuses.
        """
        kept, grant, state = await (self._asked(ask) if self.takes_secret else self._given())
        async with self._door.alone():
            if kept is not None and self.takes_secret:
                await self._door.store.write(kept)
            await self._write_profile(kept, grant)
            if self._earlier is not None:
                await self._forget(self._earlier, tell)
        return self._standing(kept, grant, state)

    async def _asked(self, ask: Callable[[], Awaitable[str]]) -> tuple[Kept, Grant, StandingState]:
        """The store is looked at first, so that nobody types a secret that then cannot be kept."""
        with suppress(CredentialMissing):  # what cannot be read is about to be replaced
            await self._door.store.read()
        secret = await ask()
        if not could_be_secret(secret):
            raise BadUsage(f"that is no {self.secret_name}", fix="give it as it is, on one line; nothing was stored")
        return *await self._tried(secret), StandingState.SIGNED_IN

    async def status(self, *, offline: bool, warn: Callable[[str], None]) -> Standing:
        """How the profile stands; where the platform cannot be asked, what is known here.

        Raises:
            NotAllowed: it is not signed in, or not any more.
        """
        if self._door.base_url is None:
            return await self._embedded(offline=offline)
        kept = await self._door.store.read()
        if kept is None:
            raise CredentialMissing(f"{self._door.store.place} holds no secret", fix=self._way_in)
        kept.refuse_moved(self._door.profile, self._door.base_url)
        if not offline:
            try:
                who = await self._door.who()
            except TryAgain as fault:
                warn(f"the platform could not be asked, so this is what is known here: {fault.message}")
            else:
                asked = replace(kept, identity=who, access=None)
                return self._standing(asked, self._door.grant, StandingState.SIGNED_IN)
        return self._standing(kept, self._door.grant, self._known_state(kept))

    async def logout(self, *, purge: bool, tell: Callable[[str], None]) -> Standing:
        """Forget the secret; with `purge` also what else is kept here of the profile."""
        async with self._door.alone():
            try:
                return await self._signed_out(tell)
            finally:  # the lock is among what goes, so it goes last
                for path in self._door.purge() if purge else ():
                    tell(f"removed {path}")

    async def _signed_out(self, tell: Callable[[str], None]) -> Standing:
        if self._door.base_url is None:
            tell(f"the profile {self._door.profile} has no secret")
            return Standing(profile=self._door.profile, base_url=None, state=StandingState.SIGNED_OUT)
        store = self._door.store
        if store.writable:
            await store.remove()
        else:
            tell(f"{store.place} is not ours to empty: take the secret away there")
        return self._standing(None, self._door.grant, StandingState.SIGNED_OUT)

    async def forget(self, tell: Callable[[str], None]) -> None:
        """Leave nothing of a profile that is about to go; a store that cannot be emptied does not keep it here."""
        try:
            await self.logout(purge=True, tell=tell)
        except CredentialMissing:  # it named no store, so it has no secret
            return
        except BureauError as fault:
            tell(f"a secret may still be in {self._door.store.place}: {fault.message}")

    async def _forget(self, store: SecretStore, tell: Callable[[str], None]) -> None:
        """Empty the store that the profile had before, so that no copy stays where nobody looks for it."""
        try:
            if await store.remove():
                tell(f"removed the earlier secret from {store.place}")
        except BureauError as fault:
            tell(f"an earlier secret may still be in {store.place}: {fault.message}")

    async def _given(self) -> tuple[Kept | None, Grant, StandingState]:
        """The store is filled from outside: what is there already is tried, else the profile is written untried."""
        kept = None
        with suppress(CredentialMissing):
            kept = await self._door.store.read()
        if kept is None:
            return None, self._door.grant, StandingState.NOT_CHECKED
        return *await self._tried(kept.secret), StandingState.SIGNED_IN

    async def _write_profile(self, kept: Kept | None, grant: Grant) -> None:
        identity = None if kept is None else kept.identity
        await self._door.write_profile(
            exchange=grant is Grant.EXCHANGE, user=None if identity is None else identity.login
        )

    async def _tried(self, secret: str) -> tuple[Kept, Grant]:
        """Whom the secret stands for, and what it is: a token that is not taken as it is may be one to exchange."""
        client_id = self._door.client_id
        if client_id is not None:
            credential = Credential(grant=Grant.CLIENT_CREDENTIALS, secret=secret, client_id=client_id)
            return await self._door.try_out(credential), Grant.CLIENT_CREDENTIALS
        try:
            return await self._door.try_out(Credential(grant=Grant.TOKEN, secret=secret)), Grant.TOKEN
        except Unauthenticated as refused:
            with suppress(NotAllowed, NotFound, UsageError):
                return await self._door.try_out(Credential(grant=Grant.EXCHANGE, secret=secret)), Grant.EXCHANGE
            raise _nothing_kept(refused) from None

    async def _embedded(self, *, offline: bool) -> Standing:
        identity = None if offline else await self._door.who()
        state = StandingState.NOT_CHECKED if offline else StandingState.SIGNED_IN
        return Standing(profile=self._door.profile, base_url=None, state=state, identity=identity)

    def _known_state(self, kept: Kept) -> StandingState:
        """What is known without asking: a token whose time is over is of no more use, one that is renewed is."""
        ended = kept.expires_at is not None and kept.expires_at <= self._door.now()
        return StandingState.EXPIRED if ended and self._door.grant is Grant.TOKEN else StandingState.NOT_CHECKED

    def _standing(self, kept: Kept | None, grant: Grant, state: StandingState) -> Standing:
        return Standing(
            profile=self._door.profile,
            base_url=self._door.base_url,
            state=state,
            store=self._door.store.name,
            place=self._door.store.place,
            identity=None if kept is None else kept.identity,
            expires_at=None if kept is None else kept.expires_at,
            renews=grant is not Grant.TOKEN,
        )

    @property
    def _way_in(self) -> str:
        if self._door.store.writable:
            return f"bureau auth login -p {self._door.profile}"
        return "put it there"


def _nothing_kept(refused: BureauError) -> BureauError:
    refused.fix = "nothing was stored; get a fresh token and sign in again"
    return refused
