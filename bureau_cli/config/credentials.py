"""Where a profile's secret is kept. The store is named in the profile; another is never tried in its stead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from bureau_cli.config.credentials_file import PrivateFile
from bureau_cli.config.credentials_given import GivenFile, GivenVariable, in_systemd
from bureau_cli.config.credentials_keyring import Keyring
from bureau_cli.config.settings import Settings
from bureau_cli.domain.origin import Origin
from bureau_cli.domain.signing_in import Grant, Kept, StoreReport, StoreState, profile_name
from bureau_cli.errors import BureauError, CredentialMissing, KeyringAbsent, KeyringLocked, KeyringSilent
from bureau_cli.files.folders import Folders
from bureau_cli.files.lock import alone

VARIABLES = {Grant.CLIENT_CREDENTIALS: "BUREAU_CLIENT_SECRET"}
STATES: Mapping[type[BureauError], StoreState] = {
    KeyringAbsent: StoreState.ABSENT,
    KeyringLocked: StoreState.LOCKED,
    KeyringSilent: StoreState.SILENT,
}


class Store(Protocol):
    """A place for one profile's secret."""

    name: str
    place: str
    """Where exactly, in words that a person can follow."""
    writable: bool
    """Whether signing in puts the secret there; else somebody else does."""

    async def read(self) -> Kept | None:
        """What is kept, None for nothing; raises the NotAllowed leaf that says why it cannot be had."""

    async def write(self, kept: Kept) -> None:
        """Keep it, in place of what was there."""

    async def remove(self) -> bool:
        """Forget it; False where there was nothing."""


def store_of(settings: Settings, folders: Folders, environ: Mapping[str, str]) -> Store:
    """The store that the profile names.

    Raises:
        CredentialMissing: it names none.
    """
    match settings.credential:
        case "keyring":
            return Keyring(settings.profile)
        case "systemd":
            return in_systemd(settings.grant, environ)
        case "env":
            return GivenVariable(VARIABLES.get(settings.grant, "BUREAU_TOKEN"), environ)
        case "file" if settings.token_file is not None:
            return GivenFile("file", settings.token_file.expanduser())
        case "file":
            return PrivateFile(folders.credentials / profile_name(settings.profile))
        case _:
            raise CredentialMissing(
                f"the profile {settings.profile} does not name its credential store",
                fix=f"bureau auth login -p {settings.profile}",
            )


class ProfileKeep:
    """A profile's store as those see it who need its secret: what is missing there is told with the way out."""

    def __init__(self, profile: str, store: Store, lock: Path, say: Callable[[str], None]) -> None:
        self._profile = profile
        self._store = store
        self._lock = lock
        self._say = say

    async def read(self) -> Kept:
        """What is kept.

        Raises:
            CredentialMissing: nothing.
        """
        kept = await self._store.read()
        if kept is None:
            raise CredentialMissing(f"{self._store.place} holds no secret", fix=self._way_in)
        return kept

    async def write(self, kept: Kept) -> None:
        """Keep it where the store takes anything.

        That a token in hand cannot be kept is told, and stops no work that it is enough for.
        """
        if self._store.writable:
            try:
                await self._store.write(kept)
            except BureauError as fault:
                self._say(f"the new access token is used, but not kept: {fault.message}")

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Hold the lock of the profile, if what is renewed is kept where others find it."""
        return alone(self._lock) if self._store.writable else nullcontext()

    @property
    def _way_in(self) -> str:
        if self._store.writable:
            return f"bureau auth login -p {self._profile}"
        return "put it there; bureau platform token LOGIN makes one for a served platform"


async def report_of(settings: Settings, store: Store) -> StoreReport:
    """How a profile's store is found, without asking the platform; what is wrong with it is told and not raised.

    The end of a token is told only where it is the end of the sign-in, and not where another is granted.
    """
    profile, renews = settings.profile, settings.grant is not Grant.TOKEN
    try:
        kept = await store.read()
        if kept is not None and settings.base_url is not None:
            kept.refuse_moved(profile, str(Origin.of_base_url(settings.base_url)))
    except BureauError as fault:
        state = STATES.get(type(fault), StoreState.UNUSABLE)
        return StoreReport(
            profile=profile, store=store.name, place=store.place, state=state, fault=fault.message, fix=fault.fix
        )
    return StoreReport(
        profile=profile,
        store=store.name,
        place=store.place,
        state=StoreState.EMPTY if kept is None else StoreState.PRESENT,
        expires_at=None if kept is None or renews else kept.expires_at,
    )
