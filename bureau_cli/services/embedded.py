"""Care of the embedded platform: its data, its clock and the faults it is told to make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from bureau_cli.domain.durations import duration
from bureau_cli.domain.embedded import EmbeddedStatus
from bureau_cli.errors import BadUsage
from bureau_cli.services.ports import EmbeddedPort

REAL = "real"
NOON = time(12)


class Embedded:
    """What `bureau platform` does."""

    def __init__(self, platform: EmbeddedPort) -> None:
        self._platform = platform

    def seed(self, *, clients: int, seed: int, today: str | None) -> EmbeddedStatus:
        """Replace everything with a fresh demo bureau, as of `today` (YYYY-MM-DD)."""
        self._platform.seed(clients=clients, seed=seed, today=None if today is None else _day(today))
        return self._platform.status()

    def reset(self) -> EmbeddedStatus:
        """Make the same bureau again."""
        self._platform.reset()
        return self._platform.status()

    def status(self) -> EmbeddedStatus:
        """What is there."""
        return self._platform.status()

    def set_clock(self, text: str) -> EmbeddedStatus:
        """Pin the clock to an instant or to noon of a day, move it on (`+2h`), or let it go (`real`).

        Raises:
            BadUsage: it is none of these.
        """
        if text == REAL:
            self._platform.set_clock(None)
        elif text.startswith("+"):
            self._platform.set_clock(self._platform.status().clock + duration(text[1:]))
        else:
            self._platform.set_clock(_instant(text))
        return self._platform.status()

    def faults(self) -> Sequence[str]:
        """The faults it makes."""
        return self._platform.faults()

    def set_faults(self, rules: Sequence[str]) -> Sequence[str]:
        """Make these faults and no others; none clears them."""
        self._platform.set_faults(rules)
        return self._platform.faults()

    def token(self, login: str, lifetime: str) -> str:
        """A bearer token for one of its users."""
        return self._platform.token(login, duration(lifetime))

    def static_token(self, login: str) -> str:
        """A token of one of its users that does not end, to be exchanged for those that do."""
        return self._platform.static_token(login)

    def client_credentials(self, login: str) -> tuple[str, str]:
        """A client id that acts as one of its users, and the secret of it."""
        return self._platform.client_credentials(login)

    async def serve(self, *, port: int, fault_header: bool, delay: str | None, ready: Callable[[str], None]) -> None:
        """Answer on a loopback port until told to stop, each answer held back by `delay`."""
        held = timedelta() if delay is None else duration(delay)
        await self._platform.serve(port=port, fault_header=fault_header, delay=held, ready=ready)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise BadUsage(f"{text!r} is not a day", fix="write it like 2026-11-20") from fault


def _instant(text: str) -> datetime:
    """An instant; without an offset it is Oslo's, which the platform knows, and a bare day means its noon."""
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(text), NOON)
    try:
        return datetime.fromisoformat(text)
    except ValueError as fault:
        raise BadUsage(f"{text!r} is no instant", fix="write 2026-11-20, 2026-11-20T08:00, +2h or real") from fault
