"""Who may do what. Figures of pay follow access to the client; everything else follows the role in the bureau."""

import sqlite3
from datetime import date

from bureau_cli.platform.calls import Caller
from bureau_cli.platform.problems import Problem

LEADER = "leader"
ADMINISTRATOR = "administrator"
OFFICER = "officer"
EVERY_ROLE = frozenset({LEADER, ADMINISTRATOR, OFFICER})
OVERSEERS = frozenset({LEADER, ADMINISTRATOR})

MAY = {
    "list_clients": EVERY_ROLE,
    "get_client": EVERY_ROLE,
    "list_payroll_runs": EVERY_ROLE,
    "get_payroll_run": EVERY_ROLE,
    "list_a_meldinger": EVERY_ROLE,
    "get_a_melding": EVERY_ROLE,
    "list_employees": EVERY_ROLE,
    "list_tax_cards": EVERY_ROLE,
    "list_tax_card_status": EVERY_ROLE,
    "list_tax_card_candidates": EVERY_ROLE,
    "list_tax_card_changes": EVERY_ROLE,
    "order_tax_cards": EVERY_ROLE,
    "import_tax_cards": EVERY_ROLE,
    "list_usage": EVERY_ROLE,
    "list_registrations": EVERY_ROLE,
    "list_deadlines": EVERY_ROLE,
    "get_dashboard": EVERY_ROLE,
    "list_period_status": EVERY_ROLE,
    "get_period_status": EVERY_ROLE,
    "list_groups": EVERY_ROLE,
    "get_group": EVERY_ROLE,
    "get_membership": EVERY_ROLE,
    "create_group": frozenset({LEADER}),
    "change_group": frozenset({LEADER}),
    "delete_group": frozenset({LEADER}),
    "change_group_members": OVERSEERS,
    "create_selection": EVERY_ROLE,
    "get_selection": EVERY_ROLE,
    "list_jobs": EVERY_ROLE,
    "get_job": EVERY_ROLE,
    "list_job_results": EVERY_ROLE,
    "cancel_job": EVERY_ROLE,
    "list_inferred_owners": OVERSEERS,
    "list_altinn_settings": EVERY_ROLE,
    "change_altinn_settings": OVERSEERS,
    "list_audit_events": OVERSEERS,
    "list_users": OVERSEERS,
    "get_user": EVERY_ROLE,
    "change_user": OVERSEERS,
    "list_access": EVERY_ROLE,
    "change_access": OVERSEERS,
}
"""The roles each operation of the console is open to. What is not here needs no role: get_me, get_meta, issue_token."""

OPEN_WHILE_OFF = frozenset({"list_users", "get_user", "change_user"})
"""What an administrator may do while the console is off, so that there can be a leader."""

RUNNING_ACCESS = (
    "access.starts <= :today AND (access.ends IS NULL OR access.ends >= :today)"
    " AND (access.ended_at IS NULL OR access.ended_at > :now)"
)
"""SQL: the access lasts at this moment."""

ACCESSIBLE = f"(SELECT client_id FROM access WHERE user_id = :caller AND {RUNNING_ACCESS})"  # noqa: S608 - ours
"""SQL: the clients the caller has access to."""

STILL_HERE = "(user.left_on IS NULL OR user.left_on >= :today)"
"""SQL: the user has not left."""


def require_permission(db: sqlite3.Connection, operation_id: str, caller: Caller, today: date) -> None:
    """Raise the Problem that forbids the operation to the caller, if one does."""
    allowed = MAY.get(operation_id)
    if allowed is None:
        return
    if caller.role not in EVERY_ROLE:
        raise Problem("role_forbids", "The caller has no role in the bureau.")
    _require_eligible(db, caller.bureau_id)
    if not (caller.role == ADMINISTRATOR and operation_id in OPEN_WHILE_OFF):
        _require_activated(db, caller.bureau_id, today)
    if caller.role not in allowed:
        raise Problem("role_forbids", f"Not for the role {caller.role}; it takes {' or '.join(sorted(allowed))}.")


def oversees(caller: Caller) -> bool:
    """Tell whether the caller sees what others in the bureau have done."""
    return caller.role in OVERSEERS


def sees_every_client(caller: Caller) -> bool:
    """Tell whether the caller sees what happens at clients without access, though no figures of pay."""
    return caller.role == LEADER


def is_activated(db: sqlite3.Connection, bureau_id: str, today: date) -> bool:
    """Tell whether a bureau has a leader, without whom its console is off."""
    row = db.execute(
        f"SELECT 1 FROM user WHERE bureau_id = :bureau AND role = 'leader' AND {STILL_HERE} LIMIT 1",  # noqa: S608 - ours
        {"bureau": bureau_id, "today": today.isoformat()},
    ).fetchone()
    return row is not None


def _require_activated(db: sqlite3.Connection, bureau_id: str, today: date) -> None:
    if not is_activated(db, bureau_id, today):
        raise Problem("bureau_not_activated", "The console is off until an administrator appoints a leader.")


def _require_eligible(db: sqlite3.Connection, bureau_id: str) -> None:
    """A bureau qualifies if it has onboarded a client, or has run pay in its own company."""
    row = db.execute(
        "SELECT 1 FROM client WHERE bureau_id = ? AND (linked_via = 'onboarded' OR linked_via = 'internal'"
        " AND EXISTS (SELECT 1 FROM pay_run WHERE pay_run.client_id = client.id)) LIMIT 1",
        (bureau_id,),
    ).fetchone()
    if row is None:
        raise Problem("bureau_not_eligible", "The bureau neither runs its own pay here nor has onboarded a client.")
