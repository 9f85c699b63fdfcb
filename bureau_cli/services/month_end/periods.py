"""Which month a command is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from bureau_cli.domain.period import THIS, WRITTEN, read_period


class Periods:
    """Months as they are said; `today` asks the platform for its business day, `unsaid` is meant where nothing is."""

    def __init__(self, today: Callable[[], Awaitable[date]], *, unsaid: str = THIS) -> None:
        self._today = today
        self._unsaid = unsaid

    async def read(self, written: str | None) -> str:
        """The month that was said; only who says a word for it needs to know the day.

        Raises:
            BadUsage: it is none.
        """
        said = self._unsaid if written is None else written.strip()
        return said if WRITTEN.fullmatch(said) else read_period(said, await self._today())

    async def asked(self, written: str | None) -> str | None:
        """The same for a question whose answer says which month it is about: None, for this one, costs no request.

        Raises:
            BadUsage: it is none.
        """
        return None if written is None and self._unsaid == THIS else await self.read(written)
