"""Look for what is wrong with this installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from bureau_cli.checkup.examination import all_checks, examine
from bureau_cli.checkup.verdicts import State, Verdict
from bureau_cli.commands._command import Commands, LocalCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import ExitCode
from bureau_cli.formatters.results import Column, Kind, Listing, Tone

app = Commands()

TONES = {
    "ok": Tone.GOOD,
    "warning": Tone.WAITING,
    "problem": Tone.BAD,
    "unknown": Tone.WAITING,
    "not_checked": Tone.DULL,
}
CHECKS = Shape(
    name="doctor.list",
    columns=(
        Column("check", Kind.ID),
        Column("state", Kind.STATE, tones=TONES),
        Column("found"),
        Column("fix"),
    ),
    ids="check",
)

Network = Annotated[bool, typer.Option("--network", help="Try the way to the profile's platform too, without a token.")]
AsExitCode = Annotated[
    bool, typer.Option("--exit-code", help="End with 9 on a problem, 10 if only something is unknown.")
]


@app.command("doctor", cls=LocalCommand, answers=CHECKS)
async def doctor(
    ctx: typer.Context,
    network: Network = False,  # noqa: FBT002 - a flag
    exit_code: AsExitCode = False,  # noqa: FBT002 - a flag
) -> Listing:
    """Check versions, configuration, token, permissions, the embedded platform, clock, disk, locks and terminal.

    It changes nothing, sends nothing without --network, and works with a broken configuration.
    """
    session = session_of(ctx)
    verdicts = await examine(session.app.surroundings(session.output.screen, network=network), all_checks())
    session.output.say(_summary(verdicts))
    return CHECKS.listing(verdicts, exit_code=_ending(verdicts) if exit_code else ExitCode.DONE)


def _ending(verdicts: Sequence[Verdict]) -> ExitCode:
    states = {verdict.state for verdict in verdicts}
    if State.PROBLEM in states:
        return ExitCode.FINDING
    return ExitCode.UNKNOWN if State.UNKNOWN in states else ExitCode.DONE


def _summary(verdicts: Sequence[Verdict]) -> str:
    counts = {state: sum(verdict.state is state for verdict in verdicts) for state in State}
    told = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in counts.items() if count)
    return f"{len(verdicts)} checks: {told}"
