"""See a-meldinger across clients, and what is wrong with them."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from bureau_cli.commands._columns import MESSAGE_TONES
from bureau_cli.commands._command import Commands, RecallingCommand, SelectingRecallingCommand, session_of
from bureau_cli.commands._month_end_options import Payday, Period, aga_lines, amount, tell_coverage
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.a_meldinger import AMelding, Deviation, MessageFilter, MessageState, Payment, Severity
from bureau_cli.formatters.results import Column, Kind, Listing, Pivot, Record, Tone
from bureau_cli.services.month_end.coverage import Covered

app = Commands()

STANDING_TONES = {"lost": Tone.BAD, "replaced": Tone.DULL, "made_good": Tone.DULL}
SEVERITY_TONES = {Severity.REJECTION: Tone.BAD, Severity.IMMEDIATE: Tone.BAD, Severity.GUIDELINE: Tone.WAITING}
TONES = {str(severity): tone for severity, tone in SEVERITY_TONES.items()}


def _sum(field: str) -> Any:
    return lambda message: getattr(message.sums, field, None)


def _deviation(deviation: Deviation) -> dict[str, Any]:
    return {
        "severity": deviation.severity,
        "code": deviation.code,
        "text": deviation.text,
        "count": deviation.count,
    }


def _deviations(message: AMelding) -> tuple[dict[str, Any], ...]:
    return tuple(map(_deviation, message.deviations))


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "kind": payment.kind,
        "amount": amount(payment.amount),
        "account": payment.account,
        "kid": payment.kid,
        "due": payment.due.isoformat(),
        "pay_date": payment.pay_date and payment.pay_date.isoformat(),
    }


def _payments(message: AMelding) -> tuple[dict[str, Any], ...] | None:
    return None if message.payments is None else tuple(map(_payment, message.payments))


MESSAGE_COLUMNS = (
    Column("number", Kind.ID, lambda message: message.client.number),
    Column("name", value=lambda message: message.client.name),
    Column("orgnr", Kind.ID, lambda message: message.client.orgnr, main=False),
    Column("state", Kind.STATE, tones=MESSAGE_TONES),
    Column("standing", Kind.STATE, tones=STANDING_TONES),
    Column("codes", value=lambda message: tuple(found.code for found in message.deviations), many=True),
    Column("sent_at", Kind.INSTANT),
    Column("feedback_at", Kind.INSTANT, main=False),
    Column("month", Kind.ID),
    Column("deviations", Kind.OBJECT, _deviations, main=False, many=True),
    Column("recipients", Kind.COUNT, main=False, total=True),
    Column("withholding", Kind.MONEY, _sum("withholding"), main=False, total=True),
    Column("attachment", Kind.MONEY, _sum("attachment"), main=False, total=True),
    Column("aga", Kind.MONEY, _sum("aga"), main=False, total=True),
    Column("finansskatt", Kind.MONEY, _sum("finansskatt"), main=False, total=True),
    Column("aga_lines", Kind.OBJECT, aga_lines, main=False, many=True),
    Column("payments", Kind.OBJECT, _payments, main=False, many=True),
    Column("payroll_runs", Kind.ID, lambda message: message.runs, main=False, many=True),
    Column("message", Kind.ID, lambda message: message.id),
    Column("replaces", Kind.ID, main=False),
    Column("replaced_by", Kind.ID, main=False),
    Column("created_at", Kind.INSTANT, main=False),
    Column("withheld", Kind.STATE, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
MESSAGES = Shape(name="a-melding.list", columns=MESSAGE_COLUMNS, ids="message")
MESSAGE = Shape(name="a-melding.show", columns=MESSAGE_COLUMNS, ids="message", one=True)

CAUSE_COLUMNS = (
    Column("severity", Kind.STATE, tones=TONES),
    Column("clients", Kind.COUNT, lambda cause: len(cause.clients)),
    Column("code"),
    Column("text"),
    Column("occurrences", Kind.COUNT, main=False, total=True),
    Column("messages", Kind.COUNT, main=False),
    Column("since", Kind.INSTANT, main=False),
    Column("numbers", Kind.ID, lambda cause: tuple(client.number for client in cause.clients), many=True),
    Column("names", value=lambda cause: tuple(client.name for client in cause.clients), main=False, many=True),
)
BY_CLIENT = Pivot(
    rows=(
        Column("number", Kind.ID, lambda place: place.client.number),
        Column("name", value=lambda place: place.client.name),
    ),
    across=Column("code"),
    cell=Column("occurrences", Kind.COUNT),
    parts=lambda cause: cause.places,
)
"""The second sheet of the workbook: a line a client, a column a code."""
CAUSES = Shape(name="a-melding.triage", columns=CAUSE_COLUMNS, ids="numbers", pivot=BY_CLIENT)

States = Annotated[list[MessageState] | None, typer.Option("--state", help="Only in this state; repeat for several.")]
Severities = Annotated[
    list[Severity] | None, typer.Option("--severity", help="Only with a deviation as bad as this; repeat for several.")
]
Code = Annotated[str | None, typer.Option("--code", metavar="DEVIATION", help="Only with a deviation of this code.")]
All = Annotated[bool, typer.Option("--all", help="Also those that were replaced or made good by another.")]
One = Annotated[str, typer.Argument(metavar="ID", help="The id of a message; `a-melding list` has them.")]


@app.command("list", cls=SelectingRecallingCommand, answers=MESSAGES)
async def list_(  # noqa: PLR0913, PLR0917 - this is the list of options
    ctx: typer.Context,
    period: Period = None,
    state: States = None,
    severity: Severities = None,
    code: Code = None,
    payday: Payday = None,
    all_: All = False,  # noqa: FBT002 - a flag
) -> Listing:
    """List a-meldinger about a month.

    Without --all only those that stand: no other message was received in their place. A client of which there is no
    message is in no list; `check a-melding` names it.
    """
    session = session_of(ctx)
    narrowed = MessageFilter(
        month=await session.app.month_end.periods.read(period),
        states=tuple(state or ()),
        severities=tuple(severity or ()),
        code=code,
        payday=payday,
        settled=all_,
    )
    session.narrow(narrowed.described())
    found = await session.app.month_end.a_meldinger.search(
        session.selection, narrowed, most=MESSAGES.most(session.view)
    )
    return MESSAGES.listing(Covered(found, partial(tell_coverage, session, MESSAGES)))


@app.command("show", cls=RecallingCommand, answers=MESSAGE)
async def show(ctx: typer.Context, message: One) -> Record:
    """Show one a-melding."""
    found = await session_of(ctx).app.month_end.a_meldinger.show(message)
    return MESSAGE.record(found, as_of=found.fetched_at)


@app.command("triage", cls=SelectingRecallingCommand, answers=CAUSES)
async def triage(ctx: typer.Context, period: Period = None, severity: Severities = None) -> Listing:
    """Bring together what is wrong with a month's a-meldinger.

    A line a cause, the worst first and then what most clients have, with the clients that have it; of messages that
    stand. -o ids gives those clients' numbers; a workbook has a second sheet, a line a client and a column a code.
    """
    session = session_of(ctx)
    month = await session.app.month_end.periods.read(period)
    narrowed = MessageFilter(month=month, severities=tuple(severity or ()))
    session.narrow(narrowed.described())
    found = await session.app.month_end.triages.of(session.selection, narrowed)
    session.output.say(found.told)
    return CAUSES.listing(found.causes, as_of=found.as_of)
