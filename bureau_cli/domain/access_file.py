"""Who is to have access to what, as a TOML file or the rows of a sheet describe it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bureau_cli.domain.access import LONGEST_REASON, UNSAID, Unsaid
from bureau_cli.domain.document import require_known, tables_of, text_at
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.errors import BadUsage, DocumentInvalid

ROLES = ("owner", "member")
NO_ROLE = "none"
ENDED = "ended"
"""The state of a row of a sheet that is history."""

_TOP_KEYS = ("access", "complete")
_CHOICES = ("client", "group", "where", "all")
_ITEM_KEYS = (*_CHOICES, "from", "to", "reason")
_ITEM_LIKE = 'a client, like "10001", or a table, like { group = "payday-20", to = 2026-12-31 }'
_NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_MIDNIGHT = "T00:00:00"


class Scope(StrEnum):
    """Whose access a file says all of; what it does not name there is to end."""

    CLIENTS = "clients"
    USERS = "users"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedAccess:
    """What one user's access to some clients is to be; `role` None is no access.

    `starts` None is at once, `ends` None no end; a day unsaid and `reason` None leave what there is.
    """

    user: str
    clients: Selection
    role: str | None
    starts: date | Unsaid | None
    ends: date | Unsaid | None
    reason: str | None
    place: str

    @property
    def names_its_clients(self) -> bool:
        """Whether it says which clients, and not what they have in common."""
        return self.clients.clients is not None

    @property
    def why(self) -> str:
        """It as the reason for a change: the file, or the cell of it. Where in its tables a user stands is plain."""
        spot = self.place.partition(": ")[0]
        return f"in {spot}" if self.names_its_clients else f"by {self.clients.described()} in {spot}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFile:
    """All that a file says; without a scope what it does not name is left as it is.

    `users` are those it names, with the first place of each: also whom it gives nothing.
    `passed_over` is how many rows are about what is over.
    """

    name: str
    wanted: Sequence[WantedAccess]
    users: Mapping[str, str]
    complete: Scope | None = None
    passed_over: int = 0

    @property
    def tokens(self) -> Iterator[Token]:
        """The clients it names, in its order."""
        return (token for wanted in self.wanted for token in wanted.clients.clients or ())

    def required(self) -> AccessFile:
        """Itself, unless it says all there is and names nobody: that is a file that was cut short.

        Raises:
            DocumentInvalid: it is.
        """
        named = self.users if self.complete is Scope.USERS else self.wanted
        if self.complete is not None and not named:
            raise DocumentInvalid(
                f"{self.name} names nobody, and nobody's access ends for that", fix="name somebody in it"
            )
        return self

    def completed(self, scope: str | None) -> AccessFile:
        """The same file, complete for what somebody who gives it says.

        Raises:
            BadUsage: it says something else itself.
        """
        if scope is None:
            return self
        if self.complete not in {None, scope}:
            raise BadUsage(
                f"{self.name} says itself that it is complete for {self.complete}", fix="leave out --complete"
            )
        return replace(self, complete=Scope(scope))


def scope_of(word: Any, place: str) -> Scope | None:
    """The scope that is meant, None for none said.

    Raises:
        DocumentInvalid: there is none of this name.
    """
    if word is None:
        return None
    if word not in list(Scope):
        raise DocumentInvalid(f"{place}: complete is one of {', '.join(Scope)}, or left out")
    return Scope(word)


def access_file(name: str, document: Mapping[str, Any]) -> AccessFile:
    """What a TOML document wants: a table a user, with a list a role.

    Raises:
        DocumentInvalid: something in it is unknown, missing or of the wrong kind; the message tells the place.
    """
    require_known(document, _TOP_KEYS, name)
    tables = tables_of(document, "access", name, like='[access."kari.nordmann"]')
    wanted = [one for user, table in tables.items() for one in _of_user(user, table, f"{name}: access.{user}")]
    users = {user: f"{name}: access.{user}" for user in tables} | _first_places(wanted)
    return AccessFile(name=name, wanted=wanted, users=users, complete=scope_of(document.get("complete"), name))


def access_rows(name: str, rows: Sequence[Mapping[str, Token]]) -> AccessFile:
    """What the rows of a sheet want: each has a `user`, a `role` and a `client`. What is over wants nothing.

    A table without the column of a day leaves that day as it is; an empty cell is at once, or no end.

    Raises:
        DocumentInvalid: a role is none, or a day; the cell is told.
    """
    lasting = [row for row in rows if "state" not in row or row["state"].text != ENDED]
    wanted = [_of_row(row) for row in lasting]
    passed_over = len(rows) - len(lasting)
    return AccessFile(name=name, wanted=wanted, users=_first_places(wanted), passed_over=passed_over)


def _first_places(wanted: Sequence[WantedAccess]) -> dict[str, str]:
    return {one.user: one.place for one in reversed(wanted)}


def _of_user(user: str, table: Mapping[str, Any], place: str) -> Iterator[WantedAccess]:
    roles = (*ROLES, NO_ROLE)
    require_known(table, roles, place)
    for role in roles:
        items = table.get(role, [])
        if not isinstance(items, list):
            raise DocumentInvalid(f"{place}.{role}: a list is wanted of what is {_ITEM_LIKE}")
        for number, item in enumerate(items, start=1):
            where = f"{place}.{role}, no. {number}"
            yield _wanted(user, role, item if isinstance(item, dict) else {"client": item}, where)


def _wanted(user: str, role: str, item: Mapping[str, Any], place: str) -> WantedAccess:
    require_known(item, _ITEM_KEYS, place)
    if sum(key in item for key in _CHOICES) != 1:
        raise DocumentInvalid(f"{place}: one of {', '.join(_CHOICES)} is wanted", fix=_ITEM_LIKE)
    reason = text_at(item, "reason", place)
    if reason is not None and len(reason) > LONGEST_REASON:
        raise DocumentInvalid(f"{place}.reason: a reason has at most {LONGEST_REASON} characters")
    starts, ends = _day_at(item, "from", place), _day_at(item, "to", place)
    return _checked(
        WantedAccess(
            user=user,
            clients=_clients(item, place),
            role=None if role == NO_ROLE else role,
            starts=starts,
            ends=ends,
            reason=reason,
            place=place,
        )
    )


def _clients(item: Mapping[str, Any], place: str) -> Selection:
    key = next(key for key in _CHOICES if key in item)
    value = item[key]
    if key == "all":
        if value is not True:
            raise DocumentInvalid(f"{place}.all: true is wanted")
        return Selection(all_clients=True)
    if not isinstance(value, str) or not value.strip():
        raise DocumentInvalid(f"{place}: {_ITEM_LIKE}, in quotes")
    if key == "client":
        return Selection(clients=(Token.written(value, place),))
    return Selection(groups=(value,)) if key == "group" else Selection(where=value)


def _day_at(item: Mapping[str, Any], key: str, place: str) -> date | None:
    day = item.get(key)
    if day is not None and (isinstance(day, datetime) or not isinstance(day, date)):
        raise DocumentInvalid(f"{place}.{key}: a day without quotes is wanted, like 2026-12-31")
    return day


def _of_row(row: Mapping[str, Token]) -> WantedAccess:
    role, client = row["role"], row["client"]
    if role.text not in {*ROLES, NO_ROLE}:
        raise DocumentInvalid(f"{role.place}: {role.text!r} is no role", fix="owner, member or none")
    return _checked(
        WantedAccess(
            user=row["user"].text,
            clients=Selection(clients=(Token.written(client.text, client.place),)),
            role=None if role.text == NO_ROLE else role.text,
            starts=_written_day(row.get("from")),
            ends=_written_day(row.get("to")),
            reason=None,
            place=row["user"].place,
        )
    )


def _written_day(cell: Token | None) -> date | Unsaid | None:
    """A day as a sheet, a program or a person writes it."""
    if cell is None:
        return UNSAID
    if not cell.text:
        return None
    norwegian = _NORWEGIAN_DAY.fullmatch(cell.text)
    try:
        if norwegian:
            day, month, year = map(int, norwegian.groups())
            return date(year, month, day)
        return date.fromisoformat(cell.text.removesuffix(_MIDNIGHT))
    except ValueError as fault:
        raise DocumentInvalid(f"{cell.place}: {cell.text!r} is no day", fix="2026-12-31 or 31.12.2026") from fault


def _checked(wanted: WantedAccess) -> WantedAccess:
    """See that the days go with each other and with the role.

    Raises:
        DocumentInvalid: they do not.
    """
    starts, ends = (None if day is UNSAID else day for day in (wanted.starts, wanted.ends))
    if wanted.role is None and (starts or ends):
        raise DocumentInvalid(f"{wanted.place}: no access has no days", fix="leave out from and to, or say a role")
    if starts and ends and ends < starts:
        raise DocumentInvalid(f"{wanted.place}: it would end on {ends}, before it begins on {starts}")
    return wanted
