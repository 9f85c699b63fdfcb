"""What may become of a user's access to a client: terms wanted, and the Problem of those that cannot be had."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

from bureau_cli.platform.accesses import INVITED, MEMBER, OWNER, Terms
from bureau_cli.platform.items import Item
from bureau_cli.platform.problems import Problem

_ONLY_WITH_GRANT = ("role", "from", "reason", "source")


def require_sense(item: Item) -> None:
    """Raise the Problem of an item whose parts do not go together."""
    if item["action"] == "grant" and "role" not in item:
        raise Problem("invalid_request", "A grant needs the role.")
    if item["action"] == "end" and any(name in item for name in _ONLY_WITH_GRANT):
        raise Problem("invalid_request", f"Only a grant has {', '.join(_ONLY_WITH_GRANT)}.")
    if item.get("new_owner") == item["user"]:
        raise Problem("invalid_request", "The next owner must be another user.")
    if item.get("role") == OWNER and item.get("new_owner") is not None:
        raise Problem("invalid_request", "Who is made owner is the new owner; another can only be null.")


def granted(item: Item, current: sqlite3.Row | None, today: date) -> Terms:
    """Give the terms a grant asks for, on top of the access there is; those there are when nothing changes."""
    has_begun = current is not None and current["starts"] <= today.isoformat()
    if current is not None and has_begun:
        _require_no_gap(item, current)
        starts = current["starts"]
    else:
        starts = item.get("from", today.isoformat())
    terms = Terms(
        role=item["role"],
        starts=starts,
        ends=item.get("to"),
        source=item.get("source", "manual"),
        reason=item.get("reason"),
    )
    if current is not None:
        there = Terms.of(current)
        if current["source"] == INVITED:
            terms = replace(terms, source=INVITED)
        if there == replace(terms, **{name: getattr(there, name) for name in ("source", "reason") if name not in item}):
            return there
    _require_days(terms, today, has_begun=has_begun)
    _require_grantable(item, terms, current, today)
    return terms


def limited(item: Item, current: sqlite3.Row, today: date) -> Terms | None:
    """Give the terms of access that is to end: None at once; those there are when it ends no later already."""
    there, last = Terms.of(current), item.get("to")
    if last is None:
        return None
    if last < max(today.isoformat(), there.starts):
        raise Problem("date_passed", f"{last} lies before today, or before the first day.")
    ends = last if there.ends is None else min(there.ends, last)
    is_left_as_it_is = ends == there.ends and "new_owner" not in item
    return replace(there, role=there.role if is_left_as_it_is else MEMBER, ends=ends)


def require_endable(current: sqlite3.Row) -> None:
    """Raise the Problem of access that only the client can end."""
    if current["source"] == INVITED:
        raise Problem("access_invited", "The client invited the user; only the client can end this access.")


def require_successor(item: Item) -> str | None:
    """Give who owns the client next, None for nobody; raise the Problem of an item that does not say."""
    if "new_owner" not in item:
        raise Problem("owner_needed", "The client would lose its owner; say who owns it next, or that nobody does.")
    login: str | None = item["new_owner"]
    return login


def _require_no_gap(item: Item, current: sqlite3.Row) -> None:
    if current["ends"] is not None and "from" in item:
        resumes = (date.fromisoformat(current["ends"]) + timedelta(days=1)).isoformat()
        if item["from"] > resumes:
            raise Problem("access_gap", f"The access there is ends on {current['ends']}; this would begin later.")


def _require_days(terms: Terms, today: date, *, has_begun: bool) -> None:
    if not has_begun and terms.starts < today.isoformat():
        raise Problem("date_passed", f"The first day, {terms.starts}, lies before today.")
    if terms.ends is not None and terms.ends < max(today.isoformat(), terms.starts):
        raise Problem("date_passed", f"The last day, {terms.ends}, lies before today, or before the first.")


def _require_grantable(item: Item, terms: Terms, current: sqlite3.Row | None, today: date) -> None:
    if terms.role == OWNER and terms.starts > today.isoformat():
        raise Problem("owner_begins_at_once", "An owner begins today; a later day is only for members.")
    if current is not None and current["source"] == INVITED and terms.ends != current["ends"]:
        raise Problem("access_invited", "The client invited the user; only the client can give this access a last day.")
    is_demoted = current is not None and current["role"] == OWNER and terms.role == MEMBER
    if is_demoted or (terms.role == OWNER and terms.ends is not None):
        require_successor(item)
