"""See the bureau's client companies (lønnsklienter), with or without access to them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from bureau_cli.commands._columns import CLIENT_COLUMNS
from bureau_cli.commands._command import Commands, RecallingCommand, SelectingRecallingCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.selection import ClientFilter
from bureau_cli.formatters.results import Listing, Record
from bureau_cli.services.clients import SORTABLE

app = Commands()

CLIENTS = Shape(name="clients.list", columns=CLIENT_COLUMNS, ids="orgnr", sorts=SORTABLE)
CLIENT = Shape(name="clients.show", columns=CLIENT_COLUMNS, ids="orgnr", one=True)

Member = Annotated[
    str | None, typer.Option("--member", metavar="USER", help="Where this user is a member (medarbeider).")
]
Payday = Annotated[
    int | None,
    typer.Option("--payday", metavar="DAY", min=1, max=31, help="Agreed pay day; 31 is the last of the month."),
]
Status = Annotated[
    list[str] | None, typer.Option("--status", metavar="STATE", help="onboarding, active, leaving or left.")
]
Access = Annotated[
    Literal["mine", "none"] | None, typer.Option("--access", help="Clients you have access to, or have not.")
]
One = Annotated[str, typer.Argument(metavar="CLIENT", help="Orgnr, client number or name.")]


@app.command("list", cls=SelectingRecallingCommand, answers=CLIENTS)
async def list_(
    ctx: typer.Context, member: Member = None, payday: Payday = None, status: Status = None, access: Access = None
) -> Listing:
    """List clients: all of them, or those of a group, an owner, a file or an expression."""
    session = session_of(ctx)
    narrowed = ClientFilter(member=member, payday=payday, status=tuple(status or ()), access=access)
    session.narrow(narrowed.described())
    view = session.view
    found = await session.app.clients.search(session.selection, narrowed, sort=view.sort, most=view.limit)
    return CLIENTS.listing(found)


@app.command("show", cls=RecallingCommand, answers=CLIENT)
async def show(ctx: typer.Context, client: One) -> Record:
    """Show one client."""
    found = await session_of(ctx).app.clients.show(client)
    return CLIENT.record(found, as_of=found.fetched_at)
