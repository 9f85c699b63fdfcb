"""Days as people write them on a command line."""

from __future__ import annotations

from datetime import date, datetime

from bureau_cli.domain.clock import OSLO
from bureau_cli.errors import BadUsage


def day_of(option: str, written: str | None) -> date | None:
    """The day that was said with an option, None where nothing was.

    Raises:
        BadUsage: it is none.
    """
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadUsage(f"{option} {written} is no day", fix=f"write it like {option} 2026-12-31") from None


def instant_of(option: str, written: str | None) -> datetime | None:
    """The instant that was said with an option, a day being its beginning in Oslo; None where nothing was.

    Raises:
        BadUsage: it is none.
    """
    if written is None:
        return None
    try:
        said = datetime.fromisoformat(written)
    except ValueError:
        raise BadUsage(f"{option} {written} is no day", fix=f"write it like {option} 2026-12-31") from None
    return said if said.tzinfo else said.replace(tzinfo=OSLO)


def days_of(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The days that were said with `--from` and `--to`.

    Raises:
        BadUsage: one is none, or they are the wrong way round.
    """
    first, last = day_of("--from", since), day_of("--to", until)
    if first is not None and last is not None and last < first:
        raise BadUsage(f"--to {last} lies before --from {first}", fix="say the earlier day with --from")
    return first, last
