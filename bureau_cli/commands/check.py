"""Gates: 0 only when it is proven, 9 with what is wrong, 10 if nobody can tell."""

from __future__ import annotations

from typing import Any

import typer

from bureau_cli.commands._command import Commands, SelectingCommand, session_of
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import ExitCode
from bureau_cli.formatters.results import Column, Kind, Listing, Tone
from bureau_cli.services.gates import UNKNOWN, Verdict

app = Commands()

ACCESS_COLUMNS = (
    Column(
        "finding",
        Kind.STATE,
        tones={
            "has_left": Tone.BAD, "no_role": Tone.BAD, "nobody": Tone.BAD, "no_owner": Tone.WAITING, UNKNOWN: Tone.DULL,
        },
    ),
    Column("number", Kind.ID, lambda found: found.client.number),
    Column("name", value=lambda found: found.client.name),
    Column("user", Kind.ID, lambda found: found.user and found.user.login),
    Column("user_name", value=lambda found: found.user and found.user.name, main=False),
    Column("role", Kind.STATE, main=False),
    Column("owner", value=lambda found: found.owner and found.owner.login),
    Column("owner_name", value=lambda found: found.owner and found.owner.name, main=False),
    Column("reason"),
)  # fmt: skip
ACCESS = Shape(name="check.access", columns=ACCESS_COLUMNS, ids="number")


@app.command("access", cls=SelectingCommand, answers=ACCESS)
async def access(ctx: typer.Context) -> Listing:
    """Check who has access: no leaver, nobody without a role, and an owner for every client.

    Without a selection it looks at every client. What is found is listed, the worst first.
    """
    session = session_of(ctx)
    return _judged(session, ACCESS, await session.app.people.access_check.look(session.selection))


def _judged(session: Session, shape: Shape, verdict: Verdict[Any]) -> Listing:
    """A gate's answer and its exit code; one that proves nothing says so even under quiet."""
    say = session.output.tell if verdict.exit_code is ExitCode.UNKNOWN else session.output.say
    say(verdict.told)
    return shape.listing(verdict.found, as_of=verdict.as_of, exit_code=int(verdict.exit_code))
