"""Fetch tax cards for many clients, and see where each stands (skattekort)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bureau_cli.bulk.report import Report
from bureau_cli.commands._bulk import Carrier, Source, carry_through, foretold
from bureau_cli.commands._command import Commands, ImportingCommand, OrderingCommand, SelectingCommand, session_of
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Answer, Shape
from bureau_cli.commands._taxcards_columns import (
    CARD_COLUMNS,
    CHANGE_COLUMNS,
    EXPLAIN_COLUMNS,
    FETCHED_COLUMNS,
    IMPORT_COLUMNS,
    PLAN_COLUMNS,
    STATUS_COLUMNS,
)
from bureau_cli.domain.days import instant_of
from bureau_cli.domain.tax_answers import answer_file
from bureau_cli.domain.tax_cards import Mode
from bureau_cli.errors import BadUsage, ExitCode
from bureau_cli.formatters.results import Listing
from bureau_cli.services.tax_cards.lists import CardFilter, explained
from bureau_cli.services.tax_cards.orders import Order, OrderRequest
from bureau_cli.services.tax_cards.rows import failures, news

app = Commands()

STATUS = Shape(name="taxcards.status", columns=STATUS_COLUMNS, ids="number")
EXPLAINED = Shape(name="taxcards.explain", columns=EXPLAIN_COLUMNS, ids="employee")
CARDS = Shape(name="taxcards.list", columns=CARD_COLUMNS, ids="number")
CHANGES = Shape(name="taxcards.changes", columns=CHANGE_COLUMNS, ids="number")
PLAN = Shape(name="taxcards.plan", columns=PLAN_COLUMNS, ids="number", whole=True)
FETCHED = Shape(name="taxcards.fetch", columns=FETCHED_COLUMNS, ids="number", whole=True)
IMPORTED = Shape(name="taxcards.import", columns=IMPORT_COLUMNS, ids="number", whole=True)

Year = Annotated[
    int | None, typer.Option("--year", metavar="YEAR", min=1900, max=2200, help="The income year; default this one.")
]
Of = Annotated[Mode, typer.Option("--mode", help="Everybody's card, or those that changed since the last time.")]
Again = Annotated[bool, typer.Option("--again", help="Also who was ordered today; they are told once more.")]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Wait for the answers, or end with 8 once ordered.")]
Explained = Annotated[
    str | None, typer.Option("--explain", metavar="CLIENT", help="Each employee: ordered, or left out and why.")
]
Result = Annotated[
    str | None, typer.Option("--result", metavar="RESULT", help="Only with this answer, such as ikkeSkattekort.")
]
Reveal = Annotated[Literal["fnr"] | None, typer.Option("--reveal", help="Show fødselsnummer; say why, it is audited.")]
RevealReason = Annotated[
    str | None, typer.Option("--reveal-reason", metavar="TEXT", help="Why they are to be shown; the trail keeps it.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Since this day; default since the last fetch.")
]
WithExitCode = Annotated[bool, typer.Option("--exit-code", help="End with 9 when there are any.")]
AnswerFilePath = Annotated[Path, typer.Argument(metavar="FILE", help="The authority's answer as JSON; - stdin.")]
SHORTEST_REASON, LONGEST_REASON = 3, 300


class _StatusCommand(SelectingCommand):
    """It answers with a line a client, or with the employees of one."""

    def answer(self, ctx: Any) -> Answer | None:
        """What the line asks for."""
        return EXPLAINED if ctx.params.get("explain") else super().answer(ctx)


class _FetchCommand(OrderingCommand):
    """It answers with a row an employee, or with its plan, a row a client."""

    def answer(self, ctx: Any) -> Answer | None:
        """What the line asks for."""
        return PLAN if ctx.obj.bulk.ends_with_the_plan else super().answer(ctx)


@app.command("fetch", cls=_FetchCommand, answers=FETCHED)
async def fetch(
    ctx: typer.Context,
    year: Year = None,
    mode: Of = Mode.ALL,
    again: Again = False,  # noqa: FBT002 - a flag
    wait: Wait = True,  # noqa: FBT002 - the same
) -> Listing:
    """Fetch tax cards for everybody to be paid by the chosen clients.

    Those employed today, who begin within 30 days, or are on a run that is open; each of them is told by the tax
    authority, so nobody is ordered twice a day. The answer has a row an employee, --plan a row a client.
    """
    session = session_of(ctx)
    wanted = OrderRequest(year=year, mode=mode, again=again, wait=wait)
    order = await session.app.tax_cards.orders.plan(session.selection, wanted)
    _tell_plan(session, order)
    preview = PLAN.listing(order.clients)
    if session.bulk.ends_with_the_plan:
        return await foretold(session, order.plan, preview)
    report = await carry_through(session, order.plan, _carrier(order), preview)
    return FETCHED.listing(order.rows(report), exit_code=int(report.exit_code))


@app.command("status", cls=_StatusCommand, answers=STATUS)
async def status(ctx: typer.Context, year: Year = None, explain: Explained = None) -> Listing:
    """Show how many cards each client has and lacks, and how many would meet 50 % next."""
    session = session_of(ctx)
    session.narrow("" if year is None else f"year {year}")
    lists = session.app.tax_cards.lists
    if explain is not None:
        client, employees = await lists.explain(explain, year)
        session.output.say(explained(client, employees))
        return EXPLAINED.listing(employees, as_of=client.fetched_at)
    standing = await lists.standing(session.selection, year)
    session.output.say(standing.told)
    return STATUS.listing(standing.rows, as_of=standing.as_of)


@app.command("list", cls=SelectingCommand, answers=CARDS)
async def list_(
    ctx: typer.Context,
    year: Year = None,
    result: Result = None,
    reveal: Reveal = None,
    reveal_reason: RevealReason = None,
) -> Listing:
    """List the newest tax card of each employee, client by client."""
    session = session_of(ctx)
    reason = _reason(reveal, reveal_reason)
    narrowed = CardFilter(year=year, result=result)
    session.narrow(narrowed.described())
    most = CARDS.most(session.view)
    found = await session.app.tax_cards.lists.search(session.selection, narrowed, reveal=reason, most=most)
    return CARDS.listing(found)


@app.command("changes", cls=SelectingCommand, answers=CHANGES)
async def changes(
    ctx: typer.Context,
    year: Year = None,
    since: Since = None,
    exit_code: WithExitCode = False,  # noqa: FBT002 - a flag
) -> Listing:
    """List whose card says something else than before, and what."""
    session = session_of(ctx)
    session.narrow(f"since {since}" if since else "since the last fetch")
    found = await session.app.tax_cards.lists.changes(session.selection, year, instant_of("--since", since))
    session.output.say(found.told)
    code = ExitCode.FINDING if exit_code and found.rows else ExitCode.DONE
    return CHANGES.listing(found.rows, as_of=found.as_of, exit_code=int(code))


@app.command("import", cls=ImportingCommand, answers=IMPORTED)
async def import_(ctx: typer.Context, file: AnswerFilePath) -> Listing:  # noqa: ARG001 - read before the loop begins
    """Take in tax cards from a file with the tax authority's answer.

    A row an employee, in the order of the file; what cannot be read is named with its place. Nobody is told, as
    nothing is ordered.
    """
    session = session_of(ctx)
    written = session.document
    taken = await session.app.tax_cards.imports.plan(answer_file(written.name, written.text))
    session.output.say(taken.told)
    preview, source = IMPORTED.listing(taken.rows(taken.plan.preview())), Source(told=written.name)
    if session.bulk.ends_with_the_plan:
        return await foretold(session, taken.plan, preview, source=source)
    report = await carry_through(session, taken.plan, Carrier(send=taken.send), preview, source=source)
    return IMPORTED.listing(taken.rows(report.outcomes), exit_code=int(report.exit_code))


def _carrier(order: Order) -> Carrier:
    """What carries an order out, and tells beside its counts what failed by cause and owner, and what is new."""

    def beside(report: Report) -> Iterator[str]:
        rows = order.rows(report)
        yield from failures(rows)
        yield from filter(None, [news(rows)])

    return Carrier(send=order.carrier.send, meter=order.carrier.meter, beside=beside)


def _tell_plan(session: Session, order: Order) -> None:
    for warning in order.warnings:
        session.output.warn(warning)
    if order.told is not None:
        session.output.say(order.told)
    if order.plan.steps:
        session.output.say("whoever is ordered is told so by the tax authority")


def _reason(reveal: str | None, reason: str | None) -> str | None:
    """Why numbers are to be shown, None where they are not.

    Raises:
        BadUsage: one was said without the other, or the reason is too short or too long to be kept.
    """
    if (reveal is None) != (reason is None):
        raise BadUsage("--reveal and --reveal-reason go together", fix="--reveal fnr --reveal-reason TEXT")
    if reason is not None and not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise BadUsage(f"--reveal-reason has {SHORTEST_REASON} to {LONGEST_REASON} characters", fix="say why in words")
    return reason
