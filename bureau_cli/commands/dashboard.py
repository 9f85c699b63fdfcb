"""See the bureau's eight key figures (nøkkeltall), with change and trend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

import typer

from bureau_cli.commands._command import Commands, SelectingRecallingCommand, session_of
from bureau_cli.commands._month_end_options import Period, tell_coverage
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.dashboard import FIGURES, MEANINGS, MONEY, PERCENT, Coverage, Figure, FigureValue, Scope
from bureau_cli.formatters.results import Column, Kind, Listing, Measure, Pictures, Point
from bureau_cli.services.month_end.dashboard import ScopedFigure

app = Commands()

By = Annotated[Literal["group", "owner"] | None, typer.Option("--by", help="Also those of each group, or each owner.")]
Compare = Annotated[
    bool | None, typer.Option("--compare", help="Beside the month before and the same month of the year before.")
]
Definitions = Annotated[bool | None, typer.Option("--definitions", help="Tell what each figure counts.")]

BUREAU, WITHOUT_OWNER = "bureau", "none"
"""What the scopes that have no id are called by."""

KINDS = {MONEY: Kind.MONEY, PERCENT: Kind.PERCENT}
"""What a figure's unit is to a column; any other is a count."""


def _measure(figure: Figure, value: FigureValue) -> Measure | None:
    return None if value is None else Measure(value, KINDS.get(figure.unit, Kind.COUNT))


def _difference(figure: Figure, value: FigureValue) -> Measure | None:
    """A change; one of a share is in percentage points."""
    measure = _measure(figure, value)
    if measure is None:
        return None
    return replace(measure, kind=Kind.POINTS if measure.kind is Kind.PERCENT else measure.kind, signed=True)


def _growth(row: ScopedFigure) -> Measure | None:
    growth = row.figure.growth
    return None if growth is None else Measure(growth, Kind.PERCENT, signed=True)


def _trend(row: ScopedFigure) -> tuple[Point, ...]:
    return tuple(Point(month.period, _measure(row.figure, month.value)) for month in row.figure.trend)


def _coverage(row: ScopedFigure) -> str:
    return f"{row.figure.coverage.clients}/{row.figure.coverage.of}"


FIGURE_COLUMNS = (
    Column("period", Kind.ID, main=False),
    Column("scope_kind", Kind.ID, lambda row: row.scope.kind, main=False),
    Column("scope", Kind.ID, lambda row: row.scope.id, main=False),
    Column("scope_name", value=lambda row: row.scope.name, main=False),
    Column("figure", Kind.KEY_FIGURE, lambda row: row.figure.name),
    Column("value", Kind.MEASURE, lambda row: _measure(row.figure, row.figure.value)),
    Column("previous", Kind.MEASURE, lambda row: _measure(row.figure, row.figure.previous), main=False),
    Column("last_year", Kind.MEASURE, lambda row: _measure(row.figure, row.last_year), main=False),
    Column("change", Kind.MEASURE, lambda row: _difference(row.figure, row.figure.change)),
    Column("change_in_a_year", Kind.MEASURE, lambda row: _difference(row.figure, row.change_in_a_year), main=False),
    Column("trend", Kind.TREND, _trend),
    Column("growth", Kind.MEASURE, _growth),
    Column("coverage", Kind.ID, _coverage),
    Column("covered", Kind.COUNT, lambda row: row.figure.coverage.clients, main=False),
    Column("covered_of", Kind.COUNT, lambda row: row.figure.coverage.of, main=False),
    Column("definition", value=lambda row: MEANINGS.get(row.figure.name), main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
)
COMPARED = frozenset({"previous", "last_year", "change_in_a_year"})
"""What a screen shows when figures are to be held against earlier ones."""


def _called(scope: Scope) -> str:
    """A scope as no other is called: owners may share a name."""
    if scope.id is None:
        return scope.name or WITHOUT_OWNER
    return f"{scope.name} ({scope.id})"


_COLUMN = {column.key: column for column in FIGURE_COLUMNS}

DASHBOARD = Shape(
    name="dashboard.figures",
    columns=FIGURE_COLUMNS,
    pictures=Pictures(
        heading=_COLUMN["period"],
        under=Column("scope_name", value=lambda row: _called(row.scope)),
        name=_COLUMN["figure"],
        value=_COLUMN["value"],
        note=_COLUMN["definition"],
        trend=_COLUMN["trend"],
    ),
)


def _of_scope(name: str) -> Callable[[Scope], Measure | None]:
    def value(scope: Scope) -> Measure | None:
        return next((_measure(figure, figure.value) for figure in scope.figures if figure.name == name), None)

    return value


NARROW_LAST = ("clients", "employees", "payslips", "net_paid", "a_meldinger_failed", "automation", "claims", "absences")
"""The figures in the order in which a narrow screen has room for them."""

SCOPE_COLUMNS = (
    Column("scope", Kind.ID, lambda scope: scope.id or (BUREAU if scope.kind == BUREAU else WITHOUT_OWNER)),
    *(Column(name, Kind.MEASURE, _of_scope(name)) for name in NARROW_LAST),
)
"""A line a scope, for who reads them below each other."""


@app.command("dashboard", cls=SelectingRecallingCommand, answers=DASHBOARD)
async def dashboard(
    ctx: typer.Context,
    period: Period = None,
    by: By = None,
    compare: Compare = None,
    definitions: Definitions = None,
) -> Listing:
    """Show the bureau's eight key figures (nøkkeltall) of a month, with change and a trend of twelve months.

    Without a selection they are those of every client. Where you may not see what is behind a figure at all of them,
    it is of those where you may, and says how many.
    """
    session = session_of(ctx)
    session.narrow(", ".join(filter(None, (period and f"period {period}", by and f"by {by}"))))
    found = await session.app.month_end.dashboard.show(session.selection, period=period, by=by, compare=bool(compare))
    tell_coverage(session, DASHBOARD, found.coverage("net_paid"))
    _tell_listed(session, found.coverage("payslips"))
    if found.figures and found.as_of:
        session.output.say(_known(found.figures, found.as_of))
    for figure in FIGURES if definitions else ():
        session.output.tell(f"{figure.name}: {figure.meaning}")
    if by and not compare and _is_read_as_a_table(session):
        return replace(DASHBOARD.listing(found.scopes, as_of=found.as_of), columns=SCOPE_COLUMNS)
    columns = _columns(scoped=bool(by), compared=bool(compare))
    return replace(DASHBOARD.listing(found.figures, as_of=found.as_of), columns=columns)


def _tell_listed(session: Session, coverage: Coverage) -> None:
    """Say of how many clients those figures are whose lists not everybody sees; clients and employees are of all."""
    if coverage.clients < coverage.of:
        session.output.warn(
            f"payslips, claims, absences, a-meldinger and automation of {coverage.clients} of {coverage.of} clients:"
            " you have no access to the others"
        )


def _known(figures: Sequence[ScopedFigure], as_of: datetime) -> str:
    """How old the oldest data are, by the platform's own clock, and whether the month still lasts."""
    one = figures[0]
    if not one.figure.coverage.of:
        return "no client is meant"
    if all(each.figure.value is None for each in figures):
        return f"nothing is known of {one.period}"
    so_far = " so far" if f"{as_of:%Y-%m}" == one.period else ""
    return f"{one.period}{so_far}: the oldest data are from {one.fetched_at:%Y-%m-%d %H:%M}"


def _is_read_as_a_table(session: Session) -> bool:
    """Whether it is a table to be read, whose columns nobody chose: a line a scope says more there than eight."""
    view = session.view
    wanted = view.format_on(terminal=session.output.screen.terminal)
    return wanted.brief and not (wanted.drawn or view.fields or view.sort)


def _columns(*, scoped: bool, compared: bool) -> list[Column]:
    """The columns, with those that a screen is to show beside the usual ones."""
    asked = (COMPARED if compared else frozenset()) | ({"scope_name"} if scoped else set())
    return [replace(column, main=column.main or column.key in asked) for column in FIGURE_COLUMNS]
