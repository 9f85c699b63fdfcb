"""Where the wire gets the token that a request carries."""

from __future__ import annotations

from typing import Protocol


class Tokens(Protocol):
    """Where the wire gets its token from."""

    async def current(self) -> str:
        """The token to send."""

    async def renewed(self, refused: str) -> bool:
        """Whether there is now another one than that which was refused."""

    async def aclose(self) -> None:
        """Let go of what was opened for it."""


class FixedToken:
    """A token that is known beforehand and never changes."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def current(self) -> str:
        """The token."""
        return self._token

    async def renewed(self, refused: str) -> bool:  # noqa: ARG002 - the port's signature
        """There is no other."""
        return False

    async def aclose(self) -> None:
        """Nothing was opened."""
