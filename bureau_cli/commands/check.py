"""Gates: 0 only when it is proven, 9 with what is wrong, 10 if nobody can tell."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bureau_cli.commands._columns import STEP_TONES, inside
from bureau_cli.commands._command import Commands, SelectingCommand, session_of
from bureau_cli.commands._month_end_options import Period
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.durations import duration
from bureau_cli.domain.freshness import MAX_AGE
from bureau_cli.errors import ExitCode
from bureau_cli.formatters.results import Column, Kind, Listing, Tone
from bureau_cli.services.gates import UNKNOWN, Verdict
from bureau_cli.services.month_end.gates import Gate
from bureau_cli.services.month_end.reasons import WORDS
from bureau_cli.services.tax_cards.gate import AT_50, MISSING

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
    Column("user", Kind.ID, inside("user", "login")),
    Column("user_name", value=inside("user", "name"), main=False),
    Column("role", Kind.STATE, main=False),
    Column("owner", value=inside("owner", "login")),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("reason"),
)  # fmt: skip
MONTH_COLUMNS = (
    Column("finding", Kind.STATE, tones=dict.fromkeys(WORDS, Tone.BAD) | {UNKNOWN: Tone.DULL}),
    Column("number", Kind.ID, lambda found: found.client.number),
    Column("name", value=lambda found: found.client.name),
    Column("owner", value=inside("owner", "login")),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("period", Kind.ID, main=False),
    Column("step", Kind.STATE, main=False),
    Column("state", Kind.STATE, tones=STEP_TONES),
    Column("due", Kind.DATE),
    Column("reason"),
    Column("pay_dates", Kind.DATE, many=True, main=False),
    Column("payroll_runs", Kind.ID, lambda found: found.runs, many=True, main=False),
    Column("message", Kind.ID, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
CARD_COLUMNS = (
    Column("finding", Kind.STATE, tones={AT_50: Tone.BAD, MISSING: Tone.BAD, UNKNOWN: Tone.DULL}),
    Column("number", Kind.ID, lambda found: found.client.number),
    Column("name", value=lambda found: found.client.name),
    Column("owner", value=inside("owner", "login")),
    Column("owner_name", value=inside("owner", "name"), main=False),
    Column("employees", Kind.COUNT),
    Column("due", Kind.DATE),
    Column("reason"),
    Column("fetched_at", Kind.INSTANT, main=False),
)
ACCESS = Shape(name="check.access", columns=ACCESS_COLUMNS, ids="number")
MONTH = Shape(name="check.month", columns=MONTH_COLUMNS, ids="number")

TAX_CARDS = Shape(name="check.taxcards", columns=CARD_COLUMNS, ids="number")

MaxAge = Annotated[
    str | None,
    typer.Option("--max-age", metavar="TIME", help="What was fetched longer ago proves nothing; default 24h."),
]


@app.command("access", cls=SelectingCommand, answers=ACCESS)
async def access(ctx: typer.Context) -> Listing:
    """Check that nobody has access who should not, and that every client has an owner.

    Without a selection it looks at every client. What is found is listed, the worst first.
    """
    session = session_of(ctx)
    return _judged(session, ACCESS, await session.app.people.access_check.look(session.selection))


@app.command("closed", cls=SelectingCommand, answers=MONTH)
async def closed(ctx: typer.Context, period: Period = None, max_age: MaxAge = None) -> Listing:
    """Check that the month is closed (lukket): no run is open or missing.

    Every run with a pay date in the month is locked, and each pay group has its ordinary run or a record that nobody
    is paid.
    """
    return await _month(ctx, Gate.CLOSED, period, max_age)


@app.command("reported", cls=SelectingCommand, answers=MONTH)
async def reported(ctx: typer.Context, period: Period = None, max_age: MaxAge = None) -> Listing:
    """Check that the month is fully reported (ferdig rapportert).

    Its a-meldinger are received, every run is in one, and none is rejected or has to be mended at once. A month that
    is not sent is not proven to be reported before its deadline either; the column `due` tells which.
    """
    return await _month(ctx, Gate.REPORTED, period, max_age)


@app.command("a-melding", cls=SelectingCommand, answers=MONTH)
async def a_melding(ctx: typer.Context, period: Period = None, max_age: MaxAge = None) -> Listing:
    """Check the month's a-meldinger: the same as `check reported`."""
    return await _month(ctx, Gate.REPORTED, period, max_age)


@app.command("done", cls=SelectingCommand, answers=MONTH)
async def done(ctx: typer.Context, period: Period = None, max_age: MaxAge = None) -> Listing:
    """Check that the month is closed and fully reported (lukket og ferdig rapportert)."""
    return await _month(ctx, Gate.DONE, period, max_age)


@app.command("withholding", cls=SelectingCommand, answers=MONTH)
async def withholding(ctx: typer.Context, period: Period = None, max_age: MaxAge = None) -> Listing:
    """Check that no forskuddstrekk or utleggstrekk of the month's pay dates is overdue.

    What is not due yet is in order; what is overdue, and nobody can tell whether it is paid, is unknown.
    """
    return await _month(ctx, Gate.WITHHOLDING, period, max_age)


@app.command("taxcards", cls=SelectingCommand, answers=TAX_CARDS)
async def taxcards(ctx: typer.Context, max_age: MaxAge = None) -> Listing:
    """Check that everybody to be paid has a tax card (skattekort), and nobody meets 50 %.

    Without a selection it looks at every client. `taxcards status --explain CLIENT` tells who it is.
    """
    session = session_of(ctx)
    oldest = MAX_AGE if max_age is None else duration(max_age)
    return _judged(session, TAX_CARDS, await session.app.tax_cards.gate.look(session.selection, max_age=oldest))


async def _month(ctx: typer.Context, gate: Gate, period: str | None, max_age: str | None) -> Listing:
    session = session_of(ctx)
    oldest = MAX_AGE if max_age is None else duration(max_age)
    gates = session.app.month_end.gates
    return _judged(session, MONTH, await gates.look(gate, session.selection, period=period, max_age=oldest))


def _judged(session: Session, shape: Shape, verdict: Verdict[Any]) -> Listing:
    """A gate's answer and its exit code; one that proves nothing says so even under quiet."""
    is_news = verdict.exit_code is ExitCode.UNKNOWN or (session.output.unattended and verdict.exit_code)
    (session.output.tell if is_news else session.output.say)(verdict.told)
    return shape.listing(verdict.found, as_of=verdict.as_of, exit_code=int(verdict.exit_code))
