"""See and change the settings in config.toml, and where each of them comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from bureau_cli.commands._command import Commands, LocalCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import BadUsage
from bureau_cli.formatters.results import Column, Kind, Listing, Prose, Record

app = Commands()

SETTING_COLUMNS = (Column("key", Kind.ID), Column("value"), Column("origin", main=False))
SETTINGS = Shape(name="config.list", columns=SETTING_COLUMNS, ids="key")
SETTING = Shape(name="config.get", columns=SETTING_COLUMNS, ids="value", one=True)

Origin = Annotated[bool, typer.Option("--origin", help="Also show which source each value comes from.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="The setting's name, like lang.")]
Value = Annotated[str, typer.Argument(metavar="VALUE", help="What it is to be.")]


@app.command("list", cls=LocalCommand, answers=SETTINGS)
async def list_(ctx: typer.Context, origin: Origin = False) -> Listing:  # noqa: FBT002 - a flag
    """List the settings that hold; secrets are no settings."""
    listing = SETTINGS.listing(session_of(ctx).app.configuration.settings())
    shown = [replace(column, main=column.main or origin) for column in SETTING_COLUMNS]
    return replace(listing, columns=shown)


@app.command("get", cls=LocalCommand, answers=SETTING)
async def get(ctx: typer.Context, key: Key) -> Record:
    """Show one setting; with -o ids its value alone."""
    return SETTING.record(session_of(ctx).app.configuration.setting(key))


@app.command("set", cls=LocalCommand, answers=SETTING)
async def set_(ctx: typer.Context, key: Key, value: Value) -> Record:
    """Set a default, or with --profile a setting of that profile."""
    session = session_of(ctx)
    return SETTING.record(await session.app.configuration.set(key, value, profile=session.said_profile))


@app.command("path", cls=LocalCommand)
async def path(ctx: typer.Context) -> Prose:
    """Print where config.toml is, or would be."""
    return Prose(schema="config.path", text=str(session_of(ctx).app.configuration.path))


@app.command("edit", cls=LocalCommand)
async def edit(ctx: typer.Context) -> Prose:
    """Open config.toml in your editor; what is not valid does not take its place."""
    session = session_of(ctx)
    if session.turn.cron:
        raise BadUsage("an editor needs somebody to sit before it", fix="bureau config set KEY VALUE")
    configuration = session.app.configuration
    await configuration.edit()
    return Prose(schema="config.path", text=str(configuration.path))
