"""The audit trail: one event a change, and one a refused change, each chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bureau_cli.platform.calls import Deed
from bureau_cli.platform.clock import to_text

BEFORE_THE_FIRST = "0" * 64
REFUSED_STATUSES = frozenset({403, 409, 412, 422})

State = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was done, or refused with a code; `subject` is the path under /v1/."""

    action: str
    subject: str
    before: State = None
    after: State = None
    refused_with: str | None = None


REVEAL = "fnr.reveal"

_TRAILED = {
    "create_group": ("group.create", "groups/{slug}"),
    "change_group": ("group.change", "groups/{slug}"),
    "delete_group": ("group.delete", "groups/{slug}"),
    "change_group_members": ("group.members", "groups/{slug}/members"),
    "change_user": ("user.role", "users/{login}"),
    "change_access": ("access.change", "access"),
    "cancel_job": ("job.cancel", "jobs/{id}"),
    "change_altinn_settings": ("altinn.change", "altinn-settings/changes"),
    "order_tax_cards": ("taxcards.order", "tax-card-orders"),
    "import_tax_cards": ("taxcards.import", "tax-card-imports"),
    "list_employees": (REVEAL, "clients/{id}/employees"),
    "list_tax_cards": (REVEAL, "tax-cards"),
}
"""Action and subject of the operations that leave events: what a refusal of the whole request is filed under."""


def record_refusal(deed: Deed, operation_id: str, named: Mapping[str, Any], code: str) -> None:
    """Add the event of a refused request; `named` holds its path values and body. One with no subject leaves none."""
    if operation_id in _TRAILED:
        action, subject = _TRAILED[operation_id]
        record(deed, Change(action=action, subject=subject.format_map(named), refused_with=code))


def record(deed: Deed, change: Change) -> None:
    """Add one event to the caller's bureau's trail; its instants never go back, not even when the clock is set back."""
    bureau_id = deed.caller.bureau_id
    last = deed.db.execute(
        "SELECT seq, at, hash FROM audit_event WHERE bureau_id = ? ORDER BY seq DESC LIMIT 1", (bureau_id,)
    ).fetchone()
    seq, at, prev_hash = (last["seq"] + 1, last["at"], last["hash"]) if last else (1, 0, BEFORE_THE_FIRST)
    at = max(at, deed.seconds)
    outcome = "refused" if change.refused_with else "done"
    event = canonical(
        {
            "seq": seq,
            "at": to_text(at),
            "actor": deed.caller.login,
            "action": change.action,
            "subject": change.subject,
            "outcome": outcome,
            "code": change.refused_with,
            "before": change.before,
            "after": change.after,
            "request_id": deed.request_id,
            "run_id": deed.run_id,
            "prev_hash": prev_hash,
        }
    )
    deed.db.execute(
        "INSERT INTO audit_event"
        " (bureau_id, seq, at, actor, action, subject, outcome, request_id, run_id, event, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            bureau_id,
            seq,
            at,
            deed.caller.login,
            change.action,
            change.subject,
            outcome,
            deed.request_id,
            deed.run_id,
            event,
            chained(prev_hash, event),
        ),
    )


def chained(prev_hash: str, event: str) -> str:
    """Give the hash of an event's canonical JSON after the hash of the event before."""
    return hashlib.sha256((prev_hash + event).encode()).hexdigest()


def canonical(event: Mapping[str, Any]) -> str:
    """Write an event as RFC 8785 says. It holds text, whole numbers and null only, so Python's writer agrees."""
    return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
