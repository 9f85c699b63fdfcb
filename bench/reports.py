"""The four reports of 600 clients, and 14 months of 10 000 as a workbook beside openpyxl's write-only mode.

Of the few, who asks has access to every client, so that nothing is withheld; usage is seen without. The anchor is given
the rows as they were answered, and writes the same cells with the same number formats; the whole command fetches them,
adds up and writes.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.fetching import curl, page_urls
from bench.processes import BUREAU, PYTHON, Timing, alternate, ratio
from bench.served import PROFILE, asked, requests_of, seeded, served

FEW, MANY = 600, 10_000
ROUNDS, ROUNDS_OF_MANY = 3, 1
PERIOD = "2026-10"
REPORTS = {
    "terminoppgave": ("terminoppgave", "--term", "2026-T5"),
    "terminoppgave, by owner": ("terminoppgave", "--term", "2026-T5", "--by", "owner"),
    "mine-klienter": ("mine-klienter", "--period", PERIOD),
    "forbrukslogg": ("forbrukslogg", "--period", PERIOD),
    "automatiseringsgrad": ("automatiseringsgrad", "--period", PERIOD),
}
MONTHS = ("forbrukslogg", "--from", "2025-09", "--to", PERIOD)
PRICES = "[prices]\npayslip = 25.50\ntravel = 12\nexpense = 12\n"
SHEET = ("number", "name", "orgnr", "owner", "owner_name", "month", "kind", "count", "price", "amount", "withheld",
         "fetched_at")  # fmt: skip
FORMATS = {"number": "@", "orgnr": "@", "owner": "@", "month": "@", "count": "#,##0", "price": "#,##0.00",
           "amount": "#,##0.00"}  # fmt: skip


def main() -> None:
    """Print the wall, the CPU and the peak of each, and the ratios to the anchors."""
    with tempfile.TemporaryDirectory() as folder:
        _few(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _many(Path(folder))


def _few(home: Path) -> None:
    environ = _with_access(home, FEW)
    with served(home, environ) as base_url:
        commands = {"bureau --version": [BUREAU, "--version"]}
        for name in ("terminoppgave", "mine-klienter", "forbrukslogg", "automatiseringsgrad"):
            urls = page_urls(f"{base_url}/v1/reports/{name}?limit=500", environ["BUREAU_TOKEN"])
            commands[f"curl, {name}"] = curl(home / f"{name}.curl", urls, environ["BUREAU_TOKEN"])
        for name, words in REPORTS.items():
            commands[f"{name}, served"] = [BUREAU, "report", *words, "-p", PROFILE]
            commands[f"{name}, embedded"] = [BUREAU, "report", *words, "-p", "demo"]
            book = str(home / f"{words[0]}.xlsx")
            commands[f"{name}, embedded, xlsx"] = [BUREAU, "report", *words, "--out", book, "--force", "-p", "demo"]
        timings = alternate(commands, ROUNDS, environ)
        requests = {
            f"{name}, served": requests_of(environ, "report", *words, "-p", PROFILE) for name, words in REPORTS.items()
        }
    for name, timing in timings.items():
        told = f"  {requests[name]} requests" if name in requests else ""
        print(f"{FEW:6} clients  {name:40} {_told(timing)}{told}")


def _many(home: Path) -> None:
    environ = seeded(home, MANY)
    prices, rows, book = home / "prices.toml", home / "rows.ndjson", str(home / "book.xlsx")
    prices.write_text(PRICES, encoding="utf-8")
    with served(home, environ):
        line = ("report", *MONTHS, "--prices", str(prices), "-p", PROFILE)
        asked(environ, *line, "--out", str(rows))
        writers = {writer: [PYTHON, "-m", "bench.reports", writer, str(rows), book] for writer in WRITERS}
        commands = {"whole command": [BUREAU, *line, "--out", book, "--force"], **writers}
        timings = alternate(commands, ROUNDS_OF_MANY, environ)
    count = rows.read_text(encoding="utf-8").count("\n")
    print(f"{MANY} clients, 14 months: {count} rows x {len(SHEET)} columns")
    for name, timing in timings.items():
        print(f"{name:15} {ratio(timings, name, 'openpyxl'):5.2f} x openpyxl  {_told(timing)}")


def _with_access(home: Path, clients: int) -> dict[str, str]:
    """A bureau of so many clients, asked by somebody with access to all of them."""
    environ = seeded(home, clients)
    login = json.loads(asked(environ, "platform", "status", "-o", "json"))["data"]["login"]
    asked(environ, "access", "grant", "--user", login, "--all-clients", "--yes", "-o", "json")
    return environ


def _told(timing: Timing) -> str:
    wall, cpu, peak = median(timing.wall), median(timing.cpu), max(timing.peak)
    return f"wall {wall:6.3f} s  CPU {cpu:6.3f} s  peak {peak:5.0f} MB"


def _read(rows: Path) -> Iterator[dict[str, Any]]:
    """The rows with the types that their cells have."""
    from datetime import datetime  # noqa: PLC0415 - each process pays only for its own imports
    from decimal import Decimal  # noqa: PLC0415 - the same

    with rows.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            row["fetched_at"] = datetime.fromisoformat(row["fetched_at"]).replace(tzinfo=None)
            row["price"], row["amount"] = (row[key] and Decimal(row[key]) for key in ("price", "amount"))
            yield row


def plain(rows: Path, book: Path) -> None:
    """The write-only mode of openpyxl as its manual shows it, with one styled cell kept for each look."""
    from openpyxl import Workbook  # noqa: PLC0415 - each process pays only for its own imports
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - the same

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Liste")
    sheet.freeze_panes = "A2"
    cells = {key: WriteOnlyCell(sheet) for key in SHEET}
    for key, look in FORMATS.items():
        cells[key].number_format = look
    sheet.append(list(SHEET))
    for row in _read(rows):
        for key, cell in cells.items():
            cell.value = row[key]
        sheet.append(list(cells.values()))
    workbook.save(book)


def nothing(rows: Path, book: Path) -> None:  # noqa: ARG001 - called as the other is
    """Only what it takes to read them."""
    for _ in _read(rows):
        pass


WRITERS = {"openpyxl": plain, "rows only": nothing}


if __name__ == "__main__":
    WRITERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
