"""Options of the reports, and the words about how much of them there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import typer

from bureau_cli.commands._command import SelectingCommand
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Answer
from bureau_cli.commands._usage_files import invoice_of, prices_of
from bureau_cli.domain.dashboard import Coverage
from bureau_cli.domain.invoice import Invoice
from bureau_cli.domain.prices import PriceList, UsageKind
from bureau_cli.domain.terminoppgave import TermLaw
from bureau_cli.services.reports.forbrukslogg import UsageTold
from bureau_cli.services.reports.scopes import By
from bureau_cli.services.reports.terminoppgave import Part, Told

Term = Annotated[
    str | None, typer.Option("--term", metavar="TERM", help="The term: 2026-T5, this or last; default this.")
]
Parts = Annotated[
    list[Part] | None,
    typer.Option(
        "--part", help="Only what differs, or is paid by the term (1) or by pay date (2); repeat for several."
    ),
]
Totals = Annotated[By | None, typer.Option("--by", help="Totals in place of the lines: a line each.")]
Totalled = Annotated[
    Literal["owner", "bureau"] | None, typer.Option("--by", help="A line an owner, or of the bureau alone.")
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="PERIOD", help="The first of several months; without --to up to this one."),
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
    typer.Option(
        "--against", metavar="FILE", help="An invoice as csv or xlsx: show only where it differs; 9 if it does."
    ),
]
Manual = Annotated[bool, typer.Option("--manual", help="The runs somebody touched, and whose payslips those were.")]

MOST_NAMED = 5
"""How many clients a line names."""

RULES = {
    "aga": "rates and fribeløp of arbeidsgiveravgift",
    "extra": "extra arbeidsgiveravgift",
    "finansskatt": "finansskatt",
    "account": "account",
    "withholding": "when forskuddstrekk and utleggstrekk are due",
}
"""What rules of law are called in a note."""


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


def price_list(session: Session) -> PriceList | None:
    """The price list that the line names, if it does."""
    written = session.documents.get("prices")
    return None if written is None else prices_of(written)


def invoice(session: Session) -> Invoice | None:
    """The invoice that the line names, if it does."""
    written = session.documents.get("against")
    return None if written is None else invoice_of(written)


def tell_counts(session: Session, coverage: Coverage) -> None:
    """Say of how many clients the counts are, where that is not all."""
    if coverage.clients < coverage.of:
        session.output.warn(f"counts of {coverage.clients} of {coverage.of} clients: you have no access to the others")


def tell_term(session: Session, told: Told, term: str) -> None:
    """Say what was seen of a term, and what in it cannot be trusted."""
    session.output.say(told.summed_up(term))
    if told.unlawful:
        session.output.warn(f"rates that the law does not have for the zone, at {_named(told.unlawful)}")
    if told.bad_kids:
        session.output.warn(f"KID whose check digit does not hold, at {_named(told.bad_kids)}")


def tell_usage(session: Session, told: UsageTold) -> None:
    """Say what lacks a price, and of which months nothing is known."""
    for kind, lines in told.unpriced.items():
        session.output.warn(f"no price of {kind}: {lines} line{'' if lines == 1 else 's'} without an amount")
    if told.unknown:
        session.output.warn(f"nothing is known of {', '.join(sorted(told.unknown))} at some clients")


def law_notes(law: TermLaw | None) -> Iterator[str]:
    """By which rules a term was worked out, how long they hold, and where they are written."""
    for name, rule in () if law is None else law.told():
        yield f"{RULES[name]}: {rule.first} to {rule.last}, {rule.source}"


def _named(numbers: Sequence[str] | dict[str, None]) -> str:
    named = list(numbers)
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return f"{', '.join(named[:MOST_NAMED])}{more}"
