"""Whom the platform takes the caller for."""

from __future__ import annotations

from typing import Any

from bureau_cli.api.reading import instant, read_as, text
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.signing_in import Identity


class MeApi:
    """The user behind the token."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get(self) -> Identity:
        """Who it is, in which bureau and role, and until when by this token."""
        answer = await self._wire.send(Call(method="GET", path="/v1/me"))
        return read_as("the caller", _identity, answer.content)


def _identity(json: Any) -> Identity:
    return Identity(
        login=text(json["user"]["login"]),
        name=text(json["user"]["name"]),
        role=text(json["role"]),
        bureau=text(json["bureau"]["name"]),
        orgnr=text(json["bureau"]["orgnr"]),
        expires_at=instant(json["token"]["expires_at"]),
    )
