"""Lines of arbeidsgiveravgift, of runs and of messages alike."""

import sqlite3
from collections import defaultdict
from typing import Any

from bureau_cli.platform.shown import money, percent


def aga_lines(db: sqlite3.Connection, table: str, belongs_to: str, ids: str) -> dict[int, list[dict[str, Any]]]:
    """Give the lines of what has these numbers, a JSON list; `belongs_to` is the column they stand in."""
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in db.execute(
        f"SELECT * FROM {table} WHERE {belongs_to} IN (SELECT value FROM json_each(?))"  # noqa: S608 - names of ours
        f" ORDER BY {belongs_to}, position",
        (ids,),
    ):
        lines[row[belongs_to]].append(
            {
                "site": row["site_orgnr"],
                "zone": row["zone"],
                "sector": row["sector"],
                "kind": row["kind"],
                "base": money(row["base"]),
                "rate": percent(row["rate"]),
                "amount": money(row["amount"]),
            }
        )
    return lines
