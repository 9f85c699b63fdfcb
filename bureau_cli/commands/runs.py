"""See payroll runs across clients, and how far they have come (lønnskjøringer)."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from bureau_cli.commands._command import Commands, RecallingCommand, SelectingRecallingCommand, session_of
from bureau_cli.commands._month_end_options import Payday, Period, aga_lines, tell_coverage
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.days import days_of
from bureau_cli.domain.runs import RunFilter, RunState, RunType
from bureau_cli.formatters.results import Column, Kind, Listing, Record, Tone
from bureau_cli.services.month_end.coverage import Covered

app = Commands()

STATE_TONES = {"open": Tone.WAITING, "awaiting_approval": Tone.WAITING, "approved": Tone.WAITING, "locked": Tone.GOOD}

RUN_COLUMNS = (
    Column("number", Kind.ID, lambda run: run.client.number),
    Column("name", value=lambda run: run.client.name),
    Column("orgnr", Kind.ID, lambda run: run.client.orgnr, main=False),
    Column("pay_date", Kind.DATE),
    Column("state", Kind.STATE, tones=STATE_TONES),
    Column("type", Kind.STATE),
    Column("payslips", Kind.COUNT, total=True),
    Column("payslips_untouched", Kind.COUNT, main=False, total=True),
    Column("gross", Kind.MONEY, total=True),
    Column("net", Kind.MONEY, total=True),
    Column("period", Kind.ID),
    Column("pay_group", value=lambda run: run.pay_group.name, main=False),
    Column("payday", Kind.COUNT, lambda run: run.pay_group.payday, main=False),
    Column("withholding", Kind.MONEY, main=False, total=True),
    Column("attachment", Kind.MONEY, main=False, total=True),
    Column("aga_base", Kind.MONEY, main=False, total=True),
    Column("aga", Kind.MONEY, main=False, total=True),
    Column("aga_lines", Kind.OBJECT, aga_lines, main=False, many=True),
    Column("created_at", Kind.INSTANT, main=False),
    Column("created_by", Kind.ID, lambda run: run.created_by.login, main=False),
    Column("submitted_at", Kind.INSTANT, main=False),
    Column("approved_at", Kind.INSTANT, main=False),
    Column("locked_at", Kind.INSTANT, main=False),
    Column("paid_at", Kind.INSTANT, main=False),
    Column("payslips_sent_at", Kind.INSTANT, main=False),
    Column("withholding_paid_at", Kind.INSTANT, main=False),
    Column("attachment_paid_at", Kind.INSTANT, main=False),
    Column("booked_at", Kind.INSTANT, main=False),
    Column("payments_as_of", Kind.INSTANT, main=False),
    Column("payroll_run", Kind.ID, lambda run: run.id),
    Column("withheld", Kind.STATE, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
RUNS = Shape(name="runs.list", columns=RUN_COLUMNS, ids="payroll_run")
RUN = Shape(name="runs.show", columns=RUN_COLUMNS, ids="payroll_run", one=True)

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Paid on this day or later, 2026-11-01.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Paid on this day or earlier.")]
States = Annotated[list[RunState] | None, typer.Option("--state", help="Only in this state; repeat for several.")]
Types = Annotated[list[RunType] | None, typer.Option("--type", help="Only of this kind; repeat for several.")]
One = Annotated[str, typer.Argument(metavar="RUN", help="The id of a run; `runs list` has them.")]


@app.command("list", cls=SelectingRecallingCommand, answers=RUNS)
async def list_(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    period: Period = None,
    since: From = None,
    until: To = None,
    state: States = None,
    type_: Types = None,
    payday: Payday = None,
) -> Listing:
    """List payroll runs, by pay date.

    Those of a period, whichever day they are paid; or with --from and --to those paid on these days.
    """
    session = session_of(ctx)
    first, last = days_of(since, until)
    by_month = period is not None or (first is None and last is None)
    month = await session.app.month_end.periods.read(period) if by_month else None
    narrowed = RunFilter(
        period=month, since=first, until=last, states=tuple(state or ()), types=tuple(type_ or ()), payday=payday
    )
    session.narrow(narrowed.described())
    found = await session.app.month_end.runs.search(session.selection, narrowed, most=RUNS.most(session.view))
    return RUNS.listing(Covered(found, partial(tell_coverage, session, RUNS)))


@app.command("show", cls=RecallingCommand, answers=RUN)
async def show(ctx: typer.Context, run: One) -> Record:
    """Show one payroll run."""
    found = await session_of(ctx).app.month_end.runs.show(run)
    return RUN.record(found, as_of=found.fetched_at)
