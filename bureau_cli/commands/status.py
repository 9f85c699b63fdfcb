"""See where each client stands in a month: lukket, rapportert, ferdig."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from bureau_cli.commands._command import Commands, SelectingRecallingCommand, session_of
from bureau_cli.commands._month_end_options import Period
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Answer
from bureau_cli.commands._status_columns import BOARD, WHY
from bureau_cli.domain.durations import duration
from bureau_cli.errors import BadUsage
from bureau_cli.formatters.results import Listing, Seen, Watched
from bureau_cli.services.month_end.explained import explained, headline

app = Commands()

Open = Annotated[bool, typer.Option("--open", help="Only months that are not known to be finished.")]
Explained = Annotated[
    str | None, typer.Option("--explain", metavar="CLIENT", help="The rule of each step, and what is known of it.")
]
Watch = Annotated[
    str | None, typer.Option("--watch", metavar="TIME", help="Draw it anew every 30s, 5m; on a terminal, until Ctrl-C.")
]
LEAST_WATCH = timedelta(seconds=1)


class _BoardCommand(SelectingRecallingCommand):
    """It answers with the board, or with what is behind one client's month."""

    def answer(self, ctx: Any) -> Answer | None:
        """What the line asks for."""
        return WHY if ctx.params.get("explain") else super().answer(ctx)


@app.command("status", cls=_BoardCommand, answers=BOARD)
async def status(
    ctx: typer.Context,
    period: Period = None,
    only_open: Open = False,  # noqa: FBT002 - a flag
    explain: Explained = None,
    watch: Watch = None,
) -> Listing | Watched:
    """Show a line a client and a column a step: the overdue first, however old, and what is finished last.

    Months before this one in which something is late or a problem have lines of their own.
    """
    session = session_of(ctx)
    session.narrow(f"period {period}" if period else "")
    if explain is not None:
        if watch is not None:
            raise BadUsage("--explain is no board to watch", fix="leave out --watch or --explain")
        return await _why(session, explain, period)

    async def look() -> Seen:
        board = await session.app.month_end.boards.look(session.selection, period, only_open=only_open)
        return Seen(listing=BOARD.listing(board.lines, as_of=board.as_of), told=board.told, warning=board.warning)

    if watch is not None:
        return Watched(schema=BOARD.name, columns=BOARD.columns, ask=look, every=_every(watch), now=session.app.now)
    seen = await look()
    session.output.say(seen.told)
    if seen.warning is not None:
        session.output.warn(seen.warning)
    return seen.listing


def _every(written: str) -> timedelta:
    every = duration(written)
    if every < LEAST_WATCH:
        raise BadUsage(f"--watch {written} leaves no time to look", fix="--watch 30s")
    return every


async def _why(session: Session, named: str, period: str | None) -> Listing:
    facts = await session.app.month_end.boards.explain(session.selection, named, period)
    session.output.say(headline(facts))
    return WHY.listing(explained(facts), as_of=facts.status.fetched_at)
