"""Look after the embedded platform: its data, clock and faults; serve it on a port."""

from __future__ import annotations

from typing import Annotated

import typer

from bureau_cli.commands._bulk import confirm_change
from bureau_cli.commands._command import Commands, ConfirmedCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import BadUsage
from bureau_cli.formatters.results import Column, Kind, Listing, Prose, Record

app = Commands()

STATUS = Shape(
    name="platform.status",
    columns=(
        Column("path"),
        Column("clients", Kind.COUNT),
        Column("users", Kind.COUNT),
        Column("groups", Kind.COUNT),
        Column("seed", Kind.COUNT),
        Column("today", Kind.DATE),
        Column("clock", Kind.INSTANT),
        Column("pinned", Kind.FLAG),
        Column("horizon", Kind.ID),
        Column("login", Kind.ID),
        Column("faults", many=True),
        Column("bytes", Kind.COUNT),
    ),
    one=True,
)
CLIENT_CREDENTIALS = Shape(
    name="platform.credentials",
    columns=(
        Column("client_id", Kind.ID, lambda pair: pair[0]),
        Column("client_secret", Kind.ID, lambda pair: pair[1]),
    ),
    one=True,
)
FAULTS = Shape(name="platform.faults", columns=(Column("fault", Kind.ID, str),), ids="fault")

ClientCount = Annotated[int, typer.Option("--clients", metavar="N", min=10, max=20_000, help="How many clients.")]
Seed = Annotated[int, typer.Option("--seed", metavar="S", min=0, help="Another number makes another bureau.")]
Today = Annotated[
    str | None, typer.Option("--today", metavar="DAY", help="The day it is made for; default the real one.")
]
When = Annotated[
    str | None, typer.Argument(metavar="WHEN", help="2026-11-20, an instant, +2h or real; nothing shows it.")
]
Rules = Annotated[
    list[str] | None, typer.Argument(metavar="RULE…", help='Like 503, "slow;seconds=0.02" or "drop;times=2".')
]
Clear = Annotated[bool, typer.Option("--clear", help="Make no faults any more.")]
Login = Annotated[str, typer.Argument(metavar="LOGIN", help="One of its users.")]
Lifetime = Annotated[
    str | None, typer.Option("--lifetime", metavar="TIME", help="How long the token holds: 12h; default 30d.")
]
Static = Annotated[bool, typer.Option("--static", help="A token that never ends and is exchanged for short ones.")]
AsClient = Annotated[bool, typer.Option("--client-credentials", help="A client id and its secret (OAuth2).")]
Port = Annotated[
    int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="On this machine; 0 takes a free one.")
]
Delay = Annotated[str | None, typer.Option("--delay", metavar="TIME", help="Hold every answer back: 20ms.")]
FaultHeader = Annotated[bool, typer.Option("--fault-header", help="Let a request ask for a fault (Bureau-Fault).")]


DEFAULT_LIFETIME = "30d"


@app.command("status", answers=STATUS)
async def status(ctx: typer.Context) -> Record:
    """Show what the embedded platform holds and by which clock it lives."""
    return STATUS.record(session_of(ctx).app.embedded.status())


@app.command("seed", cls=ConfirmedCommand, answers=STATUS)
async def seed(ctx: typer.Context, clients: ClientCount = 120, seed: Seed = 1, today: Today = None) -> Record:
    """Replace everything with a fresh demo bureau."""
    session = session_of(ctx)
    await confirm_change(session, f"replace the embedded platform with a fresh bureau of {clients} clients")
    return STATUS.record(session.app.embedded.seed(clients=clients, seed=seed, today=today))


@app.command("reset", cls=ConfirmedCommand, answers=STATUS)
async def reset(ctx: typer.Context) -> Record:
    """Make the same demo bureau again, without anything that was changed since."""
    session = session_of(ctx)
    await confirm_change(session, "make the embedded platform as it was in the beginning")
    return STATUS.record(session.app.embedded.reset())


@app.command("clock", answers=STATUS)
async def clock(ctx: typer.Context, when: When = None) -> Record:
    """Show the embedded platform's clock, pin it, move it on or let it go."""
    session = session_of(ctx)
    if when is None:
        return STATUS.record(session.app.embedded.status())
    session.refuse_denied_changes()
    return STATUS.record(session.app.embedded.set_clock(when))


@app.command("faults", answers=FAULTS)
async def faults(ctx: typer.Context, rules: Rules = None, clear: Clear = False) -> Listing:  # noqa: FBT002 - a flag
    """Show the faults the embedded platform makes, or choose them."""
    session = session_of(ctx)
    if not rules and not clear:
        return FAULTS.listing(session.app.embedded.faults())
    session.refuse_denied_changes()
    return FAULTS.listing(session.app.embedded.set_faults(rules or ()))


@app.command("token")
async def token(
    ctx: typer.Context,
    login: Login,
    lifetime: Lifetime = None,
    static: Static = False,  # noqa: FBT002 - a flag
    client_credentials: AsClient = False,  # noqa: FBT002 - a flag
) -> Prose | Record:
    """Print a token for a user of the embedded platform, to sign in with where it is served."""
    session = session_of(ctx)
    _refuse_several(lifetime is not None, static, client_credentials)
    if client_credentials:
        session.refuse_denied_changes()
        return CLIENT_CREDENTIALS.record(session.app.embedded.client_credentials(login))
    if static:
        session.refuse_denied_changes()
        return Prose(schema="platform.token", text=session.app.embedded.static_token(login))
    return Prose(schema="platform.token", text=session.app.embedded.token(login, lifetime or DEFAULT_LIFETIME))


@app.command("serve")
async def serve(
    ctx: typer.Context,
    port: Port = 8765,
    fault_header: FaultHeader = False,  # noqa: FBT002 - a flag
    delay: Delay = None,
) -> Prose:
    """Serve the embedded platform on a loopback port until Ctrl-C.

    Its address is printed once it listens.
    """
    session = session_of(ctx)
    await session.app.embedded.serve(
        port=port, fault_header=fault_header, delay=delay, ready=session.output.answer_line
    )
    return Prose(schema="platform.serve", text="")


def _refuse_several(*said: bool) -> None:
    if sum(said) > 1:
        raise BadUsage("--lifetime, --static and --client-credentials are three kinds of token", fix="say one of them")
