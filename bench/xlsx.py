"""Our workbook sink beside openpyxl's write-only mode: the same rows, the same types and number formats."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.processes import PYTHON, alternate, own_environment, ratio

ROWS = 100_000
ROUNDS = 3
BATCH = 500
KEYS = (
    "number name orgnr form status owner owner_name slug linked_via active_employees last_payslips last_gross last_net"
)
DATES = "last_pay_date onboarded"


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


def rows(count: int) -> Iterator[list[Row]]:
    """Batches as pages would bring them."""
    start = date(2020, 1, 1)
    for first in range(0, count, BATCH):
        yield [
            Row(
                str(at),
                f"Klient {at} Bygg & Anlegg AS",
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


def ours(path: Path, count: int) -> None:
    """Through the sink, as `render` would."""
    from bureau_cli.formatters.as_xlsx import XlsxSink  # noqa: PLC0415 - each process pays only for its own imports
    from bureau_cli.formatters.results import Column, Ending, Kind, Look, Provenance  # noqa: PLC0415 - the same

    kinds = dict.fromkeys(KEYS.split(), Kind.TEXT) | dict.fromkeys(DATES.split(), Kind.DATE)
    kinds |= {"number": Kind.ID, "orgnr": Kind.ID, "active_employees": Kind.COUNT, "last_payslips": Kind.COUNT}
    kinds |= {"last_gross": Kind.MONEY, "last_net": Kind.MONEY}
    with path.open("wb") as stream:
        sink = XlsxSink(stream, Look(), Provenance(schema="bench", profile="bench", selection="all", version="0"))
        sink.open([Column(key, kinds[key]) for key in Row._fields])
        for batch in rows(count):
            sink.write(batch)
        sink.close(Ending(count=count, total=count, as_of=datetime(2026, 1, 1, tzinfo=UTC)))


def plain(path: Path, count: int) -> None:
    """The write-only mode of openpyxl as its manual shows it, with one styled cell kept for each look."""
    from openpyxl import Workbook  # noqa: PLC0415 - each process pays only for its own imports
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.freeze_panes = "A2"
    cells = []
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
        cells.append((cell, cell.number_format))
    sheet.append(list(Row._fields))
    for batch in rows(count):
        for row in batch:
            for (cell, look), value in zip(cells, row, strict=True):
                cell.value = value
                if isinstance(value, date):
                    cell.number_format = look  # setting a date sets openpyxl's own format
            sheet.append([cell for cell, _ in cells])
    book.save(path)


WRITERS = {"bureau": ours, "openpyxl": plain, "rows only": lambda _path, count: [None for _ in rows(count)]}


def main() -> None:
    """Print the medians of each writer, and what they are to openpyxl's; whole processes, their imports included."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "book.xlsx")
        commands = {writer: [PYTHON, "-m", "bench.xlsx", writer, path] for writer in WRITERS}
        timings = alternate(commands, ROUNDS, own_environment())
    print(f"{ROWS} rows x {len(Row._fields)} columns, median of {ROUNDS}")
    for writer, timing in timings.items():
        times = ratio(timings, writer, "openpyxl")
        print(f"{writer:10} {median(timing.wall):7.2f} s  {times:5.2f} x openpyxl  peak {max(timing.peak):5.1f} MB")


if __name__ == "__main__":
    WRITERS[sys.argv[1]](Path(sys.argv[2]), ROWS)
