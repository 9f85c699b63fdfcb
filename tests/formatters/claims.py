"""A report as the reports are: clients that belong together, amounts, counts, differences, and two sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from formatters.sample import AS_OF

from bureau_cli.formatters.arrangements import Grouping, Level, Part
from bureau_cli.formatters.results import Column, Kind, Listing

NUMBER, NAME, OWNER = Column("number", Kind.ID), Column("name"), Column("owner_name")
COLUMNS = (
    NUMBER,
    NAME,
    OWNER,
    Column("period"),
    Column("employees", Kind.COUNT, total=True),
    Column("gross", Kind.MONEY, total=True),
    Column("change", Kind.MONEY, total=True, differs=True),
    Column("pay_date", Kind.DATE),
)
BY_CLIENT = Grouping(levels=(Level(by=NUMBER, name=NAME),))
BY_OWNER = Grouping(levels=(Level(by=OWNER, name=OWNER), Level(by=NUMBER, name=NAME)))


def row(client: tuple[str, str, str], period: str, *figures: Any) -> SimpleNamespace:
    number, name, owner = client
    employees, gross, difference = figures
    return SimpleNamespace(
        number=number,
        name=name,
        owner_name=owner,
        period=period,
        employees=employees,
        gross=None if gross is None else Decimal(gross),
        change=None if difference is None else Decimal(difference),
        pay_date=date.fromisoformat(f"{period}-20"),
    )


BERRY = ("10001", "Blåbær & Sønner AS", "Kari Nordmann")
BERRY_TOO = ("10002", "Blåbær & Sønner AS", "Kari Nordmann")
HIDDEN = ("10003", "=SUM(A1) Ærlig Øl", "Per Lie")
ROWS = (
    row(BERRY, "2026-09", 12, "412345.10", "0.00"),
    row(BERRY, "2026-10", 13, "-1200.05", "-300.00"),
    row(BERRY_TOO, "2026-09", 3, "90000.00", "0.00"),
    row(HIDDEN, "2026-09", None, None, None),
    row(HIDDEN, "2026-10", 5, None, None),
)


def listing(rows: Sequence[Any] = ROWS, grouping: Grouping | None = BY_CLIENT) -> Listing:
    return Listing(schema="clients.list", columns=COLUMNS, rows=rows, as_of=AS_OF, grouping=grouping)


PARTS = (
    Part(
        title="list",
        columns=("number", "name", "period", "employees", "gross"),
        holds=lambda one: one.period == "2026-09",
        grouping=BY_CLIENT,
    ),
    Part(title="trends", columns=("pay_date", "change", "number"), holds=lambda one: one.period == "2026-10"),
)
SPLIT = replace(listing(grouping=None), parts=PARTS)
