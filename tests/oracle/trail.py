"""The audit trail read by hand: RFC 8785, SHA-256 and nothing of the product."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

COLUMNS = ("seq", "actor", "action", "subject", "outcome", "request_id", "run_id")


def breaks(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with the rows of a bureau's trail, in their order."""
    found, previous = [], {"hash": "0" * 64, "at": 0}
    for number, row in enumerate(rows, start=1):
        event = json.loads(row["event"])
        instant = int(datetime.fromisoformat(event["at"]).timestamp())
        wrong = {
            "number": row["seq"] != number,
            "link": event["prev_hash"] != previous["hash"],
            "hash": hashlib.sha256((event["prev_hash"] + row["event"]).encode()).hexdigest() != row["hash"],
            "form": canonical(event) != row["event"],
            "columns": any(event[name] != row[name] for name in COLUMNS),
            "instant": instant != row["at"] or instant < previous["at"],
            "outcome": (event["code"] is None) != (event["outcome"] == "done"),
        }
        found += [f"{number}: {name}" for name, is_wrong in wrong.items() if is_wrong]
        previous = {"hash": row["hash"], "at": instant}
    return found


def canonical(value: object) -> str:
    """A value as RFC 8785 writes it; there are no fractions in a trail."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise TypeError(value)
    return json.dumps(value, ensure_ascii=False)
