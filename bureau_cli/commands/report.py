"""Hand on what belongs to all clients: the four reports (rapporter), to be paid by, billed on and kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import typer

from bureau_cli.commands._command import Commands, SelectingCommand, session_of
from bureau_cli.commands._month_end_options import Period, tell_coverage
from bureau_cli.commands._report_columns import (
    AUTOMATION,
    CLIENTS,
    INVOICED,
    MANUAL,
    PRICES,
    TERM,
    TERM_TOTALS,
    USAGE,
    USAGE_TOTALS,
)
from bureau_cli.commands._report_options import (
    Against,
    From,
    Kinds,
    Manual,
    Parts,
    Prices,
    Term,
    To,
    Totalled,
    TotallingCommand,
    Totals,
    UsageCommand,
    invoice,
    law_notes,
    price_list,
    tell_counts,
    tell_term,
    tell_usage,
)
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.dashboard import MEANINGS
from bureau_cli.domain.invoice import Invoice
from bureau_cli.errors import BadUsage, ExitCode
from bureau_cli.formatters.results import Listing
from bureau_cli.services.reports.forbrukslogg import BILLED, Wanted
from bureau_cli.services.reports.scopes import By
from bureau_cli.services.reports.terminoppgave import Part

app = Commands()


class _TermCommand(TotallingCommand):
    instead = (("by", TERM_TOTALS),)


class _LogCommand(UsageCommand):
    instead = (("against", INVOICED), ("by", USAGE_TOTALS))


class _DegreeCommand(TotallingCommand):
    instead = (("manual", MANUAL),)


@app.command("mine-klienter", cls=SelectingCommand, answers=CLIENTS)
async def mine_klienter(ctx: typer.Context, period: Period = None) -> Listing:
    """List clients with who follows them up, where they stand in a month and what falls due next (mine klienter).

    Every client of the selection, without one of the bureau; `--owner me` for your own.
    """
    session = session_of(ctx)
    month = await session.app.month_end.periods.read(period)
    session.narrow(f"period {month}")
    found = await session.app.reports.mine_klienter.lines(session.selection, month)
    tell_counts(session, found.coverage)
    return CLIENTS.listing(found)


@app.command("terminoppgave", cls=_TermCommand, answers=TERM)
async def terminoppgave(ctx: typer.Context, term: Term = None, part: Parts = None, by: Totals = None) -> Listing:
    """Tell what is to be paid of a term (termin): first where feedback and runs differ, and why.

    Part 1 is paid by the term: arbeidsgiveravgift and finansskatt, and what they are made of. Part 2 is paid after each
    pay date: forskuddstrekk and utleggstrekk; of terms up to 2025 they are in part 1. A workbook has a sheet a part.
    """
    session = session_of(ctx)
    named = await session.app.month_end.periods.term(term)
    session.narrow(_narrowed(f"term {named}", part and f"part {' and '.join(part)}", by and f"by {by}"))
    if by is not None:
        if part:
            raise BadUsage("--by adds up every part", fix="leave out --part or --by")
        return await _term_totals(session, named, by)
    lines = await session.app.reports.terminoppgaver.lines(
        session.selection, named, part or list(Part), lambda told: tell_term(session, told, named)
    )
    tell_coverage(session, TERM, lines.coverage)
    return replace(TERM.listing(lines), notes=list(law_notes(lines.law)))


async def _term_totals(session: Session, term: str, by: By) -> Listing:
    found = await session.app.reports.term_summer.add_up(session.selection, term, by)
    tell_coverage(session, TERM_TOTALS, found.coverage)
    tell_term(session, found.told, term)
    return replace(TERM_TOTALS.listing(found.totals, as_of=found.as_of), notes=list(law_notes(found.law)))


@app.command("forbrukslogg", cls=_LogCommand, answers=USAGE)
async def forbrukslogg(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    period: Period = None,
    since: From = None,
    until: To = None,
    kind: Kinds = None,
    prices: Prices = None,
    against: Against = None,
    by: Totals = None,
) -> Listing:
    """List what clients used, to be billed on: payslips, travel and expense claims by month (forbrukslogg).

    With --prices what that comes to. With --against where an invoice is not as it was used, in units and kroner: a
    difference above 0 is too much.
    """
    session = session_of(ctx)
    first, last = await session.app.month_end.periods.span(period, since, until)
    session.narrow(_narrowed(_months(first, last), by and f"by {by}", prices and f"prices of {prices.name}"))
    if by is not None and against is not None:
        raise BadUsage("--against shows differences a client", fix="leave out --by or --against")
    listed = price_list(session)
    tariff = None if listed is None else await session.app.reports.tariffs.of(listed)
    wanted = Wanted(first=first, last=last, kinds=kind or BILLED, tariff=tariff)
    if (billed := invoice(session)) is not None:
        return await _against(session, wanted, billed)
    if by is not None:
        return await _usage_totals(session, wanted, by)
    lines = await session.app.reports.usage.lines(session.selection, wanted, partial(tell_usage, session))
    tell_counts(session, lines.coverage)
    return _priced(USAGE, USAGE.listing(lines), wanted)


async def _against(session: Session, wanted: Wanted, billed: Invoice) -> Listing:
    found = await session.app.reports.invoices.compare(session.selection, wanted, billed)
    for line in found.told:
        session.output.tell(line)
    code = ExitCode.FINDING if found.differences else ExitCode.UNKNOWN if found.unseen else ExitCode.DONE
    return INVOICED.listing(found.differences, as_of=found.as_of, exit_code=int(code))


async def _usage_totals(session: Session, wanted: Wanted, by: By) -> Listing:
    added = await session.app.reports.usage.totals(session.selection, wanted, by)
    tell_counts(session, added.coverage)
    tell_usage(session, added.told)
    return _priced(USAGE_TOTALS, USAGE_TOTALS.listing(added.totals, as_of=added.as_of), wanted)


def _priced(shape: Shape, listing: Listing, wanted: Wanted) -> Listing:
    """An answer without the columns of prices, where there is no list of them."""
    if wanted.tariff is not None:
        return listing
    return replace(listing, columns=[column for column in shape.columns if column not in PRICES])


@app.command("automatiseringsgrad", cls=_DegreeCommand, answers=AUTOMATION)
async def automatiseringsgrad(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    period: Period = None,
    since: From = None,
    until: To = None,
    manual: Manual = False,  # noqa: FBT002 - a flag
    by: Totalled = None,
) -> Listing:
    """Tell how much of each client's ordinary pay nobody touched, with its trend, and of all (automatiseringsgrad)."""
    session = session_of(ctx)
    first, last = await session.app.month_end.periods.span(period, since, until)
    session.narrow(_narrowed(_months(first, last), by and f"by {by}", manual and "manual"))
    automation = session.app.reports.automation
    if manual:
        if by is not None:
            raise BadUsage("--manual shows runs, which are a client's", fix="leave out --by or --manual")
        runs = await automation.manual(session.selection, first, last)
        tell_counts(session, runs.coverage)
        return MANUAL.listing(runs)
    notes = [f"automatiseringsgrad: {MEANINGS['automation']}"]
    session.output.tell(notes[0])
    if by is not None:
        totals = await automation.totals(session.selection, first, last, By(by))
        tell_counts(session, totals.coverage)
        return replace(AUTOMATION.listing(totals.rows, as_of=totals.as_of), notes=notes)
    lines = await automation.lines(session.selection, first, last)
    tell_counts(session, lines.coverage)
    return replace(AUTOMATION.listing(lines), notes=notes)


def _months(first: str, last: str) -> str:
    """The months that were asked for, as a person would say them."""
    return f"period {first}" if first == last else f"from {first} to {last}"


def _narrowed(*words: object) -> str:
    """What was asked for beside the clients, as far as it was."""
    return ", ".join(str(word) for word in words if word)
