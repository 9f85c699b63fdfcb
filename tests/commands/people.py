"""Who has what, read from the rows of the store alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from running import TODAY

Sql = Callable[..., list[Any]]

LASTING = """
    SELECT client.number, user.login, access.role, access.source, access.ends
    FROM access JOIN client ON client.id = access.client_id JOIN user ON user.id = access.user_id
    WHERE access.ended_at IS NULL AND (access.ends IS NULL OR access.ends >= ?)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One access that is not over."""

    number: str
    login: str
    role: str
    source: str
    ends: str | None


def lasting(sql: Sql, day: str = str(TODAY)) -> list[Row]:
    """Every access that is not over on a day."""
    return [Row(**dict(row)) for row in sql(LASTING, day)]


def held(sql: Sql, login: str, day: str = str(TODAY)) -> dict[str, Row]:
    """What one user has, by the client's number."""
    return {row.number: row for row in lasting(sql, day) if row.login == login}


def owners(sql: Sql) -> dict[str, str]:
    """Who owns each client that somebody owns; a client with two fails here."""
    owned = [row for row in lasting(sql) if row.role == "owner"]
    found = {row.number: row.login for row in owned}
    assert len(found) == len(owned), "a client has two owners"
    return found


def tagged(sql: Sql, login: str) -> set[str]:
    """The clients where a user has the Altinn tag."""
    statement = """
        SELECT client.number FROM altinn_tag JOIN client ON client.id = altinn_tag.client_id
        JOIN user ON user.id = altinn_tag.user_id WHERE user.login = ?
    """
    return {row["number"] for row in sql(statement, login)}


def role_of(sql: Sql, login: str) -> str:
    """A user's role in the bureau."""
    (row,) = sql("SELECT role FROM user WHERE login = ?", login)
    return str(row["role"])
