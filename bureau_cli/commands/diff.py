"""Show what has changed between two snapshots, or since one."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from bureau_cli.commands._command import Commands, SelectingCommand, session_of
from bureau_cli.commands._shape import Shape
from bureau_cli.errors import ExitCode
from bureau_cli.formatters.results import Column, Kind, Listing, Measure
from bureau_cli.services.snapshots.differences import Difference, What

app = Commands()

KINDS = {What.PAYSLIPS: Kind.COUNT, What.EMPLOYEES: Kind.COUNT, What.AUTOMATION: Kind.POINTS}
"""What a change is measured in; anything else that can be measured is money."""


def _written(value: Any) -> str | None:
    """A value of either side as a word."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def _change(difference: Difference) -> Measure | None:
    change = difference.change
    return None if change is None else Measure(change, KINDS.get(difference.what, Kind.MONEY), signed=True)


DIFFERENCE_COLUMNS = (
    Column("what", Kind.STATE, lambda found: str(found.what)),
    Column("number", Kind.ID, lambda found: found.client.number),
    Column("name", value=lambda found: found.client.name),
    Column("user", Kind.ID),
    Column("before", Kind.STATE, lambda found: _written(found.before)),
    Column("after", Kind.STATE, lambda found: _written(found.after)),
    Column("change", Kind.MEASURE, _change),
)
DIFFERENCES = Shape(name="diff", columns=DIFFERENCE_COLUMNS, ids="number")

Before = Annotated[str, typer.Argument(metavar="SNAPSHOT|now", help="What it was: a snapshot, or now.")]
After = Annotated[str, typer.Argument(metavar="SNAPSHOT|now", help="What it became: the same.")]
Only = Annotated[list[What] | None, typer.Option("--only", help="Only this; repeat for several.")]
Exits = Annotated[bool, typer.Option("--exit-code", help="Exit 9 where anything differs.")]


@app.command("diff", cls=SelectingCommand, answers=DIFFERENCES)
async def diff(
    ctx: typer.Context,
    before: Before,
    after: After,
    only: Only = None,
    exit_code: Exits = False,  # noqa: FBT002 - a flag
) -> Listing:
    """Show what differs at each client between two snapshots, or between one and the platform now.

    First clients that came or left, then owners and access, the month's states, sums of pay by size, and counts.
    Amounts are compared where both sides have them. `now` is the platform, about the other side's period.
    """
    session = session_of(ctx)
    found = await session.app.archive.compare((before, after), session.selection, frozenset(only or What))
    session.output.say(found.told)
    if found.in_all:
        session.output.say(f"in all: {found.in_all}")
    for gap in found.gaps:
        session.output.warn(gap)
    code = ExitCode.FINDING if exit_code and found.found else ExitCode.DONE
    return DIFFERENCES.listing(found.found, as_of=found.as_of, exit_code=int(code))
