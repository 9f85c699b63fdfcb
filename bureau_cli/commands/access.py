"""See, give and end access to clients (tilganger), also many at once."""

from __future__ import annotations

import typer

from bureau_cli.commands import _access_options as options
from bureau_cli.commands._access_columns import ACCESSES, CHANGES, REVIEW
from bureau_cli.commands._access_file import (
    DRIFT,
    Applied,
    Complete,
    Described,
    drifted,
    filed,
    is_saved_plan,
    planned_by,
    refuse_scope,
)
from bureau_cli.commands._bulk import Source, foretell, perform, recalled
from bureau_cli.commands._command import (
    ApplyingCommand,
    BulkCommand,
    Commands,
    ComparingCommand,
    PlannedCommand,
    PlanningCommand,
    SelectingCommand,
    SelectingRecallingCommand,
    session_of,
)
from bureau_cli.commands._letters import tell_letters
from bureau_cli.files.atomic import refuse_taken
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.results import Listing
from bureau_cli.services.access.file import file_of_today

app = Commands()


@app.command("list", cls=SelectingRecallingCommand, answers=ACCESSES)
async def list_(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    user: options.Users = None,
    role: options.Roles = None,
    source: options.Sources = None,
    state: options.States = None,
    ending_within: options.EndingWithin = None,
    stale: options.Stale = None,
) -> Listing:
    """List who has access to which client.

    By client, with --sort user by person. Without --state, what is over is left out. With -o toml, or as a workbook, it
    is the file that `access plan` and `access apply` take; the workbook has a second sheet, a line a client and a
    column a user.
    """
    session = session_of(ctx)
    narrowed = options.access_filter(
        user=user, role=role, source=source, state=state, ending_within=ending_within, stale=stale
    )
    session.narrow(narrowed.described())
    view = session.view
    found = await session.app.people.accesses.search(session.selection, narrowed, sort=view.sort, most=view.limit)
    return filed(await file_of_today(found)) if view.asks(Format.TOML) else ACCESSES.listing(found)


@app.command("grant", cls=BulkCommand, answers=CHANGES)
async def grant(  # noqa: PLR0913, PLR0917 - the same
    ctx: typer.Context,
    user: options.Named,
    role: options.Role = options.ClientRole.MEMBER,
    from_: options.From = None,
    to: options.To = None,
    reason: options.Reason = None,
) -> Listing:
    """Give users access to the chosen clients.

    Nobody has less afterwards: an owner stays one, and access that lasts longer is not cut short. A last day is given
    by `access revoke --to`, another owner by `owners set`.
    """
    session = session_of(ctx)
    terms = options.terms(role=role, starts=from_, ends=to, reason=reason)
    changes = session.app.people.access_changes
    plan = await changes.plan_grant(session.selection, user, terms)
    return await perform(session, plan, changes.carry_out, shape=CHANGES)


@app.command("revoke", cls=BulkCommand, answers=CHANGES)
async def revoke(
    ctx: typer.Context, user: options.Named, to: options.To = None, new_owner: options.NewOwner = None
) -> Listing:
    """End the access of users to the chosen clients.

    At once, or with --to at the end of that day. Where they own a client, --new-owner says who does next.
    """
    session = session_of(ctx)
    changes = session.app.people.access_changes
    plan = await changes.plan_revoke(session.selection, user, options.terms(ends=to, new_owner=new_owner))
    return await perform(session, plan, changes.carry_out, shape=CHANGES)


@app.command("copy", cls=BulkCommand, answers=CHANGES)
async def copy(  # noqa: PLR0913, PLR0917 - the same
    ctx: typer.Context,
    from_user: options.FromUser,
    to_user: options.ToUser,
    role: options.OptionalRole = None,
    to: options.To = None,
    reason: options.Reason = None,
) -> Listing:
    """Give one user access wherever another has it.

    Or only at the chosen clients. Where the other owns a client, the copy is a member; with --role owner it owns what
    the other owns.
    """
    session = session_of(ctx)
    changes = session.app.people.access_changes
    terms = options.terms(role=role, ends=to, reason=reason)
    plan = await changes.plan_copy(session.selection, from_user, to_user, terms)
    return await perform(session, plan, changes.carry_out, shape=CHANGES)


@app.command("plan", cls=PlanningCommand, answers=CHANGES)
async def plan(ctx: typer.Context, file: Described, complete: Complete = None) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Show who would gain and who would lose for access to be as a file has it, and why.

    What the file does not name is left as it is, unless it is complete: for its clients, its users, or all there is.
    """
    session = session_of(ctx)
    planned = await planned_by(session, complete)
    return await foretell(session, planned, shape=CHANGES, source=Source(told=session.document.name))


@app.command("apply", cls=ApplyingCommand, answers=CHANGES)
async def apply(ctx: typer.Context, file: Applied, complete: Complete = None) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Give everybody the access that a file gives them, or do exactly what a saved plan says."""
    session = session_of(ctx)
    plans, written = session.app.people.access_plans, session.document
    if is_saved_plan(written):
        refuse_scope(complete)
        planned = await recalled(session, written, "access")
        await plans.require_unmoved(planned)
    else:
        planned = await planned_by(session, complete)
    return await perform(session, planned, plans.carry_out, shape=CHANGES, source=Source(told=written.name))


@app.command("drift", cls=ComparingCommand, answers=DRIFT)
async def drift(ctx: typer.Context, file: Described, complete: Complete = None) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Show where access is no longer as a file has it.

    The exit code is 9 where it is not, and 10 where you have no access to a client and nobody can tell.
    """
    session = session_of(ctx)
    return drifted(session.output.tell, await planned_by(session, complete), session.document.name)


@app.command("leave", cls=PlannedCommand, answers=CHANGES)
async def leave(  # noqa: PLR0913, PLR0917 - the same
    ctx: typer.Context,
    user: options.Leaver,
    date: options.LastDay = None,
    new_owner: options.Heir = options.PROPOSED,
    keep_role: options.KeepRole = None,
    letters: options.Letters = None,
) -> Listing:
    """End everything that somebody who leaves has.

    Their access, their ownerships, which go to another, their role in the bureau and, with access, their Altinn tags.
    Where the client invited them, only the client can end it: those are listed, and --letters writes what to ask them.
    """
    session = session_of(ctx)
    if letters is not None:
        refuse_taken(letters, overwrite=session.view.force)
    leaving = session.app.people.leave
    departure = options.departure(user=user, last_day=date, new_owner=new_owner, keep_role=keep_role)
    farewell = await leaving.plan(departure)
    told = await perform(session, farewell.plan, leaving.carry_out, shape=CHANGES, source=Source(told=farewell.told))
    tell_letters(session, farewell, letters)
    return told


@app.command("review", cls=SelectingCommand, answers=REVIEW)
async def review(ctx: typer.Context) -> Listing:
    """List what there is to decide about access, to be signed.

    Each access with its reason, its last use and what speaks against it; -o xlsx has a column to sign.
    """
    session = session_of(ctx)
    rows = await session.app.people.access_review.of(session.selection)
    session.output.say(f"{len(rows)} to sign for, {sum(bool(row.findings) for row in rows)} with findings")
    return REVIEW.listing(rows)
