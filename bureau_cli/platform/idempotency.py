"""Requests and items that may be sent again: what was done once is answered, not done twice."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bureau_cli.platform.calls import Answer, Call, Deed
from bureau_cli.platform.problems import Problem, flaw

KEPT_SECONDS = 30 * 24 * 3600
_REPLAYED = {"Idempotent-Replayed": "true"}


def once(call: Call, perform: Callable[[], Answer], *, target: str | None = None) -> Answer:
    """Perform a request unless its key was answered before; then give that answer again.

    `target` is the id of what the request changes, if there is such a thing yet. The key and what the request does
    are written in one transaction. A refusal is an exception: it is not kept.
    """
    key, fingerprint = call.arguments.headers["Idempotency-Key"], _fingerprint(call, target)
    call.db.execute("DELETE FROM answered_key WHERE created_at <= ?", (call.seconds - KEPT_SECONDS,))
    first = call.db.execute(
        "SELECT fingerprint, status, headers, body FROM answered_key WHERE user_id = ? AND key = ?",
        (call.caller.user_id, key),
    ).fetchone()
    if first is None:
        answer = perform()
        call.db.execute(
            "INSERT INTO answered_key (user_id, key, fingerprint, status, headers, body, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                call.caller.user_id,
                key,
                fingerprint,
                answer.status,
                json.dumps(dict(answer.headers)),
                json.dumps(answer.body),
                call.seconds,
            ),
        )
        return answer
    if first["fingerprint"] != fingerprint:
        raise _mismatch("/header/Idempotency-Key")
    headers = json.loads(first["headers"]) | _REPLAYED
    return Answer(body=json.loads(first["body"]), status=first["status"], headers=headers)


def recall(deed: Deed, fingerprints: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give the first outcomes of those items, as (key, fingerprint), whose key was kept.

    Raises the Problem of a key that stands for something else, among the keys kept or in the request itself.
    """
    deed.db.execute("DELETE FROM item_key WHERE created_at <= ?", (deed.seconds - KEPT_SECONDS,))
    kept = {
        row["key"]: row
        for row in deed.db.execute(
            "SELECT key, fingerprint, outcome FROM item_key"
            " WHERE user_id = ? AND key IN (SELECT value FROM json_each(?))",
            (deed.caller.user_id, json.dumps([key for key, _ in fingerprints])),
        )
    }
    meanings = {key: row["fingerprint"] for key, row in kept.items()}
    for position, (key, fingerprint) in enumerate(fingerprints):
        if meanings.setdefault(key, fingerprint) != fingerprint:
            raise _mismatch(f"/items/{position}/key")
    return {key: row["outcome"] for key, row in kept.items()}


def keep(deed: Deed, key: str, fingerprint: str, outcome: str) -> None:
    """Keep the first outcome of an item."""
    deed.db.execute(
        "INSERT INTO item_key (user_id, key, fingerprint, outcome, created_at) VALUES (?, ?, ?, ?, ?)",
        (deed.caller.user_id, key, fingerprint, outcome, deed.seconds),
    )


def _fingerprint(call: Call, target: str | None) -> str:
    asked: Mapping[str, Any] = {"operation": call.operation_id, "target": target, "body": call.arguments.body}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _mismatch(pointer: str) -> Problem:
    message = "this key was used before with other content"
    return Problem("idempotency_mismatch", "A key was used before with other content.", errors=[flaw(pointer, message)])
