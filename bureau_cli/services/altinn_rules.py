"""What may be done with one client's Altinn settings, by the same rules as the platform's, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.bulk.plan import Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.domain.altinn import AltinnSettings
from bureau_cli.domain.clients import Client
from bureau_cli.domain.users import User
from bureau_cli.errors import AccessMissing, AltinnOff, BureauError, NoAccess, RuleForbids, UserHasLeft

ENABLE, DISABLE, TAG, UNTAG = "enable", "disable", "tag", "untag"
REQUEST = "altinn"


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Some clients as they are: their settings, and the logins of those who can be tagged, by the client's id.

    A client that has left has no settings; nor has one that the caller does not see into.
    """

    clients: Sequence[Client]
    settings: Mapping[str, AltinnSettings]
    running: Mapping[str, Sequence[str]]


class Judge:
    """Makes a step of what can be done at a client, and settles what cannot or is so. `new_key` makes a step's key."""

    def __init__(self, there: There, new_key: Callable[[], str]) -> None:
        self._there = there
        self._new_key = new_key

    def enable(self, client: Client, users: Sequence[str] | None = None) -> Step | Outcome:
        """Use the bureau's settings, and tag everybody with running access, or of these users those who have it."""
        step = self._step(client, ENABLE)
        now = self._settings(client)
        if isinstance(now, BureauError):
            return _refused(step, now)
        running = sorted(self._there.running.get(client.id, ()))
        tags = running if users is None else [login for login in running if login in users]
        if now.partner_settings:
            # Whoever was untagged there on purpose is not tagged again in passing.
            others = ", ".join(login for login in tags if login not in logins_of(now))
            return Outcome.of(step, State.UNCHANGED, reason=f"not tagged: {others}" if others else None)
        body = _body(client, now, ENABLE) | {"tags": tags}
        if users is not None:
            body["users"] = tags
        return self._step(client, ENABLE, body=body, why=_told(now, tags, users or ()))

    def disable(self, client: Client) -> Step | Outcome:
        """Use them no longer; then nobody is tagged."""
        step = self._step(client, DISABLE)
        if not client.altinn_settings:
            return Outcome.of(step, State.UNCHANGED)
        if client.status == "left":  # who is tagged there is not told any more
            return self._step(client, DISABLE, body={"client": client.id, "action": DISABLE}, why="the client has left")
        now = self._settings(client)
        if isinstance(now, BureauError):
            return _refused(step, now)
        tagged = ", ".join(logins_of(now))
        return self._step(client, DISABLE, body=_body(client, now, DISABLE), why=f"untags {tagged or 'nobody'}")

    def tag(self, client: Client, action: str, user: User) -> Step | Outcome:
        """Tag one user, or untag them."""
        login = user.login
        step = self._step(client, action, party=login)
        now = self._settings(client)
        if isinstance(now, BureauError):
            return _refused(step, now)
        if action == TAG and not now.partner_settings:
            return _refused(step, AltinnOff("the bureau's settings are not used here"))
        if (login in logins_of(now)) == (action == TAG):
            return Outcome.of(step, State.UNCHANGED)
        if action == TAG and not user.active:
            return _refused(step, UserHasLeft(f"{login} has left the bureau"))
        if action == TAG and login not in self._there.running.get(client.id, ()):
            return _refused(step, AccessMissing(f"{login} has no running access"))
        # No version: of several tags at one client the second builds on what the first one leaves.
        body = {"client": client.id, "action": action, "user": login}
        return self._step(client, action, body=body, party=login)

    def _settings(self, client: Client) -> AltinnSettings | BureauError:
        """What is to be changed, or why the caller cannot change it."""
        if client.status == "left":
            return RuleForbids("the client has left")
        return self._there.settings.get(client.id) or NoAccess("you have no access to this client")

    def _step(self, client: Client, action: str, *, body: Any = None, party: str = "", why: str | None = None) -> Step:
        return Step(
            key=self._new_key(),
            subject=client.number,
            name=client.name,
            action=action,
            body=body,
            request=REQUEST,
            why=why,
            party=party,
        )


def logins_of(settings: AltinnSettings) -> list[str]:
    """Who uses them."""
    return [person.login for person in settings.tagged]


def _body(client: Client, now: AltinnSettings, action: str) -> dict[str, Any]:
    return {"client": client.id, "action": action, "on_top_of": now.etag, "before": logins_of(now)}


def _told(now: AltinnSettings, tags: Sequence[str], wanted: Sequence[str]) -> str:
    without = [login for login in wanted if login not in tags]
    parts = [f"tags {', '.join(tags) or 'nobody'}"]
    if without:
        parts.append(f"not {', '.join(without)}: no running access, or has left")
    if now.delegation != "granted":
        parts.append(f"its delegation is {now.delegation}")
    return "; ".join(parts)


def _refused(step: Step, fault: BureauError) -> Outcome:
    return Outcome.of(step, State.REFUSED, code=fault.code, reason=fault.message)
