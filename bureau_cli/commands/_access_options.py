"""The options of the commands about access, and what their words mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bureau_cli.domain.access import LONGEST_REASON, UNSAID, AccessFilter, Terms, Unsaid
from bureau_cli.domain.days import day_of
from bureau_cli.domain.durations import duration
from bureau_cli.errors import BadUsage
from bureau_cli.services.access.holdings import Departure

NOBODY, PROPOSED = "none", "infer"


class ClientRole(StrEnum):
    """What somebody is at a client."""

    OWNER = "owner"
    MEMBER = "member"


class Source(StrEnum):
    """Where access comes from."""

    MANUAL = "manual"
    INFERRED = "inferred"
    RULE = "rule"
    CLIENT_INVITED = "client_invited"


class State(StrEnum):
    """Whether access lasts now."""

    RUNNING = "running"
    UPCOMING = "upcoming"
    ENDED = "ended"


Users = Annotated[
    list[str] | None, typer.Option("--user", metavar="USER", help="Only of this user; me is you. Repeat for several.")
]
Named = Annotated[list[str], typer.Option("--user", metavar="USER", help="Who; me is you. Repeat for several.")]
FromUser = Annotated[str, typer.Option("--from-user", metavar="USER", help="Whose access is copied.")]
ToUser = Annotated[str, typer.Option("--to-user", metavar="USER", help="Who gets the same.")]
Roles = Annotated[list[ClientRole] | None, typer.Option("--role", help="Only in this role.")]
Role = Annotated[ClientRole, typer.Option("--role", help="What they are at the client.")]
OptionalRole = Annotated[ClientRole | None, typer.Option("--role", help="What they are where the other is the owner.")]
Sources = Annotated[
    list[Source] | None,
    typer.Option("--source", help="Only what comes from there."),
]
States = Annotated[
    list[State] | None,
    typer.Option("--state", help="Only in this state; default all but ended."),
]
EndingWithin = Annotated[
    str | None, typer.Option("--ending-within", metavar="TIME", help="Whose last day comes soon: 30d.")
]
Stale = Annotated[str | None, typer.Option("--stale", metavar="TIME", help="Not used for so long: 90d.")]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="The first day, 2026-12-31; default today.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day with access, 2026-12-31.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, for whoever looks later.")]
NewOwner = Annotated[
    str | None, typer.Option("--new-owner", metavar="USER", help="Who owns the client next; none for nobody.")
]
Leaver = Annotated[str, typer.Option("--user", metavar="USER", help="Who leaves.")]
LastDay = Annotated[
    str | None, typer.Option("--date", metavar="DAY", help="The last day with access, 2026-12-31; default at once.")
]
Heir = Annotated[
    str,
    typer.Option(
        "--new-owner", metavar="USER", help="Who owns their clients next; none for nobody, infer proposes somebody."
    ),
]
KeepRole = Annotated[bool | None, typer.Option("--keep-role", help="Leave their role in the bureau as it is.")]
Letters = Annotated[
    Path | None, typer.Option("--letters", metavar="FILE", help="Write a letter to each client that invited them.")
]


def access_filter(  # noqa: PLR0913 - one parameter an option
    *,
    user: Sequence[str] | None,
    role: Sequence[str] | None,
    source: Sequence[str] | None,
    state: Sequence[str] | None,
    ending_within: str | None,
    stale: str | None,
) -> AccessFilter:
    """What was asked for on the line.

    Raises:
        BadUsage: a length of time cannot be read.
    """
    return AccessFilter(
        users=tuple(user or ()),
        roles=tuple(role or ()),
        sources=tuple(source or ()),
        states=tuple(state or ()),
        ending_within=None if ending_within is None else duration(ending_within),
        unused_for=None if stale is None else duration(stale),
    )


def terms(
    *,
    role: str | None = None,
    starts: str | None = None,
    ends: str | None = None,
    reason: str | None = None,
    new_owner: str | None = None,
) -> Terms:
    """What was said of the access to be given or ended.

    Raises:
        BadUsage: a day cannot be read, or the reason is too long to be kept.
    """
    if reason is not None and len(reason) > LONGEST_REASON:
        raise BadUsage(f"--reason has {len(reason)} characters, and at most {LONGEST_REASON} are kept")
    return Terms(
        role=role,
        starts=day_of("--from", starts),
        ends=day_of("--to", ends),
        reason=reason,
        new_owner=owner_of(new_owner),
    )


def owner_of(word: str | None) -> str | Unsaid | None:
    """Who is to own a client: a login, None for nobody, or nothing said."""
    if word is None:
        return UNSAID
    return None if word == NOBODY else word


def departure(*, user: str, last_day: str | None, new_owner: str, keep_role: bool | None) -> Departure:
    """What was said of somebody who leaves.

    Raises:
        BadUsage: the day cannot be read.
    """
    return Departure(
        login=user,
        last_day=day_of("--date", last_day),
        new_owner=UNSAID if new_owner == PROPOSED else owner_of(new_owner),
        keep_role=bool(keep_role),
    )
