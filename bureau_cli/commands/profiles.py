"""See which platforms there are for you, and choose the one meant where none is named."""

from __future__ import annotations

from typing import Annotated

import typer

from bureau_cli.commands._bulk import confirm
from bureau_cli.commands._command import Commands, LocalCommand, LocalConfirmedCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.results import Column, Kind, Listing, Record, Tone

app = Commands()

WRITES_TONES = {"allow": Tone.WAITING, "deny": Tone.DULL}
PROFILE_COLUMNS = (
    Column("profile", Kind.ID, lambda profile: profile.name),
    Column("base_url"),
    Column("store", Kind.STATE),
    Column("writes", Kind.STATE, tones=WRITES_TONES),
    Column("is_default", Kind.FLAG),
)
PROFILES = Shape(name="profiles.list", columns=PROFILE_COLUMNS, ids="profile")
PROFILE = Shape(name="profiles.show", columns=PROFILE_COLUMNS, ids="profile", one=True)

Name = Annotated[str, typer.Argument(metavar="PROFILE", help="The profile's name.")]


@app.command("list", cls=LocalCommand, answers=PROFILES)
async def list_(ctx: typer.Context) -> Listing:
    """List the profiles."""
    return PROFILES.listing(session_of(ctx).app.configuration.profiles())


@app.command("show", cls=LocalCommand, answers=PROFILE)
async def show(ctx: typer.Context, name: Name) -> Record:
    """Show one profile; whether it is signed in is told by `bureau auth status`."""
    return PROFILE.record(session_of(ctx).app.configuration.profile(name))


@app.command("use", cls=LocalCommand, answers=PROFILE)
async def use(ctx: typer.Context, name: Name) -> Record:
    """Make a profile the default."""
    return PROFILE.record(await session_of(ctx).app.configuration.use(name))


@app.command("remove", cls=LocalConfirmedCommand, answers=PROFILE)
async def remove(ctx: typer.Context, name: Name) -> Record:
    """Remove a profile, its secret and what is kept on this machine for it."""
    session = session_of(ctx)
    profile = session.app.configuration.own_profile(name)
    await confirm(session, f"remove the profile {profile.name} and its secret", agreed=session.bulk.yes)
    await session.app.sign_in_of(name).forget(session.output.tell)
    return PROFILE.record(await session.app.configuration.remove_profile(name))
