"""How new the newest visible fact is."""

from datetime import date

from bureau_cli.platform.calls import Deed
from bureau_cli.platform.clock import start_of_day, to_text


def as_of(deed: Deed) -> str:
    """Give the instant of the newest fact the caller's bureau can see."""
    return to_text(max(newest_fetch(deed), _newest_event(deed)))


def newest_fetch(deed: Deed) -> int:
    """Give when clients were last had from their sources: as the day began, and whenever something happened since."""
    return max(start_of_day(deed.today), newest_fact(deed))


def fetched_at(feed_stopped_on: str | None, newest: int) -> str:
    """Tell when a client was last had from its source, when others were at the newest fetch."""
    return to_text(min(newest, start_of_day(date.fromisoformat(feed_stopped_on))) if feed_stopped_on else newest)


def newest_fact(deed: Deed) -> int:
    """Give the instant of what happened last at the bureau's clients: until the next, every list of it is the same."""
    return _newest(deed, "SELECT max(at) FROM fact_instant WHERE bureau_id = ? AND at <= ?")


def _newest_event(deed: Deed) -> int:
    return _newest(deed, "SELECT max(at) FROM audit_event WHERE bureau_id = ? AND at <= ?")


def _newest(deed: Deed, sql: str) -> int:
    (instant,) = deed.db.execute(sql, (deed.caller.bureau_id, deed.seconds)).fetchone()
    return int(instant or 0)
