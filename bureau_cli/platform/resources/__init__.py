"""What each operation of the contract does. One module a noun; a function is named by its operationId."""

from collections.abc import Callable, Mapping

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.reports import automatiseringsgrad, forbrukslogg, mine_klienter, terminoppgave
from bureau_cli.platform.resources import (
    a_meldinger,
    access,
    altinn,
    audit_events,
    clients,
    dashboard,
    deadlines,
    employees,
    groups,
    inferred_owners,
    jobs,
    members,
    payroll_runs,
    period_status,
    platform,
    registrations,
    selections,
    tax_cards,
    token,
    usage,
    users,
)

Perform = Callable[[Call], Answer]

PERFORMED_BY: Mapping[str, Perform] = {
    perform.__name__: perform
    for perform in (
        a_meldinger.get_a_melding,
        a_meldinger.list_a_meldinger,
        access.change_access,
        access.list_access,
        altinn.change_altinn_settings,
        altinn.list_altinn_settings,
        audit_events.list_audit_events,
        clients.get_client,
        clients.list_clients,
        dashboard.get_dashboard,
        deadlines.list_deadlines,
        employees.list_employees,
        groups.change_group,
        groups.create_group,
        groups.delete_group,
        groups.get_group,
        groups.list_groups,
        inferred_owners.list_inferred_owners,
        jobs.cancel_job,
        jobs.get_job,
        jobs.list_job_results,
        jobs.list_jobs,
        members.change_group_members,
        members.get_membership,
        payroll_runs.get_payroll_run,
        payroll_runs.list_payroll_runs,
        period_status.get_period_status,
        period_status.list_period_status,
        platform.get_me,
        platform.get_meta,
        registrations.list_registrations,
        automatiseringsgrad.list_automatiseringsgrad,
        forbrukslogg.list_forbrukslogg,
        mine_klienter.list_mine_klienter,
        terminoppgave.list_terminoppgave,
        selections.create_selection,
        selections.get_selection,
        tax_cards.list_tax_cards,
        token.issue_token,
        usage.list_usage,
        users.change_user,
        users.get_user,
        users.list_users,
    )
}
