"""How long a demo portfolio takes to make, what it holds, and how large it and the process that makes it grow."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median

from bench.processes import BUREAU, alternate, own_environment

SIZES = {120: 5, 10_000: 1}
"""Clients, and how often to make them after a first time that is not counted."""
PLATFORM = Path(".local") / "share" / "bureau" / "platform.db"


def main() -> None:
    """Print wall, CPU, peak memory, the size of the store and its rows, for a small and a large bureau."""
    for clients, rounds in SIZES.items():
        with tempfile.TemporaryDirectory() as home:
            commands = {"seed": [BUREAU, "platform", "seed", "--clients", str(clients), "--yes"]}
            timing = alternate(commands, rounds, own_environment(HOME=home))["seed"]
            store = Path(home) / PLATFORM
            size, rows = store.stat().st_size / 1_000_000, _rows(store)
        wall, cpu, peak = median(timing.wall), median(timing.cpu), max(timing.peak)
        print(f"{clients} clients: wall {wall:.2f} s  CPU {cpu:.2f} s  peak {peak:.0f} MB  store {size:.1f} MB")
        print("  " + "  ".join(f"{table} {count}" for table, count in rows.items() if count))


def _rows(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")]
        return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608 - ours


if __name__ == "__main__":
    main()
