"""Any path of the platform, with the same token, repeats and bounds as everything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import Call, Wire, new_key
from bureau_cli.errors import BadUsage

SAFETY = {"GET": Safety.READ, "POST": Safety.KEYED, "PATCH": Safety.SET, "PUT": Safety.SET, "DELETE": Safety.SET}


class RawApi:
    """Sends what it is told to."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def send(self, method: str, path: str, query: Sequence[tuple[str, str]], body: Any) -> Any:
        """The JSON of the answer, None where there is none.

        Raises:
            BadUsage: the path is not one below the platform's own address.
        """
        if not path.startswith("/") or path.startswith("//") or any(mark in path for mark in "?#\\"):
            raise BadUsage(
                "the path must look like /v1/clients", fix="query parameters are given with --field NAME=VALUE"
            )
        headers = {"Idempotency-Key": new_key()} if method == "POST" else {}
        call = Call(method=method, path=path, query=list(query), body=body, headers=headers, safety=SAFETY[method])
        return (await self._wire.send(call)).content
