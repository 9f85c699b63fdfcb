"""Our workbook sink beside openpyxl's write-only mode: the same cells, the same types and number formats."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.processes import PYTHON, alternate, own_environment, ratio

BOOKS = {"list": (100_000, 0), "report": (140_000, 14)}
"""How many rows, and after how many of them a client's are added up: a list, and 10 000 clients of 14 months."""

ROUNDS = 3
BATCH = 500
KEYS = (
    "number name orgnr form status owner owner_name slug linked_via active_employees last_payslips last_gross last_net"
)
DATES = "last_pay_date onboarded"
SUMMED = ("last_gross", "last_net")


class Row(NamedTuple):
    """Nine texts, two counts, two amounts, two days."""

    number: str
    name: str
    orgnr: str
    form: str
    status: str
    owner: str
    owner_name: str
    slug: str
    linked_via: str
    active_employees: int
    last_payslips: int
    last_gross: Decimal
    last_net: Decimal
    last_pay_date: date
    onboarded: date


def rows(count: int, of_client: int) -> Iterator[list[Row]]:
    """Batches as pages would bring them; so many rows in turn are of the same client."""
    start = date(2020, 1, 1)
    for first in range(0, count, BATCH):
        yield [
            Row(
                str(at // (of_client or 1)),
                f"Klient {at // (of_client or 1)} Bygg & Anlegg AS",
                f"{310_000_000 + at}",
                "AS",
                "active",
                f"bruker{at % 40}@byraa.example",
                f"Kari Nordmann {at % 40}",
                f"payday-{at % 31}",
                "invited",
                at % 300,
                at % 500,
                Decimal(at * 137 % 100_000_000) / 100,
                Decimal(at * 91 % 100_000_000) / 100,
                start + timedelta(days=at % 2000),
                start + timedelta(days=at % 900),
            )
            for at in range(first, min(first + BATCH, count))
        ]


def ours(path: Path, count: int, of_client: int) -> None:
    """Through the sink, as `render` would."""
    from bureau_cli.formatters.arrangements import Grouping, Level  # noqa: PLC0415 - the same
    from bureau_cli.formatters.as_xlsx import XlsxSink  # noqa: PLC0415 - each process pays only for its own imports
    from bureau_cli.formatters.results import Column, Ending, Kind, Look, Provenance  # noqa: PLC0415 - the same

    kinds = dict.fromkeys(KEYS.split(), Kind.TEXT) | dict.fromkeys(DATES.split(), Kind.DATE)
    kinds |= {"number": Kind.ID, "orgnr": Kind.ID, "active_employees": Kind.COUNT, "last_payslips": Kind.COUNT}
    kinds |= {"last_gross": Kind.MONEY, "last_net": Kind.MONEY}
    with path.open("wb") as stream:
        sink = XlsxSink(stream, Look(), Provenance(schema="bench", profile="bench", selection="all", version="0"))
        if of_client:
            sink.group(Grouping(levels=[Level(by=Column("number"), name=Column("name"))]))
        sink.open([Column(key, kinds[key], total=key in SUMMED and of_client > 0) for key in Row._fields])
        for batch in rows(count, of_client):
            sink.write(batch)
        sink.close(Ending(count=count, total=count, as_of=datetime(2026, 1, 1, tzinfo=UTC)))


def plain(path: Path, count: int, of_client: int) -> None:
    """The write-only mode of openpyxl as its manual shows it, with one styled cell kept for each look."""
    from openpyxl import Workbook  # noqa: PLC0415 - each process pays only for its own imports

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.freeze_panes = "A2"
    cells = [(cell, cell.number_format) for cell in _kept(sheet)]
    sheet.append(list(Row._fields))
    at = 1
    for batch in rows(count, of_client):
        for row in batch:
            at += 1
            for (cell, look), value in zip(cells, row, strict=True):
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = look  # setting a date sets openpyxl's own format
            sheet.append([cell for cell, _ in cells])
            if of_client and at % (of_client + 1) == 0:
                sums = [_subtotal(key, at - of_client + 1, at) for key in Row._fields]
                sheet.append(["Sum", row.name, *sums[2:]])
                at += 1
    book.save(path)


def _kept(sheet: Any) -> Iterator[Any]:
    """A cell a column, to be used again for every row."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - each process pays only for its own imports

    for key in Row._fields:
        cell = WriteOnlyCell(sheet)
        if key in {"number", "orgnr"}:
            cell.number_format = "@"
        elif key in {"last_gross", "last_net"}:
            cell.number_format = "#,##0.00"
        elif key in {"active_employees", "last_payslips"}:
            cell.number_format = "#,##0"
        elif key in DATES.split():
            cell.number_format = "dd.mm.yyyy"
        yield cell


def _subtotal(key: str, first: int, last: int) -> str | None:
    letter = chr(ord("A") + Row._fields.index(key))
    return f"=SUBTOTAL(9,{letter}{first}:{letter}{last})" if key in SUMMED else None


WRITERS = {
    "bureau": ours,
    "openpyxl": plain,
    "rows only": lambda _path, count, of_client: [None for _ in rows(count, of_client)],
}


def main() -> None:
    """Print the medians of each writer, and what they are to openpyxl's; whole processes, their imports included."""
    for book, (count, of_client) in BOOKS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "book.xlsx")
            commands = {writer: [PYTHON, "-m", "bench.xlsx", writer, book, path] for writer in WRITERS}
            timings = alternate(commands, ROUNDS, own_environment())
        told = f", the sums of each {of_client}" if of_client else ""
        print(f"{book}: {count} rows x {len(Row._fields)} columns{told}; median of {ROUNDS}")
        for writer, timing in timings.items():
            times = ratio(timings, writer, "openpyxl")
            print(f"{writer:10} {median(timing.wall):7.2f} s  {times:5.2f} x openpyxl  peak {max(timing.peak):5.1f} MB")


if __name__ == "__main__":
    WRITERS[sys.argv[1]](Path(sys.argv[3]), *BOOKS[sys.argv[2]])
