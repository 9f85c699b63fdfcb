"""See what is due when: pay days, withholding, a-meldinger, terms (frister)."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from bureau_cli.commands._columns import inside
from bureau_cli.commands._command import Commands, SelectingRecallingCommand, session_of
from bureau_cli.commands._month_end_options import tell_coverage
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.days import days_of
from bureau_cli.domain.deadlines import DeadlineFilter
from bureau_cli.formatters.results import Agenda, Column, Kind, Listing
from bureau_cli.services.month_end.coverage import Covered
from bureau_cli.services.month_end.deadlines import has_amount

app = Commands()


class DeadlineKind(StrEnum):
    """What can be due."""

    PAY_DAY = "pay_day"
    FORSKUDDSTREKK = "forskuddstrekk"
    UTLEGGSTREKK = "utleggstrekk"
    A_MELDING = "a_melding"
    TERM = "term"
    TAX_CARDS = "tax_cards"


DUE, KIND = Column("due", Kind.DATE), Column("kind", Kind.STATE)
CLIENTS = Column("clients", Kind.COUNT, lambda day: len(day.clients))
DAYS = Shape(
    name="deadlines.days",
    columns=(
        DUE,
        KIND,
        Column("about", Kind.ID, many=True, main=False),
        CLIENTS,
        Column("met", Kind.COUNT, main=False),
        Column("unmet", Kind.COUNT),
        Column("unknown", Kind.COUNT),
        Column("amount", Kind.MONEY),
        Column("amount_clients", Kind.COUNT),
        Column("withheld_clients", Kind.COUNT, lambda day: day.withheld, main=False),
        Column("numbers", Kind.ID, lambda day: tuple(client.number for client in day.clients), many=True, main=False),
        Column("names", value=lambda day: tuple(client.name for client in day.clients), many=True, main=False),
    ),
    agenda=Agenda(day=DUE, title=(KIND, CLIENTS), uid=Column("uid", Kind.ID)),
)

NAME = Column("name", value=lambda deadline: deadline.client.name)
EACH = Shape(
    name="deadlines.list",
    columns=(
        DUE,
        KIND,
        Column("number", Kind.ID, lambda deadline: deadline.client.number),
        NAME,
        Column("owner", value=inside("owner", "login")),
        Column("owner_name", value=inside("owner", "name"), main=False),
        Column("met", Kind.FLAG),
        Column("amount", Kind.MONEY),
        Column("period", Kind.ID, main=False),
        Column("term", Kind.ID, main=False),
        Column("agreed", Kind.DATE, main=False),
        Column("pay_date", Kind.DATE, main=False),
        Column("payroll_run", Kind.ID, lambda deadline: deadline.run, main=False),
        Column("withheld", Kind.STATE, main=False),
        Column("fetched_at", Kind.INSTANT, main=False),
    ),
    ids="number",
    agenda=Agenda(day=DUE, title=(KIND, NAME), uid=Column("id", Kind.ID)),
)

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="From this day on; default today.")]
To = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="Up to and including this day; default 30 days later.")
]
Kinds = Annotated[list[DeadlineKind] | None, typer.Option("--kind", help="Only of this kind; repeat for several.")]
Each = Annotated[bool, typer.Option("--each", help="A row a client, not one a day and kind.")]


@app.command("deadlines", cls=SelectingRecallingCommand)
async def deadlines(
    ctx: typer.Context,
    since: From = None,
    until: To = None,
    kind: Kinds = None,
    each: Each = False,  # noqa: FBT002 - a flag
) -> Listing:
    """List what is due when, for how many clients, and how much it is as far as the runs made tell (frister).

    -o ics makes a calendar of it. A leader sees the deadlines of every client, others those of clients they have
    access to. A snapshot has those from the first day of its period to the 15th two months later, and gives them all
    unless days are said.
    """
    session = session_of(ctx)
    first, last = days_of(since, until)
    narrowed = DeadlineFilter(since=first, until=last, kinds=tuple(map(str, kind or ())))
    session.narrow(narrowed.described())
    wanted = session.app.month_end.deadlines
    if each:
        found = await wanted.search(session.selection, narrowed, most=EACH.most(session.view))
        return EACH.listing(Covered(found, partial(tell_coverage, session, EACH), has_amount))
    agenda = await wanted.by_day(session.selection, narrowed)
    session.output.say(agenda.told)
    tell_coverage(session, DAYS, agenda.coverage)
    return DAYS.listing(agenda.days, as_of=agenda.as_of)
