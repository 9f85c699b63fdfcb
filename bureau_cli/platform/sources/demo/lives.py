"""When the demo's clients came to the bureau, and when they leave it."""

from dataclasses import dataclass
from datetime import date, timedelta

from bureau_cli.platform.calendar import first_day, period_of, shifted
from bureau_cli.platform.sources import Client
from bureau_cli.platform.sources.demo import planted
from bureau_cli.platform.sources.demo.chance import chance, pick

_STATUSES = ("active", "onboarding", "leaving", "left")
_STATUS_WEIGHTS = (92, 3, 2, 3)
_LONG_ENOUGH = timedelta(days=120)
_NOTICE = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A client's days at the bureau, and what they make of it today."""

    status: str
    onboarded: date
    active_from: date
    notice_on: date | None
    left_on: date | None


def make_life(seed: int, index: int, today: date) -> Life:
    """Make one client's life; it is paid by the bureau from the first of a month on."""
    status = _status(seed, index)
    onboarded, left_on = _ends(seed, index, status, today)
    if index in planted.HAS_A_STORY:
        onboarded = min(onboarded, today - _LONG_ENOUGH)
    return Life(
        status=status,
        onboarded=onboarded,
        active_from=first_day(shifted(period_of(today if status == "onboarding" else onboarded), 1)),
        notice_on=None if left_on is None else min(left_on - _NOTICE, today),
        left_on=left_on,
    )


def status_on(client: Client, day: date) -> str:
    """Tell what a client is on a day."""
    if client.left_on is not None and client.left_on < day:
        return "left"
    if day < client.active_from:
        return "onboarding"
    return "leaving" if client.notice_on is not None and client.notice_on <= day else "active"


def _status(seed: int, index: int) -> str:
    if index in planted.STATUSES:
        return planted.STATUSES[index]
    return "active" if index in planted.HAS_A_STORY else pick(seed, index, "status", _STATUSES, _STATUS_WEIGHTS)


def _ends(seed: int, index: int, status: str, today: date) -> tuple[date, date | None]:
    random = chance(seed, index, "life")
    if status == "onboarding":
        return today - timedelta(days=random.randrange(2, 25)), None
    (days,) = random.choices((range(500, 4000), range(40, 500)), (85, 15))
    onboarded = today - timedelta(days=random.choice(days))
    if status == "leaving":
        return onboarded, today + timedelta(days=random.randrange(10, 60))
    if status == "left":
        return min(onboarded, today - timedelta(days=400)), today - timedelta(days=random.randrange(20, 300))
    return onboarded, None
