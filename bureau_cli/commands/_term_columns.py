"""The columns of a terminoppgave and of its totals, and the sheets and sums of its workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bureau_cli.commands._report_columns import (
    BY_CLIENT,
    COVERAGE,
    FETCHED,
    INCOMPLETE,
    NAME,
    NUMBER,
    ORGNR,
    OWNER,
    OWNER_NAME,
    SCOPE,
)
from bureau_cli.commands._shape import Shape
from bureau_cli.domain.terminoppgave import LEVIES
from bureau_cli.formatters.arrangements import Grouping, Level, Part
from bureau_cli.formatters.results import Column, Kind, Tone
from bureau_cli.services.reports.terminoppgave import Part as TermPart
from bureau_cli.services.reports.terminoppgave import TermRow

BASIS_TONES = {"reported": Tone.GOOD, "unknown": Tone.WAITING}
LEVY = Column("levy", Kind.STATE)


def _at(part: str, field: str) -> Callable[[TermRow], Any]:
    """A field of what the row is about, None where it is about something else."""

    def read(row: TermRow) -> Any:
        about = getattr(row, part)
        return None if about is None else getattr(about, field)

    return read


def _reported(row: TermRow) -> Any:
    """What the feedback has of a difference, or of a payment by itself: of its lines nobody can tell."""
    about = row.difference or (row.payment if row.line is None else None)
    return None if about is None else about.reported


def _each(field: str) -> Callable[[TermRow], tuple[str, ...]]:
    """What the reasons of a difference have of it, each once."""

    def read(row: TermRow) -> tuple[str, ...]:
        reasons = () if row.difference is None else row.difference.reasons
        return tuple(dict.fromkeys(filter(None, (getattr(reason, field) for reason in reasons))))

    return read


TERM_COLUMNS = (
    NUMBER,
    NAME,
    ORGNR,
    OWNER,
    OWNER_NAME,
    Column("term", Kind.ID, lambda row: row.report.term, main=False),
    Column("term_part", Kind.STATE, lambda row: row.part, tones={"differences": Tone.BAD}),
    LEVY,
    Column("month", Kind.ID, lambda row: row.period),
    Column("kind", Kind.STATE, _at("line", "kind")),
    Column("site", Kind.ID, _at("line", "site"), main=False),
    Column("zone", Kind.ID, _at("line", "zone")),
    Column("sector", Kind.STATE, _at("line", "sector"), main=False),
    Column("base", Kind.MONEY, _at("line", "base"), main=False),
    Column("levy_rate", Kind.PERCENT, _at("line", "rate")),
    Column("amount", Kind.MONEY, total=True),
    Column("pay_date", Kind.DATE, _at("payment", "pay_date")),
    Column("due", Kind.DATE, _at("payment", "due")),
    Column("account", Kind.ID, _at("payment", "account"), main=False),
    Column("kid", Kind.ID, _at("payment", "kid"), main=False),
    Column("kid_valid", Kind.FLAG, _at("payment", "kid_valid"), main=False),
    Column("settled", Kind.FLAG, _at("payment", "paid"), main=False),
    Column("reported_amount", Kind.MONEY, _reported, main=False),
    Column("expected_amount", Kind.MONEY, _at("difference", "expected"), main=False),
    Column("difference", Kind.MONEY, _at("difference", "difference"), differs=True),
    Column("causes", Kind.STATE, _each("reason"), many=True),
    Column("messages", Kind.ID, _each("message"), many=True, main=False),
    Column("payroll_runs", Kind.ID, _each("run"), many=True, main=False),
    Column("basis", Kind.STATE, _at("month", "basis"), tones=BASIS_TONES, main=False),
    Column("lawful", Kind.FLAG, _at("line", "lawful"), main=False),
    Column("fribelop_base", Kind.MONEY, _at("fribelop", "base"), main=False),
    Column("fribelop_left", Kind.MONEY, _at("fribelop", "left"), main=False),
    Column("withheld", Kind.STATE, lambda row: row.report.withheld, main=False),
    Column("fetched_at", Kind.INSTANT, lambda row: row.report.fetched_at, main=False),
)

_PAID = "number name levy pay_date amount due account kid settled reported_amount"
_MADE_OF = "number name levy month kind site zone sector base levy_rate amount due account kid fribelop_left basis"
_HIDDEN = "number name orgnr owner_name withheld"
_DIFFERING = "number name owner_name month levy reported_amount expected_amount difference causes messages payroll_runs"


def _in(part: TermPart) -> Callable[[TermRow], bool]:
    return lambda row: row.part is part and row.report.withheld is None


MAIN = {
    TermPart.DIFFERENCES: "number name levy month difference causes",
    TermPart.BY_TERM: "number name levy month kind zone levy_rate amount due",
    TermPart.BY_PAY_DATE: "number name levy amount pay_date due",
}
"""What is shown of a part that is asked for alone: the columns of the others would take its room and be empty."""

BY_LEVY = Grouping(levels=(BY_CLIENT, Level(by=LEVY, name=LEVY)))
TERM = Shape(
    name="report.terminoppgave",
    columns=TERM_COLUMNS,
    ids="number",
    parts=(
        Part(title="differences", columns=_DIFFERING.split(), holds=_in(TermPart.DIFFERENCES)),
        Part(title="term_part_1", columns=_MADE_OF.split(), holds=_in(TermPart.BY_TERM), grouping=BY_LEVY),
        Part(
            title="term_part_2",
            columns=_PAID.split(),
            holds=_in(TermPart.BY_PAY_DATE),
            grouping=Grouping(levels=(BY_CLIENT,)),
        ),
        Part(title="without_access", columns=_HIDDEN.split(), holds=lambda row: row.report.withheld is not None),
    ),
)


def _sum_of(levy: str) -> Callable[[Any], Any]:
    return lambda total: total.sums[levy]


TERM_TOTALS = Shape(
    name="report.terminoppgave.totals",
    columns=(
        *SCOPE,
        Column("term", Kind.ID, main=False),
        *(Column(levy, Kind.MONEY, _sum_of(levy), total=True) for levy in LEVIES),
        Column("by_term", Kind.MONEY, total=True),
        Column("due", Kind.DATE),
        Column("by_pay_date", Kind.MONEY, total=True),
        Column("differ", Kind.COUNT, total=True),
        INCOMPLETE,
        *COVERAGE,
        FETCHED,
    ),
    ids="scope",
)
