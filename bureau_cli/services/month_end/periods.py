"""Which month, months or term a command is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from bureau_cli.domain.period import THIS, WRITTEN, read_period
from bureau_cli.domain.term import is_term, read_term, term_of
from bureau_cli.errors import BadUsage


class Periods:
    """Months as they are said; `today` asks the platform for its business day, `unsaid` is meant where nothing is."""

    def __init__(self, today: Callable[[], Awaitable[date]], *, unsaid: str = THIS) -> None:
        self._today = today
        self._unsaid = unsaid

    async def read(self, written: str | None, option: str = "--period") -> str:
        """The month that was said; only who says a word for it needs to know the day.

        Raises:
            BadUsage: it is none.
        """
        said = self._unsaid if written is None else written.strip()
        return said if WRITTEN.fullmatch(said) else read_period(said, await self._today(), option)

    async def asked(self, written: str | None) -> str | None:
        """The same for a question whose answer says which month it is about: None, for this one, costs no request.

        Raises:
            BadUsage: it is none.
        """
        return None if written is None and self._unsaid == THIS else await self.read(written)

    async def span(self, period: str | None, since: str | None, until: str | None) -> tuple[str, str]:
        """The first and the last month that were said: one with --period, or several with --from and --to.

        Without --to it is this month.

        Raises:
            BadUsage: one is none, they are the wrong way round, or both ways were used at once.
        """
        if since is None and until is None:
            month = await self.read(period)
            return month, month
        if period is not None:
            raise BadUsage("--period is one month, --from and --to are several", fix="leave out the one or the others")
        if since is None:
            raise BadUsage(f"--to {until} does not say where to begin", fix="say the first month with --from")
        first, last = await self.read(since, "--from"), await self.read(until, "--to")
        if last < first:
            raise BadUsage(f"--to {last} lies before --from {first}", fix="say the earlier month with --from")
        return first, last

    async def term(self, written: str | None) -> str:
        """The term that was said, or the one that this month lies in.

        Raises:
            BadUsage: it is none.
        """
        if written is None:
            return term_of(await self.read(None))
        said = written.strip()
        return said if is_term(said) else read_term(said, await self._today())
