"""The columns of the reports, and the sheets and sums of their workbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bureau_cli.commands._columns import CLIENT_TONES, MESSAGE_TONES, STEP_TONES
from bureau_cli.commands._shape import Shape
from bureau_cli.formatters.arrangements import Grouping, Level, Part
from bureau_cli.formatters.results import Column, Kind, Measure, Pictures, Point, Tone
from bureau_cli.services.reports.automatiseringsgrad import AutomationRow


def _of_client(field: str) -> Callable[[Any], Any]:
    return lambda row: row.client and getattr(row.client, field)


def _of_owner(field: str) -> Callable[[Any], Any]:
    return lambda row: row.owner and getattr(row.owner, field)


NUMBER = Column("number", Kind.ID, _of_client("number"))
NAME = Column("name", value=_of_client("name"))
ORGNR = Column("orgnr", Kind.ID, _of_client("orgnr"), main=False)
OWNER = Column("owner", Kind.ID, _of_owner("login"), main=False)
OWNER_NAME = Column("owner_name", value=_of_owner("name"), main=False)
WITHHELD = Column("withheld", Kind.STATE, main=False)
FETCHED = Column("fetched_at", Kind.INSTANT, main=False)
BY_CLIENT = Level(by=NUMBER, name=NAME)


def _sheet(columns: str) -> Part:
    """What a workbook shows of an answer on its one sheet: what there is room for on a page that is printed."""
    return Part(title="list", columns=columns.split(), holds=lambda _: True)


SCOPE = (
    Column("scope_kind", Kind.STATE, lambda total: total.whose.kind),
    Column("scope", Kind.ID, lambda total: total.whose.id),
    Column("scope_name", value=lambda total: total.whose.name),
)
INCOMPLETE = Column("incomplete", Kind.COUNT)
"""At how many clients nothing is known of some month that is asked for."""
COVERAGE = (
    Column("coverage", Kind.ID, lambda row: f"{row.coverage.clients}/{row.coverage.of}"),
    Column("covered", Kind.COUNT, lambda row: row.coverage.clients, main=False),
    Column("covered_of", Kind.COUNT, lambda row: row.coverage.of, main=False),
)

# --- forbrukslogg

MONTH = Column("month", Kind.ID)
KIND, COUNT = Column("kind", Kind.STATE), Column("count", Kind.COUNT, total=True)
PRICES = (Column("price", Kind.MONEY), Column("amount", Kind.MONEY, total=True))
USAGE = Shape(
    name="report.forbrukslogg",
    columns=(NUMBER, NAME, ORGNR, OWNER, OWNER_NAME, MONTH, KIND, COUNT, *PRICES, WITHHELD, FETCHED),
    ids="number",
    grouping=Grouping(levels=(BY_CLIENT,)),
)
USAGE_TOTALS = Shape(
    name="report.forbrukslogg.totals",
    columns=(
        *SCOPE,
        Column("from_month", Kind.ID, lambda total: total.first, main=False),
        Column("to_month", Kind.ID, lambda total: total.last, main=False),
        KIND,
        COUNT,
        PRICES[1],
        INCOMPLETE,
        *COVERAGE,
        FETCHED,
    ),
    ids="scope",
)
INVOICED = Shape(
    name="report.forbrukslogg.differences",
    columns=(
        Column(
            "finding",
            Kind.STATE,
            tones=dict.fromkeys(("too_many", "not_used", "other_price", "unknown_client"), Tone.BAD),
        ),
        NUMBER,
        Column("name", value=lambda difference: difference.called),
        ORGNR,
        MONTH,
        KIND,
        Column("count", Kind.COUNT),
        Column("invoiced", Kind.COUNT),
        Column("units", Kind.COUNT, total=True),
        Column("amount", Kind.MONEY),
        Column("invoiced_amount", Kind.MONEY),
        Column("amount_difference", Kind.MONEY, total=True, differs=True),
        Column("place", main=False),
    ),
    ids="number",
)
"""Where an invoice is not as it was used: positive differences are too much."""

# --- automatiseringsgrad


def _change(row: AutomationRow) -> Measure | None:
    return None if row.change is None else Measure(row.change, Kind.POINTS, signed=True)


def _trend(row: AutomationRow) -> tuple[Point, ...]:
    return tuple(Point(one.month, None if one.value is None else Measure(one.value, Kind.PERCENT)) for one in row.trend)


AUTOMATION = Shape(
    name="report.automatiseringsgrad",
    columns=(
        Column("scope_kind", Kind.STATE, lambda row: row.whose.kind),
        Column("scope", Kind.ID, lambda row: row.whose.id),
        Column("scope_name", value=lambda row: row.whose.name),
        ORGNR,
        OWNER,
        OWNER_NAME,
        Column("from_month", Kind.ID, lambda row: row.first, main=False),
        Column("to_month", Kind.ID, lambda row: row.last, main=False),
        Column("payslips", Kind.COUNT),
        Column("manual", Kind.COUNT),
        Column("untouched", Kind.COUNT),
        Column("degree", Kind.PERCENT),
        Column("change", Kind.MEASURE, _change),
        Column("trend", Kind.TREND, _trend),
        Column("coverage", Kind.ID, COVERAGE[0].value, main=False),
        *COVERAGE[1:],
        Column("definition", main=False),
        WITHHELD,
        FETCHED,
    ),
    ids="scope",
    parts=(
        _sheet(
            "scope_kind scope scope_name owner_name payslips manual untouched degree change trend coverage withheld"
        ),
    ),
)


_OF_DEGREE = {column.key: column for column in AUTOMATION.columns}
TRENDS = Pictures(
    heading=_OF_DEGREE["to_month"],
    under=_OF_DEGREE["scope_kind"],
    name=Column("scope_name", value=lambda row: row.whose.name or row.whose.id or "-"),
    value=_OF_DEGREE["degree"],
    note=_OF_DEGREE["coverage"],
    trend=_OF_DEGREE["trend"],
)
"""How owners are drawn; a picture a client would be too many."""


def _of_run(field: str) -> Callable[[Any], Any]:
    return lambda row: row.run and getattr(row.run.run, field)


MANUAL = Shape(
    name="report.automatiseringsgrad.manual",
    columns=(
        NUMBER,
        NAME,
        OWNER,
        OWNER_NAME,
        Column("month", Kind.ID, lambda row: row.run and row.run.month),
        Column("pay_date", Kind.DATE, _of_run("pay_date")),
        Column("payslips", Kind.COUNT, _of_run("payslips"), total=True),
        Column("manual", Kind.COUNT, lambda row: row.run and len(row.run.employees), total=True),
        Column("employee_names", value=lambda row: row.run.employees if row.run else (), many=True),
        Column("period", Kind.ID, _of_run("period"), main=False),
        Column("payroll_run", Kind.ID, _of_run("id"), main=False),
        WITHHELD,
        FETCHED,
    ),
    ids="payroll_run",
    grouping=Grouping(levels=(BY_CLIENT,)),
)

# --- mine klienter


def _deadline(field: str) -> Callable[[Any], Any]:
    return lambda row: row.next_deadline and getattr(row.next_deadline, field)


def _last_run(field: str) -> Callable[[Any], Any]:
    return lambda row: row.last_run and getattr(row.last_run, field)


def _next(field: str) -> Callable[[Any], Any]:
    return lambda row: row.next and getattr(row.next, field)


CLIENTS = Shape(
    name="report.mine-klienter",
    columns=(
        NUMBER,
        NAME,
        ORGNR,
        Column("status", Kind.STATE, tones=CLIENT_TONES, main=False),
        Column("owner", Kind.ID, _of_owner("login")),
        OWNER_NAME,
        Column("members", Kind.ID, lambda row: tuple(one.login for one in row.members), many=True, main=False),
        Column("member_names", value=lambda row: tuple(one.name for one in row.members), many=True, main=False),
        Column("groups", Kind.ID, many=True, main=False),
        Column("paydays", Kind.COUNT, many=True),
        Column("active_employees", Kind.COUNT, total=True),
        Column("last_period", Kind.ID, _last_run("period"), main=False),
        Column("last_pay_date", Kind.DATE, _last_run("pay_date")),
        Column("last_payslips", Kind.COUNT, _last_run("payslips"), main=False),
        Column("period", Kind.ID, main=False),
        Column("closed", Kind.FLAG),
        Column("reported", Kind.FLAG),
        Column("done", Kind.FLAG, main=False),
        Column("a_melding", Kind.STATE, tones=MESSAGE_TONES),
        Column("next", Kind.STATE, _next("step"), main=False),
        Column("next_state", Kind.STATE, _next("state"), main=False, tones=STEP_TONES),
        Column("next_due", Kind.DATE, _next("due"), main=False),
        Column("next_deadline", Kind.STATE, _deadline("kind")),
        Column("deadline_due", Kind.DATE, _deadline("due")),
        Column("deadline_met", Kind.FLAG, _deadline("met"), main=False),
        Column("tax_cards_missing", Kind.COUNT, total=True),
        Column("my_access", Kind.STATE, lambda row: row.access),
        Column("outside", Kind.STATE, main=False),
        WITHHELD,
        FETCHED,
    ),
    ids="number",
    parts=(
        _sheet(
            "number name owner_name member_names groups paydays active_employees last_pay_date closed reported"
            " a_melding next_deadline deadline_due tax_cards_missing my_access withheld"
        ),
    ),
)
