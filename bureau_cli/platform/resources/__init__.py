"""What each operation of the contract does. One module a noun; a function is named by its operationId."""

from collections.abc import Callable, Mapping

from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.resources import (
    audit_events,
    clients,
    groups,
    jobs,
    members,
    platform,
    selections,
    token,
)

Perform = Callable[[Call], Answer]

PERFORMED_BY: Mapping[str, Perform] = {
    perform.__name__: perform
    for perform in (
        audit_events.list_audit_events,
        clients.get_client,
        clients.list_clients,
        groups.change_group,
        groups.create_group,
        groups.delete_group,
        groups.get_group,
        groups.list_groups,
        jobs.cancel_job,
        jobs.get_job,
        jobs.list_job_results,
        jobs.list_jobs,
        members.change_group_members,
        members.get_membership,
        platform.get_me,
        platform.get_meta,
        selections.create_selection,
        selections.get_selection,
        token.issue_token,
    )
}
