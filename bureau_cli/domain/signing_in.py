"""Who somebody is to a platform, and by what secret; a secret is in no repr."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bureau_cli.errors import BadUsage, OriginRefused


class Grant(StrEnum):
    """What the secret of a profile is, and so how it becomes a token that a request carries."""

    TOKEN = "token"  # noqa: S105 - a word, no secret
    EXCHANGE = "exchange"
    CLIENT_CREDENTIALS = "client_credentials"


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How a profile signs in: what its secret is, whose it is, and the only origin it may be sent to."""

    profile: str
    grant: Grant
    client_id: str | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A secret and what it is: a token sent as it is, one that is exchanged, or the secret of a client id."""

    grant: Grant
    secret: str = field(repr=False)
    client_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A token that was granted for a while; from `renew_at` on another is asked for, before this one ends."""

    token: str = field(repr=False)
    expires_at: datetime
    renew_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the platform takes a caller for; `expires_at` is the end of the token it was asked with."""

    login: str
    name: str
    role: str
    bureau: str
    orgnr: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a store keeps of one profile.

    `origin` is where the secret was accepted, None where it was put there by hand; it is sent nowhere else. `access`
    was granted to `client_id`, and is nothing to another.
    """

    secret: str = field(repr=False)
    origin: str | None = None
    client_id: str | None = None
    identity: Identity | None = None
    access: Access | None = None

    @property
    def expires_at(self) -> datetime | None:
        """When the token that is sent ends, as far as is known here."""
        if self.access is not None:
            return self.access.expires_at
        return None if self.identity is None else self.identity.expires_at

    def refuse_moved(self, profile: str, origin: str) -> None:
        """See that the profile is still where the secret was accepted.

        Raises:
            OriginRefused: it now names another place.
        """
        if self.origin not in {None, origin}:
            raise OriginRefused(
                f"the secret that is kept belongs to {self.origin}, so nothing was sent to {origin}",
                fix=f"bureau auth login -p {profile}, or bureau config set base_url {self.origin} -p {profile}",
            )


class StoreState(StrEnum):
    """How a profile's credential store is found."""

    PRESENT = "present"
    EMPTY = "empty"
    ABSENT = "absent"
    LOCKED = "locked"
    SILENT = "no_answer"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """A profile's credential store, looked at without asking the platform.

    `place` is where exactly the secret is kept; `fault` and `fix` tell what is wrong, if anything, and what to do.
    """

    profile: str
    store: str
    place: str
    state: StoreState
    expires_at: datetime | None = None
    fault: str | None = None
    fix: str | None = None


class StandingState(StrEnum):
    """What is known of whether a profile is signed in."""

    SIGNED_IN = "signed_in"
    NOT_CHECKED = "not_checked"
    EXPIRED = "expired"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a profile stands with its platform: who it is there, by which secret, kept where.

    `renews` tells that the end of the token is no end of the sign-in; `store` is None for the embedded platform.
    """

    profile: str
    base_url: str | None
    state: StandingState
    store: str | None = None
    place: str | None = None
    identity: Identity | None = None
    expires_at: datetime | None = None
    renews: bool = False


LARGEST_SECRET = 16 * 1024


def could_be_secret(text: str) -> bool:
    """Whether a text could be a token or a client secret: one word of printable ASCII, as a header can carry."""
    return 0 < len(text) <= LARGEST_SECRET and text.isascii() and text.isprintable() and " " not in text


def profile_name(text: str) -> str:
    """A name that can be a table in config.toml, a file and a word on a command line.

    Raises:
        BadUsage: it is something else.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", text):
        raise BadUsage(f"{text!r} cannot name a profile", fix="use letters, digits, - and _, like prod or demo-2")
    return text
