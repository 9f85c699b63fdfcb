"""What can be compared in a `where` expression, and how each field is found in the store."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bureau_cli.platform.rules import RUNNING_ACCESS


class Kind(Enum):
    """What a field's values are."""

    TEXT = auto()
    NAME = auto()
    WORD = auto()
    NUMBER = auto()
    DAY = auto()
    FLAG = auto()
    USER = auto()
    GROUP = auto()


ORDERED = frozenset({Kind.TEXT, Kind.NAME, Kind.NUMBER, Kind.DAY})
SEARCHED = frozenset({Kind.TEXT, Kind.NAME, Kind.WORD, Kind.USER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `column` is SQL over `client`, or, with `rows`, over the rows of which a client may have many.

    `words` are the only values of a WORD, where the platform knows them all. `key` and `order` are the columns in which
    a NAME is searched and ordered.
    """

    kind: Kind
    column: str
    rows: str = ""
    words: frozenset[str] = frozenset()
    nullable: bool = False
    key: str = ""
    order: str = ""


def _words(*words: str) -> frozenset[str]:
    return frozenset(words)


_ACCESS = "access JOIN user ON user.id = access.user_id WHERE access.client_id = client.id"
_SITES = "site WHERE site.client_id = client.id"
# max: owner comes after member in the alphabet, and outranks it
_MINE = f"access.client_id = client.id AND access.user_id = :caller AND {RUNNING_ACCESS}"
_MY_ROLE = f"(SELECT max(access.role) FROM access WHERE {_MINE})"  # noqa: S608 - ours

FIELDS: Mapping[str, Field] = {
    "name": Field(kind=Kind.NAME, column="client.name", key="client.name_key", order="client.name_order"),
    "number": Field(kind=Kind.TEXT, column="client.number"),
    "orgnr": Field(kind=Kind.TEXT, column="client.orgnr"),
    "form": Field(kind=Kind.WORD, column="client.form"),
    "status": Field(kind=Kind.WORD, column="client.status", words=_words("onboarding", "active", "leaving", "left")),
    "payday": Field(
        kind=Kind.NUMBER, column="pay_group.payday", rows="pay_group WHERE pay_group.client_id = client.id"
    ),
    "zone": Field(kind=Kind.WORD, column="site.zone", rows=_SITES, words=_words("1", "1a", "2", "3", "4", "4a", "5")),
    "sector": Field(kind=Kind.WORD, column="site.sector", rows=_SITES),
    "owner": Field(kind=Kind.USER, column="nullif(client.owner, '')", nullable=True),
    "member": Field(
        kind=Kind.USER, column="user.login", rows=f"{_ACCESS} AND access.role = 'member' AND {RUNNING_ACCESS}"
    ),
    "group": Field(
        kind=Kind.GROUP,
        column="client_group.slug",
        rows="group_member JOIN client_group ON client_group.id = group_member.group_id"
        " WHERE group_member.client_id = client.id",
    ),
    "employees": Field(kind=Kind.NUMBER, column="client.active_employees"),
    "onboarded": Field(kind=Kind.DAY, column="client.onboarded"),
    "left": Field(kind=Kind.DAY, column="client.left_on", nullable=True),
    "linked_via": Field(kind=Kind.WORD, column="client.linked_via", words=_words("onboarded", "group", "internal")),
    "access": Field(kind=Kind.WORD, column=_MY_ROLE, words=_words("owner", "member"), nullable=True),
    "altinn_settings": Field(kind=Kind.FLAG, column="client.altinn_settings"),
    "delegation": Field(kind=Kind.WORD, column="client.delegation", words=_words("granted", "missing", "pending")),
}
ALIASES: Mapping[str, str] = {"active_employees": "employees"}
