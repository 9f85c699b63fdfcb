"""What the reports answer, whether it is asked for by itself or goes into the month's pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bureau_cli.bulk.report import counted
from bureau_cli.commands._report_columns import (
    AUTOMATION,
    CLIENTS,
    INVOICED,
    MANUAL,
    PRICES,
    TRENDS,
    USAGE,
    USAGE_TOTALS,
)
from bureau_cli.commands._session import Session
from bureau_cli.commands._shape import Shape
from bureau_cli.commands._status_columns import BOARD
from bureau_cli.commands._term_columns import MAIN, TERM, TERM_TOTALS
from bureau_cli.domain.dashboard import MEANINGS, Coverage
from bureau_cli.domain.invoice import Invoice
from bureau_cli.domain.terminoppgave import TermLaw
from bureau_cli.errors import ExitCode
from bureau_cli.formatters.results import Listing
from bureau_cli.services.reports.forbrukslogg import UsageTold, Wanted
from bureau_cli.services.reports.scopes import By
from bureau_cli.services.reports.terminoppgave import Part, Told

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


async def clients(session: Session, period: str) -> Listing:
    """Each client with who follows it up, and where it stands."""
    tell = partial(_tell_counts, session, "states")
    return CLIENTS.listing(await session.app.reports.mine_klienter.lines(session.selection, period, tell))


async def board(session: Session, period: str) -> Listing:
    """Where each client stands, step by step."""
    found = await session.app.month_end.boards.look(session.selection, period)
    if found.warning is not None:
        session.output.warn(found.warning)
    return BOARD.listing(found.lines, as_of=found.as_of)


async def term_lines(session: Session, term: str, parts: Collection[Part] = tuple(Part)) -> Listing:
    """What is to be paid of a term, line by line."""
    tell = partial(_tell_term, session, term)
    lines = await session.app.reports.terminoppgaver.lines(session.selection, term, parts, tell)
    listing = replace(TERM.listing(lines), notes=lambda: list(_notes(lines.law)))
    if len(alone := set(parts)) > 1:
        return listing
    main = MAIN[alone.pop()].split()
    return replace(listing, columns=[replace(column, main=column.key in main) for column in TERM.columns])


async def term_totals(session: Session, term: str, by: By) -> Listing:
    """What a term comes to."""
    found = await session.app.reports.term_summer.add_up(session.selection, term, by)
    _tell_term(session, term, found.told, found.coverage)
    return replace(TERM_TOTALS.listing(found.totals, as_of=found.as_of), notes=lambda: list(_notes(found.law)))


async def usage_lines(session: Session, wanted: Wanted) -> Listing:
    """What was used, line by line."""
    lines = await session.app.reports.usage.lines(session.selection, wanted, partial(_tell_usage, session))
    return _priced(USAGE, USAGE.listing(lines), wanted)


async def usage_totals(session: Session, wanted: Wanted, by: By) -> Listing:
    """What was used, added up."""
    added = await session.app.reports.usage.totals(session.selection, wanted, by)
    _tell_usage(session, added.told, added.coverage)
    return _priced(USAGE_TOTALS, USAGE_TOTALS.listing(added.totals, as_of=added.as_of), wanted)


async def against(session: Session, wanted: Wanted, billed: Invoice) -> Listing:
    """Where an invoice is not as it was used: a finding, or where somebody could not be looked into unknown."""
    found = await session.app.reports.invoices.compare(session.selection, wanted, billed)
    for line in found.told:
        session.output.report(line, news=bool(found.differences or found.unseen))
    code = ExitCode.FINDING if found.differences else ExitCode.UNKNOWN if found.unseen else ExitCode.DONE
    return INVOICED.listing(found.differences, as_of=found.as_of, exit_code=int(code))


async def automation_lines(session: Session, first: str, last: str) -> Listing:
    """How much of each client's ordinary pay nobody touched, and of all."""
    tell = partial(_tell_degree, session)
    lines = await session.app.reports.automation.lines(session.selection, first, last, tell)
    return replace(AUTOMATION.listing(lines), notes=_defined(session))


async def automation_totals(session: Session, first: str, last: str, by: By) -> Listing:
    """The same of each owner's clients, and of all."""
    totals = await session.app.reports.automation.totals(session.selection, first, last, by)
    _tell_degree(session, totals.unknown, totals.coverage)
    return replace(AUTOMATION.listing(totals.rows, as_of=totals.as_of), notes=_defined(session), pictures=TRENDS)


async def manual_runs(session: Session, first: str, last: str) -> Listing:
    """The runs that somebody touched."""
    tell = partial(_tell_degree, session)
    return MANUAL.listing(await session.app.reports.automation.manual(session.selection, first, last, tell))


def _priced(shape: Shape, listing: Listing, wanted: Wanted) -> Listing:
    """An answer without the columns of prices, where there is no list of them."""
    if wanted.tariff is not None:
        return listing
    return replace(listing, columns=[column for column in shape.columns if column not in PRICES])


def _defined(session: Session) -> Callable[[], Sequence[str]]:
    """What the degree is, told wherever it is shown."""
    definition = f"automatiseringsgrad: {MEANINGS['automation']}"
    session.output.say(definition)
    return lambda: (definition,)


def _tell_counts(session: Session, what: str, coverage: Coverage) -> None:
    """Say of how many clients the counts are, where that is not all."""
    if coverage.clients < coverage.of:
        session.output.warn(f"{what} of {_share(coverage)}: you have no access to {_rest(coverage)}")


def _tell_degree(session: Session, unknown: Mapping[str, int], coverage: Coverage) -> None:
    """Say of how many clients the degree is, and of which months nothing is known."""
    _tell_counts(session, "counts", coverage)
    for line in unknown_months(unknown, coverage):
        session.output.warn(line)


def _tell_term(session: Session, term: str, told: Told, coverage: Coverage) -> None:
    """Say what was seen of a term, and what in it cannot be trusted."""
    if coverage.clients < coverage.of:
        session.output.warn(f"amounts of {_share(coverage)}: you may not see the pay of {_rest(coverage)}")
    session.output.say(told.summed_up(term))
    if told.unlawful:
        session.output.warn(f"rates that the law does not have for the zone, at {_named(list(told.unlawful))}")
    if told.bad_kids:
        session.output.warn(f"KID whose check digit does not hold, at {_named(list(told.bad_kids))}")


def _tell_usage(session: Session, told: UsageTold, coverage: Coverage) -> None:
    """Say of how many clients it is, what lacks a price, and of which months nothing is known."""
    _tell_counts(session, "counts", coverage)
    for kind, lines in told.unpriced.items():
        session.output.warn(f"no price of {kind}: {lines} line{'' if lines == 1 else 's'} without an amount")
    for line in unknown_months(told.unknown, coverage):
        session.output.warn(line)


def unknown_months(months: Mapping[str, int], coverage: Coverage) -> Iterator[str]:
    """Of which months nothing is known, and at how many of the clients that may be looked into."""
    for at in sorted(set(months.values()), reverse=True):
        where = f"{at} of {counted(coverage.clients, 'client')}" if at < coverage.clients else "any client"
        named = ", ".join(sorted(month for month, clients in months.items() if clients == at))
        yield f"nothing is known of {named} at {where}"


def _share(coverage: Coverage) -> str:
    return f"{coverage.clients} of {counted(coverage.of, 'client')}"


def _rest(coverage: Coverage) -> str:
    """The clients that cannot be told of, beside those that can."""
    return "the others" if coverage.clients else "them" if coverage.of > 1 else "it"


def _notes(law: TermLaw | None) -> Iterator[str]:
    """By which rules a term was worked out, how long they hold, and where they are written."""
    for name, rule in () if law is None else law.told():
        yield f"{RULES[name]}: {rule.first} to {rule.last}, {rule.source}"


def _named(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
    return f"{', '.join(numbers[:MOST_NAMED])}{more}"
