"""Groups as a file describes them: which there are to be, and who is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.domain.document import require_known, tables_of, text_at
from bureau_cli.domain.selection import Token
from bureau_cli.errors import DocumentInvalid

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_LONGEST_TITLE = 120
_TOP_KEYS = ("groups", "complete")
_GROUP_KEYS = ("title", "rule", "clients")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedGroup:
    """A group as it is to be: with a rule, or else with these clients. `title` None leaves the title to be as it is."""

    slug: str
    title: str | None
    rule: str | None
    clients: Sequence[Token]
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFile:
    """All that a file says; a complete one means that there are to be no other groups."""

    name: str
    groups: Sequence[WantedGroup]
    complete: bool


def group_file(name: str, document: Mapping[str, Any]) -> GroupFile:
    """What a TOML document wants, read from its tables.

    Raises:
        DocumentInvalid: something in it is unknown, missing or of the wrong kind; the message tells the place.
    """
    require_known(document, _TOP_KEYS, name)
    tables = tables_of(document, "groups", name, like="[groups.payday-20]")
    complete = document.get("complete", False)
    if not isinstance(complete, bool):
        raise DocumentInvalid(f"{name}: complete is true or false")
    groups = [_wanted(slug, table, f"{name}: groups.{slug}") for slug, table in tables.items()]
    return GroupFile(name=name, groups=groups, complete=complete)


def _wanted(slug: str, table: Mapping[str, Any], place: str) -> WantedGroup:
    if not _SLUG.fullmatch(slug):
        raise DocumentInvalid(f"{place}: a group's name has lower-case letters, digits and inner hyphens, at most 40")
    require_known(table, _GROUP_KEYS, place)
    if ("rule" in table) == ("clients" in table):
        raise DocumentInvalid(
            f"{place}: a group has a rule or clients, one of them", fix='rule = "…", or clients = […]'
        )
    title, rule = text_at(table, "title", place), text_at(table, "rule", place)
    if title is not None and not 0 < len(title) <= _LONGEST_TITLE:
        raise DocumentInvalid(f"{place}.title: a title has 1 to {_LONGEST_TITLE} characters")
    return WantedGroup(slug=slug, title=title, rule=rule, clients=_clients(table, place), place=place)


def _clients(table: Mapping[str, Any], place: str) -> tuple[Token, ...]:
    listed = table.get("clients", [])
    if not isinstance(listed, list):
        raise DocumentInvalid(f'{place}.clients: a list, like ["10001", "310000001"]')
    tokens = []
    for number, one in enumerate(listed, start=1):
        where = f"{place}.clients, no. {number}"
        if not isinstance(one, str) or not one.strip():
            raise DocumentInvalid(f'{where}: an orgnr, a client number or a name, in quotes: "10001"')
        tokens.append(Token.written(one, where))
    return tuple(tokens)
