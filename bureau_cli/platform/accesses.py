"""Access of users to clients as the store keeps it: what is not over, and how it is told from what is."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bureau_cli.platform import altinn_tags
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.clock import start_of_day

OWNER = "owner"
MEMBER = "member"
INVITED = "client_invited"

NOT_OVER = "access.until >= :today AND (access.ended_at IS NULL OR access.ended_at > :now)"
"""SQL: the access lasts, or begins later."""

_ADDED = """
INSERT INTO access (
    client_id, user_id, user_login, role, starts, ends, source, reason, granted_by, granted_at, bureau_id,
    client_order, last_used
) SELECT
    :client, :user, :login, :role, :starts, :ends, :source, :reason, :by, :now, bureau_id, name_order,
    (SELECT max(created_at) FROM pay_run WHERE client_id = :client AND created_by = :user AND created_at < :midnight)
FROM client WHERE id = :client
"""
_WRITTEN = """
UPDATE access SET role = :role, starts = :starts, ends = :ends, ended_at = NULL, source = :source, reason = :reason,
    granted_by = :by, granted_at = :now, version = version + 1
WHERE id = :id
"""
_USED = """
UPDATE access SET last_used = found.at FROM (
    SELECT client_id, created_by, max(created_at) AS at FROM pay_run WHERE created_at < ? GROUP BY 1, 2
) AS found
WHERE access.client_id = found.client_id AND access.user_id = found.created_by AND access.ended_at IS NULL
    AND ifnull(access.last_used, 0) < found.at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What access is to be like; days are ISO text, `ends` None for no end."""

    role: str
    starts: str
    ends: str | None
    source: str
    reason: str | None

    @classmethod
    def of(cls, row: sqlite3.Row) -> "Terms":
        """Give those of an access there is."""
        names = ("role", "starts", "ends", "source", "reason")
        return cls(**{name: row[name] for name in names})

    def audited(self) -> dict[str, Any]:
        """Write them as the audit trail does."""
        return {
            "role": self.role,
            "from": self.starts,
            "to": self.ends,
            "source": self.source,
            "reason": self.reason,
        }


def public_id(access_id: int) -> str:
    """Give the id an access has outside the store."""
    return f"ac_{access_id:06x}"


def etag(row: sqlite3.Row) -> str:
    """Give the version of an access."""
    return f'"{public_id(row["id"])}.{row["version"]}"'


def note_use(db: sqlite3.Connection, today: date) -> None:
    """Write down when each access was last used before today, as far as making pay runs tells."""
    db.execute(_USED, (start_of_day(today),))


class Notes:
    """What one event tells: the accesses that were changed, by login, as they were and as they are."""

    def __init__(self) -> None:
        self.before: dict[str, Any] = {"accesses": {}}
        self.after: dict[str, Any] = {"accesses": {}}

    def changed(self, login: str, before: Terms | None, after: Terms | None) -> None:
        """Note that somebody's access was changed, given or ended."""
        self.before["accesses"][login] = None if before is None else before.audited()
        self.after["accesses"][login] = None if after is None else after.audited()

    def untagged(self) -> None:
        """Note that the Altinn tag went along."""
        self.before["altinn_tag"], self.after["altinn_tag"] = True, False


class Holding:
    """What one user holds at one client: access that is not over, or none."""

    def __init__(self, deed: Deed, client_id: str, user: sqlite3.Row, notes: Notes) -> None:
        self.user = user
        self._deed = deed
        self._client_id = client_id
        self._notes = notes
        rows = self._find("user_id = :user")
        self.current: sqlite3.Row | None = rows[0] if rows else None
        self._surplus = rows[1:]  # a clock that was set back may have left more than one
        self.terms = None if self.current is None else Terms.of(self.current)

    @property
    def etag(self) -> str | None:
        """The version of the access, None where there is none."""
        return None if self.current is None else etag(self.current)

    @property
    def is_owner(self) -> bool:
        """Whether the user owns the client."""
        return self.terms is not None and self.terms.role == OWNER

    def put(self, terms: Terms) -> None:
        """Let the user have access on these terms; who is made owner makes any other owner a member."""
        if terms.role == OWNER:
            for row in self._find("role = 'owner' AND user_id <> :user"):
                there = Terms.of(row)
                self._write(row, replace(there, role=MEMBER))
                self._notes.changed(row["user_login"], there, replace(there, role=MEMBER))
        if self.current is None:
            self._add(terms)
        else:
            self._write(self.current, terms)
        self._drop(self._surplus)
        self._notes.changed(self.user["login"], self.terms, terms)

    def end(self) -> None:
        """Let access be over from this instant on, and take the Altinn tag along."""
        self._drop([] if self.current is None else [self.current, *self._surplus])
        self._notes.changed(self.user["login"], self.terms, None)
        if altinn_tags.remove_for(self._deed.db, self._client_id, self.user["id"]):
            self._notes.untagged()

    def _find(self, condition: str) -> list[sqlite3.Row]:
        """Find accesses to the client that are not over, the first to begin first."""
        deed = self._deed
        asked = {
            "client": self._client_id,
            "user": self.user["id"],
            "today": deed.today.isoformat(),
            "now": deed.seconds,
        }
        sql = f"SELECT * FROM access WHERE client_id = :client AND {condition} AND {NOT_OVER} ORDER BY starts, id"  # noqa: S608 - ours
        return deed.db.execute(sql, asked).fetchall()

    def _write(self, row: sqlite3.Row, terms: Terms) -> None:
        self._deed.db.execute(_WRITTEN, {**self._given(terms), "id": row["id"]})

    def _add(self, terms: Terms) -> None:
        whose = {"client": self._client_id, "user": self.user["id"], "login": self.user["login"]}
        self._deed.db.execute(_ADDED, {**self._given(terms), **whose, "midnight": start_of_day(self._deed.today)})

    def _given(self, terms: Terms) -> dict[str, object]:
        """Write terms, and who gives them when, as parameters of SQL."""
        return {
            "role": terms.role,
            "starts": terms.starts,
            "ends": terms.ends,
            "source": terms.source,
            "reason": terms.reason,
            "by": self._deed.caller.login,
            "now": self._deed.seconds,
        }

    def _drop(self, rows: Sequence[sqlite3.Row]) -> None:
        """End accesses now; nobody owns a client by one that is over, even if the clock should be set back."""
        self._deed.db.executemany(
            "UPDATE access SET ended_at = ?, role = 'member', version = version + 1 WHERE id = ?",
            [(self._deed.seconds, row["id"]) for row in rows],
        )
