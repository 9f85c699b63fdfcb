"""See the bureau's people, and give them roles in it (byråløsning leder, lønnsfører)."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from bureau_cli.commands._bulk import confirm_change
from bureau_cli.commands._command import Commands, ConfirmedCommand, RecallingCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.results import Column, Kind, Listing, Record, Tone
from bureau_cli.services.users import SORTABLE

app = Commands()

Role = Literal["none", "officer", "administrator", "leader"]
One = Annotated[str, typer.Argument(metavar="USER", help="Their login; me is you.")]
Roles = Annotated[list[str] | None, typer.Option("--role", metavar="ROLE", help="With this role; repeat for several.")]
Active = Annotated[
    Literal["yes", "no"] | None, typer.Option("--active", help="Only who is here, or only who has left.")
]
NewRole = Annotated[Role, typer.Argument(help="The role from now on.")]

ROLE_TONES = {"none": Tone.DULL}
USER_COLUMNS = (
    Column("login", Kind.ID),
    Column("name"),
    Column("role", Kind.STATE, tones=ROLE_TONES),
    Column("active", Kind.FLAG),
    Column("owner_of", Kind.COUNT, total=True),
    Column("member_of", Kind.COUNT, total=True),
    Column("two_factor", Kind.FLAG),
    Column("left", Kind.DATE, main=False),
    Column("email", main=False),
)
USERS = Shape(name="users.list", columns=USER_COLUMNS, ids="login", sorts=SORTABLE)
USER = Shape(name="users.show", columns=USER_COLUMNS, ids="login", one=True)


@app.command("list", cls=RecallingCommand, answers=USERS)
async def list_(ctx: typer.Context, role: Roles = None, active: Active = None) -> Listing:
    """List everybody who works at the bureau or did, and their roles."""
    session = session_of(ctx)
    here = None if active is None else active == "yes"
    view = session.view
    return USERS.listing(session.app.people.users.all(roles=role or (), active=here, sort=view.sort, most=view.limit))


@app.command("show", cls=RecallingCommand, answers=USER)
async def show(ctx: typer.Context, user: One) -> Record:
    """Show one user; what they get at is `bureau access list --user USER`."""
    return USER.record(await session_of(ctx).app.people.users.show(user))


@app.command("set-role", cls=ConfirmedCommand, answers=USER)
async def set_role(ctx: typer.Context, user: One, role: NewRole) -> Record:
    """Give a user another role in the bureau; the first leader activates its console."""
    session = session_of(ctx)
    change = await session.app.people.users.foresee_role(user, role)
    if change.is_nothing:
        session.output.tell("nothing to do")
    else:
        for sentence in change.meaning:
            session.output.say(sentence)
        await confirm_change(session, change.headline)
    return USER.record(await session.app.people.users.change_role(change))
