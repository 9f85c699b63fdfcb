"""What the services need from the outside, said as small protocols; `app` hands them the real things."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from bureau_cli.domain.access import Access, InferredOwner
from bureau_cli.domain.altinn import AltinnSettings
from bureau_cli.domain.changes import ItemResult
from bureau_cli.domain.clients import Client
from bureau_cli.domain.embedded import EmbeddedStatus
from bureau_cli.domain.groups import Group, Membership
from bureau_cli.domain.selection import Resolved
from bureau_cli.domain.signing_in import Credential, Grant, Identity, Kept
from bureau_cli.domain.users import User

T_co = TypeVar("T_co", covariant=True)


class Stream(Protocol[T_co]):
    """Batches of things that arrive in order, and what is known of the whole once the first one has."""

    def batches(self) -> AsyncGenerator[Sequence[T_co], None]:
        """The batches; whoever walks them closes the generator."""

    @property
    def total(self) -> int | None:
        """How many there are in all."""

    @property
    def as_of(self) -> datetime | None:
        """How old the oldest batch is."""


class ClientsPort(Protocol):
    """Where clients come from."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[Client]:
        """Clients that fit the query, `most` of them."""

    async def select(self, said: Mapping[str, Any]) -> Resolved:
        """Freeze a selection."""


class GroupsPort(Protocol):
    """Where groups are kept."""

    def list(self, *, sort: str | None = None, most: int | None = None) -> Stream[Group]:
        """All groups."""

    async def get(self, slug: str) -> Group:
        """One group."""

    async def create(self, wanted: Mapping[str, str], key: str) -> Group:
        """A new group with this slug, and with a title and a rule where they are wanted."""

    async def change(self, slug: str, etag: str, wanted: Mapping[str, str]) -> Group:
        """Another slug, title, rule or kind, on top of the version read."""

    async def delete(self, slug: str, etag: str) -> None:
        """Remove it, on top of the version read."""

    async def membership(self, slug: str, client_id: str) -> Membership:
        """Whether a client is in it, and why."""

    async def change_members(self, slug: str, items: Sequence[Mapping[str, str]]) -> Sequence[ItemResult]:
        """Add or remove up to 500 clients."""


class UsersPort(Protocol):
    """The people of the bureau."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[User]:
        """Everybody who fits the query."""

    async def get(self, login: str) -> User:
        """One user; `me` is the caller."""

    async def change(self, login: str, etag: str, role: str) -> User:
        """Another role, on top of the version read."""


class AccessPort(Protocol):
    """Who has access to which client."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[Access]:
        """Accesses that fit the query; without `state` those that are not over."""

    def inferred_owners(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[InferredOwner]:
        """Owners and who ran the latest payroll."""

    async def change(self, items: Sequence[Mapping[str, Any]]) -> Sequence[ItemResult]:
        """Grant and end up to 500 accesses."""


class AltinnPort(Protocol):
    """The bureau's own Altinn settings at its clients."""

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Stream[AltinnSettings]:
        """The settings of clients that fit the query."""

    async def change(self, items: Sequence[Mapping[str, Any]]) -> Sequence[ItemResult]:
        """Change up to 500 clients' settings."""


class NamesPort(Protocol):
    """Keeps the names in lists that pass, to offer them at a prompt; `whole` says that a list has all there are."""

    def of_clients(self, stream: Stream[Client], *, whole: bool) -> Stream[Client]:
        """The same stream of clients."""

    def of_groups(self, stream: Stream[Group], *, whole: bool) -> Stream[Group]:
        """The same stream of groups."""

    def of_users(self, stream: Stream[User], *, whole: bool) -> Stream[User]:
        """The same stream of users."""

    def of_accesses(self, stream: Stream[Access]) -> Stream[Access]:
        """The same stream of accesses."""


class EmbeddedPort(Protocol):
    """The embedded platform, looked after from outside; its refusals are told as ours."""

    def seed(self, *, clients: int, seed: int, today: date | None) -> None:
        """Replace everything with a fresh demo bureau."""

    def reset(self) -> None:
        """The same bureau again, as it was when it was made."""

    def status(self) -> EmbeddedStatus:
        """What is there."""

    def set_clock(self, instant: datetime | None) -> None:
        """Pin the clock, or let it go."""

    def faults(self) -> Sequence[str]:
        """The faults it makes, in their written form."""

    def set_faults(self, rules: Sequence[str]) -> None:
        """Make these faults and no others."""

    def token(self, login: str, lifetime: timedelta) -> str:
        """A bearer token for one of its users."""

    def static_token(self, login: str) -> str:
        """A static access token of one of its users, shown this once."""

    def client_credentials(self, login: str) -> tuple[str, str]:
        """A client id that acts as one of its users and its secret, shown this once."""

    async def serve(self, *, port: int, fault_header: bool, delay: timedelta, ready: Callable[[str], None]) -> None:
        """Answer on a loopback port until told to stop; `ready` is told the address once it listens."""


class SecretStore(Protocol):
    """The place a profile's secret is kept in."""

    @property
    def name(self) -> str:
        """The word the profile has for it."""

    @property
    def place(self) -> str:
        """Where exactly."""

    @property
    def writable(self) -> bool:
        """Whether signing in puts the secret there; else somebody else does."""

    async def read(self) -> Kept | None:
        """What is kept, None for nothing."""

    async def write(self, kept: Kept) -> None:
        """Keep it, in place of what was there."""

    async def remove(self) -> bool:
        """Forget it; False where there was nothing."""


class Door(Protocol):
    """One profile, existing or about to: where it leads, what it signs in with, and what is kept for it."""

    @property
    def profile(self) -> str:
        """Its name."""

    @property
    def base_url(self) -> str | None:
        """The platform's address, None for the embedded one."""

    @property
    def grant(self) -> Grant:
        """What its secret is."""

    @property
    def client_id(self) -> str | None:
        """Whose secret it is, for client credentials."""

    @property
    def store(self) -> SecretStore:
        """Where its secret is kept."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock of this machine."""

    async def try_out(self, credential: Credential) -> Kept:
        """Ask the platform who this is; what is given back is fit to be kept."""

    async def who(self) -> Identity:
        """Ask the platform who the profile is, by what is kept."""

    async def write_profile(self, *, exchange: bool, user: str | None) -> None:
        """Write the profile, as it is to be from now on; what is kept here of its lists is kept for that user."""

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep other processes from changing what is kept of it, and from renewing its tokens meanwhile."""

    def purge(self) -> Sequence[str]:
        """Remove what this machine keeps of the profile beside its secret; the paths that went."""
