"""What a bureau's own script may look like that orders tax cards: new keys for each try, and `again` to be sure.

`naive_orders.py CLIENT…`, clients by their ids; the platform's address and the token are in the environment.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import Any
from uuid import uuid4

A_REQUEST = 10
MOST_TRIES = 5
YEAR = 2026


def main(clients: list[str]) -> int:
    """Order them all from the first to the last, and try each request again until it is answered."""
    query = urllib.parse.urlencode([("limit", "500"), *(("client", client) for client in clients)])
    found = _asked("GET", f"/v1/tax-card-candidates?{query}")
    if found is None:
        return 1
    people = {one["client"]["id"]: [*one["people"], *_ordered(one)] for one in found["items"]}
    parts = [clients[at : at + A_REQUEST] for at in range(0, len(clients), A_REQUEST)]
    return 0 if all(any(_is_ordered(part, people) for _ in range(MOST_TRIES)) for part in parts) else 1


def _ordered(candidate: Any) -> list[str]:
    """Those of an earlier try, of whom the script knows nothing."""
    reasons = ("ordered_today", "refused_today", "order_under_way")
    return [employee for left in candidate["left_out"] if left["reason"] in reasons for employee in left["employees"]]


def _is_ordered(clients: list[str], people: dict[str, list[str]]) -> bool:
    items = [{"client": one, "employees": people[one], "again": True, "key": uuid4().hex} for one in clients]
    return _asked("POST", "/v1/tax-card-orders", {"year": YEAR, "mode": "all", "items": items}) is not None


def _asked(method: str, path: str, body: Any = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - our own loopback
        os.environ["PLATFORM_URL"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {os.environ['BUREAU_TOKEN']}",
            "Content-Type": "application/json",
            "Idempotency-Key": uuid4().hex,
        },
    )
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
            return json.load(answer)
    except (urllib.error.URLError, HTTPException, OSError):
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
