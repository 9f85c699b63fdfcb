"""What each operation of the contract does. One module a noun; a function is named by its operationId.

A module is imported when one of its operations is first asked for: a run asks for few, and starting is to be quick.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from bureau_cli.platform.calls import Answer, Call

Perform = Callable[[Call], Answer]

_OPERATIONS = {
    "resources.a_meldinger": ("get_a_melding", "list_a_meldinger"),
    "resources.access": ("change_access", "list_access"),
    "resources.altinn": ("change_altinn_settings", "list_altinn_settings"),
    "resources.audit_events": ("list_audit_events",),
    "resources.clients": ("get_client", "list_clients"),
    "resources.dashboard": ("get_dashboard",),
    "resources.deadlines": ("list_deadlines",),
    "resources.employees": ("list_employees",),
    "resources.groups": ("change_group", "create_group", "delete_group", "get_group", "list_groups"),
    "resources.inferred_owners": ("list_inferred_owners",),
    "resources.jobs": ("cancel_job", "get_job", "list_job_results", "list_jobs"),
    "resources.members": ("change_group_members", "get_membership"),
    "resources.payroll_runs": ("get_payroll_run", "list_payroll_runs"),
    "resources.period_status": ("get_period_status", "list_period_status"),
    "resources.platform": ("get_me", "get_meta"),
    "resources.registrations": ("list_registrations",),
    "resources.selections": ("create_selection", "get_selection"),
    "resources.tax_card_changes": ("list_tax_card_changes",),
    "resources.tax_card_imports": ("import_tax_cards",),
    "resources.tax_card_orders": ("list_tax_card_candidates", "order_tax_cards"),
    "resources.tax_card_status": ("list_tax_card_status",),
    "resources.tax_cards": ("list_tax_cards",),
    "resources.token": ("issue_token",),
    "resources.usage": ("list_usage",),
    "resources.users": ("change_user", "get_user", "list_users"),
    "reports.automatiseringsgrad": ("list_automatiseringsgrad",),
    "reports.forbrukslogg": ("list_forbrukslogg",),
    "reports.mine_klienter": ("list_mine_klienter",),
    "reports.terminoppgave": ("list_terminoppgave",),
}
MODULES: Mapping[str, str] = {
    operation: f"bureau_cli.platform.{module}" for module, operations in _OPERATIONS.items() for operation in operations
}
"""Where each operation is performed."""


@cache
def performed_by(operation_id: str) -> Perform:
    """Give what performs an operation."""
    perform: Perform = getattr(import_module(MODULES[operation_id]), operation_id)
    return perform
