"""A change of many: one request, and a result for each of its items."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.api.jobs import ITEMS, results_of
from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import Answer, Call, Wire
from bureau_cli.domain.changes import ItemResult


async def change_many(wire: Wire, path: str, items: Sequence[Mapping[str, Any]]) -> Sequence[ItemResult]:
    """Send up to 500 items, each with a key of its own; one result an item, in order."""
    return await results_of(wire, await send_many(wire, path, items), ITEMS)


async def send_many(
    wire: Wire, path: str, items: Sequence[Mapping[str, Any]], said: Mapping[str, Any] | None = None
) -> Answer:
    """Send up to 500 items, each with a key of its own, and what is said of all of them.

    The request's key follows from those of its items, so that the same ones together are the same request.
    """
    keys = "\n".join(item["key"] for item in items)
    call = Call(
        method="POST",
        path=path,
        body={**(said or {}), "items": list(items)},
        headers={"Idempotency-Key": hashlib.sha256(keys.encode()).hexdigest()},
        safety=Safety.KEYED,
    )
    return await wire.send(call)
