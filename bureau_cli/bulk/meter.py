"""How many steps of a run have ended, where some are known to while their request still goes on."""

from __future__ import annotations

from collections.abc import Callable


class Meter:
    """Counts each step once, whether it is told ahead of its request's end or with it."""

    def __init__(self) -> None:
        self.show: Callable[[int], None] = lambda _ended: None
        """Who is told that so many more have ended."""
        self._ahead = 0

    def ahead(self, count: int) -> None:
        """So many more have ended in a request that goes on."""
        self._ahead += count
        self.show(count)

    def ended(self, count: int) -> None:
        """A request of so many steps has ended."""
        known = min(self._ahead, count)
        self._ahead -= known
        self.show(count - known)
