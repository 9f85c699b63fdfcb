"""A small listing with every kind of value, and ways to write it."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from io import BytesIO, TextIOWrapper
from types import SimpleNamespace
from typing import Any

import anyio
from openpyxl import Workbook, load_workbook

from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.output import Output
from bureau_cli.formatters.results import Agenda, Column, Kind, Listing, Provenance, Record, Result, Tone
from bureau_cli.formatters.screen import Screen
from bureau_cli.formatters.view import View

AS_OF = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
PROVENANCE = Provenance(schema="clients.list", profile="demo", selection="payday-20", version="0.1.0")

COLUMNS = (
    Column("number", Kind.ID),
    Column("name"),
    Column("orgnr", Kind.ID),
    Column("status", Kind.STATE, tones={"active": Tone.GOOD, "left": Tone.DULL}),
    Column("paydays", Kind.COUNT, many=True),
    Column("active_employees", Kind.COUNT, total=True),
    Column("last_net", Kind.MONEY, total=True),
    Column("rate", Kind.PERCENT, main=False),
    Column("pinned", Kind.FLAG, main=False),
    Column("last_pay_date", Kind.DATE, main=False),
    Column("fetched_at", Kind.INSTANT, main=False),
    Column("groups", Kind.ID, many=True, main=False),
)

ROWS = (
    SimpleNamespace(
        number="0012",
        name="Blåbær & Sønner AS",
        orgnr="310000001",
        status="active",
        paydays=(12, 20),
        active_employees=1204,
        last_net=Decimal("1234567.50"),
        rate=Decimal("12.5"),
        pinned=True,
        last_pay_date=date(2026, 11, 20),
        fetched_at=datetime(2026, 7, 1, 22, 15, tzinfo=UTC),
        groups=("payday-20", "store"),
    ),
    SimpleNamespace(
        number="0007",
        name="=1+1 [as]",
        orgnr="310000002",
        status="left",
        paydays=(20,),
        active_employees=0,
        last_net=Decimal("-10.00"),
        rate=Decimal(100),
        pinned=False,
        last_pay_date=date(2026, 2, 1),
        fetched_at=datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
        groups=(),
    ),
    SimpleNamespace(**(dict.fromkeys(column.key for column in COLUMNS) | {"number": "0003", "name": "Ærlig Øl"})),
)

TEXT_FORMATS = [wanted for wanted in Format if not wanted.binary and wanted is not Format.ICS]
"""The texts that any answer can be; a calendar needs days, and has line ends of its own."""

AGENDA = Agenda(day=COLUMNS[9], title=(COLUMNS[3], COLUMNS[5]), uid=COLUMNS[2])
LISTING = Listing(
    schema="clients.list", columns=COLUMNS, rows=ROWS, ids="orgnr", as_of=AS_OF, filed=True, agenda=AGENDA
)
RECORD = Record(schema="clients.show", columns=COLUMNS, row=ROWS[0], ids="orgnr", as_of=AS_OF, filed=True)


def named(*names: str | None) -> Listing:
    """A listing of nothing but names."""
    rows = [SimpleNamespace(name=name) for name in names]
    return Listing(schema="clients.list", columns=(Column("name"),), rows=rows, ids="name", as_of=AS_OF, filed=True)


@dataclass
class Batches:
    """Pages as the client would give them, and a note of whether they were closed."""

    pages: Sequence[Sequence[Any]]
    total: int | None = None
    as_of: datetime | None = AS_OF
    given: int = 0
    closed: bool = False

    async def batches(self) -> AsyncGenerator[Sequence[Any], None]:
        try:
            for page in self.pages:
                self.given += 1
                yield page
        finally:
            self.closed = True


@dataclass
class Said:
    """What came out of the two streams."""

    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()


def made(answers: Mapping[str, Listing | Record]) -> dict[str, Callable[[], Awaitable[Listing | Record]]]:
    """What makes each of some answers that are at hand."""

    async def give(answer: Listing | Record) -> Listing | Record:
        return answer

    return {name: partial(give, answer) for name, answer in answers.items()}


def said(
    result: Result,
    view: View | None = None,
    *,
    screen: dict[str, Any] | None = None,
    quiet: bool = False,
    provenance: Provenance = PROVENANCE,
) -> Said:
    """Render into memory; `screen` holds what is to be believed of a terminal."""
    out, err = BytesIO(), BytesIO()
    streams = [TextIOWrapper(stream, encoding="utf-8", newline="") for stream in (out, err)]
    output = Output.of(*streams, None, {})
    if screen is not None:
        output = Output(Screen(stream=streams[0], terminal=True, **screen), Screen(stream=streams[1]))
    output.quiet = quiet
    anyio.run(output.render, result, view or View(), provenance)
    for stream in streams:
        stream.flush()
    return Said(out=out.getvalue(), err=err.getvalue().decode())


def workbook_of(result: Result, view: View | None = None, **more: Any) -> Workbook:
    """The result as another program reads it from a workbook."""
    written = said(result, replace(view or View(), output=Format.XLSX), **more)
    return load_workbook(BytesIO(written.out))


def environment(**more: str) -> dict[str, str]:
    """What a process of ours needs, and nothing of the caller's settings."""
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **more}
