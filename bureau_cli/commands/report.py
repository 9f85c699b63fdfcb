"""Hand on the reports of many clients, and a month's pack (rapporter)."""

from __future__ import annotations

from functools import partial

import typer

from bureau_cli.commands import _report_answers as answers
from bureau_cli.commands import _report_options as options
from bureau_cli.commands._command import Commands, LocalCommand, SelectingCommand, session_of
from bureau_cli.commands._month_end_options import Period
from bureau_cli.commands._pack import VERIFIED, Packing, verified
from bureau_cli.commands._report_columns import (
    AUTOMATION,
    CLIENTS,
    INVOICED,
    MANUAL,
    USAGE,
    USAGE_TOTALS,
)
from bureau_cli.commands._term_columns import TERM, TERM_TOTALS
from bureau_cli.domain.term import term_of
from bureau_cli.errors import BadUsage
from bureau_cli.formatters.results import Bundle, Listing
from bureau_cli.services.reports.forbrukslogg import BILLED, Wanted
from bureau_cli.services.reports.scopes import By
from bureau_cli.services.reports.terminoppgave import Part

app = Commands()


class _TermCommand(options.TotallingCommand):
    instead = (("by", TERM_TOTALS),)


class _LogCommand(options.UsageCommand):
    instead = (("against", INVOICED), ("by", USAGE_TOTALS))


class _DegreeCommand(options.TotallingCommand):
    instead = (("manual", MANUAL),)


@app.command("mine-klienter", cls=SelectingCommand, answers=CLIENTS)
async def mine_klienter(ctx: typer.Context, period: Period = None) -> Listing:
    """List clients, where they stand and what falls due (mine klienter).

    Also who follows each up, when it last ran, its employees without a tax card, and your own access.
    """
    session = session_of(ctx)
    month = await session.app.month_end.periods.read(period)
    session.narrow(f"period {month}")
    return await answers.clients(session, month)


@app.command("terminoppgave", cls=_TermCommand, answers=TERM)
async def terminoppgave(
    ctx: typer.Context, term: options.Term = None, part: options.Parts = None, by: options.Totals = None
) -> Listing:
    """Tell what is to be paid of a term, differences first (termin).

    A difference is where the feedback to the a-meldinger is not what the runs come to; it says why, as far as that can
    be told.

    Part 1 is paid by the term: arbeidsgiveravgift and finansskatt, and what they are made of. Part 2 is paid after each
    pay date: forskuddstrekk and utleggstrekk; of terms up to 2025 they are in part 1. A workbook has a sheet a part.
    """
    session = session_of(ctx)
    named = await session.app.month_end.periods.term(term)
    session.narrow(_joined(f"term {named}", part and f"part {' and '.join(part)}", by and f"by {by}"))
    if by is None:
        return await answers.term_lines(session, named, part or tuple(Part))
    if part:
        raise BadUsage("--by adds up every part", fix="leave out --part or --by")
    return await answers.term_totals(session, named, by)


@app.command("forbrukslogg", cls=_LogCommand, answers=USAGE)
async def forbrukslogg(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    period: Period = None,
    since: options.From = None,
    until: options.To = None,
    kind: options.Kinds = None,
    prices: options.Prices = None,
    against: options.Against = None,
    by: options.Totals = None,
) -> Listing:
    """List what clients used, to be billed on (forbrukslogg).

    Payslips sent, travel and expense claims registered, a line a client, month and kind of which there was any.
    With --prices also what that comes to. With --against where an invoice is not as it was used, in units and kroner;
    a difference above 0 is too much.
    """
    session = session_of(ctx)
    first, last = await session.app.month_end.periods.span(period, since, until)
    session.narrow(_joined(_months(first, last), by and f"by {by}", prices and f"prices of {prices.name}"))
    if by is not None and against is not None:
        raise BadUsage("--against shows differences a client", fix="leave out --by or --against")
    wanted = Wanted(first=first, last=last, kinds=kind or BILLED, tariff=await options.tariff_of(session))
    if (billed := options.invoice_in(session)) is not None:
        return await answers.against(session, wanted, billed)
    return await (answers.usage_lines(session, wanted) if by is None else answers.usage_totals(session, wanted, by))


@app.command("automatiseringsgrad", cls=_DegreeCommand, answers=AUTOMATION)
async def automatiseringsgrad(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    period: Period = None,
    since: options.From = None,
    until: options.To = None,
    manual: options.Manual = False,  # noqa: FBT002 - a flag
    by: options.Totalled = None,
) -> Listing:
    """Tell how much ordinary pay nobody touched (automatiseringsgrad).

    A line a client with its trend of at least twelve months, and at the end one of all of them.
    """
    session = session_of(ctx)
    first, last = await session.app.month_end.periods.span(period, since, until)
    session.narrow(_joined(_months(first, last), by and f"by {by}", manual and "manual"))
    if manual and by is not None:
        raise BadUsage("--manual shows runs, which are a client's", fix="leave out --by or --manual")
    if manual:
        return await answers.manual_runs(session, first, last)
    if by is not None:
        return await answers.automation_totals(session, first, last, By(by))
    return await answers.automation_lines(session, first, last)


@app.command("all", cls=options.PackingCommand)
async def all_(ctx: typer.Context, period: Period = None, prices: options.Prices = None) -> Bundle:
    """Write every report of a month into a folder: --out FOLDER.

    A workbook each, one of the month's board, and manifest.json with what each is: the same answers give the same
    bytes. The terminoppgave is that of the term the month lies in. It is all there or nothing is; `report verify` holds
    it against its manifest.
    """
    session = session_of(ctx)
    month = await session.app.month_end.periods.read(period)
    session.narrow(_joined(f"period {month}", prices and f"prices of {prices.name}"))
    wanted = Wanted(first=month, last=month, tariff=await options.tariff_of(session))
    packing = Packing(packs=session.app.packs, period=month)
    return packing.of(
        {
            "terminoppgave.xlsx": partial(answers.term_lines, session, term_of(month)),
            "mine-klienter.xlsx": partial(answers.clients, session, month),
            "forbrukslogg.xlsx": partial(answers.usage_lines, session, wanted),
            "automatiseringsgrad.xlsx": partial(answers.automation_lines, session, month, month),
            "status.xlsx": partial(answers.board, session, month),
        }
    )


@app.command("verify", cls=LocalCommand, answers=VERIFIED)
async def verify(ctx: typer.Context, folder: options.Folder, sha256: options.Kept = None) -> Listing:
    """Hold a folder of reports against its manifest.

    What differs is named, and ends with 9. Whoever changes a file could write its manifest anew, too: keep the hash of
    the manifest elsewhere, and give it with --sha256.
    """
    session = session_of(ctx)
    examined = session.app.packs.verify(folder, kept=sha256)
    session.output.report(examined.told, news=bool(examined.mismatches))
    return verified(examined)


def _months(first: str, last: str) -> str:
    """The months that were asked for, as a person would say them."""
    return f"period {first}" if first == last else f"from {first} to {last}"


def _joined(*words: object) -> str:
    """What was asked for beside the clients, as far as it was."""
    return ", ".join(str(word) for word in words if word)
