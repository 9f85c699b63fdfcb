"""Options of the reports, and the files that some of them name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import typer

from bureau_cli.commands._command import SelectingCommand
from bureau_cli.commands._pack import Packing
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Answer
from bureau_cli.commands._usage_files import invoice_of, prices_of
from bureau_cli.domain.invoice import Invoice
from bureau_cli.domain.prices import UsageKind
from bureau_cli.services.reports.scopes import By
from bureau_cli.services.reports.tariff import Tariff
from bureau_cli.services.reports.terminoppgave import Part

Term = Annotated[
    str | None, typer.Option("--term", metavar="TERM", help="The term: 2026-T5, this or last; default this.")
]
Parts = Annotated[
    list[Part] | None,
    typer.Option("--part", help="Only what differs, part 1 (by the term) or part 2; repeat for several."),
]
Totals = Annotated[By | None, typer.Option("--by", help="Totals in place of the lines: a line each.")]
Totalled = Annotated[
    Literal["owner", "bureau"] | None, typer.Option("--by", help="A line an owner, or of the bureau alone.")
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="PERIOD", help="The first of several months; up to this one without --to."),
]
To = Annotated[str | None, typer.Option("--to", metavar="PERIOD", help="The last of them.")]
Kinds = Annotated[
    list[UsageKind] | None,
    typer.Option("--kind", help="Only of this kind; repeat for several. Default all but absence."),
]
Prices = Annotated[
    Path | None, typer.Option("--prices", metavar="FILE", help="A price list in TOML: what one of each kind costs.")
]
Against = Annotated[
    Path | None,
    typer.Option("--against", metavar="FILE", help="An invoice as csv or xlsx: show where it differs; 9 if it does."),
]
Manual = Annotated[bool, typer.Option("--manual", help="The runs somebody touched, and whose payslips those were.")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that `report all` wrote.")]
Kept = Annotated[
    str | None,
    typer.Option("--sha256", metavar="HASH", help="That of its manifest, as it was kept elsewhere."),
]


class TotallingCommand(SelectingCommand):
    """A report that answers with its lines, or with what some option asks for in their place."""

    instead: ClassVar[Sequence[tuple[str, Answer]]] = ()
    """The names of such options, and what it answers then; the first that was said counts."""

    def answer(self, ctx: Any) -> Answer | None:
        """What the line asks for."""
        return next((shape for name, shape in self.instead if ctx.params.get(name)), super().answer(ctx))


class UsageCommand(TotallingCommand):
    """A report of usage, with a price list and an invoice where they are named."""

    def read(self, session: Session, ctx: Any) -> None:
        """Read the files."""
        from bureau_cli.formatters.read_toml import read_document  # noqa: PLC0415 - most commands read no TOML

        super().read(session, ctx)
        for name in ("prices", "against"):
            if ctx.params.get(name) is not None:
                session.documents[name] = read_document(ctx.params[name], session.output.stdin)


class PackingCommand(UsageCommand):
    """A command that writes answers into a folder."""

    def answer(self, ctx: Any) -> Answer | None:
        """A pack, whatever is in it."""
        return Packing(packs=ctx.obj.app.packs, period="")


async def tariff_of(session: Session) -> Tariff | None:
    """The prices of the list that the line names, None where it names none."""
    written = session.documents.get("prices")
    return None if written is None else await session.app.reports.tariffs.of(prices_of(written))


def invoice_in(session: Session) -> Invoice | None:
    """The invoice that the line names, None where it names none."""
    written = session.documents.get("against")
    return None if written is None else invoice_of(written)
