"""Access to clients given, changed and ended, many at a time; a client never has two owners."""

import hashlib
import json
from dataclasses import replace

from bureau_cli.platform import access_rules, audit
from bureau_cli.platform.accesses import MEMBER, OWNER, Holding, Notes, Terms
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.items import Item
from bureau_cli.platform.people import require_here, require_user
from bureau_cli.platform.problems import Problem
from bureau_cli.platform.rules import ADMINISTRATOR, RUNNING_ACCESS

_IS_OPEN = f"SELECT 1 FROM access WHERE client_id = :client AND user_id = :caller AND {RUNNING_ACCESS}"  # noqa: S608 - ours


class AccessChange:
    """The work of one request; everything that may refuse an item is asked before anything of it is written."""

    def __init__(self, deed: Deed) -> None:
        self._deed = deed

    def fingerprint(self, item: Item) -> str:
        """Tell what an item asks for, whatever its key."""
        asked = {name: value for name, value in item.items() if name != "key"}
        return "access/" + hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()

    def named(self, item: Item) -> dict[str, str]:
        """Name whose access to what an item is about."""
        return {"client": item["client"], "user": item["user"]}

    def filed_under(self, item: Item) -> tuple[str, str]:
        """Give the action and subject of an item's event."""
        return f"access.{item['action']}", f"clients/{item['client']}/access/{item['user']}"

    def perform(self, item: Item) -> bool:
        """Grant or end access, and tell whether anything changed."""
        access_rules.require_sense(item)
        self._require_client(item["client"])
        notes = Notes()
        held = Holding(self._deed, item["client"], require_user(self._deed, item["user"]), notes)
        if "on_top_of" in item and item["on_top_of"] != held.etag:
            raise Problem("precondition_failed", "The access has changed since; look at it again.")
        is_changed = self._grant(item, held, notes) if item["action"] == "grant" else self._end(item, held, notes)
        if is_changed:
            self._record(item, notes)
        return is_changed

    def _grant(self, item: Item, held: Holding, notes: Notes) -> bool:
        require_here(self._deed, held.user)
        terms = access_rules.granted(item, held.current, self._deed.today)
        if held.terms == terms:
            return False
        heir = self._heir(item, notes) if held.is_owner and terms.role == MEMBER else None
        held.put(terms)
        self._enthrone(heir)
        return True

    def _end(self, item: Item, held: Holding, notes: Notes) -> bool:
        if held.current is None:
            return False
        access_rules.require_endable(held.current)
        terms = access_rules.limited(item, held.current, self._deed.today)
        if held.terms == terms:
            return False
        heir = self._heir(item, notes) if held.is_owner else None
        if terms is None:
            held.end()
        else:
            held.put(terms)
        self._enthrone(heir)
        return True

    def _heir(self, item: Item, notes: Notes) -> Holding | None:
        """Find who owns the client next, None for nobody; raise the Problem of who cannot."""
        login = access_rules.require_successor(item)
        if login is None:
            return None
        heir = Holding(self._deed, item["client"], require_user(self._deed, login), notes)
        require_here(self._deed, heir.user)
        if heir.terms is not None and heir.terms.ends is not None:
            raise Problem("owner_needed", f"The access of {login} has a last day, so they cannot own the client next.")
        return heir

    def _enthrone(self, heir: Holding | None) -> None:
        today = self._deed.today.isoformat()
        if heir is None:
            return
        if heir.terms is None:
            heir.put(Terms(role=OWNER, starts=today, ends=None, source="manual", reason=None))
        else:
            heir.put(replace(heir.terms, role=OWNER, starts=min(heir.terms.starts, today)))

    def _record(self, item: Item, notes: Notes) -> None:
        action, subject = self.filed_under(item)
        own = {"own": True} if self._deed.caller.login in notes.after["accesses"] else {}
        change = audit.Change(action=action, subject=subject, before=notes.before, after=notes.after | own)
        audit.record(self._deed, change)

    def _require_client(self, client_id: str) -> None:
        deed = self._deed
        known = deed.db.execute(
            "SELECT 1 FROM client WHERE id = ? AND bureau_id = ?", (client_id, deed.caller.bureau_id)
        ).fetchone()
        if known is None:
            raise Problem("client_not_found", "There is no such client.")
        asked = {
            "client": client_id,
            "caller": deed.caller.user_id,
            "today": deed.today.isoformat(),
            "now": deed.seconds,
        }
        if deed.caller.role == ADMINISTRATOR and deed.db.execute(_IS_OPEN, asked).fetchone() is None:
            raise Problem("no_access", "An administrator changes only clients they have access to.")
