"""Let bash, zsh or fish complete commands, options, clients, groups and users."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from bureau_cli.commands._command import Commands, LocalCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.results import Column, Kind, Listing, Prose, Record, Tone

app = Commands()

TONES = {"current": Tone.GOOD, "stale": Tone.WAITING, "missing": Tone.DULL}
COLUMNS = (
    Column("shell", Kind.ID),
    Column("state", Kind.STATE, tones=TONES),
    Column("path"),
    Column("needs"),
)
STATUS = Shape(name="completion.status", columns=COLUMNS, ids="shell")
INSTALLED = Shape(name="completion.install", columns=COLUMNS, ids="shell", one=True)

Shell = Annotated[Literal["bash", "zsh", "fish"], typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]


@app.command("show", cls=LocalCommand)
async def show(ctx: typer.Context, shell: Shell) -> Prose:
    """Print the script for a shell, to be put where it belongs by other means."""
    return Prose(schema="completion.show", text=session_of(ctx).app.completions.script(shell))


@app.command("install", cls=LocalCommand, answers=INSTALLED)
async def install(ctx: typer.Context, shell: Shell) -> Record:
    """Put the script where the shell looks, and tell what your start-up file still needs.

    Names are completed once they have passed in a list: bureau clients list, bureau groups list.
    """
    session = session_of(ctx)
    done = session.app.completions.install(shell)
    session.output.say(f"add to {done.needs}" if done.needs else f"the next {shell} you start completes bureau")
    return INSTALLED.record(done)


@app.command("status", cls=LocalCommand, answers=STATUS)
async def status(ctx: typer.Context) -> Listing:
    """See for which shells it is installed, and whether it is that of this version."""
    return STATUS.listing(session_of(ctx).app.completions.all())
