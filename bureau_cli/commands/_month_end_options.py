"""Options and columns that the commands of month-end share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from bureau_cli.commands._session import Session
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.runs import AgaLine

Period = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="The month: 2026-11, this or last; default this.")
]
Payday = Annotated[
    int | None,
    typer.Option("--payday", metavar="DAY", min=1, max=31, help="Agreed pay day; 31 is the last of the month."),
]


def tell_coverage(session: Session, coverage: Coverage) -> None:
    """Say of how many clients the amounts are, where they are not of all."""
    if coverage.clients < coverage.of:
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
