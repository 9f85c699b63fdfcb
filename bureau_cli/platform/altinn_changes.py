"""Whether the bureau's own Altinn settings are used for a client, and by whom: changed item by item."""

import json
import sqlite3
from dataclasses import dataclass

from bureau_cli.platform import audit
from bureau_cli.platform.altinn_tags import MAY_BE_TAGGED
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.items import Item
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ACCESSIBLE, ADMINISTRATOR, STILL_HERE

_CLIENT = f"""
SELECT id, status, altinn_settings, altinn_version, id IN {ACCESSIBLE} AS is_open FROM client
WHERE id = :client AND bureau_id = :bureau
"""  # noqa: S608 - a condition of ours
_TAGGED = "SELECT login FROM altinn_tag JOIN user ON user.id = altinn_tag.user_id WHERE client_id = :client"
_TO_BE_TAGGED = f"""
SELECT login FROM access JOIN user ON user.id = access.user_id
WHERE client_id = :client AND {MAY_BE_TAGGED}
"""  # noqa: S608 - conditions of ours
_TAG = "INSERT INTO altinn_tag (client_id, user_id) SELECT :client, id FROM user WHERE login = :login"
_UNTAG = "DELETE FROM altinn_tag WHERE client_id = :client AND user_id = (SELECT id FROM user WHERE login = :login)"

_OF_ONE_USER = frozenset({"tag", "untag"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    """What is changed of a client: whether the settings are used, and the logins of those who use them."""

    are_used: bool
    tagged: frozenset[str]

    def told(self) -> dict[str, object]:
        return {"partner_settings": self.are_used, "tagged": sorted(self.tagged)}


class SettingsChange:
    """What is done with each item of a change of Altinn settings."""

    def __init__(self, deed: Deed) -> None:
        self._deed = deed
        self._wanted = {
            "enable": self._enabled,
            "disable": self._disabled,
            "tag": self._tagged,
            "untag": self._untagged,
        }

    def fingerprint(self, item: Item) -> str:
        """Give everything the item asks for."""
        asked = {name: value for name, value in item.items() if name != "key"}
        return f"altinn-settings/{json.dumps(asked, sort_keys=True)}"

    def named(self, item: Item) -> dict[str, str]:
        """Name the item's client."""
        return {"client": item["client"]}

    def filed_under(self, item: Item) -> tuple[str, str]:
        """File it under the client's settings, or under one user of them."""
        whose = f"/{item['user']}" if "user" in item else ""
        return f"altinn.{item['action']}", f"clients/{item['client']}/altinn{whose}"

    def perform(self, item: Item) -> bool:
        """Change the settings to what the item says, or raise the Problem that forbids it."""
        _require_sense(item)
        client = self._require_client(item)
        before = _Settings(are_used=bool(client["altinn_settings"]), tagged=self._logins(_TAGGED, client))
        after = self._wanted[item["action"]](client, before, item)
        if after == before:
            return False
        self._write(client, before, after)
        action, subject = self.filed_under(item)
        change = audit.Change(action=action, subject=subject, before=before.told(), after=after.told())
        audit.record(self._deed, change)
        return True

    def _require_client(self, item: Item) -> sqlite3.Row:
        found: sqlite3.Row | None = self._deed.db.execute(_CLIENT, self._asked(client=item["client"])).fetchone()
        if found is None:
            raise Problem("client_not_found", "There is no such client.")
        if self._deed.caller.role == ADMINISTRATOR and not found["is_open"]:
            raise Problem("no_access", "An administrator changes only clients they have access to.")
        if item.get("on_top_of", etag(found)) != etag(found):
            raise Problem("precondition_failed", "The client's Altinn settings have changed since they were read.")
        return found

    def _enabled(self, client: sqlite3.Row, before: _Settings, item: Item) -> _Settings:
        _require_not_left(client)
        for login in item.get("users", ()):
            self._require_user(login)
        may_be = self._logins(_TO_BE_TAGGED, client)
        return _Settings(are_used=True, tagged=before.tagged | may_be.intersection(item.get("users", may_be)))

    def _disabled(self, _: sqlite3.Row, __: _Settings, ___: Item) -> _Settings:
        return _Settings(are_used=False, tagged=frozenset())

    def _tagged(self, client: sqlite3.Row, before: _Settings, item: Item) -> _Settings:
        _require_not_left(client)
        _require_use(before)
        if not self._require_user(item["user"])["is_here"]:
            raise Problem("user_left", "The user has left the bureau.")
        if item["user"] not in self._logins(_TO_BE_TAGGED, client):
            raise Problem("access_missing", "The user has no running access to the client.")
        return _Settings(are_used=True, tagged=before.tagged | {item["user"]})

    def _untagged(self, _: sqlite3.Row, before: _Settings, item: Item) -> _Settings:
        _require_use(before)
        self._require_user(item["user"])
        return _Settings(are_used=True, tagged=before.tagged - {item["user"]})

    def _require_user(self, login: str) -> sqlite3.Row:
        found: sqlite3.Row | None = self._deed.db.execute(
            f"SELECT {STILL_HERE} AS is_here FROM user WHERE bureau_id = :bureau AND login = :login",  # noqa: S608 - ours
            self._asked(login=login),
        ).fetchone()
        if found is None:
            raise Problem("user_not_found", f"There is no user {login}.")
        return found

    def _write(self, client: sqlite3.Row, before: _Settings, after: _Settings) -> None:
        db, changed = self._deed.db, {"client": client["id"]}
        if after.are_used != before.are_used:
            db.execute(
                "UPDATE client SET altinn_settings = :used, altinn_since = :now WHERE id = :client",
                {**changed, "used": after.are_used, "now": self._deed.seconds},
            )
        db.executemany(_TAG, [{**changed, "login": login} for login in after.tagged - before.tagged])
        db.executemany(_UNTAG, [{**changed, "login": login} for login in before.tagged - after.tagged])

    def _logins(self, select: str, client: sqlite3.Row) -> frozenset[str]:
        return frozenset(row["login"] for row in self._deed.db.execute(select, self._asked(client=client["id"])))

    def _asked(self, **more: str) -> dict[str, object]:
        deed = self._deed
        return {
            "bureau": deed.caller.bureau_id,
            "caller": deed.caller.user_id,
            "today": deed.today.isoformat(),
            "now": deed.seconds,
            **more,
        }


def etag(client: sqlite3.Row) -> str:
    """Give the version of a client's settings, from a row with its id and altinn_version."""
    return f'"{client["id"]}.{client["altinn_version"]}"'


def _require_sense(item: Item) -> None:
    is_of_one_user = item["action"] in _OF_ONE_USER
    if is_of_one_user and "user" not in item:
        raise Problem("invalid_request", "The user is missing: tag and untag are about one user.")
    if not is_of_one_user and "user" in item:
        raise Problem("invalid_request", "Only tag and untag are about one user; enable takes users.")
    if item["action"] != "enable" and "users" in item:
        raise Problem("invalid_request", "Only enable takes users.")


def _require_not_left(client: sqlite3.Row) -> None:
    if client["status"] == "left":
        raise Problem("rule_forbids", "The client has left; nothing is switched on for it.")


def _require_use(settings: _Settings) -> None:
    if not settings.are_used:
        raise Problem("altinn_off", "The bureau's Altinn settings are not used for the client.")
