"""What a bureau's own script may look like: no journal, a new key for each try, the time it ran as the reason.

`naive.py LOGIN CLIENT…`, clients by their ids; the platform's address and the token are in the environment.
"""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from http.client import HTTPException
from json import dumps
from uuid import uuid4

A_REQUEST = 10
MOST_TRIES = 5


def main(login: str, clients: list[str]) -> int:
    """Grant them all from the first to the last, and try each request again until it is answered."""
    reason = f"script of {datetime.now(UTC).isoformat()}"
    parts = [clients[at : at + A_REQUEST] for at in range(0, len(clients), A_REQUEST)]
    return 0 if all(any(_is_done(login, part, reason) for _ in range(MOST_TRIES)) for part in parts) else 1


def _is_done(login: str, clients: list[str], reason: str) -> bool:
    granted = {"action": "grant", "user": login, "role": "member", "reason": reason}
    items = [{**granted, "client": client, "key": uuid4().hex} for client in clients]
    request = urllib.request.Request(  # noqa: S310 - our own loopback
        f"{os.environ['PLATFORM_URL']}/v1/access/changes",
        data=dumps({"items": items}).encode(),
        headers={
            "Authorization": f"Bearer {os.environ['BUREAU_TOKEN']}",
            "Content-Type": "application/json",
            "Idempotency-Key": uuid4().hex,
        },
    )
    try:
        with urllib.request.urlopen(request):  # noqa: S310 - the same
            return True
    except (urllib.error.URLError, HTTPException, OSError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
