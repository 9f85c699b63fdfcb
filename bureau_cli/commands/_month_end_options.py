"""Options and columns that the commands of month-end share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.runs import AgaLine
from bureau_cli.formatters.columns import chosen
from bureau_cli.formatters.results import Kind

Period = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="The month: 2026-11, this or last; default this.")
]
Payday = Annotated[
    int | None,
    typer.Option("--payday", metavar="DAY", min=1, max=31, help="Agreed pay day; 31 is the last of the month."),
]

AMOUNTS = frozenset({Kind.MONEY, Kind.MEASURE, Kind.OBJECT})
"""The kinds of columns in which pay may be held back."""


def tell_coverage(session: Session, shape: Shape, coverage: Coverage) -> None:
    """Say of how many clients the amounts are, where they are not of all and the answer as asked for has any."""
    wanted = session.view.format_on(terminal=session.output.screen.terminal)
    shown = chosen(shape.template, session.view.fields, wanted)
    if coverage.clients < coverage.of and any(column.kind in AMOUNTS for column in shown):
        session.output.warn(
            f"amounts of {coverage.clients} of {coverage.of} clients: you may not see the pay of the others"
        )


def amount(value: Decimal) -> str:
    """An amount within an object, as JSON has it."""
    return f"{value:.2f}"


def aga_lines(row: Any) -> tuple[dict[str, str], ...] | None:
    """Lines of arbeidsgiveravgift as objects, None where they are withheld."""
    return None if row.aga_lines is None else tuple(map(_aga_line, row.aga_lines))


def _aga_line(line: AgaLine) -> dict[str, str]:
    return {
        "site": line.site,
        "zone": line.zone,
        "sector": line.sector,
        "kind": line.kind,
        "base": amount(line.base),
        "rate": amount(line.rate),
        "amount": amount(line.amount),
    }
