"""The audit trail: what was changed or refused, by whom, and the end of the trail as somebody keeps it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.users import ME

State = Mapping[str, Any] | None

NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One change, or one that was refused with `code`. `subject` is a path: `clients/cl_000007/access/kari`.

    `client` is who it happened at, once that was looked up; None for none, and for one that there is not.
    """

    seq: int
    at: datetime
    actor: str | None
    action: str
    subject: str
    outcome: str
    code: str | None
    before: State
    after: State
    request_id: str
    run_id: str | None
    prev_hash: str
    hash: str
    client: ClientReference | None = None

    @property
    def client_id(self) -> str | None:
        """The id of the client it happened at; None for none."""
        match self.subject.split("/"):
            case ["clients", client_id, *_] | ["groups", _, "members", client_id]:
                return client_id or None
        return None

    @property
    def about(self) -> str | None:
        """Whom or what it was about beside the client: a user, a group, else the subject; None for the client alone."""
        match self.subject.split("/"):
            case ["users", name] | ["groups", name, *_] | ["clients", _, "access" | "altinn", name]:
                return name
            case ["clients", *_]:
                return None
        return self.subject

    @property
    def changed(self) -> str:
        """What became of what: `role: member → owner`."""
        return changed(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One event's number and hash. Kept where nobody can reach it with the trail, it tells a trail made anew."""

    seq: int
    hash: str
    at: datetime
    bureau: str
    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which events are asked for. `client` is as typed; `user` is whom it was about, `actor` who did it."""

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    action: str | None = None
    client: str | None = None
    user: str | None = None
    subject: str | None = None
    outcome: str | None = None
    run: str | None = None
    request: str | None = None

    def asked(self) -> dict[str, Any]:
        """What the platform is asked as it stands; the subject is another's to find."""
        names = ("since", "until", "actor", "action", "outcome", "run", "request")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def meant_by(self, login: str) -> AuditFilter:
        """The same, with the caller's login in the place of `me`."""
        actor, user = (login if who == ME else who for who in (self.actor, self.user))
        return replace(self, actor=actor, user=user)

    def described(self) -> str:
        """Say it as a person would; empty where nothing was said."""
        names = ("since", "until", "actor", "action", "client", "user", "subject", "outcome", "run", "request")
        return ", ".join(f"{name} {value}" for name in names if (value := getattr(self, name)) is not None)


def subjects(client_id: str | None, user: str | None) -> tuple[str, ...]:
    """The patterns of what is done at a client, to a user, or to a user at a client; empty for anything."""
    match client_id, user:
        case str(), str():
            return (f"clients/{client_id}/access/{user}", f"clients/{client_id}/altinn/{user}")
        case str(), None:
            return (f"clients/{client_id}/*", f"groups/*/members/{client_id}")
        case None, str():
            return (f"users/{user}", f"*/access/{user}", f"*/altinn/{user}")
    return ()


def changed(before: State, after: State) -> str:
    """How the fields of one state became those of another: only what differs, in the order they stand there."""
    was, became = dict(_fields(before)), dict(_fields(after))
    return "; ".join(_told(name, was, became) for name in {**was, **became} if was.get(name) != became.get(name))


def _told(name: str, was: Mapping[str, str], became: Mapping[str, str]) -> str:
    if not was:
        return f"{name}: {became[name]}"
    return f"{name}: {was.get(name, NOTHING)} → {became.get(name, NOTHING)}"


def _fields(state: State, within: str = "") -> Iterator[tuple[str, str]]:
    """Each value under its name; what is inside another is named with that one alone, `kari.nordmann role`."""
    for name, value in (state or {}).items():
        if isinstance(value, Mapping):
            yield from _fields(value, f"{name} ")
        elif value is not None:
            yield f"{within}{name}", _text(value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_text, value)) or NOTHING
    return str(value)
